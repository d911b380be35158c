"""Calendars changed by two persons: proposed, looked at, approved or put away; open deadlines follow the approval."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from world import Office, definition

from motcua.services.auditing import verify_store
from motcua.services.calendar_changes import Becomes, DayChange, UnfitCalendarChange, YearChange
from motcua.services.calendar_effects import effect_of
from motcua.services.calendar_proposals import (
    CalendarDecided,
    CalendarMovedOn,
    SameCalendarPerson,
    approve_calendar,
    decline_calendar,
    definition_in_force,
    proposals,
    propose_calendar,
    result_of,
)

OFF = date(2026, 3, 4)
DAY = DayChange(OFF, Becomes.OFF, "Nghỉ bão", "Storm", "12/QĐ-UBND", "Quyết định")
SATURDAY = DayChange(date(2026, 3, 7), Becomes.MAKE_UP, "Làm bù", "", "12/QĐ-UBND", for_day=OFF)


def change(office: Office, *days: DayChange, **more: Any) -> YearChange:
    """A change of the year 2026 of the calendar in force."""
    known = definition_in_force(office.house, "vn-gov")
    assert known is not None
    return YearChange("vn-gov", known[1], **{"year": 2026, "status": "signed", "days": days, **more})


def test_a_calendar_counts_when_a_second_person_approved_it() -> None:
    """Until then nothing changes; who proposed it is refused, however they write themselves; the trail is sound."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code).dossier.clocks["legal"].due_date
    made = propose_calendar(office.house, change(office, DAY), "an")
    untouched = office.store.load(code).dossier.clocks["legal"].due_date
    with pytest.raises(SameCalendarPerson):
        approve_calendar(office.house, made.digest, " AN ")
    done = approve_calendar(office.house, made.digest, "binh")
    after = office.store.load(code).dossier.clocks["legal"].due_date

    assert before is not None
    assert (before, 1) == (untouched, done.moved)
    assert after is not None
    assert after > before
    assert [("approved", "an", "binh")] == [
        (one.status, one.by, one.decided_by) for one in proposals(office.house)
    ]
    assert [] == list(verify_store(office.house).findings)


def test_what_would_move_is_known_before_and_nothing_is_written() -> None:
    """As many dossiers as the approval then moves, with the day before and the day after."""
    office = Office()
    code = office.accepted()
    wanted = change(office, DAY)
    records = len(list(office.store.all_records()))
    foreseen = effect_of(office.house, result_of(office.house, wanted))
    few = effect_of(office.house, result_of(office.house, wanted), most=0)

    assert (1, 1, True, [code]) == (
        foreseen.looked,
        foreseen.moved,
        foreseen.all,
        [one.code for one in foreseen.examples],
    )
    assert [] == [one.clock for one in foreseen.examples if one.label["vi"] == one.clock]
    assert (0, False) == (few.looked, few.all)
    assert records == len(list(office.store.all_records()))
    made = propose_calendar(office.house, wanted, "an")
    assert foreseen.moved == approve_calendar(office.house, made.digest, "binh").moved


def test_the_same_proposal_twice_is_one_and_after_it_was_put_away_another() -> None:
    """What was decided is not decided again."""
    office = Office()
    wanted = change(office, DAY)
    first = propose_calendar(office.house, wanted, "an")
    same = propose_calendar(office.house, wanted, "binh")
    decline_calendar(office.house, first.digest, "an")
    anew = propose_calendar(office.house, wanted, "an")
    for decide in (approve_calendar, decline_calendar):
        with pytest.raises(CalendarDecided):
            decide(office.house, first.digest, "binh")

    assert (first.digest, True) == (same.digest, anew.digest != first.digest)


def test_approving_again_moves_what_was_left_behind() -> None:
    """While the approved calendar is in force; what followed it already stays as it is."""
    office = Office()
    office.accepted()
    made = propose_calendar(office.house, change(office, DAY), "an")
    first = approve_calendar(office.house, made.digest, "binh")
    again = approve_calendar(office.house, made.digest, "binh")
    other = propose_calendar(office.house, change(office, replace(DAY, day=date(2026, 3, 5))), "an")
    approve_calendar(office.house, other.digest, "binh")

    assert (1, 0) == (first.moved, again.moved)
    with pytest.raises(CalendarDecided):
        approve_calendar(office.house, made.digest, "binh")


def test_a_proposal_for_a_calendar_that_moved_on_is_not_approved() -> None:
    """It would take back what came into force meanwhile."""
    office = Office()
    stale = propose_calendar(office.house, change(office, DAY), "an")
    other = propose_calendar(office.house, change(office, replace(DAY, day=date(2026, 3, 5))), "an")
    approve_calendar(office.house, other.digest, "binh")
    with pytest.raises(CalendarMovedOn):
        approve_calendar(office.house, stale.digest, "binh")


def test_a_swap_has_a_day_off_and_a_make_up_day() -> None:
    """Taking the day off back leaves a make-up day that pays back nothing, so it is refused."""
    office = Office()
    made = propose_calendar(office.house, change(office, DAY, SATURDAY), "an")
    approve_calendar(office.house, made.digest, "binh")
    known = definition_in_force(office.house, "vn-gov")
    assert known is not None
    [year] = [one for one in known[0].years if one.year == 2026]

    assert [(OFF, False), (SATURDAY.day, True)] == [(one.day, one.working) for one in year.exceptions]
    with pytest.raises(UnfitCalendarChange):
        result_of(office.house, change(office, DayChange(OFF, Becomes.USUAL)))


def test_the_next_year_may_be_added_and_none_beyond_it() -> None:
    """Years follow each other without a gap."""
    office = Office()
    last = max(one.year for one in definition().years)
    wanted = change(office, replace(DAY, day=_weekday(last + 1)), year=last + 1, status="draft")

    assert last + 1 == max(one.year for one in result_of(office.house, wanted).years)
    with pytest.raises(UnfitCalendarChange):
        result_of(office.house, replace(wanted, year=last + 2))


def _weekday(year: int) -> date:
    """The first Wednesday of a year."""
    return next(date(year, 1, day) for day in range(1, 8) if date(year, 1, day).weekday() == 2)


@pytest.mark.parametrize(
    "days",
    [
        (replace(DAY, day=date(2027, 3, 4)),),
        (DAY, DAY),
        (replace(DAY, day=date(2026, 3, 7)),),
        (replace(SATURDAY, day=date(2026, 3, 5)),),
        (DayChange(OFF, Becomes.USUAL),),
        (replace(DAY, reason_vi=" "),),
        (replace(DAY, document=""),),
        (replace(DAY, source="x" * 301),),
        (),
    ],
    ids=["year", "twice", "rest", "worked", "usual", "reason", "paper", "long", "nothing"],
)
def test_a_change_that_cannot_be_is_refused(days: tuple[DayChange, ...]) -> None:
    """Nothing is proposed."""
    office = Office()
    with pytest.raises(UnfitCalendarChange):
        propose_calendar(office.house, change(office, *days), "an")
    assert [] == proposals(office.house)
