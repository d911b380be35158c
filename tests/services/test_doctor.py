"""The doctor: what each check says, when it warns and when it fails."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from machines import Machine, watched
from world import START, Office, calendar

from motcua.services.adopting import adopt_calendar
from motcua.services.doctor import Check, Folder, Status, Surroundings, examine, healthy
from motcua.services.installation import Installation
from motcua.services.ports import DatabaseNotReady
from motcua.services.timekeeping import confirm, look
from motcua.services.watch import Watch
from states.calendar import CalendarYear

ROOM = Folder("database", "somewhere", 2**40)


def found(**changes: Any) -> Surroundings:
    """Surroundings in which nothing is wrong."""
    well = Surroundings((3, 11, 2), START, "sqlite:///x.db", "1", "1", folders=(ROOM,))
    return replace(well, **changes)


def statuses(checks: list[Check]) -> dict[str, Status]:
    """The status of each check by its name."""
    return {check.name: check.status for check in checks}


def wrong(checks: list[Check]) -> dict[str, Status]:
    """The checks that are not ok."""
    return {name: status for name, status in statuses(checks).items() if status is not Status.OK}


def real(office: Office) -> Installation:
    """The office's house, as one of real time whose database has no clock."""
    return replace(office.house, virtual=False, watch=Watch(None, timedelta(minutes=5)))


def closed() -> DatabaseNotReady:
    """A database that is not there."""
    return DatabaseNotReady(database="x", reason="gone", reason_vi="mất", remedy="Look.", remedy_vi="Tìm.")


def test_a_sound_installation_has_nothing_but_ok() -> None:
    """Every check is made, and none complains; a warning would be no failure."""
    office = Office()
    office.store.append([replace(record, stream="system") for record in office.rows("calendar:vn-gov")])
    checks = examine(found(), real(office))

    assert {} == wrong(checks)
    assert healthy(checks)
    assert [
        "python",
        "settings",
        "database",
        "migrations",
        "disk:database",
        "clock",
        "clock_hold",
        "calendars",
        "log",
        "dead_letters",
        "outbox",
        "portal",
        "timers",
    ] == list(statuses(checks))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"python": (3, 10, 9)}, {"python": "fail"}),
        ({"unset": closed()}, {"settings": "fail"}),
        ({"exposed": ("smtp",)}, {"settings": "warn"}),
        ({"revision": "0"}, {"migrations": "fail"}),
        ({"folders": (replace(ROOM, free=2**29),)}, {"disk:database": "warn"}),
        ({"folders": (replace(ROOM, free=2**20),)}, {"disk:database": "fail"}),
        ({"closed": closed(), "revision": None}, {"database": "fail", "migrations": "fail"}),
    ],
)
def test_what_is_wrong_around_the_database_is_told(
    changes: dict[str, Any], complaint: dict[str, str]
) -> None:
    """Each trouble fails or warns by itself, in both languages, also where no database opens."""
    checks = examine(found(**changes), None)

    assert complaint == wrong(checks)
    assert all(check.said.vi and check.said.en for check in checks)
    assert ("fail" not in complaint.values()) == healthy(checks)


@pytest.mark.parametrize(("late", "status"), [(1, "ok"), (60, "warn"), (301, "fail")])
def test_a_clock_that_disagrees_is_told(late: int, status: str) -> None:
    """Seconds are worth a warning, more than five minutes stop everything; both directions count."""
    office = Office()
    office.accepted()
    office.store.clock = office.clock.at
    house = real(office)
    behind, before = (office.clock.at + timedelta(seconds=sign * late) for sign in (1, -1))

    assert [status] * 2 == [statuses(examine(found(at=at), house))["clock"] for at in (behind, before)]


def test_a_hold_after_a_step_of_the_clock_is_a_finding() -> None:
    """It fails, with the size of the step and the command that ends it, until a person has confirmed."""
    machine = Machine()
    office = watched(machine=machine)
    office.accepted()
    machine.step(days=3)
    look(office.house)
    held = next(check for check in examine(found(), office.house) if check.name == "clock_hold")
    confirm(office.house, "operator", right=True)

    assert ("fail", 3 * 86_400) == (held.status, held.facts["ahead_seconds"])
    assert held.remedy is not None
    assert "motcua clock confirm" in held.remedy.en
    assert "ok" == statuses(examine(found(), office.house))["clock_hold"]


def test_a_record_from_the_future_is_told() -> None:
    """After the clock was set back an hour the last record lies ahead."""
    office = Office()
    office.accepted()

    assert "fail" == statuses(examine(found(at=START - timedelta(hours=1)), real(office)))["clock"]


@pytest.mark.parametrize(
    ("years", "month", "status"),
    [
        ((("2026", "signed"), ("2027", "draft")), 3, "warn"),
        ((("2026", "signed"),), 3, "warn"),
        ((("2026", "signed"),), 10, "fail"),
        ((("2026", "draft"), ("2027", "signed")), 3, "warn"),
        ((("2025", "signed"),), 3, "fail"),
    ],
)
def test_calendars_of_this_year_and_the_next_are_looked_at(
    years: tuple[tuple[str, str], ...], month: int, status: str
) -> None:
    """A draft is worth a warning; a year that terms already reach into must be there."""
    office = Office()
    known = tuple(CalendarYear(int(year), state, ()) for year, state in years)
    adopt_calendar(office.house, replace(calendar().definition, years=known), "admin")
    office.clock.at = START.replace(month=month)

    assert status == statuses(examine(found(at=office.clock.at), office.house))["calendars"]


def test_dead_letters_and_lags_are_told() -> None:
    """A dead letter warns; messages and wake-ups that nobody works off warn, then fail."""
    office = Office()
    office.accepted()
    office.wait(days=1, hours=2)
    office.store.failed(office.store.waiting(1)[0].notice.id, None, "no")
    soon = statuses(examine(found(), office.house))
    office.pass_time(days=3)
    late = statuses(examine(found(), office.house))

    assert ("warn", "ok", "ok") == (soon["dead_letters"], soon["outbox"], soon["timers"])
    assert ("fail", "fail") == (late["outbox"], late["timers"])


def test_a_check_that_breaks_leaves_the_others() -> None:
    """Without calendars in force one check fails with the way out, the rest is told all the same."""
    office = Office()
    office.store._state.adoptions.clear()
    office.house.worlds._directory = None
    checks = examine(found(), office.house)

    assert "fail" == statuses(checks)["calendars"]
    assert "ok" == statuses(checks)["outbox"]
