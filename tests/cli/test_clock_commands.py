"""motcua clock: a step seen between two processes, its confirmation, and what the doctor says meanwhile."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import Said, motcua

from motcua.adapters.clock import read_uptime
from motcua.store.store import open_store


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest) -> str:
    """A database of real time as `db upgrade` leaves it, on which a process has looked at the clock."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    assert 0 == motcua("db", "upgrade", "--db", url).code
    assert not run(url, "status")["held"]
    return url


def run(db: str, *arguments: str) -> dict[str, object]:
    """Run a command on the clock that succeeds; return what it says as JSON."""
    said = motcua("clock", *arguments, "--db", db, "--json")
    assert 0 == said.code, said
    told: dict[str, object] = said.json
    return told


def step(db: str, **amount: float) -> None:
    """Make the last look lie as if the clock had been set since: nobody sets the clock of a machine for a test."""
    with open_store(db) as store:
        known = store.beat(read_uptime().boot)
        assert known is not None
        store.set_beat(known, replace(known, wall=known.wall - timedelta(**amount)))


def refused(db: str, *arguments: str) -> Said:
    """Run a confirmation that is refused as a conflict."""
    said = motcua("clock", "confirm", "--by", "an", *arguments, "--db", db, "--json")
    assert 5 == said.code, said
    return said


def test_a_clock_that_is_right_is_confirmed(db: str) -> None:
    """The step shows in status and doctor, which fails; a person's word ends it, and both are on the record."""
    step(db, days=3)
    held = run(db, "status")
    ill = motcua("doctor", "--db", db, "--json")
    confirmed = run(db, "confirm", "--by", "An", "--right")
    well = motcua("doctor", "--db", db, "--json")

    assert (True, 3) == (held["held"], round(int(str(held["ahead_seconds"])) / 86_400))
    assert (8, 0) == (ill.code, well.code)
    assert ["clock_hold"] == [c["name"] for c in ill.json["checks"] if c["status"] == "fail"]
    assert (False, True) == (confirmed["held"], confirmed["right"])
    with open_store(db) as store:
        assert ["clock_step"] * 2 == [row.type for row in store.records("system")][-2:]
        assert '"actor":"an"' in store.records("system")[-1].raw


def test_a_clock_that_was_wrong_is_confirmed_when_it_was_put_back(db: str) -> None:
    """While it stands ahead the confirmation is refused; afterwards there is nothing to confirm."""
    step(db, hours=2)
    assert "ClockStillAhead" == refused(db, "--wrong").error
    step(db, hours=-2)
    assert 0 == run(db, "confirm", "--by", "an", "--wrong")["ahead_seconds"]
    assert "NoClockHold" == refused(db, "--right").error


def test_a_worker_and_a_sweep_see_the_step_too(db: str, tmp_path: Path) -> None:
    """Each process looks when it starts; a limit that the settings raise makes it none."""
    step(db, minutes=8)
    patient = {"MOTCUA_CLOCK_STEP_MINUTES": "10", "MOTCUA_MAILBOX": str(tmp_path)}
    assert 0 == motcua("worker", "--once", "--db", db, **patient).code
    assert not run(db, "status")["held"]
    step(db, minutes=8)
    assert 0 == motcua("sla", "sweep", "--db", db).code
    assert run(db, "status")["held"]


def test_people_read_how_the_clock_stands(db: str) -> None:
    """In words, in both languages, with what to do; without a verdict a confirmation is a usage error."""
    before = motcua("clock", "status", "--db", db, "--lang", "en").out
    step(db, days=1)
    during = motcua("clock", "status", "--db", db, "--lang", "vi")

    assert "nothing held" in before
    assert "tạm giữ" in during.out
    assert "--right" in during.err
    assert 2 == motcua("clock", "confirm", "--by", "an", "--db", db).code
