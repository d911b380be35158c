"""Calendars and the directory in force: adopted with a record, and open deadlines follow."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from world import LEAD, WEEK, Office, calendar, definition, directory

from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.ports import Stored
from states.calendar import CalendarDefinition, CalendarYear, DayException

OFF = date(2026, 3, 4)


def kinds(office: Office, code: str) -> list[str]:
    """Kinds of events in the last record of a dossier."""
    return [event["kind"] for event in json.loads(office.raws(code)[-1])["events"]]


def test_a_day_off_moves_every_open_deadline_behind_it_with_a_record() -> None:
    """The legal term grows by the day; the record names the new calendar; the version does not grow."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code)

    done = adopt_calendar(office.house, definition(OFF), "admin")
    after = office.store.load(code)

    assert (1, 1, 0) == (done.open, done.moved, done.outrun)
    assert {"clock_recomputed"} == set(kinds(office, code))
    assert before.dossier.version == after.dossier.version
    due_day = before.dossier.clocks["legal"].due_date
    assert due_day is not None
    assert calendar(OFF).working_day_after(due_day, 1) == after.dossier.clocks["legal"].due_date


def test_a_dossier_that_ended_keeps_its_deadlines() -> None:
    """Closed deadlines are never touched."""
    office = Office()
    code = office.accepted()
    office.send(code, "withdraw", None)
    before = office.store.load(code)

    done = adopt_calendar(office.house, definition(OFF), "admin")

    assert (0, 0) == (done.open, done.moved)
    assert before == office.store.load(code)


def test_what_was_due_under_the_old_calendar_fires_before_the_new_one_counts() -> None:
    """Adopting first lets pass what had fallen due."""
    office = Office()
    code = office.accepted()
    office.pass_time(days=1, hours=2)

    adopt_calendar(office.house, definition(OFF), "admin")

    fired = office.store.load(code).dossier.clocks["step:appraising"].fired
    assert ("warn", "due") == fired[:2]


def test_adopting_the_calendar_in_force_changes_nothing() -> None:
    """No record, no dossier touched."""
    office = Office()
    office.accepted()
    before = len(list(office.store.all_records()))

    done = adopt_calendar(office.house, definition(), "admin")

    assert (0, before) == (done.moved, len(list(office.store.all_records())))


def test_the_sweep_wakes_at_the_moved_instant() -> None:
    """A warning that fell on a day which is now off is due on the next working day."""
    office = Office()
    office.pass_time(hours=6)
    office.open()
    before = office.store.next_wake()

    adopt_calendar(office.house, definition(date(2026, 3, 3)), "admin")

    assert before is not None
    assert before + timedelta(days=1) == office.store.next_wake()


def test_a_new_directory_is_what_the_next_decision_looks_at() -> None:
    """It is recorded in the registry's stream; the digest goes into the following records."""
    office = Office()
    code = office.accepted()

    digest = adopt_directory(office.house, directory("colleague"), "admin")
    office.house.worlds.refresh()
    office.send(code, "appraise", "officer")

    assert digest == json.loads(office.raws(code)[-1])["directory"]
    assert "registry" == office.store.records("registry:H99")[-1].type
    assert ("officer",) == office.house.worlds.directory.holders(LEAD, "officer", OFF)


def opened_under(before: CalendarDefinition, *then: CalendarDefinition, since: datetime) -> Stored:
    """A dossier that was accepted under one calendar and lived to see the others put in force."""
    office = Office()
    office.clock.at = since
    adopt_calendar(office.house, before, "admin")
    code = office.accepted()
    for changed in then:
        adopt_calendar(office.house, changed, "admin")
    return office.store.load(code)


def dues(stored: Stored) -> list[tuple[str, int, datetime | None, date | None]]:
    """When each clock is due, and in which epoch."""
    return [(c.id, c.epoch, c.due, c.due_date) for c in stored.dossier.clocks.values()]


def year_of(year: int, *exceptions: DayException) -> CalendarDefinition:
    """The usual week in one year and the next, apart from some days off or made up for."""
    years = (CalendarYear(year, "signed", exceptions), CalendarYear(year + 1, "signed", ()))
    return replace(definition(), makeup_hours=WEEK[0], years=years)


def day(text: str, works: bool = False) -> DayException:
    """A day off, or one that is worked instead."""
    return DayException(date.fromisoformat(text), works, "ngày", "day", "invented", True)


TET = tuple(day(f"2027-02-0{number}") for number in (5, 8, 9))
SOONER = (*TET, day("2027-02-13", works=True))
CHANGES = {
    "29 February becomes a day off": ("2028-02-24", (), (day("2028-02-29"),)),
    "29 February is worked after all": (
        "2028-02-24",
        (day("2028-02-28"), day("2028-02-29")),
        (day("2028-02-28"),),
    ),
    "Tết is announced": ("2027-02-02", (), TET),
    "Tết gets a make-up Saturday": ("2027-02-02", TET, SOONER),
    "the make-up day is taken back": ("2027-02-02", SOONER, TET),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_year_under_way_leaves_what_it_would_be_had_it_always_been_so(change: str) -> None:
    """Terms of a running dossier move to where the new calendar has them from the start, and back; no new epoch."""
    opened, old, new = CHANGES[change]
    since = datetime.fromisoformat(f"{opened}T02:00+00:00")
    before, after = (year_of(since.year, *exceptions) for exceptions in (old, new))

    always, moved = opened_under(after, since=since), opened_under(before, after, since=since)
    kept, there_and_back = opened_under(before, since=since), opened_under(before, after, before, since=since)

    assert dues(always) == dues(moved) != dues(kept) == dues(there_and_back)
    assert [c.original_due for c in kept.dossier.clocks.values()] == [
        c.original_due for c in moved.dossier.clocks.values()
    ]
