"""The grid of a year: every day once, and what differs from its weekday with its source."""

from datetime import date

import pytest
from world import Office, definition

from motcua.services.adopting import adopt_calendar
from motcua.services.calendar_grid import NoSuchYear, calendars, grid


def test_a_year_has_every_day_with_what_it_is() -> None:
    """A weekday off is a holiday, a Sunday is rest; months have their own lengths; exceptions carry their source."""
    office = Office()
    adopt_calendar(office.house, definition(date(2026, 9, 2)), "an")
    shown = grid(office.house, "vn-gov", 2026)

    assert [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] == [len(month) for month in shown["months"]]
    september = {day["date"]: day["kind"] for day in shown["months"][8]}
    assert ["work", "holiday", "rest"] == [september[f"2026-09-{day}"] for day in ("01", "02", "06")]
    assert [("2026-09-02", False, "invented")] == [
        (one["date"], one["working"], one["source"]) for one in shown["exceptions"]
    ]
    [listed] = calendars(office.house)
    assert ("an", [2026, 2027]) == (listed["adopted_by"], [one["year"] for one in listed["years"]])


@pytest.mark.parametrize(("name", "year"), [("vn-gov", 2031), ("elsewhere", 2026)])
def test_a_year_that_no_calendar_has_is_told(name: str, year: int) -> None:
    """With the years that there are."""
    with pytest.raises(NoSuchYear):
        grid(Office().house, name, year)
