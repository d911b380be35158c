"""Where units mix, a way fits its term on some days and not on others: the worst start of a calendar year is sought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from states.calendar import BusinessCalendar, CalendarDay, Segments
from states.counting import Cutoff, arm
from states.errors import CalendarHorizonError
from states.procedure import CaseClock
from states.soundness.context import View
from states.soundness.longest import Way, longest_on, stops_of
from states.soundness.paces import by_the_calendar, terms_of
from states.term import WORKING_UNITS, Term, Unit

_MINUTE = timedelta(minutes=1)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Late:
    """A start, when it is due, and the longest way from it when everybody takes all the time they have."""

    start: datetime
    due: datetime
    way: Way[datetime]

    @property
    def by(self) -> timedelta:
        """By how much the way ends after the term; zero or less when it does not."""
        return self.way.end - self.due


def mixed(view: View, clock: CaseClock) -> bool:
    """Say whether the term of a clock and the steps on the way to its stops do not all count in working time."""
    return any(term.unit not in WORKING_UNITS for term in _terms(view, clock))


def _terms(view: View, clock: CaseClock) -> list[Term]:
    states = stops_of(view, clock).states()
    steps = [term for id in states for term in terms_of(view.procedure, view.procedure.state[id])]
    return steps if clock.term is None else [clock.term, *steps]


def latest(view: View, clock: CaseClock, calendar: BusinessCalendar) -> Late | None:
    """Return the start of a calendar year from which the way is late by most; None when it never is.

    Tried are each opening, the cut-off and each close of office, and the minute after, of every working day of the
    last year but one that the calendar covers. Days from which the same hours follow, as far as anything looks
    ahead, are tried once. Where even the last start of a day ends before the first is due, so do all between: who
    starts later neither ends nor is due earlier.
    """
    if clock.term is None:
        return None
    run = _Runs(view, clock, clock.term, calendar)
    months = any(term.unit is Unit.MONTHS for term in _terms(view, clock))
    ahead, worst = _Ahead(calendar), None
    for day in _year(calendar):
        if not months and ahead.known(day.date):  # months differ in length, whatever their hours
            continue
        starts = _instants(calendar, day, view.procedure.cutoff_rule)
        try:
            first, last = run.from_start(starts[0]), run.from_start(starts[-1])
            tried = [first, last] if last.way.end <= first.due else list(map(run.from_start, starts))
        except CalendarHorizonError:
            continue
        ahead.tried(day.date, max(max(each.due, each.way.end) for each in tried))
        late = max(tried, key=lambda each: each.by)
        worst = late if late.by > _NONE and (worst is None or late.by > worst.by) else worst
    return worst


class _Runs:
    """Plays the longest way from any start."""

    def __init__(self, view: View, clock: CaseClock, term: Term, calendar: BusinessCalendar) -> None:
        self._term, self._calendar, self._cutoff = term, calendar, view.procedure.cutoff_rule
        self._level, self._pace = (
            stops_of(view, clock),
            by_the_calendar(view.procedure, lambda state: calendar),
        )
        moves = view.procedure.transition[clock.starts].alternatives
        self._targets = [alternative.to for alternative in moves]

    def from_start(self, start: datetime) -> Late:
        """Return when a start is due and how the longest way from it ends."""
        due = arm(self._term, start, self._calendar, self._cutoff).at
        return Late(start, due, longest_on(self._level, self._targets, Way((), start), self._pace))


class _Ahead:
    """Remembers which hours followed the days that were tried."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self._calendar = calendar
        self._seen: dict[int, set[tuple[Segments, ...]]] = {}

    def known(self, day: date) -> bool:
        """Say whether a day was tried from which the same hours follow."""
        return any(self._hours(day, reach) in seen for reach, seen in self._seen.items())

    def tried(self, day: date, until: datetime) -> None:
        """Note that a day was tried, and how far that looked ahead."""
        reach = (self._calendar.local_date(until) - day).days + 1
        self._seen.setdefault(reach, set()).add(self._hours(day, reach))

    def _hours(self, day: date, reach: int) -> tuple[Segments, ...]:
        last = min(day + timedelta(days=reach), self._calendar.last_day)
        return self._calendar.hours(day, last)


def _year(calendar: BusinessCalendar) -> Iterator[CalendarDay]:
    year = max(calendar.first_day.year, calendar.last_day.year - 1)
    return (day for day in calendar.days(date(year, 1, 1), date(year, 12, 31)) if day.working)


def _instants(calendar: BusinessCalendar, day: CalendarDay, cutoff: Cutoff | None) -> list[datetime]:
    midnight = calendar.midnight(day.date)
    edges = {minute for segment in day.segments for minute in segment}
    edges |= {cutoff.after_minute} if cutoff is not None else set()
    return [midnight + minute * _MINUTE + past for minute in sorted(edges) for past in (_NONE, _MINUTE)]
