"""A clock as far as its escalations go: what may still fire on it in its present stretch, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audit.office_hours import minutes_of, work_after, work_before
from states.calendar import BusinessCalendar
from states.errors import CalendarHorizonError
from states.procedure import Rung, Side

END = "on_due"
SILENT = "(silent)"
"""What a question's clock does when it runs out: it says that no answer came."""
QUESTION = "consult:"

RUNG_ORDER, SILENCE_ORDER, END_ORDER, PERSON_ORDER = range(4)
"""Of the same instant, rungs come first, then silences, then clocks that run out, last what people do."""

Calendars = Mapping[str, BusinessCalendar]
Key = tuple[datetime, int, str]


@dataclass(slots=True)
class Running:
    """One clock of a dossier.

    Attributes:
        on_due: The transition that its end fires; `SILENT` for a question, whose clock may run on after it.
        began: When the present epoch began.
        due: Of the present stretch; None while the clock is paused or stopped.
        fired: What fired in the present epoch.
        owed: What fell due in the present epoch, and when.
    """

    id: str
    epoch: int
    calendar: str
    ladder: tuple[Rung, ...]
    on_due: str | None
    began: datetime
    due: datetime | None
    fired: set[str] = field(default_factory=set)
    owed: dict[str, datetime] = field(default_factory=dict)


def waiting_on(clock: Running, calendars: Calendars, until: datetime) -> Iterator[tuple[str, Key]]:
    """Yield the name and place in time of what has not fired on a clock; nothing if it does not run.

    What comes after a due instant that comes after *until* may be left out.
    """
    if clock.due is None:
        return
    for rung in clock.ladder:
        if rung.id not in clock.fired and (rung.side is Side.BEFORE or clock.due <= until):
            at = _instant(clock, clock.due, rung, calendars[clock.calendar])
            if at is not None:
                yield rung.id, (at, RUNG_ORDER, clock.id)
    if clock.on_due is not None and END not in clock.fired:
        yield END, (clock.due, END_ORDER, clock.id)


def _instant(clock: Running, due: datetime, rung: Rung, calendar: BusinessCalendar) -> datetime | None:
    """Return when a rung is due; None when it is void, or lies beyond the calendar's years."""
    if rung.side is Side.DUE or rung.offset is None:
        return due
    minutes = minutes_of(rung.offset, calendar)
    try:
        if rung.side is Side.AFTER:
            return work_after(due, minutes, calendar)
        at = work_before(due, minutes, calendar)
    except CalendarHorizonError:
        return None
    return at if at > clock.began else None
