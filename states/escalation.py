"""What falls due next on a dossier, and what it does: rungs of ladders, silences, clocks that run out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from states import called
from states.calendar import BusinessCalendar
from states.commands import SYSTEM_ACTOR, AcknowledgeRung, FireTransition
from states.consultation import expects_reply, fall_silent
from states.deadline import Clock, SegmentKind
from states.dossier import HANDOFF, STAGE, Awaited, Dossier, Task, of_the_dossier
from states.errors import CalendarHorizonError, NotAuthorised
from states.events import (
    ApologyDrafted,
    Event,
    NonconformityOpened,
    RungAcknowledged,
    RungReached,
    TaskReassigned,
)
from states.firing import fire
from states.ordering import lift, next_lift
from states.procedure import APPLICANT, ASSIGNEE, SIDES, Recipient, Rung, RungAction, Side
from states.term import Term, Unit
from states.world import World

UNACKNOWLEDGED = ".unacknowledged"
OVERDUE = "overdue"
NOBODY = "nobody_reached"


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that falls due: exactly one of a rung, an awaited acknowledgement, or a clock's own end.

    Attributes:
        beyond: Set where a rung lies beyond the calendar, which is no obstacle before its last day (`at`): by
            then the next year must be there, or whoever lets it take effect says so aloud.
    """

    at: datetime
    order: int
    clock: Clock
    rung: Rung | None = None
    awaited: Awaited | None = None
    beyond: CalendarHorizonError | None = None


def next_effect(world: World, dossier: Dossier) -> Effect | None:
    """Return the earliest thing that will fall due, None when nothing can."""
    if dossier.ended:
        return None
    return min(_effects(world, dossier), key=lambda e: (e.at, e.order, e.clock.id), default=None)


def next_wake(world: World, dossier: Dossier) -> datetime | None:
    """Return when the sweep must look at the dossier again."""
    effect, ending = next_effect(world, dossier), next_lift(dossier)
    instants = [None if effect is None else effect.at, None if ending is None else ending.until]
    return min((at for at in instants if at is not None), default=None)


def _effects(world: World, dossier: Dossier) -> Iterator[Effect]:
    for awaited in dossier.awaited:
        yield Effect(awaited.by, 1, dossier.clocks[awaited.clock], awaited=awaited)
    for clock in dossier.clocks.values():
        if clock.due is None or not clock.running:
            continue
        calendar = world.calendars[clock.calendar]
        rung = _next_rung(world, clock, calendar)
        if rung is not None:
            yield rung
        if clock.on_due is not None or expects_reply(dossier, clock.id):
            yield Effect(clock.due, 2, clock)


def _next_rung(world: World, clock: Clock, calendar: BusinessCalendar) -> Effect | None:
    """Rungs stand in the order of their instants, so the first that has not fired is the next.

    A rung before the due instant that would lie before its epoch began is void: there was nothing to warn of yet.
    """
    if clock.ladder is None or clock.due is None:
        return None
    for rung in world.procedure.ladder[clock.ladder].rungs:
        if rung.id in clock.fired:
            continue
        try:
            at = rung_instant(rung, clock.due, calendar)
        except CalendarHorizonError as error:
            if rung.side is Side.BEFORE:
                continue
            return Effect(calendar.midnight(calendar.last_day), 3, clock, rung, beyond=error)
        if rung.side is not Side.BEFORE or at > epoch_began(clock):
            return Effect(at, 0, clock, rung)
    return None


def rung_instant(rung: Rung, due: datetime, calendar: BusinessCalendar) -> datetime:
    """Return when a rung is due, in working time before or after the due instant.

    Raises:
        CalendarHorizonError: The calendar does not reach that far, back or ahead.
    """
    if rung.side is Side.DUE or rung.offset is None:
        return due
    minutes = working_minutes(rung.offset, calendar)
    return calendar.add(due, -minutes if rung.side is Side.BEFORE else minutes)


def working_minutes(term: Term, calendar: BusinessCalendar) -> int:
    """Return a working term as minutes; a working day is as long as the calendar says."""
    unit = calendar.definition.day_minutes if term.unit is Unit.WORKING_DAYS else 60
    return term.quarters * unit // 4


def epoch_began(clock: Clock) -> datetime:
    """Return when the clock was last armed, restarted or extended."""
    starts = (SegmentKind.RESTART, SegmentKind.EXTEND)
    return next((s.at for s in reversed(clock.segments) if s.kind in starts), clock.segments[0].at)


def pass_deadline(world: World, dossier: Dossier, now: datetime) -> tuple[Event, ...]:
    """Let the earliest thing that is due at *now* take effect; empty when nothing is.

    Of one instant, an order ends first: its end is no longer part of it.

    Raises:
        CalendarHorizonError: The calendar's last day has come and what falls due next is not known.
    """
    effect, ending = next_effect(world, dossier), next_lift(dossier)
    lifted_at = now if effect is None else min(effect.at, now)
    if ending is not None and ending.until is not None and ending.until <= lifted_at:
        return lift(world, dossier, ending, now)
    if effect is None or effect.at > now:
        return ()
    if effect.beyond is not None:
        raise effect.beyond
    if effect.rung is not None:
        return _reach(world, dossier, effect, effect.rung, now)
    if effect.awaited is not None:
        return _silence(world, dossier, effect.awaited, now)
    return _run_out(world, dossier, effect, now)


def _run_out(world: World, dossier: Dossier, effect: Effect, now: datetime) -> tuple[Event, ...]:
    if effect.clock.on_due is None:
        return fall_silent(world, dossier, effect.clock, effect.at, now)
    command = FireTransition(effect.clock.on_due, SYSTEM_ACTOR, dossier.version, reasoned=True)
    return fire(world, dossier, command, now, due_at=effect.at)


def _reach(world: World, dossier: Dossier, effect: Effect, rung: Rung, now: datetime) -> tuple[Event, ...]:
    clock = effect.clock
    people, position, agency = reached(world, dossier, clock, rung.to, now)
    by = None
    if rung.acknowledge is not None and people:
        by = _acknowledge_by(world.calendars[clock.calendar], rung.acknowledge, now)
    actions = tuple(action.value for action in rung.actions)
    event = RungReached(clock.id, clock.epoch, rung.id, effect.at, people, position, agency, actions, by, now)
    return (event, *_actions(dossier, clock, rung, people, now))


def _acknowledge_by(calendar: BusinessCalendar, within: Term, now: datetime) -> datetime:
    """Where the calendars end earlier, silence is judged at their end rather than never."""
    try:
        return calendar.add(now, working_minutes(within, calendar))
    except CalendarHorizonError:
        return calendar.midnight_after(calendar.last_day)


def _actions(
    dossier: Dossier, clock: Clock, rung: Rung, people: tuple[str, ...], now: datetime
) -> Iterator[Event]:
    number = f"{clock.id}:{clock.epoch}:{rung.id}"
    if not people:
        yield NonconformityOpened(f"{NOBODY}:{number}", NOBODY, clock.id, clock.epoch, now)
    if RungAction.DRAFT_APOLOGY in rung.actions and clock.due is not None:
        yield ApologyDrafted(clock.id, clock.epoch, clock.due, now)
    if RungAction.REASSIGN in rung.actions and people:
        for task in dossier.tasks:
            if clock.id == task.clock and task.assignee != people[0]:
                yield TaskReassigned(task.id, people[0], f"rung:{rung.id}", now)
    if RungAction.OPEN_NONCONFORMITY in rung.actions:
        yield NonconformityOpened(f"{OVERDUE}:{number}", OVERDUE, clock.id, clock.epoch, now)


def _silence(world: World, dossier: Dossier, awaited: Awaited, now: datetime) -> tuple[Event, ...]:
    """Nobody acknowledged: tell the next in line, once."""
    clock = dossier.clocks[awaited.clock]
    ladder = world.procedure.ladder[clock.ladder or ""]
    rung = next(rung for rung in ladder.rungs if rung.id == awaited.rung)
    people, position, agency = reached(world, dossier, clock, rung.unacknowledged, now)
    name, notify = f"{rung.id}{UNACKNOWLEDGED}", (RungAction.NOTIFY.value,)
    event = RungReached(
        clock.id, awaited.epoch, name, awaited.by, people, position, agency, notify, None, now
    )
    if people:
        return (event,)
    number = f"{NOBODY}:{clock.id}:{awaited.epoch}:{name}"
    return (event, NonconformityOpened(number, NOBODY, clock.id, awaited.epoch, now))


def reached(
    world: World, dossier: Dossier, clock: Clock, chain: Iterable[Recipient], now: datetime
) -> tuple[tuple[str, ...], str, str]:
    """Return the people of the first recipient in the chain that resolves, with position and agency.

    What an agency no longer answers for reaches its heir. After the chain come the positions that the last agency
    tried names for escalations. When nobody is found the last position of the chain is returned with no people.
    """
    position, agency = "", dossier.agency
    for recipient in chain:
        position, agency = recipient.position, _agency_of(world, dossier, clock, recipient, now)
        people = _people(world, dossier, clock, position, agency, now)
        if people:
            return people, position, agency
    known = world.directory.agency.get(agency)
    for other in known.escalations if known else ():
        people = _people(world, dossier, clock, other, agency, now)
        if people:
            return people, other, agency
    return (), position, agency


def _agency_of(world: World, dossier: Dossier, clock: Clock, recipient: Recipient, now: datetime) -> str:
    day = world.calendars[clock.calendar].local_date(now)
    return world.directory.seat(_named(world, dossier, clock, recipient), day, world.procedure.code)


def _named(world: World, dossier: Dossier, clock: Clock, recipient: Recipient) -> str:
    holder = dossier.agency if clock.holder == APPLICANT else clock.holder
    if recipient.at in ("", "holder"):
        return holder
    if recipient.at == "parent":
        known = world.directory.agency.get(holder)
        return (known.parent if known else None) or holder
    if recipient.at == "province":
        return world.directory.province
    if recipient.at in SIDES:
        passage = dossier.handoffs[clock.id.removeprefix(HANDOFF)]
        side = passage.sender if recipient.at == "sender" else passage.receiver
        return dossier.agency if side == APPLICANT else side
    return dossier.parties[recipient.at]


def _stage_of(world: World, task: Task) -> str | None:
    state = world.procedure.state.get(task.state)
    return None if state is None or state.stage is None else f"{STAGE}{state.stage}"


def _people(
    world: World, dossier: Dossier, clock: Clock, position: str, agency: str, now: datetime
) -> tuple[str, ...]:
    day = world.calendars[clock.calendar].local_date(now)
    if position != ASSIGNEE:
        return world.directory.holders(agency, position, day)
    if clock.id.startswith(HANDOFF):
        passage = dossier.handoffs[clock.id.removeprefix(HANDOFF)]
        sent = passage.officer if agency == passage.sender else None
        return (sent,) if sent is not None and world.directory.posts_of(sent, day) else ()
    own = [task for task in dossier.tasks if clock.id in (task.clock, _stage_of(world, task))]
    tasks = dossier.tasks if of_the_dossier(clock.id) else own
    hands = dict.fromkeys(task.assignee for task in tasks if task.assignee is not None)
    return tuple(officer for officer in hands if world.directory.posts_of(officer, day))


def acknowledge(world: World, dossier: Dossier, command: AcknowledgeRung, now: datetime) -> tuple[Event, ...]:
    """Decide an acknowledgement: by one of those whom the rung reached.

    Raises:
        NotAuthorised: Nothing of that name waits for this officer.
    """
    for awaited in dossier.awaited:
        named = (awaited.clock, awaited.rung) == (command.clock, command.rung)
        if named and command.actor.person in awaited.recipients:
            return (RungAcknowledged(awaited.clock, awaited.epoch, awaited.rung, command.actor.person, now),)
    raise NotAuthorised(
        code=dossier.code,
        actor=called.who(command.actor),
        action=called.act(world.procedure, "acknowledge"),
        reason="no such warning waits for them",
        reason_vi="không có cảnh báo nào như vậy chờ người này xác nhận",
        roles=called.holders(world.procedure, ()),
    )
