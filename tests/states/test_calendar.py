"""The business calendar: the golden days, the arithmetic of working time, and the laws it obeys."""

import csv
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import VN, at, local

from benchmarks.bench_calendar import violations
from states.calendar import BusinessCalendar, CalendarDefinition, CalendarYear, DayException
from states.errors import CalendarHorizonError

GOLDEN = Path(__file__).parent.parent / "golden" / "calendar" / "days.csv"
DAYS = st.dates(date(2024, 3, 1), date(2027, 10, 31))
INSTANTS = st.datetimes(datetime(2024, 3, 1), datetime(2027, 10, 31), timezones=st.just(UTC))
WORK = st.integers(-14_000, 14_000)

# An invented office: early Mondays, a night segment on Tuesdays, Saturday mornings, a make-up Sunday.
ODD = BusinessCalendar(
    CalendarDefinition(
        id="odd",
        label_vi="Lịch thử",
        label_en="Test calendar",
        utc_offset_minutes=-210,
        day_minutes=400,
        hours=(
            ((0, 1), (360, 700)),
            ((480, 481), (600, 720), (1380, 1440)),
            ((480, 700), (800, 980)),
            (),
            ((480, 700), (800, 980)),
            ((450, 690),),
            (),
        ),
        makeup_hours=((500, 510), (520, 700)),
        years=(
            CalendarYear(
                2030, "signed", (DayException(date(2030, 1, 6), True, "bù", "make-up", None, False),)
            ),
            CalendarYear(2031, "draft", (DayException(date(2031, 1, 1), False, "nghỉ", "off", None, False),)),
        ),
    )
)
ODD_MINUTES = [
    any(start <= minute < end for start, end in day.segments)
    for day in ODD.days(date(2030, 1, 1), date(2030, 2, 28))
    for minute in range(1440)
]
ODD_BEGIN = ODD.midnight(date(2030, 1, 1))


def test_every_day_of_three_years_is_as_published() -> None:
    """Each day of 2024 to 2026 works or rests as the published table says, for eight hours or none."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        expected = [(row["date"], int(row["minutes"])) for row in csv.DictReader(file)]

    found = [(str(day.date), day.minutes) for day in VN.days(date(2024, 1, 1), date(2026, 12, 31))]

    assert expected == found


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        pytest.param(date(2026, 2, 16), False, "Lunar New Year", id="tet-begins"),
        pytest.param(date(2026, 2, 20), False, "Lunar New Year", id="tet-ends"),
        pytest.param(date(2026, 2, 23), True, "working day", id="after-tet"),
        pytest.param(date(2026, 1, 10), True, "Make-up day for 2026-01-02", id="make-up-saturday"),
        pytest.param(date(2026, 1, 17), False, "weekly rest day", id="plain-saturday"),
        pytest.param(
            date(2026, 8, 31), False, "Day off in exchange for working on 2026-08-22", id="swapped-monday"
        ),
        pytest.param(date(2026, 11, 24), False, "Vietnam Culture Day", id="culture-day"),
    ],
)
def test_a_day_says_what_it_is(day: date, working: bool, reason: str) -> None:
    """A day carries whether it is worked, and the reason in words."""
    found = VN.day(day)

    assert (working, reason) == (found.working, found.reason_en)


def test_only_days_fixed_by_law_are_called_verified() -> None:
    """What waits for a decision, a lunar date or an unread text is unverified and names no document."""
    listed = [item for year in VN.definition.years for item in year.exceptions]

    assert {(1, 1), (4, 30), (5, 1), (9, 2)} == {(i.day.month, i.day.day) for i in listed if i.verified}
    assert {True} == {item.document is None for item in listed if not item.verified}


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        pytest.param("2026-03-02T07:00", 270, "2026-03-02T11:30", id="to-the-noon-close-not-the-afternoon"),
        pytest.param("2026-03-02T07:00", 271, "2026-03-02T13:31", id="over-noon"),
        pytest.param("2026-03-02T11:30", 240, "2026-03-03T07:30", id="from-the-noon-boundary"),
        pytest.param("2026-03-02T12:15", 60, "2026-03-02T14:30", id="from-the-break"),
        pytest.param("2026-02-13T16:00", 120, "2026-02-23T08:00", id="over-tet"),
        pytest.param("2026-01-09T17:00", 480, "2026-01-10T17:00", id="make-up-saturday"),
        pytest.param("2026-03-07T10:00", 480, "2026-03-09T17:00", id="from-a-saturday"),
        pytest.param("2026-03-02T14:00", -30, "2026-03-02T13:30", id="back-to-the-opening-not-noon"),
        pytest.param("2026-03-02T13:30", -270, "2026-03-02T07:00", id="back-over-noon"),
        pytest.param("2026-03-02T12:00", 0, "2026-03-02T13:30", id="zero-is-the-next-minute-of-work"),
        pytest.param("2026-03-02T10:15", 0, "2026-03-02T10:15", id="zero-in-office-hours"),
    ],
)
def test_add_moves_by_office_hours(start: str, minutes: int, expected: str) -> None:
    """Work is done in office hours only; the result is the first instant forward, the last one backward."""
    assert expected == local(VN.add(at(start), minutes))


def test_reached_stays_on_the_closing_side() -> None:
    """The instant by which no more work is needed is the last close, not the next opening."""
    assert "2026-03-02T17:00" == local(VN.reached(at("2026-03-03T07:00"), 0))


def test_seconds_are_floored_but_the_cutoff_sees_them() -> None:
    """Working time counts whole minutes; whether an instant is past a time of day is exact."""
    late = at("2026-03-02T15:00:01")

    assert "2026-03-02T15:30" == local(VN.add(late, 30))
    assert (False, True) == (VN.past(at("2026-03-02T15:00:00"), 900), VN.past(late, 900))


def test_working_days_are_counted_from_the_day_after() -> None:
    """The n-th working day lies strictly after, or for a negative n before; `next` may be the day itself."""
    friday = date(2026, 8, 28)

    assert date(2026, 9, 3) == VN.working_day_after(friday, 1)
    assert date(2026, 8, 22) == VN.working_day_after(date(2026, 8, 24), -1)
    assert friday == VN.next_working_day(friday)
    assert date(2026, 9, 3) == VN.next_working_day(date(2026, 8, 29))


def test_leap_day_is_a_day_like_any_other() -> None:
    """29 February 2024, a Thursday, is worked."""
    assert 480 == VN.between(at("2024-02-29T00:00"), at("2024-03-01T00:00"))


def test_drafts_are_told_from_signed_years() -> None:
    """2027 is a draft, and so is any stretch that touches it."""
    assert (False, True) == (VN.is_draft(date(2026, 12, 31)), VN.is_draft(date(2027, 1, 1)))
    assert (False, True) == (
        VN.touches_draft(date(2026, 1, 1), date(2026, 12, 31)),
        VN.touches_draft(date(2026, 12, 31), date(2027, 1, 1)),
    )


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: VN.add(at("2027-12-31T16:00"), 61), id="add-beyond"),
        pytest.param(lambda: VN.add(at("2024-01-02T08:00"), -61), id="add-before"),
        pytest.param(lambda: VN.add(at("2026-01-05T08:00"), 10**12), id="add-far-beyond"),
        pytest.param(lambda: VN.later(at("2026-01-05T08:00"), 10**15), id="clock-far-beyond"),
        pytest.param(lambda: VN.working_day_after(date(2026, 1, 5), 10**9), id="days-beyond"),
        pytest.param(lambda: VN.working_day_after(date(2026, 1, 5), -(10**9)), id="days-before"),
        pytest.param(lambda: VN.days_after(date(2026, 1, 5), 10**12), id="calendar-days-beyond"),
        pytest.param(lambda: VN.next_working_day(date(2028, 1, 1)), id="a-day-after-the-last"),
        pytest.param(lambda: VN.day(date(2023, 12, 31)), id="a-day-before-the-first"),
        pytest.param(lambda: VN.local_date(datetime.max.replace(tzinfo=UTC)), id="the-last-instant-there-is"),
        pytest.param(
            lambda: VN.between(datetime.min.replace(tzinfo=UTC), at("2026-01-05T08:00")), id="the-first"
        ),
    ],
)
def test_beyond_the_calendar_is_an_error_that_names_it(ask: object) -> None:
    """Whatever leaves the covered years is refused by name, and never overflows."""
    assert callable(ask)
    with pytest.raises(CalendarHorizonError) as caught:
        ask()

    assert "vn-gov" == caught.value.facts["calendar"]


def test_the_midnight_that_ends_the_last_day_is_covered() -> None:
    """A deadline at 24:00 of the last day can still be measured back from."""
    end = VN.midnight_after(date(2027, 12, 31))

    assert "2027-12-31T13:30" == local(VN.add(end, -210))


def test_naive_instants_are_refused() -> None:
    """A datetime without a zone is a mistake of the caller."""
    with pytest.raises(ValueError, match="naive"):
        VN.add(datetime(2026, 3, 2, 8, 0), 10)


@pytest.mark.parametrize("years", [(), (2030, 2032), (2031, 2030)])
def test_broken_years_are_refused(years: tuple[int, ...]) -> None:
    """A calendar without years, or with a gap, cannot be built."""
    listed = tuple(CalendarYear(year, "signed", ()) for year in years)
    definition = ODD.definition
    broken = CalendarDefinition("x", "x", "x", 0, 480, definition.hours, (), listed)

    with pytest.raises(ValueError, match="unbroken"):
        BusinessCalendar(broken)


def test_twenty_thousand_random_computations_break_no_law() -> None:
    """No result outside working time, add and between are inverse, pauses only postpone."""
    assert [] == list(violations(VN, 20_000, seed=11))


@given(start=st.integers(0, len(ODD_MINUTES) - 1), end=st.integers(0, len(ODD_MINUTES) - 1))
@settings(max_examples=1_000)
def test_prefix_sums_equal_counting_minute_by_minute(start: int, end: int) -> None:
    """Between two instants there are as many working minutes as one finds by looking at each."""
    low, high = sorted((start, end))
    sign = 1 if start <= end else -1
    minute = timedelta(minutes=1)

    assert sign * sum(ODD_MINUTES[low:high]) == ODD.between(
        ODD_BEGIN + start * minute, ODD_BEGIN + end * minute
    )


@given(start=st.integers(0, 20 * 1440), minutes=st.integers(1, 3_000))
@settings(max_examples=1_000)
def test_add_equals_walking_minute_by_minute(start: int, minutes: int) -> None:
    """Moving by working time ends where walking over each minute ends."""
    place, left = start, minutes
    while left:
        left -= ODD_MINUTES[place]
        place += 1

    assert ODD_BEGIN + timedelta(minutes=place) == ODD.add(ODD_BEGIN + timedelta(minutes=start), minutes)


@given(start=INSTANTS, minutes=WORK)
def test_add_and_between_are_inverse(start: datetime, minutes: int) -> None:
    """After moving by n working minutes, n working minutes lie between."""
    assert minutes == VN.between(start, VN.add(start, minutes))


@given(start=INSTANTS, minutes=WORK)
def test_add_never_leaves_office_hours(start: datetime, minutes: int) -> None:
    """A result lies in a segment of its day, opening and closing minute included."""
    found = VN.add(start, minutes)
    clock = VN.local(found)
    minute = clock.hour * 60 + clock.minute

    assert [True] == [s <= minute <= e for s, e in VN.day(clock.date()).segments if s <= minute <= e]


@given(start=INSTANTS, first=st.integers(1, 5_000), second=st.integers(1, 5_000))
def test_work_may_be_split(start: datetime, first: int, second: int) -> None:
    """Two pieces of work one after the other end when their sum ends."""
    assert VN.add(start, first + second) == VN.add(VN.add(start, first), second)


@given(day=DAYS, n=st.integers(1, 20))
def test_one_more_working_day_is_the_next_working_day(day: date, n: int) -> None:
    """No working day is skipped or counted twice."""
    nth = VN.working_day_after(day, n)

    assert VN.next_working_day(nth + timedelta(days=1)) == VN.working_day_after(day, n + 1)
    assert nth == VN.working_day_after(VN.working_day_after(day, n + 1), -1)


def test_hours_of_a_day_are_in_order() -> None:
    """Within each day the segments follow one another, and the day's edges are their outer edges."""
    for day in VN.days(date(2026, 1, 1), date(2026, 12, 31)):
        edges = [minute for pair in day.segments for minute in pair]
        assert all(a < b for a, b in pairwise(edges))
        if day.working:
            assert (day.segments[0][0], day.segments[-1][1]) == tuple(
                (edge - VN.midnight(day.date)) // timedelta(minutes=1)
                for edge in (VN.opening(day.date), VN.close_of_office(day.date))
            )


def test_a_day_off_has_no_office_hours() -> None:
    """To ask when a day off opens or closes is a mistake of the caller."""
    with pytest.raises(ValueError, match="day off"):
        VN.opening(date(2026, 2, 17))
