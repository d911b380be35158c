"""How each unit of a term counts on a business calendar, from an instant to its due.

Pure. Instants are aware UTC datetimes, counted in whole minutes; only the cut-off looks at the exact instant.

How a term counts, for every unit:
    `working_days` (whole, not of a step budget): from the opening of the first working day after the day of
        acceptance; due at close of office.
    `same_day`: due at close of office of the day of acceptance, or of the next working day.
    `working_hours`, and working days of a step budget: working minutes from the instant; due to the minute.
    `hours`: by the clock, day and night; due to the minute.
    `calendar_days`, `months`: from the 00:00 that follows the day of acceptance; due at 24:00 of the last
        day, or of the next working day when that is a day off.

Only the printed due is rounded. A pause keeps the exact minutes between the pause, or the start of counting
if that is later, and the unrounded target; a clock that is late when paused stays late by as much.

Source:
    Civil Code 91/2015/QH13: article 145 (solar calendar), 147 (hours from the moment, the first day is not
    counted), 148 (24:00 of the last day, corresponding date or last day of the month, a last day off).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from states.calendar import BusinessCalendar
from states.errors import CalendarHorizonError, InvalidTerm
from states.term import Term, Unit

_MINUTE = timedelta(minutes=1)
_MINUTES_PER_QUARTER_HOUR = 15
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A local time of day: what comes strictly after it, or on a day off, belongs to the next working day."""

    after_minute: int


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock runs out.

    Attributes:
        at: Close of office, the minute, or the 00:00 that ends `day`.
        day: The last local day in time; on-time classes compare dates.
        provisional: Whether a draft year lies between the start of counting and `day`.
    """

    at: datetime
    day: date
    provisional: bool


class Measure(Enum):
    """How a term counts and where its due is printed."""

    OFFICE_DAYS = "working minutes, due at close of office"
    OFFICE_TIME = "working minutes, due to the minute"
    CLOCK_TIME = "clock minutes, due to the minute"
    CIVIL_DAYS = "clock minutes, due at 24:00"

    @property
    def working(self) -> bool:
        """Whether only office hours count."""
        return self is _OFFICE_DAYS or self is _OFFICE_TIME


# A member bound to a name is found much faster than through its enumeration; a deadline is computed often.
_OFFICE_DAYS, _OFFICE_TIME, _CIVIL_DAYS = Measure.OFFICE_DAYS, Measure.OFFICE_TIME, Measure.CIVIL_DAYS
_MEASURES = {
    Unit.WORKING_DAYS.value: Measure.OFFICE_DAYS,
    Unit.SAME_DAY.value: Measure.OFFICE_DAYS,
    Unit.WORKING_HOURS.value: Measure.OFFICE_TIME,
    Unit.HOURS.value: Measure.CLOCK_TIME,
    Unit.CALENDAR_DAYS.value: Measure.CIVIL_DAYS,
    Unit.MONTHS.value: Measure.CIVIL_DAYS,
}
_SAME_DAY, _WORKING_DAYS, _CALENDAR_DAYS = Unit.SAME_DAY, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS


def measure_of(term: Term, from_instant: bool = False) -> Measure:
    """Tell how *term* counts; a fraction of a working day always counts from the instant."""
    if term.unit is _WORKING_DAYS and (from_instant or term.quarters % _QUARTERS):
        return _OFFICE_TIME
    return _MEASURES[term.unit._value_]


def arm(
    term: Term, at: datetime, calendar: BusinessCalendar, cutoff: Cutoff | None = None, *, step: bool = False
) -> Due:
    """Return when *term* is due that starts at zero at *at*.

    *at* is the exact instant of acceptance, or of the beginning of a step. With a *cutoff* hours count from the
    opening at the earliest: of that working day or, past the cut-off, of the next. With *step*, a step budget,
    working days count from the instant and no cut-off applies.

    Raises:
        CalendarHorizonError: Acceptance or due lies outside the calendar's years.
        InvalidTerm: Not above zero, or a fraction of calendar days or months.
    """
    measure = measure_of(term, step)
    start, target = count_from(term, at, calendar, cutoff, step=step)
    return printed(measure, start, target, calendar)


def count_from(
    term: Term, at: datetime, calendar: BusinessCalendar, cutoff: Cutoff | None = None, *, step: bool = False
) -> tuple[datetime, datetime]:
    """Return the instant from which time counts, and the unrounded instant at which the term is used up."""
    if term.quarters <= 0:
        raise InvalidTerm(given=term, reason="the amount must be above 0", reason_vi="lượng phải lớn hơn 0")
    day = calendar.local_date(at)
    moved = not step and cutoff is not None and _belongs_to_next(at, day, calendar, cutoff)
    if moved:
        day = calendar.working_day_after(day, 1)
    measure = measure_of(term, step)
    if measure is _CIVIL_DAYS:
        return calendar.midnight_after(day), calendar.midnight_after(_last_civil_day(term, day, calendar))
    if term.unit is _SAME_DAY:
        return _same_day(at, day, moved, calendar)
    if measure is _OFFICE_DAYS:
        last = calendar.working_day_after(day, term.quarters // _QUARTERS)
        return calendar.opening(calendar.working_day_after(day, 1)), calendar.close_of_office(last)
    start = calendar.whole_minute(at)
    if (
        cutoff is not None and not step
    ):  # who comes in the night before is not ahead of who was put off to the morning
        start = max(start, calendar.opening(day))
    return start, _forward(measure, start, _minutes(term, calendar), calendar)


def _belongs_to_next(at: datetime, day: date, calendar: BusinessCalendar, cutoff: Cutoff) -> bool:
    """A day off is past the cut-off too: else what comes on Saturday is due before what came on Friday."""
    return calendar.past(at, cutoff.after_minute) or not calendar.is_working_day(day)


def _same_day(at: datetime, day: date, moved: bool, calendar: BusinessCalendar) -> tuple[datetime, datetime]:
    if not moved and (not calendar.is_working_day(day) or at >= calendar.close_of_office(day)):
        day = calendar.working_day_after(day, 1)
    opening = calendar.opening(day)
    return max(opening, calendar.whole_minute(at)), calendar.close_of_office(day)


def _last_civil_day(term: Term, day: date, calendar: BusinessCalendar) -> date:
    """Find the last day of calendar days or months after *day*, a day off or not.

    Source:
        Civil Code 91/2015/QH13, article 148.
    """
    if not term.whole:
        raise InvalidTerm(
            given=term,
            reason="calendar days and months are whole numbers",
            reason_vi="số ngày, số tháng phải là số nguyên",
        )
    amount = term.quarters // _QUARTERS
    if term.unit is _CALENDAR_DAYS:
        return calendar.days_after(day, amount)
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > calendar.last_day.year:
        raise CalendarHorizonError(calendar=calendar.definition.id, day=f"{year}-{month + 1:02}-{day.day:02}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _minutes(term: Term, calendar: BusinessCalendar) -> int:
    if term.unit is _WORKING_DAYS:
        return term.quarters * calendar.definition.day_minutes // _QUARTERS
    return term.quarters * _MINUTES_PER_QUARTER_HOUR


def _forward(measure: Measure, start: datetime, minutes: int, calendar: BusinessCalendar) -> datetime:
    return calendar.reached(start, minutes) if measure.working else calendar.later(start, minutes)


def _span(measure: Measure, start: datetime, end: datetime, calendar: BusinessCalendar) -> int:
    return calendar.between(start, end) if measure.working else (end - start) // _MINUTE


def printed(measure: Measure, start: datetime, target: datetime, calendar: BusinessCalendar) -> Due:
    """Round an unrounded target to the due that is promised on paper."""
    if measure is _CIVIL_DAYS:
        day = calendar.next_working_day(calendar.local_date(target - _MINUTE))
        at = calendar.midnight_after(day)
    else:
        day = calendar.local_date(target)
        at = calendar.close_of_office(day) if measure is _OFFICE_DAYS else target
    first = min(calendar.local_date(start), day)
    return Due(at, day, calendar.touches_draft(first, day))


def minutes_left(
    measure: Measure, start: datetime, target: datetime, paused_at: datetime, calendar: BusinessCalendar
) -> int:
    """Return what a pause keeps, in working or clock minutes as the term counts; negative when late."""
    return _span(measure, max(paused_at, start), target, calendar)


def resumption(
    measure: Measure, start: datetime, at: datetime, minutes: int, calendar: BusinessCalendar
) -> datetime:
    """Return the unrounded target of a clock that runs on at *at* with the minutes it kept."""
    return _forward(measure, max(calendar.whole_minute(at), start), minutes, calendar)


def extension(by: Term | None, measure: Measure, due: Due, calendar: BusinessCalendar) -> datetime:
    """Find the target of a new appointment: the full term counted from the printed due, the promise given."""
    if by is None or by.unit is _SAME_DAY or by.quarters <= 0:
        raise InvalidTerm(
            given=by,
            reason="an extension adds an amount of time",
            reason_vi="gia hạn phải là một lượng thời gian",
        )
    how = measure_of(by)
    if how is _OFFICE_TIME:
        return calendar.reached(due.at, _minutes(by, calendar))
    if how is Measure.CLOCK_TIME:
        target = calendar.later(due.at, _minutes(by, calendar))
        return calendar.add(target, 0) if measure.working else target
    if how is _OFFICE_DAYS:
        day = calendar.working_day_after(due.day, by.quarters // _QUARTERS)
    else:
        day = calendar.next_working_day(_last_civil_day(by, due.day, calendar))
    return calendar.midnight_after(day) if measure is _CIVIL_DAYS else calendar.close_of_office(day)
