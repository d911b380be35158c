"""Terms in every unit against cases counted by hand, by the Civil Code and the afternoon cut-off."""

import pytest
from office_time import VN, at, local, term

from states.deadline import Cutoff, arm
from states.errors import CalendarHorizonError, InvalidTerm

AFTERNOON = Cutoff(15 * 60)


@pytest.mark.parametrize(
    ("accepted", "text", "due"),
    [
        pytest.param("2026-03-02T10:00", "3 working_days", "2026-03-05T17:00", id="first-day-not-counted"),
        pytest.param(
            "2026-03-02T16:59", "3 working_days", "2026-03-05T17:00", id="hour-of-acceptance-is-no-matter"
        ),
        pytest.param("2026-03-06T10:00", "1 working_days", "2026-03-09T17:00", id="over-the-weekend"),
        pytest.param("2026-03-07T10:00", "1 working_days", "2026-03-09T17:00", id="accepted-on-saturday"),
        pytest.param("2026-01-30T10:00", "5 working_days", "2026-02-06T17:00", id="a-plain-week"),
        pytest.param("2026-02-13T08:00", "3 working_days", "2026-02-25T17:00", id="over-tet-2026"),
        pytest.param("2025-01-24T08:00", "1 working_days", "2025-02-03T17:00", id="over-tet-2025"),
        pytest.param("2024-02-07T08:00", "1 working_days", "2024-02-15T17:00", id="over-tet-2024"),
        pytest.param("2026-01-09T08:00", "1 working_days", "2026-01-10T17:00", id="make-up-saturday-2026"),
        pytest.param("2025-04-25T08:00", "2 working_days", "2025-04-28T17:00", id="make-up-saturday-2025"),
        pytest.param("2024-05-03T08:00", "1 working_days", "2024-05-04T17:00", id="make-up-saturday-2024"),
        pytest.param("2026-08-28T08:00", "1 working_days", "2026-09-03T17:00", id="national-day-bridge"),
        pytest.param("2026-11-23T08:00", "1 working_days", "2026-11-25T17:00", id="culture-day"),
        pytest.param("2026-12-31T08:00", "1 working_days", "2027-01-04T17:00", id="over-new-year"),
    ],
)
def test_working_days(accepted: str, text: str, due: str) -> None:
    """Working days end at close of office, and the day of acceptance is never one of them (art. 147, 148)."""
    assert due == local(arm(term(text), at(accepted), VN).at)


@pytest.mark.parametrize(
    ("accepted", "text", "due"),
    [
        pytest.param("2026-03-02T10:00", "0.25 working_days", "2026-03-02T14:00", id="a-quarter"),
        pytest.param("2026-03-02T10:00", "0.5 working_days", "2026-03-02T16:00", id="a-half"),
        pytest.param("2026-03-02T10:00", "1.5 working_days", "2026-03-03T16:00", id="one-and-a-half"),
        pytest.param("2026-03-02T10:00", "1 working_days", "2026-03-03T10:00", id="one-whole"),
        pytest.param("2026-03-02T07:00", "0.25 working_days", "2026-03-02T09:00", id="from-the-opening"),
        pytest.param("2026-03-06T16:00", "0.25 working_days", "2026-03-09T08:00", id="over-the-weekend"),
        pytest.param("2026-03-07T10:00", "0.5 working_days", "2026-03-09T11:00", id="begun-on-saturday"),
    ],
)
def test_step_budgets(accepted: str, text: str, due: str) -> None:
    """A step's working days are working minutes from the instant the step begins, exact to the minute."""
    assert due == local(arm(term(text), at(accepted), VN, step=True).at)


def test_a_fraction_counts_from_the_instant_wherever_it_stands() -> None:
    """Half a day cannot end at close of office of a whole day, so it is counted like a step."""
    assert arm(term("0.5 working_days"), at("2026-03-02T10:00"), VN, step=True) == arm(
        term("0.5 working_days"), at("2026-03-02T10:00"), VN
    )


@pytest.mark.parametrize(
    ("accepted", "text", "due"),
    [
        pytest.param("2026-03-02T08:00", "4 working_hours", "2026-03-02T14:00", id="over-noon"),
        pytest.param("2026-03-02T11:30", "1 working_hours", "2026-03-02T14:30", id="from-the-noon-boundary"),
        pytest.param("2026-03-02T16:00", "8 working_hours", "2026-03-03T16:00", id="over-night"),
        pytest.param("2026-03-02T22:00", "8 working_hours", "2026-03-03T17:00", id="submitted-at-night"),
        pytest.param("2026-03-07T22:00", "2 working_hours", "2026-03-09T09:00", id="submitted-on-saturday"),
        pytest.param("2026-03-02T05:30", "0.25 working_hours", "2026-03-02T07:15", id="before-the-opening"),
        pytest.param(
            "2026-03-02T09:00", "12 working_hours", "2026-03-03T15:00", id="a-licence-in-twelve-hours"
        ),
        pytest.param("2026-03-06T16:00", "24 hours", "2026-03-07T16:00", id="clock-hours-run-on-saturday"),
        pytest.param("2026-02-15T23:30", "0.5 hours", "2026-02-16T00:00", id="clock-hours-run-at-night"),
    ],
)
def test_hours_start_at_once(accepted: str, text: str, due: str) -> None:
    """A period in hours begins at its moment; working hours then skip closed hours (art. 147.1)."""
    assert due == local(arm(term(text), at(accepted), VN).at)


@pytest.mark.parametrize(
    ("accepted", "text", "day"),
    [
        pytest.param("2026-03-02T10:00", "1 calendar_days", "2026-03-03", id="first-day-excluded"),
        pytest.param("2026-03-02T00:00", "15 calendar_days", "2026-03-17", id="from-midnight"),
        pytest.param("2026-03-02T23:59", "5 calendar_days", "2026-03-09", id="ends-saturday-so-monday"),
        pytest.param("2026-02-06T10:00", "10 calendar_days", "2026-02-23", id="ends-in-tet"),
        pytest.param("2025-12-24T10:00", "10 calendar_days", "2026-01-05", id="ends-saturday-after-new-year"),
        pytest.param("2026-01-03T10:00", "7 calendar_days", "2026-01-10", id="ends-on-a-make-up-saturday"),
        pytest.param("2026-03-02T10:00", "1 months", "2026-04-02", id="corresponding-day"),
        pytest.param("2025-12-31T10:00", "2 months", "2026-03-02", id="end-of-february-is-a-saturday"),
        pytest.param("2023-12-31T10:00", "2 months", None, id="before-the-calendar"),
        pytest.param("2024-01-31T10:00", "1 months", "2024-02-29", id="leap-day"),
        pytest.param("2024-02-29T10:00", "12 months", "2025-02-28", id="a-year-from-leap-day"),
        pytest.param("2026-03-31T10:00", "1 months", "2026-05-04", id="thirtieth-of-april-is-a-holiday"),
        pytest.param("2026-08-31T10:00", "1 months", "2026-09-30", id="shorter-month"),
    ],
)
def test_days_and_months_end_at_midnight(accepted: str, text: str, day: str | None) -> None:
    """The end is 24:00 of the last day, or of the next working day when that is a day off (art. 148)."""
    if day is None:
        with pytest.raises(CalendarHorizonError):
            arm(term(text), at(accepted), VN)
        return
    due = arm(term(text), at(accepted), VN)

    assert day == str(due.day)
    assert VN.midnight_after(due.day) == due.at


@pytest.mark.parametrize(
    ("accepted", "cutoff", "due"),
    [
        pytest.param("2026-03-02T06:00:00", AFTERNOON, "2026-03-02T17:00", id="before-the-opening"),
        pytest.param("2026-03-02T15:00:00", AFTERNOON, "2026-03-02T17:00", id="on-the-cutoff"),
        pytest.param("2026-03-02T15:00:01", AFTERNOON, "2026-03-03T17:00", id="a-second-late"),
        pytest.param("2026-03-02T16:59:59", None, "2026-03-02T17:00", id="no-cutoff"),
        pytest.param("2026-03-02T17:00:00", None, "2026-03-03T17:00", id="at-the-close"),
        pytest.param("2026-03-06T15:01:00", AFTERNOON, "2026-03-09T17:00", id="friday-afternoon"),
        pytest.param("2026-03-07T09:00:00", None, "2026-03-09T17:00", id="on-a-saturday"),
        pytest.param("2026-02-13T15:30:00", AFTERNOON, "2026-02-23T17:00", id="before-tet"),
    ],
)
def test_same_day(accepted: str, cutoff: Cutoff | None, due: str) -> None:
    """The same day until its close; the next working day for what comes after the cut-off or on a day off."""
    assert due == local(arm(term("same_day"), at(accepted), VN, cutoff).at)


@pytest.mark.parametrize(
    ("accepted", "text", "due"),
    [
        pytest.param("2026-03-02T15:00:00", "3 working_days", "2026-03-05T17:00", id="in-time"),
        pytest.param("2026-03-02T15:00:01", "3 working_days", "2026-03-06T17:00", id="late"),
        pytest.param("2026-03-06T16:00:00", "1 working_days", "2026-03-10T17:00", id="friday-is-monday"),
        pytest.param(
            "2026-03-07T09:00:00", "1 working_days", "2026-03-10T17:00", id="saturday-is-monday-too"
        ),
        pytest.param(
            "2026-03-02T15:30:00", "4 working_hours", "2026-03-03T11:00", id="hours-from-next-opening"
        ),
        pytest.param(
            "2026-03-02T15:30:00", "24 hours", "2026-03-04T07:00", id="clock-hours-from-next-opening"
        ),
        pytest.param("2026-03-06T15:30:00", "1 calendar_days", "2026-03-11T00:00", id="calendar-days"),
    ],
)
def test_the_cutoff_moves_the_acceptance(accepted: str, text: str, due: str) -> None:
    """What is accepted after the cut-off counts as accepted on the next working day, in every unit."""
    assert due == local(arm(term(text), at(accepted), VN, AFTERNOON).at)


def test_a_step_knows_no_cutoff() -> None:
    """The cut-off is about acceptance; a step that begins in the late afternoon runs from then."""
    assert "2026-03-03T07:30" == local(
        arm(term("0.25 working_days"), at("2026-03-02T15:30"), VN, AFTERNOON, step=True).at
    )


@pytest.mark.parametrize(
    ("accepted", "text", "provisional"),
    [
        pytest.param("2026-12-30T10:00", "1 working_days", False, id="ends-on-31-december"),
        pytest.param("2026-12-30T10:00", "1 calendar_days", False, id="ends-at-the-midnight-of-31-december"),
        pytest.param("2026-12-31T10:00", "1 working_days", True, id="ends-in-the-draft-year"),
        pytest.param("2026-12-31T16:59", "8 working_hours", True, id="hours-into-the-draft-year"),
        pytest.param("2027-03-01T10:00", "same_day", True, id="inside-the-draft-year"),
    ],
)
def test_a_deadline_that_touches_a_draft_year_is_provisional(
    accepted: str, text: str, provisional: bool
) -> None:
    """As long as the year is not signed its deadlines may still move, and say so."""
    assert provisional is arm(term(text), at(accepted), VN).provisional


@pytest.mark.parametrize(
    "text",
    ["10000 working_days", "10000 working_hours", "10000 calendar_days", "10000 hours", "10000 months"],
)
def test_a_deadline_beyond_the_calendars_is_an_error(text: str) -> None:
    """A year without a file gives an error that names the day, never a guess."""
    with pytest.raises(CalendarHorizonError):
        arm(term(text), at("2027-11-30T10:00"), VN)


@pytest.mark.parametrize("text", ["0.5 calendar_days", "1.5 months"])
def test_calendar_days_and_months_are_whole(text: str) -> None:
    """Half a calendar day or month has no last day."""
    with pytest.raises(InvalidTerm):
        arm(term(text), at("2026-03-02T10:00"), VN)
