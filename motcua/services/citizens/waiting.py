"""The time of a dossier in the applicant's words: what ran, what was paused and why, and what moved the promise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from motcua.services.appointments import is_late
from motcua.services.notices import local_text
from motcua.services.presenting_clocks import remaining, words_of
from states import events as happened
from states.calendar import BusinessCalendar
from states.counting import measure_of
from states.deadline import Clock
from states.dossier import Dossier
from states.events import Event
from states.procedure import Effect
from states.world import World

Plain = dict[str, Any]
History = Iterable[tuple[int, Event]]
_MINUTE = timedelta(minutes=1)
_MOVED = (happened.ClockExtended, happened.ClockRecomputed, happened.ClockCredited, happened.ClockWithdrawn)
_OF_A_CALENDAR = {
    "vi": "Lịch làm việc của cơ quan nhà nước thay đổi",
    "en": "The calendar of state agencies changed",
}
_OF_AN_ORDER = {
    "vi": "Theo lệnh chung khi có thiên tai, sự cố",
    "en": "By a general order after a disaster or an outage",
}


@dataclass
class _Fold:
    """The clock of the promise, followed through the history.

    Attributes:
        ran: Minutes counted since it began, or began anew.
    """

    clock: Clock
    calendar: BusinessCalendar
    working: bool
    due: datetime | None = None
    since: datetime | None = None
    ran: int = 0
    pauses: list[Plain] = field(default_factory=list)
    moves: list[Plain] = field(default_factory=list)

    def length(self, start: datetime, end: datetime) -> int:
        """Return the minutes between two instants, as the term counts them."""
        return self.calendar.between(start, end) if self.working else (end - start) // _MINUTE

    def stop(self, at: datetime) -> None:
        """Let no more minutes count."""
        if self.since is not None:
            self.ran += self.length(self.since, at)
        self.since = None


def promise_of(
    world: World, dossier: Dossier, history: History, reasons: Mapping[int, str], now: datetime
) -> Plain:
    """Return what was promised and how its time went by; `due` is None before acceptance and while it is paused.

    Args:
        world: The rules of the dossier.
        dossier: The dossier.
        history: Its events, with the numbers of their records.
        reasons: What was written to the applicant, by the number of the record.
        now: Until when a pause that lasts is counted.
    """
    clock = dossier.clocks.get("committed") or dossier.clocks.get("legal")
    if clock is None:
        return {"light": "none", "due": None, "first_due": None, "pauses": [], "moves": []}
    fold = _folded(world, dossier, clock, history, reasons)
    if fold.since is not None:
        fold.stop(now)
    for pause in fold.pauses:
        pause["minutes"] = fold.length(pause.pop("since"), pause.pop("end") or now)
    left = remaining(clock, fold.calendar, now)
    return {
        "light": _light(clock, left, is_late(dossier, now)),
        "due": local_text(fold.calendar, clock.due),
        "first_due": local_text(fold.calendar, clock.original_due),
        "provisional": clock.provisional,
        "left": left,
        "ran": fold.ran,
        "paused": sum(pause["minutes"] for pause in fold.pauses),
        "day": day_length(fold.calendar) if fold.working else 24 * 60,
        "working": fold.working,
        "stopped": clock.stopped,
        "anew": clock.paused and _begins_anew(world, dossier),
        "pauses": fold.pauses,
        "moves": fold.moves,
    }


def day_length(calendar: BusinessCalendar) -> int:
    """Return how many minutes of work the longest day of a week has."""
    return max(sum(end - begin for begin, end in hours) for hours in calendar.definition.hours)


def _begins_anew(world: World, dossier: Dossier) -> bool:
    """Tell whether the term will be counted from zero once the present suspension is lifted."""
    suspension = world.procedure.suspension.get(dossier.suspension or "")
    return suspension is not None and suspension.effect is Effect.RESTART


def _light(clock: Clock, left: int | None, late: bool) -> str:
    if clock.paused:
        return "paused"
    if clock.stopped or left is None:
        return "none"
    return "late" if late else "soon" if left <= SOON else "good"


SOON = 8 * 60
"""Minutes left from which on the promise is shown as near."""


def _folded(
    world: World, dossier: Dossier, clock: Clock, history: History, reasons: Mapping[int, str]
) -> _Fold:
    calendar = world.calendars[clock.calendar]
    fold = _Fold(clock, calendar, measure_of(clock.term, clock.from_instant).working)
    for seq, event in history:
        if getattr(event, "clock", None) != clock.id:
            continue
        if isinstance(event, happened.ClockPaused):
            _pause(world, dossier, fold, event, reasons.get(seq, ""))
        elif isinstance(event, happened.ClockArmed | happened.ClockResumed | happened.ClockRestarted):
            _run(fold, event)
        elif isinstance(event, happened.ClockStopped):
            fold.stop(event.at)
            _resume(fold, event.at)
        elif isinstance(event, _MOVED):
            _move(world, fold, event, reasons.get(seq, ""))
    return fold


def _run(fold: _Fold, event: happened.ClockArmed | happened.ClockResumed | happened.ClockRestarted) -> None:
    anew = isinstance(event, happened.ClockRestarted)
    fold.stop(event.at)
    _resume(fold, event.at, anew=anew)
    fold.ran = 0 if anew else fold.ran
    fold.since, fold.due = event.at, event.due


def _pause(world: World, dossier: Dossier, fold: _Fold, event: happened.ClockPaused, reason: str) -> None:
    fold.stop(event.at)
    fold.pauses.append(
        {
            "from": local_text(fold.calendar, event.at),
            "until": None,
            "why": _cause(world, dossier, event.cause),
            "reason": reason,
            "basis": _instrument(world, event.basis),
            "anew": False,
            "since": event.at,
            "end": None,
        }
    )


def _resume(fold: _Fold, at: datetime, *, anew: bool = False) -> None:
    if fold.pauses and fold.pauses[-1]["end"] is None:
        fold.pauses[-1] |= {"end": at, "until": local_text(fold.calendar, at), "anew": anew}


def _move(world: World, fold: _Fold, event: Any, reason: str) -> None:
    if event.due is not None and event.due != fold.due:
        extension = world.procedure.extension.get(getattr(event, "extension", ""))
        why = _OF_AN_ORDER if extension is None else words_of(extension.label)
        fold.moves.append(
            {
                "at": local_text(fold.calendar, event.at),
                "from": local_text(fold.calendar, fold.due),
                "to": local_text(fold.calendar, event.due),
                "why": _OF_A_CALENDAR if isinstance(event, happened.ClockRecomputed) else why,
                "reason": reason,
            }
        )
    fold.due = event.due or fold.due


def _cause(world: World, dossier: Dossier, cause: str) -> Plain:
    suspension = world.procedure.suspension.get(cause)
    if suspension is not None:
        return words_of(suspension.cause)
    order = next((order for order in dossier.orders if order.id == cause), None)
    basis = "" if order is None else f" ({order.basis})"
    return {lang: f"{words}{basis}" for lang, words in _OF_AN_ORDER.items()}


def _instrument(world: World, basis: str | None) -> str:
    return next((cited.instrument for cited in world.procedure.citations if cited.id == basis), "")
