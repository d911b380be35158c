"""What a calendar says: office hours, years, and the days that differ from their weekday."""

from dataclasses import dataclass
from datetime import date

Segments = tuple[tuple[int, int], ...]
"""Office hours of one day: (first minute, closing minute) from local midnight, in order and apart."""


@dataclass(frozen=True, slots=True)
class DayException:
    """A day that differs from its weekday.

    Attributes:
        working: True for a make-up working day, False for a weekday off.
        source: Where the fact comes from, in words.
        verified: Whether the fact was read in the legal text itself.
        document: Number of the legal document; None while it is not known.
        for_day: The day off that a make-up day pays back.
    """

    day: date
    working: bool
    reason_vi: str
    reason_en: str
    source: str | None
    verified: bool
    document: str | None = None
    for_day: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of a calendar.

    Attributes:
        status: `signed`, or `draft`: then every deadline that touches the year is provisional.
        source: Where the year's days come from.
    """

    year: int
    status: str
    exceptions: tuple[DayException, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarDefinition:
    """All that a calendar says; its digest is the calendar's version.

    Attributes:
        utc_offset_minutes: Local time minus UTC, the same all year.
        day_minutes: Working minutes that one working day of a step budget means.
        hours: Office hours of Monday to Sunday, empty for a rest day.
        makeup_hours: Office hours of a make-up working day.
        source: Where the office hours come from.
        verified: Whether the office hours were read in a source that binds.
    """

    id: str
    label_vi: str
    label_en: str
    utc_offset_minutes: int
    day_minutes: int
    hours: tuple[Segments, ...]
    makeup_hours: Segments
    years: tuple[CalendarYear, ...]
    source: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a calendar says of one day, and why."""

    date: date
    working: bool
    minutes: int
    segments: Segments
    reason_vi: str
    reason_en: str
    verified: bool
    draft: bool
    source: str | None = None
    document: str | None = None
