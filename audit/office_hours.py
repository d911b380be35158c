"""Working time walked day by day over what a calendar says of each day; shares no arithmetic with the engine."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from states.calendar import BusinessCalendar
from states.term import Term, Unit

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def minutes_of(term: Term, calendar: BusinessCalendar) -> int:
    """Return a working term as minutes; a working day is as long as the calendar's definition says."""
    per_quarter = calendar.definition.day_minutes if term.unit is Unit.WORKING_DAYS else 60
    return term.quarters * per_quarter // 4


def work_after(start: datetime, minutes: int, calendar: BusinessCalendar) -> datetime:
    """Return the earliest instant by which *minutes* of office hours have passed since *start*.

    Raises:
        CalendarHorizonError: The calendar ends before that.
    """
    day, left = _local_day(start, calendar), timedelta(minutes=minutes)
    while True:
        for opening, closing in _hours(day, calendar):
            begins = max(opening, start)
            if closing - begins >= left:
                return begins + left
            left -= max(closing - begins, timedelta(0))
        day += _DAY


def work_before(end: datetime, minutes: int, calendar: BusinessCalendar) -> datetime:
    """Return the latest instant from which *minutes* of office hours still pass until *end*.

    Raises:
        CalendarHorizonError: The calendar begins after that.
    """
    day, left = _local_day(end - _MINUTE, calendar), timedelta(minutes=minutes)
    while True:
        for opening, closing in reversed(_hours(day, calendar)):
            ends = min(closing, end)
            if ends - opening >= left:
                return ends - left
            left -= max(ends - opening, timedelta(0))
        day -= _DAY


def _local_day(at: datetime, calendar: BusinessCalendar) -> date:
    return at.astimezone(calendar.zone).date()


@lru_cache(maxsize=10_000)
def _hours(day: date, calendar: BusinessCalendar) -> tuple[tuple[datetime, datetime], ...]:
    midnight = datetime.combine(day, time(), calendar.zone).astimezone(UTC)
    segments = calendar.day(day).segments
    return tuple((midnight + first * _MINUTE, midnight + closing * _MINUTE) for first, closing in segments)
