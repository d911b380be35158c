"""Calendars and the directory in force: adopted with a record, and open deadlines follow."""

import json
from datetime import date, timedelta

from world import LEAD, Office, calendar, definition, directory

from motcua.services.adopting import adopt_calendar, adopt_directory

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
