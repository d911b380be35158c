"""What a move in the chart does to the clocks: stop, pause, resume, restart, arm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from states.calendar import BusinessCalendar
from states.deadline import Clock, arm, paused_remaining, restarted, resumed
from states.dossier import CASE_CLOCKS, STAGE, STEP, Dossier, evolve, held_by_order, order_cause
from states.events import ClockArmed, ClockPaused, ClockRestarted, ClockResumed, ClockStopped, Event
from states.procedure import APPLICANT, CaseClock, Effect, State
from states.term import Term
from states.world import World


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the chart, as far as clocks care.

    Attributes:
        transition: Its id; None on opening.
        suspended: The suspension that begins.
        lifted: The suspension that ends.
        offered: Entered states whose holder has not accepted yet, so that no step clock runs.
    """

    transition: str | None
    exited: tuple[str, ...]
    entered: tuple[str, ...]
    ended: bool
    suspended: str | None
    lifted: str | None
    offered: tuple[str, ...] = ()


def clock_events(world: World, dossier: Dossier, move: Move, now: datetime) -> list[Event]:
    """Return what happens to every clock, the leaving ones first, the entering ones last."""
    events: list[Event] = [
        ClockStopped(f"{STEP}{state}", "left", now)
        for state in move.exited
        if f"{STEP}{state}" in dossier.clocks
    ]
    for declared in world.procedure.clocks:
        events += _case_events(world, dossier, declared, move, now)
    for state_id in move.entered:
        if state_id in move.offered:
            continue
        events += _step_events(world, dossier, world.procedure.state[state_id], now)
    if world.procedure.stages:
        events += _stage_events(world, dossier, move, now)
    return events


def _stage_events(world: World, dossier: Dossier, move: Move, now: datetime) -> Iterable[Event]:
    """A stage lasts while one of its states is active, and stands still while the dossier is suspended."""
    states = world.procedure.state
    there = [leaf for leaf in dossier.states if leaf not in move.exited and leaf not in move.entered]
    there += [leaf for leaf in move.entered if leaf not in move.offered]
    present = {} if move.ended else {states[leaf].stage: states[leaf] for leaf in there}
    suspended = None if move.ended else move.suspended or (None if move.lifted else dossier.suspension)
    for stage in world.procedure.stages:
        clock = dossier.clocks.get(f"{STAGE}{stage.id}")
        state = present.get(stage.id)
        if state is None and clock is not None:
            yield from _stage_left(world, clock, suspended, now)
        elif state is not None and clock is not None and clock.paused and move.lifted is not None:
            yield from _lifted(world, dossier, clock, move.lifted, now)
        elif state is not None and clock is None and stage.budget is not None:
            yield _passing(world, dossier, f"{STAGE}{stage.id}", stage.budget, stage.ladder, None, state, now)


def _stage_left(world: World, clock: Clock, suspended: str | None, now: datetime) -> Iterable[Event]:
    if suspended is None:
        yield ClockStopped(clock.id, "left", now)
    elif clock.running:
        yield _paused(world, clock, suspended, now)


def suspended(world: World, dossier: Dossier, clock_id: str) -> bool:
    """Tell whether a suspension holds a clock: of the whole dossier, or of a stage in which nobody works meanwhile."""
    if dossier.suspension is None or clock_id in CASE_CLOCKS:
        return dossier.suspension is not None
    at_work = {world.procedure.state[leaf].stage for leaf in dossier.states if not dossier.offered(leaf)}
    return clock_id.startswith(STAGE) and clock_id.removeprefix(STAGE) not in at_work


def _case_events(
    world: World, dossier: Dossier, declared: CaseClock, move: Move, now: datetime
) -> Iterable[Event]:
    """One move may do two things: start a clock and end or pause it, or lift a suspension into another one."""
    clock = dossier.clocks.get(declared.id)
    over = move.ended or any(state in declared.stops for state in move.entered)
    begun: tuple[Event, ...] = ()
    if declared.starts == move.transition and (clock is None or clock.stopped):
        begun = _started(world, dossier, declared, clock, now)
    elif move.lifted is not None and clock is not None and clock.paused and not over:
        begun = _lifted(world, dossier, clock, move.lifted, now)
    elif over and clock is not None and clock.paused and dossier.suspension is None:
        begun = _measured(world, dossier, clock, now)
    suspension = move.suspended or (None if move.lifted else dossier.suspension)
    if over or suspension is not None:
        clock = reduce(evolve, begun, dossier).clocks.get(declared.id)
        return (*begun, *_held(world, clock, over, move.ended, suspension, now))
    return begun


def _held(
    world: World, clock: Clock | None, over: bool, ended: bool, suspension: str | None, now: datetime
) -> Iterable[Event]:
    if clock is None or clock.stopped:
        return ()
    if over:
        return (ClockStopped(clock.id, "ended" if ended else "completed", now),)
    if suspension is not None and clock.running:
        return (_paused(world, clock, suspension, now),)
    return ()


def _started(
    world: World, dossier: Dossier, declared: CaseClock, before: Clock | None, now: datetime
) -> tuple[Event, ...]:
    if declared.term is None:
        return ()
    cutoff = world.procedure.cutoff_rule
    due = arm(declared.term, now, world.calendar, cutoff)
    return (
        ClockArmed(
            clock=declared.id,
            epoch=1 if before is None else before.epoch + 1,
            term=declared.term,
            calendar=world.procedure.calendar,
            from_instant=False,
            cutoff_minute=None if cutoff is None else cutoff.after_minute,
            ladder=declared.ladder,
            on_due=None,
            holder=dossier.agency,
            at=now,
            due=due.at,
            due_date=due.day,
            provisional=due.provisional,
        ),
    )


def _paused(world: World, clock: Clock, suspension: str, now: datetime) -> Event:
    calendar = world.calendars[clock.calendar]
    basis = world.procedure.suspension[suspension].source
    return ClockPaused(clock.id, suspension, basis, paused_remaining(clock, now, calendar), now)


def _measured(world: World, dossier: Dossier, clock: Clock, now: datetime) -> tuple[Event, ...]:
    """What is finished while an order holds is measured by what would be due if the order ended at that instant."""
    due = resumed(clock, now, world.calendars[clock.calendar])
    cause = next((order_cause(entry.id) for entry in held_by_order(dossier, clock.id)), "")
    return (ClockResumed(clock.id, cause, now, due.at, due.day, due.provisional),) if cause else ()


def _lifted(
    world: World, dossier: Dossier, clock: Clock, suspension: str, now: datetime
) -> tuple[Event, ...]:
    """A restart begins at zero whatever else holds the clock; while an order does, nothing is resumed."""
    calendar, declared = world.calendars[clock.calendar], world.procedure.suspension[suspension]
    if declared.effect is Effect.RESTART:
        due = restarted(clock, now, calendar)
        epoch, source = clock.epoch + 1, declared.source
        return (ClockRestarted(clock.id, epoch, suspension, source, now, due.at, due.day, due.provisional),)
    if held_by_order(dossier, clock.id):
        return ()
    due = resumed(clock, now, calendar)
    return (ClockResumed(clock.id, suspension, now, due.at, due.day, due.provisional),)


def _step_events(world: World, dossier: Dossier, state: State, now: datetime) -> Iterable[Event]:
    if state.clock is None or state.clock.budget is None:
        return ()
    own = state.clock
    return (
        _passing(world, dossier, f"{STEP}{state.id}", state.clock.budget, own.ladder, own.on_due, state, now),
    )


def _passing(
    world: World,
    dossier: Dossier,
    clock_id: str,
    budget: Term,
    ladder: str | None,
    on_due: str | None,
    state: State,
    now: datetime,
) -> ClockArmed:
    """Arm a clock that the holder of a state holds, and that ends when it is left."""
    holder, calendar_id = _holder(world, dossier, state)
    due = arm(budget, now, world.calendars[calendar_id], None, step=True)
    running = dossier.clocks.get(clock_id)
    last_epoch = dossier.epochs.get(clock_id, 0) if running is None else running.epoch
    return ClockArmed(
        clock=clock_id,
        epoch=last_epoch + 1,
        term=budget,
        calendar=calendar_id,
        from_instant=True,
        cutoff_minute=None,
        ladder=ladder,
        on_due=on_due,
        holder=holder,
        at=now,
        due=due.at,
        due_date=due.day,
        provisional=due.provisional,
    )


def _holder(world: World, dossier: Dossier, state: State) -> tuple[str, str]:
    """Who holds a step clock, and the calendar it keeps: the agency's own, or the procedure's for the applicant."""
    role = world.procedure.role.get(state.holder or "")
    if role is None:
        return APPLICANT, world.procedure.calendar
    agency = dossier.parties[role.party]
    return agency, world.directory.get(agency).calendar


def calendars_of(world: World, clocks: Mapping[str, Clock]) -> Iterable[tuple[Clock, BusinessCalendar]]:
    """Pair every clock that has not ended with its calendar, in order of id: a stored mapping has no other."""
    open_clocks = [clocks[name] for name in sorted(clocks) if not clocks[name].stopped]
    return [(clock, world.calendars[clock.calendar]) for clock in open_clocks]
