"""The business calendar: which minutes count when the law says "working days" or "working hours".

Pure. Instants are aware UTC datetimes, floored to the whole minute; days are local dates of the agency.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime

from states.calendar_definition import CalendarDay, CalendarDefinition, CalendarYear, DayException, Segments
from states.calendar_tables import MINUTES_PER_DAY, CalendarTables, length

__all__ = [
    "BusinessCalendar",
    "CalendarDay",
    "CalendarDefinition",
    "CalendarYear",
    "DayException",
    "Segments",
]

_NORMAL = ("ngày làm việc", "working day")
_WEEKLY_REST = ("ngày nghỉ hằng tuần", "weekly rest day")


class BusinessCalendar(CalendarTables):
    """Arithmetic in working time over the years of one definition.

    A naive datetime is refused with `ValueError`; whatever lies before the first or after the last covered
    day with `CalendarHorizonError`. The 24:00 that ends the last day is still covered.
    """

    __slots__ = ()

    # Instants and local days

    def local(self, instant: datetime) -> datetime:
        """Return *instant* in the agency's local time, seconds kept."""
        self._minute(instant)
        return instant.astimezone(self.zone)

    def local_date(self, instant: datetime) -> date:
        """Return the local day of *instant*; 00:00 belongs to the day it begins."""
        asked, day = self._latest  # one decision asks for the day of one instant again and again
        if asked is not instant:
            day = date.fromordinal(self._first + self._minute(instant) // MINUTES_PER_DAY)
            self._latest = (instant, day)
        return day

    def past(self, instant: datetime, minute_of_day: int) -> bool:
        """Tell whether *instant* is later, be it by a microsecond, than a local time of its day."""
        since = self._since_origin(instant)
        return (since.seconds, since.microseconds) > (minute_of_day * 60, 0)

    def midnight(self, day: date) -> datetime:
        """Return the instant at which *day* begins, 00:00 local."""
        return self._instant(self._index(day) * MINUTES_PER_DAY)

    def midnight_after(self, day: date) -> datetime:
        """Return the instant at which *day* ends, 24:00 local, which is 00:00 of the day after."""
        return self._instant((self._index(day) + 1) * MINUTES_PER_DAY)

    def whole_minute(self, instant: datetime) -> datetime:
        """Return *instant* floored to the minute, in UTC."""
        if instant.tzinfo is UTC and not instant.second and not instant.microsecond:
            return instant
        return self._instant(self._minute(instant))

    def later(self, instant: datetime, minutes: int) -> datetime:
        """Move by the clock, day and night; the result is still covered."""
        minute = self._minute(instant) + minutes
        if not 0 <= minute <= len(self._segments) * MINUTES_PER_DAY:
            raise self._beyond(minute // MINUTES_PER_DAY)
        return self._instant(minute)

    # Working time

    def add(self, instant: datetime, working_minutes: int) -> datetime:
        """Move by working time; the result lies in office hours, opening and closing minute included.

        Forward it is the earliest instant by which that much work is done: 11:30, not 13:30. Backward, the
        mirror image: the latest instant from which that much work fits before *instant*: 13:30, not 11:30.
        By 0 it is the next minute of work: *instant* in office hours, else the next opening.
        """
        target = self._work(instant) + working_minutes
        if working_minutes > 0:
            return self._earliest(target)
        index = bisect_right(self._before, target) - 1
        if index < 0 or index >= len(self._segments):
            raise self._beyond(index)
        left = target - self._before[index]
        for start, end in self._segments[index]:
            if left < end - start:
                return self._instant(index * MINUTES_PER_DAY + start + left)
            left -= end - start
        raise AssertionError("a day holds the minutes its table says")

    def reached(self, instant: datetime, working_minutes: int) -> datetime:
        """Return the earliest instant at which the work since *instant* amounts to *working_minutes*.

        Like `add` forward; for 0 or less it stays on the closing side: 17:00, not 07:00 of the next day.
        """
        return self._earliest(self._work(instant) + working_minutes)

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working minutes from *start* to *end*, negative when *end* is the earlier."""
        return self._work(end) - self._work(start)

    # Days

    def is_working_day(self, day: date) -> bool:
        """Tell whether the agency works on *day*, be it for a morning only."""
        return bool(self._segments[self._index(day)])

    def opening(self, day: date) -> datetime:
        """Return the start of office hours on a working day; `ValueError` on a day off."""
        return self._open(day, self._openings)

    def close_of_office(self, day: date) -> datetime:
        """Return the end of office hours on a working day; `ValueError` on a day off."""
        return self._open(day, self._closings)

    def working_day_after(self, day: date, n: int) -> date:
        """Return the *n*-th working day strictly after *day*; for a negative *n*, strictly before it."""
        if n == 0:
            raise ValueError("n must not be 0: use next_working_day for a day that may count itself")
        index = self._index(day)
        rank = self._rank[index + 1] + n - 1 if n > 0 else self._rank[index] + n
        return self._nth(rank)

    def next_working_day(self, day: date) -> date:
        """Return *day* if the agency works then, else the first working day after it."""
        return self._nth(self._rank[self._index(day)])

    def days_after(self, day: date, n: int) -> date:
        """Return the day *n* calendar days after *day*."""
        index = self._index(day) + n
        if not 0 <= index < len(self._segments):
            raise self._beyond(index)
        return date.fromordinal(self._first + index)

    def is_draft(self, day: date) -> bool:
        """Tell whether the year of *day* is a draft, not yet decided."""
        return self.touches_draft(day, day)

    def touches_draft(self, first: date, last: date) -> bool:
        """Tell whether a day from *first* to *last*, both included, lies in a draft year."""
        if self.first_day <= first and last < self._draft_from and last <= self.last_day:
            return False
        return self._draft[self._index(last) + 1] > self._draft[self._index(first)]

    def day(self, day: date) -> CalendarDay:
        """Say what *day* is, and why."""
        segments = self._segments[self._index(day)]
        found = self._exceptions.get(day)
        vi, en = (found.reason_vi, found.reason_en) if found else (_NORMAL if segments else _WEEKLY_REST)
        known = self.definition if found is None else found
        return CalendarDay(
            date=day, working=bool(segments), minutes=length(segments), segments=segments, reason_vi=vi,
            reason_en=en, verified=known.verified, draft=self.is_draft(day), source=known.source,
            document=found.document if found else None,
        )  # fmt: skip

    def days(self, first: date, last: date) -> Iterator[CalendarDay]:
        """Yield every day from *first* to *last*, both included."""
        for offset in range(self._index(first), self._index(last) + 1):
            yield self.day(date.fromordinal(self._first + offset))

    def hours(self, first: date, last: date) -> tuple[Segments, ...]:
        """Return the office hours of every day from *first* to *last*, both included."""
        return tuple(self._segments[self._index(first) : self._index(last) + 1])
