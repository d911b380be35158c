"""The control slip: who held the dossier, from when to when, working minutes planned against those taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.services.notices import local_text
from states import events as happened
from states.calendar import BusinessCalendar
from states.dossier import STEP, Dossier
from states.events import Event
from states.procedure import APPLICANT, SYSTEM
from states.world import World

Plain = dict[str, Any]
EARLY = {"vi": "Trước hạn", "en": "early"}
ON_TIME = {"vi": "Đúng hạn", "en": "on time"}
LATE = {"vi": "Quá hạn", "en": "late"}
OPEN = {"vi": "Đang xử lý", "en": "open"}
NO_TERM = {"vi": "Không định hạn", "en": "no term"}


@dataclass(slots=True)
class _Step:
    """One stay in a state; `since` is when its time last began to count, None while it is held."""

    state: str
    entered: datetime
    since: datetime | None
    calendar: BusinessCalendar
    planned: int | None = None
    due: datetime | None = None
    taken: int = 0
    left: datetime | None = None

    def hold(self, at: datetime) -> None:
        if self.since is not None:
            self.taken += self.calendar.between(self.since, at)
        self.since = None


def steps_of(world: World, dossier: Dossier, events: Iterable[Event], now: datetime) -> list[Plain]:
    """Return the stays in states that an officer holds, in the order they began; waiting for others is left out.

    Planned are the working minutes between the beginning of the step clock and its first due instant.
    """
    done: list[_Step] = []
    running: dict[str, _Step] = {}
    for event in events:
        for state in _left(event):
            if state in running:
                step = running.pop(state)
                step.hold(event.at)
                step.left = event.at
        for state in _entered(event):
            if _holder(world, dossier, state) is not None:
                running[state] = _Step(state, event.at, event.at, _calendar(world, dossier, state))
                done.append(running[state])
        _count(running, event)
    for step in running.values():
        if step.since is not None:
            step.hold(max(now, step.since))
    return [_line(world, dossier, step, now) for step in done]


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


def _left(event: Event) -> tuple[str, ...]:
    return event.exited if isinstance(event, happened.TransitionFired) else ()


def _entered(event: Event) -> tuple[str, ...]:
    if isinstance(event, happened.Opened):
        return event.states
    return event.entered if isinstance(event, happened.TransitionFired) else ()


def _count(running: dict[str, _Step], event: Event) -> None:
    step = running.get(str(getattr(event, "clock", "")).removeprefix(STEP))
    if step is None or not getattr(event, "clock", "").startswith(STEP):
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


def _holder(world: World, dossier: Dossier, state: str) -> str | None:
    """Return the agency that must act in a state; None where nobody or the applicant does."""
    holder = world.procedure.state[state].holder
    if holder is None or holder in (APPLICANT, SYSTEM):
        return None
    return dossier.parties[world.procedure.role[holder].party]


def _calendar(world: World, dossier: Dossier, state: str) -> BusinessCalendar:
    return world.calendar_of(_holder(world, dossier, state) or dossier.agency)


def _line(world: World, dossier: Dossier, step: _Step, now: datetime) -> Plain:
    agency = world.directory.get(_holder(world, dossier, step.state) or dossier.agency)
    label = world.procedure.state[step.state].label
    late = step.due is not None and (step.left or now) > step.due
    return {
        "agency": agency.name,
        "vi": label.vi,
        "en": label.en,
        "entered": local_text(step.calendar, step.entered),
        "left": local_text(step.calendar, step.left),
        "planned": step.planned,
        "actual": step.taken,
        "late": int(late),
        "result": LATE if late else _result(step),
    }


def _result(step: _Step) -> dict[str, str]:
    """Judge a step that is not late as the form does: early before the day of its due instant."""
    if step.left is None:
        return OPEN
    if step.due is None:
        return NO_TERM
    same = step.calendar.local_date(step.left) == step.calendar.local_date(step.due)
    return ON_TIME if same else EARLY
