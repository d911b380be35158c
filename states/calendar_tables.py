"""Every day of a calendar, laid out once: what the arithmetic in working time looks its answers up in."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate

from states.calendar_definition import CalendarDefinition, Segments
from states.errors import CalendarHorizonError

MINUTES_PER_DAY = 24 * 60
WEEKDAYS = 7


class CalendarTables:
    """Minutes, days and ranks of working days since the first day of a definition; `BusinessCalendar` speaks by them.

    Minutes and days are counted from 00:00 local of the first day. What is not covered is `CalendarHorizonError`.
    """

    __slots__ = (
        "_before",
        "_closings",
        "_draft",
        "_draft_from",
        "_exceptions",
        "_first",
        "_latest",
        "_openings",
        "_origin",
        "_rank",
        "_segments",
        "_working",
        "definition",
        "first_day",
        "last_day",
        "zone",
    )

    def __init__(self, definition: CalendarDefinition) -> None:
        """Lay out every day of *definition*.

        Raises:
            ValueError: No year, a year missing in between or out of order, or not seven weekdays.
        """
        years = [year.year for year in definition.years]
        if (
            not years
            or years != list(range(years[0], years[0] + len(years)))
            or len(definition.hours) != WEEKDAYS
        ):
            raise ValueError(f"calendar {definition.id} needs seven weekdays and unbroken years, not {years}")
        self.definition = definition
        self.first_day = date(years[0], 1, 1)
        self.last_day = date(years[-1], 12, 31)
        self.zone = timezone(timedelta(minutes=definition.utc_offset_minutes))
        self._first = self.first_day.toordinal()
        self._origin = datetime.combine(self.first_day, time(), self.zone).astimezone(UTC)
        self._latest = (self._origin, self.first_day)
        self._exceptions = {item.day: item for year in definition.years for item in year.exceptions}
        self._lay_out()

    def _lay_out(self) -> None:
        """Fill the tables: hours, working minutes, working days and draft days before each day."""
        drafts = {year.year for year in self.definition.years if year.status == "draft"}
        days = [date.fromordinal(n) for n in range(self._first, self.last_day.toordinal() + 1)]
        self._segments = [self._hours_of(day) for day in days]
        self._before = list(accumulate((length(hours) for hours in self._segments), initial=0))
        self._rank = list(accumulate((1 if hours else 0 for hours in self._segments), initial=0))
        self._draft = list(accumulate((1 if day.year in drafts else 0 for day in days), initial=0))
        self._draft_from = min((day for day in days if day.year in drafts), default=date.max)
        self._openings = [self._edge(index, 0) for index in range(len(days))]
        self._closings = [self._edge(index, 1) for index in range(len(days))]
        self._working = [index for index, hours in enumerate(self._segments) if hours]

    def _edge(self, index: int, end: int) -> datetime | None:
        """Find where office hours begin (0) or end (1) on a day; None on a day off."""
        hours = self._segments[index]
        return self._instant(index * MINUTES_PER_DAY + hours[-end][end]) if hours else None

    def _hours_of(self, day: date) -> Segments:
        exception = self._exceptions.get(day)
        if exception is None:
            return self.definition.hours[day.weekday()]
        return self.definition.makeup_hours if exception.working else ()

    def _since_origin(self, instant: datetime) -> timedelta:
        if instant.tzinfo is None:
            raise ValueError(f"a naive datetime has no place in a calendar: {instant.isoformat()}")
        return instant - self._origin

    def _minute(self, instant: datetime) -> int:
        """Count whole local minutes since the first day began."""
        since = self._since_origin(instant)
        if not 0 <= since.days < len(self._segments):
            raise self._beyond(since.days)
        return since.days * MINUTES_PER_DAY + since.seconds // 60

    def _work(self, instant: datetime) -> int:
        """Count the working minutes from the first day to *instant*."""
        since = self._since_origin(instant)
        index, minute = since.days, since.seconds // 60
        if index == len(self._segments) and not since.seconds:
            return self._before[-1]
        if not 0 <= index < len(self._segments):
            raise self._beyond(index)
        done = self._before[index]
        for start, end in self._segments[index]:
            if minute <= start:
                break
            done += min(minute, end) - start
        return done

    def _earliest(self, target: int) -> datetime:
        index = bisect_left(self._before, target) - 1
        if index < 0 or index >= len(self._segments):
            raise self._beyond(index)
        left = target - self._before[index]
        for start, end in self._segments[index]:
            if left <= end - start:
                return self._instant(index * MINUTES_PER_DAY + start + left)
            left -= end - start
        raise AssertionError("a day holds the minutes its table says")

    def _instant(self, minute: int) -> datetime:
        return self._origin + timedelta(0, minute * 60)

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if not 0 <= index < len(self._segments):
            raise self._beyond(index)
        return index

    def _nth(self, rank: int) -> date:
        if not 0 <= rank < len(self._working):
            raise self._beyond(-1 if rank < 0 else len(self._segments))
        return date.fromordinal(self._first + self._working[rank])

    def _open(self, day: date, edges: list[datetime | None]) -> datetime:
        edge = edges[self._index(day)]
        if edge is None:
            raise ValueError(f"{day} is a day off: it has no office hours")
        return edge

    def _beyond(self, index: int) -> CalendarHorizonError:
        ordinal = min(max(self._first + index, date.min.toordinal()), date.max.toordinal())
        return CalendarHorizonError(calendar=self.definition.id, day=date.fromordinal(ordinal))


def length(segments: Segments) -> int:
    """Return the minutes of office hours in a day."""
    return sum(end - start for start, end in segments)
