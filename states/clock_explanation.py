"""Why a clock is due when it is due: day by day, what counted and what did not, in two languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from states.calendar import BusinessCalendar, CalendarDay
from states.counting import Cutoff, Measure, measure_of, printed
from states.deadline import Count, counted
from states.ledger import Segment, SegmentKind, in_force
from states.term import Term, Unit

Words = tuple[str, str]
_MINUTE = timedelta(minutes=1)

_ORDER = "order:"
_FIRST_DAY = ("ngày đầu tiên không tính", "the first day is not counted")
_NEXT_DAY = (
    "tiếp nhận sau giờ chốt hoặc vào ngày nghỉ, coi như tiếp nhận vào ngày làm việc kế tiếp",
    "taken after the cut-off or on a day off, counts as taken on the next working day",
)
_MOVED = (
    "ngày cuối là ngày nghỉ, hạn chuyển sang ngày làm việc kế tiếp",
    "the last day was a day off: moved to the next working day",
)
_CIVIL_DAY = ("tính theo ngày dương lịch", "calendar day, counted")
_NIGHT_AND_DAY = ("tính liên tục cả ngày đêm", "counted day and night")
_OUTSIDE = ("ngoài khoảng thời gian tính", "outside the time that counts")
_DRAFT = ("lịch của năm là bản dự kiến", "the year's calendar is a draft")
_UNVERIFIED = ("chưa xác minh", "unverified")


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of an explanation.

    Attributes:
        minutes: What counted on this day: working minutes; clock minutes for hours, calendar days and months.
        cumulative: What has counted up to the end of this day.
        working: Whether the agency works on this day.
        paused: Whether the clock was paused during some of this day.
        verified: Whether the calendar's word on this day was read in the legal text.
        draft: Whether the day lies in a draft year.
    """

    day: date
    minutes: int
    cumulative: int
    working: bool
    paused: bool
    reason_vi: str
    reason_en: str
    verified: bool
    draft: bool


@dataclass(slots=True)
class _Story:
    """What one arming of a ledger did: stretches that counted, pauses and what was given back, remarks on a day."""

    term: Term
    measure: Measure
    calendar: BusinessCalendar
    armed_at: datetime
    count: Count
    runs: list[tuple[datetime, datetime]] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime, Words]] = field(default_factory=list)
    credits: list[tuple[datetime, datetime, Words]] = field(default_factory=list)
    remarks: list[tuple[datetime, Words]] = field(default_factory=list)
    since: datetime | None = None
    cause: str = ""


def explain(
    term: Term,
    cutoff: Cutoff | None,
    segments: Iterable[Segment],
    calendar: BusinessCalendar,
    *,
    from_instant: bool = False,
) -> tuple[DayLine, ...]:
    """Tell, for each day from the last arming to the due, what counted and why; while paused, to the pause.

    The minutes sum to the budget of the term, with what extensions added, as long as the clock was never
    paused when already late. Nothing for an unarmed clock.

    Raises:
        InvalidLedger: The segments do not follow one another.
        CalendarHorizonError: The calendar does not reach that far.
    """
    story = _tell(term, cutoff, tuple(segments), calendar, from_instant)
    if story is None:
        return ()
    lines: list[DayLine] = []
    total = 0
    for day in calendar.days(calendar.local_date(story.armed_at), _last_day(story)):
        minutes = sum(_overlap(story, run, day.date) for run in story.runs)
        total += minutes
        lines.append(_line(story, day, minutes, total))
    return tuple(lines)


def _tell(
    term: Term, cutoff: Cutoff | None, segments: Sequence[Segment], calendar: BusinessCalendar, step: bool
) -> _Story | None:
    story: _Story | None = None
    count: Count | None = None
    for segment in in_force(segments):
        before, count = count, counted(count, segment, term, cutoff, calendar, from_instant=step)
        if before is None or story is None or segment.kind is SegmentKind.RESTART:
            story = _Story(term, measure_of(term, step), calendar, count.seen, count, since=count.start)
            if segment.kind is SegmentKind.RESTART:
                story.remarks.append(
                    (count.seen, _caused("tính lại từ đầu", "counted again from zero", segment))
                )
        else:
            _continue(story, before, count, segment)
        story.count = count
    if story is not None and story.since is not None:
        story.runs.append((story.since, story.count.target))
    if story is not None:
        story.remarks += [
            (line.at, _caused("thu hồi thời gian đã cho", "time that was given is taken back", line))
            for line in segments
            if line.kind is SegmentKind.WITHDRAW and line.at >= story.armed_at
        ]
    return story


def _continue(story: _Story, before: Count, after: Count, segment: Segment) -> None:
    if segment.kind is SegmentKind.EXTEND:
        story.remarks.append((after.seen, _caused("gia hạn", "extended", segment)))
    elif segment.kind is SegmentKind.PAUSE and after.paused_at is not None and story.since is not None:
        story.runs.append((story.since, min(max(after.paused_at, after.start), after.target)))
        story.since, story.cause = None, segment.cause
    elif segment.kind is SegmentKind.RUN and before.paused_at is not None:
        story.pauses.append((before.paused_at, after.seen, _paused(story.cause)))
        story.since = max(after.start, after.seen.replace(second=0, microsecond=0))
    elif segment.kind is SegmentKind.CREDIT:
        _give_back(story, before, after, segment)


def _give_back(story: _Story, before: Count, after: Count, segment: Segment) -> None:
    """What ran within the stretch does not count after all; those days say why."""
    now = before.paused_at or after.since or after.seen
    since, until = (story.calendar.whole_minute(at or now) for at in (segment.since, segment.until))
    if story.since is not None:
        story.runs.append((story.since, max(story.since, min(now, before.target))))
        story.since = max(after.start, now)
    parts = ((run, (run[0], min(run[1], since)), (max(run[0], until), run[1])) for run in story.runs)
    story.runs = [part for _, *both in parts for part in both if part[0] < part[1]]
    story.credits.append((since, until, _caused("bù giờ", "given back", segment)))


def _paused(cause: str) -> Words:
    return _caused("tạm dừng", "paused", Segment(SegmentKind.PAUSE, datetime.min, cause))


def _caused(vi: str, en: str, segment: Segment) -> Words:
    """Name the cause; that of a mass order is told by its id, in words."""
    cause = segment.cause
    if cause.startswith(_ORDER):
        name = cause.removeprefix(_ORDER)
        return f"{vi}: theo lệnh {name}", f"{en}: by the order {name}"
    return (f"{vi}: {cause}", f"{en}: {cause}") if cause else (vi, en)


def _last_day(story: _Story) -> date:
    calendar = story.calendar
    if story.count.paused_at is not None:
        return calendar.local_date(story.count.seen)
    due = printed(story.measure, story.count.start, story.count.target, calendar).day
    return max([due, *(calendar.local_date(end) for _, end, _ in (*story.pauses, *story.credits))])


def _overlap(story: _Story, stretch: tuple[datetime, datetime], day: date) -> int:
    start = max(stretch[0], story.calendar.midnight(day))
    end = min(stretch[1], story.calendar.midnight_after(day))
    if end <= start:
        return 0
    return story.calendar.between(start, end) if story.measure.working else (end - start) // _MINUTE


def _line(story: _Story, day: CalendarDay, minutes: int, total: int) -> DayLine:
    pauses = _pauses_on(story, day.date)
    words = [*_basic(story, day, minutes, bool(pauses)), *pauses]
    words += [remark for at, remark in story.remarks if story.calendar.local_date(at) == day.date]
    words += [_DRAFT] if day.draft else []
    words += [_UNVERIFIED] if not day.verified else []
    return DayLine(
        day=day.date,
        minutes=minutes,
        cumulative=total,
        working=day.working,
        paused=bool(pauses),
        reason_vi="; ".join(vi for vi, _ in words),
        reason_en="; ".join(en for _, en in words),
        verified=day.verified,
        draft=day.draft,
    )


def _pauses_on(story: _Story, day: date) -> list[Words]:
    begins, ends = story.calendar.midnight(day), story.calendar.midnight_after(day)
    told = (*story.pauses, *story.credits)
    found = [words for start, end, words in told if start < ends and end > begins]
    if story.count.paused_at is not None and story.count.paused_at < ends:
        found.append(_paused(story.cause))
    return found


def _basic(story: _Story, day: CalendarDay, minutes: int, paused: bool) -> list[Words]:
    """Say why the day counts or does not, before pauses and remarks."""
    calendar_says = (day.reason_vi, day.reason_en)
    if story.calendar.midnight_after(day.date) <= story.count.start:
        return [_before_start(story, day)]
    if minutes:
        return [_counts(story.measure, calendar_says)]
    if not day.working:
        return [calendar_says]
    if paused:
        return []
    late = story.measure is Measure.CIVIL_DAYS and story.calendar.midnight(day.date) >= story.count.target
    return [_MOVED if late else _OUTSIDE]


def _before_start(story: _Story, day: CalendarDay) -> Words:
    """Tell the day of acceptance, never counted, from a day whose acceptance was moved on."""
    start = story.count.start
    if story.measure is Measure.CIVIL_DAYS and story.calendar.midnight_after(day.date) == start:
        return _FIRST_DAY
    if not day.working:
        return day.reason_vi, day.reason_en
    following = story.calendar.working_day_after(day.date, 1)
    counts_after = story.term.unit is Unit.WORKING_DAYS and story.calendar.local_date(start) == following
    return _FIRST_DAY if counts_after and story.measure is Measure.OFFICE_DAYS else _NEXT_DAY


def _counts(measure: Measure, calendar_says: Words) -> Words:
    if measure is Measure.CIVIL_DAYS:
        return _CIVIL_DAY
    return _NIGHT_AND_DAY if measure is Measure.CLOCK_TIME else calendar_says
