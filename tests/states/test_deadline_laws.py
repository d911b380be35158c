"""The laws of a clock's ledger: whatever the order of pauses, restarts and extensions."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from office_time import AMOUNTS, CUTOFFS, GAPS, STARTS, TERMS, VN, clock_of, segment, stepped

from states.counting import count_from, measure_of, minutes_left
from states.deadline import Cutoff, Due, Segment, SegmentKind, arm, derive, standing
from states.term import Term, Unit


@st.composite
def ledgers(draw: st.DrawFn) -> list[Segment]:
    """Draw a ledger whose lines can follow one another, at growing instants."""
    when = draw(STARTS)
    found, paused = [segment("run", when)], False
    for gap in draw(GAPS):
        when += gap
        kind = draw(
            st.sampled_from(["run", "restart"] if paused else ["pause", "pause", "restart", "extend"])
        )
        by = draw(AMOUNTS) if kind == "extend" else None
        found.append(Segment(SegmentKind(kind), when, "invented", None, by))
        paused = kind == "pause" or (paused and kind == "extend")
    return found


@given(of=TERMS, cutoff=CUTOFFS, ledger=ledgers(), step=st.booleans())
@settings(max_examples=300)
def test_one_step_at_a_time_equals_the_whole_fold(
    of: Term, cutoff: Cutoff | None, ledger: list[Segment], step: bool
) -> None:
    """After each line the one-step functions and the whole fold give the same due and remainder."""
    clock = clock_of(of, cutoff, ledger[0], step)
    for count, line in enumerate(ledger[1:], start=2):
        clock = stepped(clock, line)
        found = standing(of, cutoff, ledger[:count], VN, from_instant=step)

        assert (clock.remaining, clock.due) == (found.remaining, found.due and found.due.at)
        assert found.due is None or (clock.due_date, clock.provisional) == (
            found.due.day,
            found.due.provisional,
        )


@given(of=TERMS, cutoff=CUTOFFS, start=STARTS, gaps=GAPS, step=st.booleans())
@settings(max_examples=300)
def test_remaining_time_is_unchanged_by_any_pauses(
    of: Term, cutoff: Cutoff | None, start: datetime, gaps: list[timedelta], step: bool
) -> None:
    """What a pause keeps is the budget less the time that ran, however the pauses were cut."""
    measure = measure_of(of, step)
    begin, target = count_from(of, start, VN, cutoff, step=step)
    left = minutes_left(measure, begin, target, begin, VN)
    ledger, when = [segment("run", start)], start
    for number, gap in enumerate([*gaps, timedelta(0)] if len(gaps) % 2 == 0 else gaps):
        before, when = VN.whole_minute(when), when + gap
        if number % 2 == 0:
            left -= minutes_left(measure, begin, max(begin, VN.whole_minute(when)), before, VN)
        ledger.append(segment("pause" if number % 2 == 0 else "run", when))

    assert left == standing(of, cutoff, ledger, VN, from_instant=step).remaining


@example(
    of=Term(Unit.HOURS, 1),
    cutoff=Cutoff(15 * 60),
    start=datetime(2025, 1, 10, 12, tzinfo=UTC),
    later=timedelta(days=2, hours=5),
)
@given(of=TERMS, cutoff=CUTOFFS, start=STARTS, later=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_who_comes_later_is_never_due_earlier(
    of: Term, cutoff: Cutoff | None, start: datetime, later: timedelta
) -> None:
    """Acceptance and due keep their order, over cut-offs, week ends and holidays."""
    assert arm(of, start, VN, cutoff).at <= arm(of, start + later, VN, cutoff).at


@given(of=TERMS, cutoff=CUTOFFS, start=STARTS)
def test_a_due_is_in_office_hours_or_at_the_end_of_a_working_day(
    of: Term, cutoff: Cutoff | None, start: datetime
) -> None:
    """Only clock hours may end at night; all else ends when somebody can still act on it."""
    due = arm(of, start, VN, cutoff)
    midnight = of.unit in (Unit.CALENDAR_DAYS, Unit.MONTHS)
    inside = VN.reached(due.at, 0) == due.at

    assert of.unit is Unit.HOURS or (due.at == VN.midnight_after(due.day) if midnight else inside)
    assert of.unit is Unit.HOURS or VN.is_working_day(due.day)


@given(n=st.integers(1, 30), cutoff=CUTOFFS, start=STARTS)
def test_one_more_day_is_the_next_working_day(n: int, cutoff: Cutoff | None, start: datetime) -> None:
    """A term one working day longer is due one working day later."""
    due = arm(Term(Unit.WORKING_DAYS, 4 * n), start, VN, cutoff)
    next_day = VN.working_day_after(due.day, 1)

    assert Due(VN.close_of_office(next_day), next_day, VN.is_draft(next_day)) == arm(
        Term(Unit.WORKING_DAYS, 4 * n + 4), start, VN, cutoff
    )


@given(of=AMOUNTS, by=AMOUNTS, start=STARTS)
def test_an_extension_never_brings_the_due_forward(of: Term, by: Term, start: datetime) -> None:
    """With an extension there is more time, not less."""
    first = arm(of, start, VN)
    later = derive(of, None, [segment("run", start), Segment(SegmentKind.EXTEND, start, "", None, by)], VN)

    assert later is not None
    assert first.at <= later.at
