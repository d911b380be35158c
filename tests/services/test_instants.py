"""Instants as people write them: one instant however it is spelled, or a clear no."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import calendar

from motcua.services.calendars import InvalidInstant, LeapSecond, read_instant
from states.errors import DomainError

LOCAL = datetime(2026, 1, 30, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-30T10:00",
        "2026-01-30 10:00:00.000000",
        "2026-01-30T10:00+07:00",
        "2026-01-30T03:00Z",
        "2026-01-29T22:00-05:00",
        "20260130T100000+0700",
    ],
)
def test_one_instant_has_many_spellings(text: str) -> None:
    """Local without an offset, else whatever offset it has: all are the same UTC instant."""
    assert LOCAL == read_instant(text, calendar())
    assert UTC is read_instant(text, calendar()).tzinfo


@given(st.integers(-23 * 60, 23 * 60), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
def test_a_foreign_offset_moves_no_instant(minutes: int, at: datetime) -> None:
    """An instant written in any offset is read as the same instant."""
    known = at.replace(tzinfo=UTC)
    written = known.astimezone(timezone(timedelta(minutes=minutes))).isoformat()

    assert known == read_instant(written, calendar())


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "2017-01-01T06:59:60", "20170101T065960+0700"])
def test_a_leap_second_is_refused_by_its_name(text: str) -> None:
    """The answer says what it is, and what to write instead, in both languages."""
    with pytest.raises(LeapSecond) as refused:
        read_instant(text, calendar())

    assert ("giây nhuận" in refused.value.message("vi"), "59" in refused.value.message("en")) == (True, True)


@pytest.mark.parametrize(
    "text",
    ["23:59:60", "2026-01-30T10:00+25:00", "2026-01-30T24:30", "2026-02-29T10:00", "2026-01-30T10:00+7", ""],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    """Days that do not exist, offsets beyond a day, times alone."""
    with pytest.raises(InvalidInstant) as refused:
        read_instant(text, calendar())

    assert isinstance(refused.value, DomainError)
