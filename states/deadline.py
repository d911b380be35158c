"""When a clock's ledger is due and what is left of it, derived by folding its segments, all or one at a time.

Pure. `states.counting` says how each unit counts, `states.ledger` what a ledger is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from states.calendar import BusinessCalendar
from states.counting import (
    Cutoff,
    Due,
    Measure,
    arm,
    count_from,
    extension,
    measure_of,
    minutes_left,
    printed,
    resumption,
)
from states.ledger import ALLOWED_SEGMENTS, STATE_AFTER, Clock, InvalidLedger, Segment, SegmentKind, in_force
from states.term import Term

__all__ = [
    "Clock",
    "Count",
    "Cutoff",
    "Due",
    "InvalidLedger",
    "Segment",
    "SegmentKind",
    "Standing",
    "after",
    "arm",
    "counted",
    "derive",
    "extended",
    "kept",
    "paused_remaining",
    "restanding",
    "restarted",
    "resumed",
    "standing",
]


Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a ledger leads: a due while it runs or once stopped, the minutes left while it is paused."""

    due: Due | None
    remaining: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """A ledger folded so far; `target` is the unrounded instant of the last moment the clock ran.

    Attributes:
        ran: Stretches of this arming in which the clock ran and which no credit gave back, but for the present one.
        since: When the present stretch began.
    """

    start: datetime
    target: datetime
    seen: datetime
    state: str
    paused_at: datetime | None = None
    ran: tuple[Stretch, ...] = ()
    since: datetime | None = None


def derive(
    term: Term,
    cutoff: Cutoff | None,
    segments: Iterable[Segment],
    calendar: BusinessCalendar,
    *,
    from_instant: bool = False,
) -> Due | None:
    """Fold a ledger into its due; None while it is unarmed or paused. A stopped clock keeps its last due.

    Raises:
        InvalidLedger: The segments do not follow one another.
        CalendarHorizonError: The calendar does not reach that far.
    """
    return standing(term, cutoff, segments, calendar, from_instant=from_instant).due


def standing(
    term: Term,
    cutoff: Cutoff | None,
    segments: Iterable[Segment],
    calendar: BusinessCalendar,
    *,
    from_instant: bool = False,
) -> Standing:
    """Fold a ledger into due and minutes left; also what a changed calendar makes of an open clock."""
    count: Count | None = None
    for segment in in_force(segments):
        count = counted(count, segment, term, cutoff, calendar, from_instant=from_instant)
    if count is None:
        return Standing(None, None)
    measure = measure_of(term, from_instant)
    if count.paused_at is not None:
        return Standing(None, minutes_left(measure, count.start, count.target, count.paused_at, calendar))
    return Standing(printed(measure, count.start, count.target, calendar), None)


def counted(
    count: Count | None,
    segment: Segment,
    term: Term,
    cutoff: Cutoff | None,
    calendar: BusinessCalendar,
    *,
    from_instant: bool = False,
) -> Count:
    """Carry a folded ledger one segment further."""
    state = "unarmed" if count is None else count.state
    if segment.kind not in ALLOWED_SEGMENTS[state]:
        raise InvalidLedger(state=state, kind=segment.kind.value)
    if count is None or segment.kind is SegmentKind.RESTART:
        at = segment.at if count is None else max(segment.at, count.seen)
        return Count(
            *count_from(term, at, calendar, cutoff, step=from_instant),
            at,
            "running",
            since=calendar.whole_minute(at),
        )
    at = max(segment.at, count.seen)
    measure = measure_of(term, from_instant)
    if segment.kind is SegmentKind.EXTEND:
        due = printed(measure, count.start, count.target, calendar)
        return replace(count, target=extension(segment.term, measure, due, calendar), seen=at)
    if segment.kind is SegmentKind.CREDIT:
        return _credited(count, segment, measure, at, calendar)
    if segment.kind is SegmentKind.RUN and count.paused_at is not None:
        return _running_on(count, measure, at, calendar)
    if segment.kind is SegmentKind.PAUSE:
        paused_at = calendar.whole_minute(at)
        ran = (*count.ran, (count.since or count.start, paused_at))
        return replace(count, seen=at, state="paused", paused_at=paused_at, ran=ran, since=None)
    return replace(count, seen=at, state=STATE_AFTER[segment.kind])


def _running_on(count: Count, measure: Measure, at: datetime, calendar: BusinessCalendar) -> Count:
    """A pause in which nothing would have counted leaves the target where it was."""
    paused_at = count.paused_at or at
    resumed_at = max(calendar.whole_minute(at), count.start)
    target = count.target
    if minutes_left(measure, count.start, resumed_at, paused_at, calendar):
        kept = minutes_left(measure, count.start, target, paused_at, calendar)
        target = resumption(measure, count.start, at, kept, calendar)
    return Count(count.start, target, at, "running", ran=count.ran, since=calendar.whole_minute(at))


def _credited(
    count: Count, segment: Segment, measure: Measure, at: datetime, calendar: BusinessCalendar
) -> Count:
    """Give back what ran within the stretch of the segment; what was given back once is not given back again."""
    now = count.paused_at or calendar.whole_minute(at)
    ran = count.ran if count.since is None else (*count.ran, (count.since, now))
    within = (calendar.whole_minute(segment.since or now), calendar.whole_minute(segment.until or now))
    given = sum(
        minutes_left(measure, count.start, max(end, count.start), begin, calendar)
        for begin, end in (_common(stretch, within) for stretch in ran)
        if begin < end
    )
    rest = tuple(part for stretch in ran for part in _without(stretch, within))
    target = count.target
    if given:
        kept = minutes_left(measure, count.start, target, now, calendar)
        target = resumption(measure, count.start, now, kept + given, calendar)
    return replace(count, target=target, seen=at, ran=rest, since=None if count.since is None else now)


def _common(one: Stretch, other: Stretch) -> Stretch:
    return max(one[0], other[0]), min(one[1], other[1])


def _without(stretch: Stretch, hole: Stretch) -> Iterable[Stretch]:
    parts = ((stretch[0], min(stretch[1], hole[0])), (max(stretch[0], hole[1]), stretch[1]))
    return [part for part in parts if part[0] < part[1]] if hole[0] < hole[1] else [stretch]


# One step from a stored clock


def after(clock: Clock, segment: Segment, calendar: BusinessCalendar) -> Standing:
    """Return where one more line would lead.

    Raises:
        InvalidLedger: The line cannot follow.
    """
    lines = (*clock.segments, segment)
    return standing(clock.term, clock.cutoff, lines, calendar, from_instant=clock.from_instant)


def paused_remaining(clock: Clock, at: datetime, calendar: BusinessCalendar) -> int:
    """Return the minutes that a pause at *at* would keep; negative when the clock is late.

    Raises:
        InvalidLedger: The clock does not run.
    """
    if not clock.running:
        raise InvalidLedger(state=clock.state, kind=SegmentKind.PAUSE.value)
    return after(clock, Segment(SegmentKind.PAUSE, at, ""), calendar).remaining or 0


def kept(clock: Clock, at: datetime, calendar: BusinessCalendar, *more: Segment) -> int:
    """Return the minutes that a clock has left at *at*, paused or running, after *more* lines.

    Raises:
        InvalidLedger: The clock never began, or has ended; or a line cannot follow.
    """
    pause = () if clock.paused else (Segment(SegmentKind.PAUSE, at, ""),)
    lines = (*clock.segments, *more, *pause)
    return standing(clock.term, clock.cutoff, lines, calendar, from_instant=clock.from_instant).remaining or 0


def resumed(clock: Clock, at: datetime, calendar: BusinessCalendar) -> Due:
    """Return the due of a paused clock that runs on at *at* with the minutes it kept.

    Raises:
        InvalidLedger: The clock is not paused.
    """
    if not clock.paused or clock.remaining is None:
        raise InvalidLedger(state=clock.state, kind=SegmentKind.RUN.value)
    due = after(clock, Segment(SegmentKind.RUN, at, ""), calendar).due
    if due is None:
        raise InvalidLedger(state=clock.state, kind=SegmentKind.RUN.value)
    return due


def restarted(clock: Clock, at: datetime, calendar: BusinessCalendar) -> Due:
    """Return the due of the full term counted again from zero, from the instant of full receipt.

    Raises:
        InvalidLedger: The clock was never armed, or has ended.
    """
    if SegmentKind.RESTART not in ALLOWED_SEGMENTS[clock.state]:
        raise InvalidLedger(state=clock.state, kind=SegmentKind.RESTART.value)
    at = max(at, clock.segments[-1].at)
    return arm(clock.term, at, calendar, clock.cutoff, step=clock.from_instant)


def extended(clock: Clock, by: Term, at: datetime, calendar: BusinessCalendar) -> Due:
    """Return the due after an extension granted at *at*; it counts from the due in force, not from *at*.

    Raises:
        InvalidLedger: The clock does not run.
        InvalidTerm: *by* is no amount of time.
    """
    if not clock.running or clock.due is None or clock.due_date is None:
        raise InvalidLedger(state=clock.state, kind=SegmentKind.EXTEND.value)
    measure = measure_of(clock.term, clock.from_instant)
    target = extension(by, measure, Due(clock.due, clock.due_date, clock.provisional), calendar)
    return printed(measure, _start_of(clock, calendar), target, calendar)


def restanding(clock: Clock, calendar: BusinessCalendar) -> Standing:
    """Derive a clock anew, as a changed calendar asks; a stopped clock is the caller's to leave alone."""
    return standing(clock.term, clock.cutoff, clock.segments, calendar, from_instant=clock.from_instant)


def _start_of(clock: Clock, calendar: BusinessCalendar) -> datetime:
    """Find the instant from which the last arming counts."""
    last, seen = clock.segments[0].at, clock.segments[0].at
    for segment in clock.segments[1:]:
        seen = max(seen, segment.at)
        last = seen if segment.kind is SegmentKind.RESTART else last
    return count_from(clock.term, last, calendar, clock.cutoff, step=clock.from_instant)[0]
