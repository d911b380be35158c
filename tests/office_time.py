"""The calendar of state agencies, short ways to write instants and terms, and what to draw them from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from motcua.adapters.calendar_files import read_calendar
from states.calendar import BusinessCalendar
from states.deadline import (
    Clock,
    Cutoff,
    Segment,
    SegmentKind,
    arm,
    extended,
    paused_remaining,
    restarted,
    resumed,
)
from states.term import Term, Unit, parse_term

CALENDARS = Path(__file__).parent.parent / "config" / "calendars"
VN = BusinessCalendar(read_calendar(CALENDARS / "vn-gov"))
STARTS = st.datetimes(datetime(2024, 3, 1), datetime(2026, 10, 31), timezones=st.just(UTC))
CUTOFFS = st.sampled_from([None, Cutoff(15 * 60)])
AMOUNTS = st.sampled_from(
    [
        *(Term(unit, 4 * n) for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS) for n in (1, 2, 7, 15)),
        *(Term(unit, n) for unit in (Unit.WORKING_HOURS, Unit.HOURS) for n in (1, 15, 32, 96)),
        *(Term(Unit.WORKING_DAYS, n) for n in (1, 2, 6)),
        Term(Unit.MONTHS, 4),
    ]
)
TERMS = st.one_of(AMOUNTS, st.just(Term(Unit.SAME_DAY, 1)))
GAPS = st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=1, max_size=7)


def at(local: str) -> datetime:
    """Read a local instant such as `2026-01-30T10:00`, as UTC."""
    return datetime.fromisoformat(local).replace(tzinfo=VN.zone).astimezone(UTC)


def local(instant: datetime) -> str:
    """Write an instant as local time to the minute."""
    return f"{instant.astimezone(VN.zone):%Y-%m-%dT%H:%M}"


def term(text: str) -> Term:
    """Read a term such as `5 working_days` or `same_day`."""
    amount, _, unit = text.rpartition(" ")
    return parse_term(unit, amount or "0.25")


def segment(kind: str, when: datetime | str, by: str | None = None) -> Segment:
    """Build a line of a ledger; *by* is the term of an extension."""
    instant = at(when) if isinstance(when, str) else when
    return Segment(SegmentKind(kind), instant, "invented cause", None, term(by) if by else None)


def clock_of(of: Term, cutoff: Cutoff | None, first: Segment, step: bool) -> Clock:
    """Arm a clock the way the services do: the derived fields come from the one-step functions."""
    due = arm(of, first.at, VN, cutoff, step=step)
    minute = None if cutoff is None else cutoff.after_minute
    return Clock("legal", 1, of, "vn-gov", minute, (first,), due.at, due.day, due.provisional, None, due.at,
                 from_instant=step)  # fmt: skip


def stepped(clock: Clock, line: Segment) -> Clock:
    """Carry a clock over one line of its ledger by the one-step functions alone."""
    segments = (*clock.segments, line)
    if line.kind is SegmentKind.PAUSE:
        left = paused_remaining(clock, line.at, VN)
        return replace(clock, segments=segments, due=None, due_date=None, remaining=left)
    if line.kind is SegmentKind.EXTEND and line.term is not None:
        due = extended(clock, line.term, line.at, VN)
    else:
        due = (resumed if clock.paused and line.kind is SegmentKind.RUN else restarted)(clock, line.at, VN)
    return replace(
        clock, segments=segments, due=due.at, due_date=due.day, provisional=due.provisional, remaining=None
    )
