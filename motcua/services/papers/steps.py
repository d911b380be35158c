"""The control slip: who held the dossier, from when to when, working minutes planned against those taken."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from motcua.services.notices import local_text
from states import events as happened
from states.asking import question_clock
from states.calendar import BusinessCalendar
from states.dossier import STEP, Dossier
from states.dossier.rounds import NO_MEANING
from states.events import Event
from states.procedure import APPLICANT, SYSTEM, Label
from states.responsibility import allowance
from states.world import World

Plain = dict[str, Any]
Settling = happened.QuestionAnswered | happened.QuestionSilent | happened.QuestionClosed
EARLY = {"vi": "Trước hạn", "en": "early"}
ON_TIME = {"vi": "Đúng hạn", "en": "on time"}
LATE = {"vi": "Quá hạn", "en": "late"}
OPEN = {"vi": "Đang xử lý", "en": "open"}
NO_TERM = {"vi": "Không định hạn", "en": "no term"}
RETURNED = {"vi": "Bị trả lại", "en": "returned"}
CANCELLED = {"vi": "Đã rút", "en": "withdrawn"}


@dataclass(slots=True)
class _Step:
    """One stay in a state with one agency, the wait for its receiver, or one question.

    Attributes:
        agency: Who had custody, or was asked.
        since: When its time last began to count; None while held.
        handoff: The state that was offered, where it is a sender's wait.
        end: How a handoff ended that was not accepted.
    """

    agency: str
    label: Label
    entered: datetime
    since: datetime | None
    calendar: BusinessCalendar
    planned: int | None = None
    due: datetime | None = None
    taken: int = 0
    left: datetime | None = None
    handoff: str | None = None
    end: Plain | None = None

    def hold(self, at: datetime) -> None:
        if self.since is not None:
            self.taken += self.calendar.between(self.since, at)
        self.since = None


def steps_of(world: World, dossier: Dossier, events: Iterable[Event], now: datetime) -> list[Plain]:
    """Return the stays in states that an officer holds and the questions put to others, in the order they began.

    Waiting for the applicant is left out, and so is the state that lasts while others are asked: their time counts.

    What was handed over is taken over when the receiver accepts: until then the sender waits, on a line of its own.
    Planned are the working minutes between the beginning of the step clock and its first due instant, of a handoff
    its allowances. Where a reorganisation gave a stay to another agency, both have a line of their own, and the heir
    has the minutes that were left.
    """
    done: list[_Step] = []
    running: dict[str, _Step] = {}
    parties = dossier.parties
    for event in events:
        if isinstance(event, happened.Opened | happened.PartiesRebound):
            parties = event.parties
        done += _passed_on(world, event, running)
        _leave(running, event)
        if isinstance(event, happened.HandoffOffered) and (
            early := running.pop(f"{STEP}{event.state}", None)
        ):
            done.remove(early)
        done += _begun(world, parties, event, running)
        if isinstance(event, happened.HandoffReturned | happened.HandoffCancelled):
            _give_up(done, event)
        _count(running, event)
    for step in running.values():
        if step.since is not None:
            step.hold(max(now, step.since))
    return [_line(world, step, now) for step in done]


def _leave(running: dict[str, _Step], event: Event) -> None:
    for clock in _left(event):
        if clock in running:
            step = running.pop(clock)
            step.hold(_counts_at(event))
            step.left = _counts_at(event)


def _begun(
    world: World, parties: Mapping[str, str], event: Event, running: dict[str, _Step]
) -> Iterator[_Step]:
    """Yield the stays that begin: of an offer the sender's wait, unless the applicant sends it."""
    if isinstance(event, happened.HandoffOffered) and event.sender in world.directory.agency:
        running[f"{STEP}{event.state}"] = wait = _offered(world, event)
        yield wait
    for clock, agency, label in _entered(world, parties, event):
        at = _counts_at(event)
        running[clock] = _Step(agency, label, at, at, world.calendar_of(agency))
        yield running[clock]


def _give_up(done: list[_Step], event: happened.HandoffReturned | happened.HandoffCancelled) -> None:
    """Say of the last offer of a state that it came to nothing."""
    for step in reversed(done):
        if step.handoff == event.state:
            step.end = RETURNED if isinstance(event, happened.HandoffReturned) else CANCELLED
            return


def _offered(world: World, event: happened.HandoffOffered) -> _Step:
    state, calendar = world.procedure.state[event.state], world.calendar_of(event.sender)
    step = _Step(event.sender, state.label, event.at, event.at, calendar, handoff=event.state)
    step.planned = None if state.handoff is None else allowance(state.handoff, calendar)
    step.due = None if step.planned is None else calendar.reached(event.at, step.planned)
    return step


def _passed_on(world: World, event: Event, running: dict[str, _Step]) -> Iterator[_Step]:
    """End the stays with agencies that handed over, and begin them with those that took over."""
    if not isinstance(event, happened.PartiesRebound):
        return
    dues = {told.clock: told.due for told in event.clocks}
    for clock, step in list(running.items()):
        heir = event.agencies.get(step.agency)
        if heir is not None:
            running[clock] = _inherited(world, step, heir, event.at, dues.get(clock, step.due))
            yield running[clock]


def _inherited(world: World, step: _Step, heir: str, at: datetime, due: datetime | None) -> _Step:
    """Whoever takes over has what is left of the stay's minutes; they are counted on its own calendar."""
    counts, planned, calendar = step.since is not None, step.planned, world.calendar_of(heir)
    step.hold(at)
    step.left = at
    begun = _Step(heir, step.label, at, at if counts else None, calendar, due=due, handoff=step.handoff)
    if planned is not None:
        step.planned = min(planned, step.taken)
        begun.planned = planned - step.planned
        if step.handoff is not None:
            begun.due = calendar.reached(at, begun.planned)
    return begun


def by_agency(steps: Iterable[Plain]) -> list[Plain]:
    """Sum up the steps of each agency, in the order they came in."""
    sums: dict[str, Plain] = {}
    for step in steps:
        one = sums.setdefault(
            step["agency"], {"agency": step["agency"], "planned": None, "actual": 0, "late": 0}
        )
        if step["planned"] is not None:
            one["planned"] = (one["planned"] or 0) + step["planned"]
        one["actual"] += step["actual"]
        one["late"] += step["late"]
    return list(sums.values())


def _counts_at(event: Event) -> datetime:
    """Return when an event counts: an acceptance elsewhere before it was heard of."""
    since = event.since if isinstance(event, happened.HandoffAccepted) else None
    return since or event.at


def _left(event: Event) -> Iterable[str]:
    """Yield the clocks of the stays that end with an event."""
    if isinstance(event, happened.TransitionFired):
        yield from (f"{STEP}{state}" for state in event.exited)
    elif isinstance(event, happened.HandoffAccepted):
        yield f"{STEP}{event.state}"
    elif _settles(event):
        yield question_clock(event.consultation, event.question)


def _settles(event: Event) -> TypeGuard[Settling]:
    if isinstance(event, happened.QuestionSilent):
        return event.meaning != NO_MEANING
    return isinstance(event, happened.QuestionAnswered | happened.QuestionClosed)


def _entered(world: World, parties: Mapping[str, str], event: Event) -> Iterable[tuple[str, str, Label]]:
    """Yield clock, agency and words of the stays that begin with an event."""
    if isinstance(event, happened.QuestionAsked):
        _, question = world.procedure.question[f"{event.consultation}/{event.question}"]
        yield question_clock(event.consultation, event.question), event.agency, question.label
    for state in _states(event):
        agency = _holder(world, parties, state)
        if agency is not None:
            yield f"{STEP}{state}", agency, world.procedure.state[state].label


def _states(event: Event) -> tuple[str, ...]:
    """Return the states that were entered or taken over."""
    if isinstance(event, happened.Opened):
        return event.states
    if isinstance(event, happened.HandoffAccepted):
        return (event.state,)
    return event.entered if isinstance(event, happened.TransitionFired) else ()


def _count(running: dict[str, _Step], event: Event) -> None:
    step = running.get(str(getattr(event, "clock", "")))
    if step is None or step.handoff is not None:
        return
    if isinstance(event, happened.ClockArmed):
        step.planned = step.calendar.between(event.at, event.due)
        step.due = event.due
    elif isinstance(event, happened.ClockPaused):
        step.hold(event.at)
    elif isinstance(event, happened.ClockResumed | happened.ClockRestarted):
        step.hold(event.at)
        step.since, step.due = event.at, event.due
    elif isinstance(event, happened.ClockExtended | happened.ClockRecomputed):
        step.due = event.due or step.due


def _holder(world: World, parties: Mapping[str, str], state_id: str) -> str | None:
    """Return the agency that must act in a state; None where nobody, the applicant, or a consulted body does."""
    state = world.procedure.state[state_id]
    if state.holder is None or state.holder in (APPLICANT, SYSTEM) or state.consultation is not None:
        return None
    return parties[world.procedure.role[state.holder].party]


def _line(world: World, step: _Step, now: datetime) -> Plain:
    label = step.label
    late = step.due is not None and (step.left or now) > step.due
    return {
        "agency": world.directory.name_of(step.agency, step.calendar.local_date(step.entered)),
        "vi": f"Bàn giao: {label.vi}" if step.handoff else label.vi,
        "en": f"Handoff: {label.en}" if step.handoff else label.en,
        "entered": local_text(step.calendar, step.entered),
        "left": local_text(step.calendar, step.left),
        "planned": step.planned,
        "actual": step.taken,
        "late": int(late),
        "result": step.end or (LATE if late else _result(step)),
    }


def _result(step: _Step) -> dict[str, str]:
    """Judge a step that is not late as the form does: early before the day of its due instant."""
    if step.left is None:
        return OPEN
    if step.due is None:
        return NO_TERM
    same = step.calendar.local_date(step.left) == step.calendar.local_date(step.due)
    return ON_TIME if same else EARLY
