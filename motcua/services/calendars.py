"""Answers from a calendar: when a term is due and why, what each day of a year is, how two versions differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from audit.canonical import digest
from states.calendar import BusinessCalendar, CalendarDay, CalendarDefinition
from states.clock_explanation import DayLine, explain
from states.counting import Cutoff, Due, arm
from states.errors import DomainError, InvalidTerm
from states.ledger import Segment, SegmentKind
from states.term import Term, Unit, parse_term
from states.wire import to_wire

_AMOUNT = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?", re.ASCII)
_LEAP_SECOND = re.compile(r"[T ][0-9]{2}:?[0-9]{2}:?60(?![0-9])", re.ASCII)
_MINUTE_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


class InvalidInstant(DomainError):
    """The instant {given} is not understood. Write it like 2026-01-30T10:00 (local) or 2026-01-30T10:00+07:00."""

    vi = "Thời điểm {given} không hợp lệ. Hãy viết như 2026-01-30T10:00 (giờ địa phương) hoặc 2026-01-30T10:00+07:00."


class LeapSecond(DomainError):
    """The instant {given} is a leap second, which no clock here counts. Write second 59, or the next minute."""

    vi = "Thời điểm {given} là giây nhuận, hệ thống không tính. Hãy ghi giây 59, hoặc phút kế tiếp."


class InvalidCutoff(DomainError):
    """The cut-off {given} is not understood. Write a time of day like 15:00."""

    vi = "Giờ chốt {given} không hợp lệ. Hãy viết giờ trong ngày như 15:00."


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a term is due, and day by day why.

    Attributes:
        start: The instant of acceptance, local time with offset.
        due: The due instant, local time with offset.
        calendar_digest: Version of the calendar that says so.
    """

    term: Term
    start: datetime
    due: datetime
    provisional: bool
    calendar_digest: str
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class DayDifference:
    """A day on which two versions of a calendar differ; None where one does not reach it."""

    day: date
    before: CalendarDay | None
    after: CalendarDay | None


def read_instant(given: str, calendar: BusinessCalendar) -> datetime:
    """Read an instant; without an offset it is the calendar's local time.

    Raises:
        InvalidInstant: It is none.
        LeapSecond: It is one, as 23:59:60.
    """
    if _LEAP_SECOND.search(given):
        raise LeapSecond(given=repr(given[:40]))
    try:
        at = datetime.fromisoformat(given.strip())
        return (at if at.tzinfo is not None else at.replace(tzinfo=calendar.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInstant(given=repr(given[:40])) from None


def read_term(given: str) -> Term:
    """Read a term such as `5 working_days`, `0.5 working_days` or `same_day`.

    Raises:
        InvalidTerm: It is none.
    """
    words = given.split()
    if words == [Unit.SAME_DAY.value]:
        return Term(Unit.SAME_DAY, 1)
    if len(words) != 2 or not _AMOUNT.fullmatch(words[0]):
        raise InvalidTerm(
            given=repr(given[:40]),
            reason="an amount and a unit are needed",
            reason_vi="cần một lượng và một đơn vị",
        )
    return parse_term(words[1], words[0])


def read_cutoff(given: str | None) -> Cutoff | None:
    """Read a cut-off such as `15:00`; None is none. Raises: InvalidCutoff."""
    if given is None:
        return None
    found = _MINUTE_OF_DAY.fullmatch(given)
    if found is None:
        raise InvalidCutoff(given=repr(given[:40]))
    return Cutoff(int(found[1]) * 60 + int(found[2]))


def appoint(
    calendar: BusinessCalendar,
    start: datetime,
    term: Term,
    cutoff: Cutoff | None = None,
    *,
    step: bool = False,
) -> Appointment:
    """Tell when a term that starts at *start* is due.

    Args:
        calendar: The calendar that the clock keeps.
        start: Aware instant of acceptance, or of the beginning of a step.
        term: The time allowed.
        cutoff: What comes after it counts as taken on the next working day.
        step: Whether it is a step budget, whose working days count from the instant.

    Raises:
        CalendarHorizonError: Start or due lies beyond the calendar's years.
        InvalidTerm: The term cannot be counted.
    """
    due: Due = arm(term, start, calendar, cutoff, step=step)
    ledger = [Segment(SegmentKind.RUN, start, "")]
    return Appointment(
        term=term,
        start=calendar.local(start),
        due=due.at.astimezone(calendar.zone),
        provisional=due.provisional,
        calendar_digest=digest(to_wire(calendar.definition)),
        days=explain(term, cutoff, ledger, calendar, from_instant=step),
    )


def year_of(calendar: BusinessCalendar, year: int) -> list[CalendarDay]:
    """Return every day of a year. Raises: CalendarHorizonError."""
    return list(calendar.days(date(year, 1, 1), date(year, 12, 31)))


def differences(before: CalendarDefinition, after: CalendarDefinition) -> list[DayDifference]:
    """Return the days on which two versions differ in anything they say, in order."""
    old, new = _days(before), _days(after)
    return [
        DayDifference(day, old.get(day), new.get(day))
        for day in sorted(old.keys() | new.keys())
        if old.get(day) != new.get(day)
    ]


def _days(definition: CalendarDefinition) -> dict[date, CalendarDay]:
    return {day.date: day for day in _every_day(BusinessCalendar(definition))}


def _every_day(calendar: BusinessCalendar) -> Iterator[CalendarDay]:
    return calendar.days(calendar.first_day, calendar.last_day)
