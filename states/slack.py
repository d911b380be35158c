"""How much time is to spare: the appointment against the longest way that is still ahead of a dossier."""

from dataclasses import dataclass
from datetime import datetime

from states.calendar import BusinessCalendar
from states.deadline import Clock, resumed
from states.dossier import CONSULT, HANDOFF, STEP, Dossier, Passage
from states.procedure import CaseClock, Order, State
from states.soundness import Context
from states.soundness.context import View
from states.soundness.longest import Way, longest_on, longest_onward, stops_of
from states.soundness.paces import by_the_calendar, used_up
from states.world import World


@dataclass(frozen=True, slots=True)
class Slack:
    """What a clock of the whole dossier has to spare at an instant.

    Attributes:
        due: Its due instant; of a paused clock, were it to run on now.
        end: When the last step ends if everybody takes all the time that is theirs.
        path: The states from here on, the present one first.
        minutes: Working minutes from *end* to *due* in the procedure's calendar; negative when it will be late.
    """

    clock: str
    due: datetime
    end: datetime
    path: tuple[str, ...]
    minutes: int


def slack(world: World, dossier: Dossier, now: datetime) -> tuple[Slack, ...]:
    """Return the slack of each clock of the whole dossier that has not ended, at *now*.

    A step that is late already is taken to end now. The applicant's time does not count: a dossier that waits for
    the applicant is taken to come back now.

    Raises:
        CalendarHorizonError: A calendar ends before the way does.
    """
    view = View(world.procedure, Context())
    found = (_of(world, view, dossier, declared, now) for declared in world.procedure.clocks)
    return tuple(each for each in found if each is not None)


def _of(world: World, view: View, dossier: Dossier, declared: CaseClock, now: datetime) -> Slack | None:
    clock = dossier.clocks.get(declared.id)
    if clock is None or clock.stopped:
        return None
    due = _due(clock, world.calendar, now)
    way = _ahead(world, view, dossier, declared, now)
    if due is None or way is None:
        return None
    return Slack(declared.id, due, way.end, way.states, world.calendar.between(way.end, due))


def _due(clock: Clock, calendar: BusinessCalendar, now: datetime) -> datetime | None:
    return resumed(clock, now, calendar).at if clock.paused else clock.due


def _ahead(
    world: World, view: View, dossier: Dossier, declared: CaseClock, now: datetime
) -> Way[datetime] | None:
    pace = by_the_calendar(world.procedure, lambda state: _calendar(world, dossier, state))
    level = stops_of(view, declared)
    until = {leaf: _until(world, dossier, leaf, now) for leaf in dossier.states}
    way = longest_onward(level, until, pace)
    if way is not None:
        return way
    start: Way[datetime] = Way((), now)
    targets = {target for leaf in dossier.states for target in view.targets[leaf]}
    onward = longest_on(level, sorted(targets), start, pace)
    return None if onward is start else onward


def _until(world: World, dossier: Dossier, leaf: str, now: datetime) -> datetime:
    """Return when a leaf is left at the latest, by the clocks that run in it and the questions still to be asked."""
    state = world.procedure.state[leaf]
    if (passage := dossier.offered(leaf)) is not None:
        return _accepted(world, dossier, state, passage, now)
    if state.suspends is not None:
        return now
    clock = dossier.clocks.get(f"{STEP}{leaf}")
    own = now if clock is None or clock.due is None else max(now, clock.due)
    return own if state.consultation is None else max(own, _answered(world, dossier, state.consultation, now))


def _accepted(world: World, dossier: Dossier, state: State, passage: Passage, now: datetime) -> datetime:
    """What was offered is accepted at the end of its allowances, and the step, or a suspension, begins then."""
    clock, calendar = dossier.clocks.get(f"{HANDOFF}{state.id}"), _calendar(world, dossier, state)
    at = now if clock is None or clock.due is None else max(now, clock.due)
    ahead = [] if state.handoff is None or passage.acknowledged_at else [state.handoff.accept]
    ahead.append(None if state.clock is None or state.suspends is not None else state.clock.budget)
    return used_up((term for term in ahead if term is not None), at, calendar)


def _answered(world: World, dossier: Dossier, id: str, now: datetime) -> datetime:
    """One after another, what has not been asked yet begins when the question before it is answered."""
    declared, at = world.procedure.consultation[id], now
    prefix = f"{CONSULT}{id}/"
    asked = [each for each in declared.questions if f"{prefix}{each.id}" in dossier.clocks]
    dues = [clock.due for each in asked if (clock := dossier.clocks[f"{prefix}{each.id}"]).due is not None]
    at = max([at, *(due for due in dues if due is not None)])
    if declared.order is Order.PARALLEL or not asked:
        return at
    later = declared.questions[declared.questions.index(asked[-1]) + 1 :]
    return used_up((each.term for each in later if each.term is not None), at, world.calendar)


def _calendar(world: World, dossier: Dossier, state: State) -> BusinessCalendar:
    role = world.procedure.role.get(state.holder or "")
    return world.calendar if role is None else world.calendar_of(dossier.parties[role.party])
