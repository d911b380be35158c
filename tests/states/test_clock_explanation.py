"""Day-by-day explanations: they sum to the budget and say why each day counts or not."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import CUTOFFS, STARTS, TERMS, VN, at, segment, term

from states.clock_explanation import explain
from states.counting import count_from, measure_of, minutes_left
from states.deadline import Cutoff, Segment, SegmentKind, arm
from states.term import Term


@given(of=TERMS, cutoff=CUTOFFS, start=STARTS, step=st.booleans())
@settings(max_examples=150)
def test_the_explanation_sums_to_the_budget(
    of: Term, cutoff: Cutoff | None, start: datetime, step: bool
) -> None:
    """The minutes of the days add up to the term, and the last day is the day of the due."""
    lines = explain(of, cutoff, [segment("run", start)], VN, from_instant=step)
    begin, target = count_from(of, start, VN, cutoff, step=step)

    assert minutes_left(measure_of(of, step), begin, target, begin, VN) == lines[-1].cumulative
    assert sum(line.minutes for line in lines) == lines[-1].cumulative
    assert arm(of, start, VN, cutoff, step=step).day == lines[-1].day


@given(of=TERMS, start=STARTS, share=st.floats(0, 1), length=st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(max_examples=150)
def test_a_paused_explanation_sums_to_the_same_budget(
    of: Term, start: datetime, share: float, length: timedelta
) -> None:
    """A pause before the due moves the days, never the sum."""
    begin, target = count_from(of, start, VN)
    pause = max(start, begin + (target - begin) * share)
    ledger = [segment("run", start), segment("pause", pause), segment("run", pause + length)]

    assert (
        minutes_left(measure_of(of), begin, target, begin, VN) == explain(of, None, ledger, VN)[-1].cumulative
    )


def test_an_explanation_says_why_each_day_counts_or_not() -> None:
    """Cut-off, first day, holiday, pause and unverified days each have their words."""
    ledger = [
        segment("run", "2026-04-24T16:00"),
        segment("pause", "2026-04-29T09:00"),
        segment("run", "2026-05-05T10:00"),
    ]
    lines = explain(term("2 working_days"), Cutoff(900), ledger, VN)

    assert [
        "2026-04-24 0 taken after the cut-off or on a day off, counts as taken on the next working day",
        "2026-04-25 0 weekly rest day",
        "2026-04-26 0 weekly rest day",
        "2026-04-27 0 In lieu of Hùng Kings' Commemoration on Sunday 26 April; unverified",
        "2026-04-28 0 the first day is not counted",
        "2026-04-29 120 working day; paused: invented cause",
        "2026-04-30 0 Reunification Day; paused: invented cause",
        "2026-05-01 0 International Labour Day; paused: invented cause",
        "2026-05-02 0 weekly rest day; paused: invented cause",
        "2026-05-03 0 weekly rest day; paused: invented cause",
        "2026-05-04 0 paused: invented cause",
        "2026-05-05 300 working day; paused: invented cause",
        "2026-05-06 480 working day",
        "2026-05-07 60 working day",
    ] == [f"{line.day} {line.minutes} {line.reason_en}" for line in lines]


def test_calendar_days_are_explained_up_to_the_day_they_moved_to() -> None:
    """A last day off shows as such, and the working day after it as the day the end moved to."""
    lines = explain(term("1 calendar_days"), None, [segment("run", "2026-03-06T10:00")], VN)

    assert [
        "2026-03-06 0 ngày đầu tiên không tính",
        "2026-03-07 1440 tính theo ngày dương lịch",
        "2026-03-08 0 ngày nghỉ hằng tuần",
        "2026-03-09 0 ngày cuối là ngày nghỉ, hạn chuyển sang ngày làm việc kế tiếp",
    ] == [f"{line.day} {line.minutes} {line.reason_vi}" for line in lines]


def test_restarts_extensions_and_drafts_show_in_the_explanation() -> None:
    """An explanation begins at the last restart, and remarks extensions and draft years."""
    ledger = [
        segment("run", "2026-12-28T10:00"),
        segment("restart", "2026-12-30T10:00"),
        segment("extend", "2026-12-31T10:00", "1 working_days"),
    ]
    lines = explain(term("1 working_days"), None, ledger, VN)

    assert [
        "2026-12-30 0 the first day is not counted; counted again from zero: invented cause",
        "2026-12-31 480 working day; extended: invented cause",
        "2027-01-01 0 New Year's Day; the year's calendar is a draft",
        "2027-01-02 0 weekly rest day; the year's calendar is a draft",
        "2027-01-03 0 weekly rest day; the year's calendar is a draft",
        "2027-01-04 480 working day; the year's calendar is a draft",
    ] == [f"{line.day} {line.minutes} {line.reason_en}" for line in lines]


def test_a_paused_clock_is_explained_up_to_its_pause() -> None:
    """While paused there is no due to lead to; an unarmed clock has nothing to explain."""
    ledger = [segment("run", "2026-03-02T10:00"), segment("pause", "2026-03-04T09:00")]

    assert [0, 480, 120] == [line.minutes for line in explain(term("3 working_days"), None, ledger, VN)]
    assert () == explain(term("3 working_days"), None, [], VN)


@given(
    of=TERMS,
    start=STARTS,
    share=st.floats(0, 1),
    back=st.timedeltas(timedelta(0), timedelta(days=9)),
    length=st.timedeltas(timedelta(0), timedelta(days=9)),
)
@settings(max_examples=150)
def test_what_an_order_gave_back_does_not_count(
    of: Term, start: datetime, share: float, back: timedelta, length: timedelta
) -> None:
    """A credit before the due takes days out of the sum and moves the end; the sum stays the budget."""
    begin, target = count_from(of, start, VN)
    told = max(start, begin + (target - begin) * share)
    credit = Segment(
        SegmentKind.CREDIT, told, "order:storm", since=told - back, until=min(told, told - back + length)
    )
    lines = explain(of, None, [segment("run", start), credit], VN)

    assert minutes_left(measure_of(of), begin, target, begin, VN) == lines[-1].cumulative
    assert all("order storm" in line.reason_en for line in lines if "given back" in line.reason_en)


def test_what_was_taken_back_leaves_the_days_as_they_were() -> None:
    """The line that withdraws is told on its day, and nothing else differs."""
    plain = [segment("run", "2026-03-02T09:00")]
    given = Segment(SegmentKind.EXTEND, at("2026-03-03T09:00"), "order:storm", None, term("5 working_days"))
    gone = Segment(SegmentKind.WITHDRAW, at("2026-03-03T10:00"), "order:storm")
    before, after = (
        explain(term("3 working_days"), None, [*plain, *more], VN) for more in ((), (given, gone))
    )

    assert [line.minutes for line in before] == [line.minutes for line in after]
    assert ["time that was given is taken back: by the order storm"] == [
        line.reason_en.rpartition("; ")[2] for line in after if "taken back" in line.reason_en
    ]
