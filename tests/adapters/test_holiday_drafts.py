"""Drafts of a year from the package of public holidays, and where signed years differ from it."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from office_time import CALENDARS

from motcua.adapters.calendar_files import read_calendar
from motcua.adapters.holiday_drafts import proposal, year_file
from motcua.services.calendar_drafts import (
    Drift,
    NothingProposed,
    Proposal,
    ProposedDay,
    draft_year,
    drift,
)
from states.calendar import CalendarDefinition, CalendarYear

SIGNED = read_calendar(CALENDARS / "vn-gov")
SATURDAY, MONDAY = date(2026, 8, 22), date(2026, 8, 31)


def drafted(year: int, folder: Path) -> CalendarYear:
    """The shipped calendar with a draft of *year* in the place of its file, read back."""
    copy = Path(shutil.copytree(CALENDARS / "vn-gov", folder / "vn-gov"))
    text = year_file("vn-gov", draft_year(SIGNED, proposal(year)))
    (copy / f"{year}.yaml").write_text(text, encoding="utf-8")
    [found] = [item for item in read_calendar(copy).years if item.year == year]
    return found


def drifted(definition: CalendarDefinition, *days: ProposedDay) -> list[Drift]:
    """What differs from a proposal for 2026 of one's own."""
    return list(drift(definition, [Proposal(2026, "somebody", days)]))


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028])
def test_a_draft_is_a_calendar_file_in_which_nothing_is_verified(year: int, tmp_path: Path) -> None:
    """It is read without a problem: a draft year, each day with its source, none verified, no document."""
    found = drafted(year, tmp_path)

    assert ("draft", True) == (found.status, len(found.exceptions) >= 9)
    assert {(False, None)} == {(item.verified, item.document) for item in found.exceptions}
    assert all(item.source and item.source.startswith("holidays ") for item in found.exceptions)
    assert all(item.reason_vi and item.reason_en for item in found.exceptions)


def test_a_swap_is_drafted_with_both_halves(tmp_path: Path) -> None:
    """The make-up Saturday names the Monday that it pays back."""
    days = {item.day: item for item in drafted(2026, tmp_path).exceptions}

    assert (False, True) == (days[MONDAY].working, days[SATURDAY].working)
    assert MONDAY == days[SATURDAY].for_day


def test_a_swap_across_years_is_known() -> None:
    """27 December 2014 paid back 2 January 2015."""
    [made_up] = [item for item in proposal(2014).days if item.day == date(2014, 12, 27)]

    assert date(2015, 1, 2) == made_up.for_day


def test_days_off_on_a_rest_day_are_left_out() -> None:
    """Sunday 26 April 2026 is a holiday and needs no entry; where Sunday is worked it does."""
    open_on_sundays = replace(SIGNED, hours=(SIGNED.hours[0],) * 7)
    sunday = date(2026, 4, 26)

    assert sunday not in {item.day for item in draft_year(SIGNED, proposal(2026)).exceptions}
    assert sunday in {item.day for item in draft_year(open_on_sundays, proposal(2026)).exceptions}


def test_a_year_that_nobody_knows_is_refused() -> None:
    """There is no draft without days, and the error names a file to begin from."""
    with pytest.raises(NothingProposed, match=r"2027\.yaml"):
        draft_year(SIGNED, proposal(2150))


def test_the_swap_that_the_package_lacks_is_found() -> None:
    """Of the signed years, 2 and 10 January 2026 differ; the draft of 2027 is nobody's decision and is not compared."""
    found = [(item.day, item.working) for item in drift(SIGNED, map(proposal, range(2024, 2028)))]

    assert [(date(2026, 1, 2), False), (date(2026, 1, 10), True)] == found


def test_a_day_that_only_the_proposal_knows_is_found() -> None:
    """What the signed year is silent about is told in the words of the proposal."""
    year = replace(SIGNED.years[2], exceptions=())
    bare = replace(SIGNED, years=(year,))
    day = date(2026, 3, 4)

    assert [Drift(day, True, "nghỉ", "off", None)] == drifted(bare, ProposedDay(day, False, "nghỉ", "off"))
    assert [] == drifted(bare, ProposedDay(date(2026, 3, 7), False, "thứ bảy", "Saturday"))


def test_a_year_without_a_proposal_is_not_compared() -> None:
    """The package knowing nothing of a year is no difference on every holiday."""
    assert [] == drifted(SIGNED)
