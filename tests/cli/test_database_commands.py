"""db upgrade, db status, publish and calendar adopt, on databases of their own."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import motcua

from motcua.bootstrap import ClockNotVirtual, VirtualClock, open_house

HOUSEHOLD = "1.001612"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `db upgrade` leaves it."""
    file = tmp_path_factory.mktemp("template") / "motcua.db"
    assert 0 == motcua("db", "upgrade", "--db", file).code
    return file


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(template, tmp_path / "motcua.db"))


def types_of(db: Path) -> list[str]:
    """The types of the records of the system stream."""
    with open_house(str(db)) as house:
        return [record.type for record in house.store.records("system")]


def test_a_new_database_is_ready_for_work(db: Path) -> None:
    """It has a log name, a calendar and a directory in force, all on the record."""
    status = motcua("db", "status", "--db", db, "--json").json

    assert ["vn-gov"] == list(status["calendars"])
    assert 1 == len(status["directories"])
    assert status["log"]
    assert status["virtual_time"] is None
    assert ["schema_change"] == types_of(db)


def test_upgrading_again_changes_nothing(db: Path) -> None:
    """A second upgrade adopts nothing and writes no record."""
    said = motcua("db", "upgrade", "--db", db, "--json").json

    assert ({}, said["revision"]) == (said["adopted"], said["before"])
    assert ["schema_change"] == types_of(db)


def test_the_log_keeps_the_name_it_was_given(db: Path) -> None:
    """The log's name is settled when the database is made; a later setting does not change it."""
    said = motcua("db", "upgrade", "--db", db, "--json", MOTCUA_LOG_ORIGIN="other.example/audit").json

    assert "other.example/audit" != said["log"]


def test_virtual_time_is_for_new_databases_only(db: Path, tmp_path: Path) -> None:
    """The first system record of a database of virtual time says so; a database with records refuses."""
    late = motcua("db", "upgrade", "--db", db, "--virtual-time", "2026-08-31T07:00", "--json")
    fresh = tmp_path / "virtual.db"
    said = motcua("db", "upgrade", "--db", fresh, "--virtual-time", "2026-08-31T07:00", "--json")

    assert (5, "NotFresh") == (late.code, late.error)
    assert "2026-08-31T00:00:00+00:00" == said.json["virtual_time"]
    assert ["virtual_time", "schema_change"] == types_of(fresh)
    with open_house(str(fresh)) as house:
        assert "2026-08-31T00:00:00+00:00" == house.now().isoformat()


def test_the_clock_of_real_time_cannot_be_replaced(db: Path) -> None:
    """A clock of one's own is refused by a database that keeps real time."""
    with open_house(str(db)) as house:
        now = house.now()

    with pytest.raises(ClockNotVirtual), open_house(str(db), virtual=VirtualClock(now)):
        pass


@pytest.mark.parametrize(
    "command", [["db", "status"], ["publish", "--list"], ["calendar", "adopt", "--by", "x"]]
)
def test_a_missing_database_is_not_ready(command: list[str], tmp_path: Path) -> None:
    """Every command on a database that does not exist exits with 8, and creates nothing."""
    missing = tmp_path / "missing.db"
    said = motcua(*command, "--db", missing, "--json")

    assert (8, "DatabaseNotReady") == (said.code, said.error)
    assert not missing.exists()


def test_a_second_person_puts_a_procedure_in_force(db: Path) -> None:
    """Publish prints a digest; its proposer cannot approve it, another can; the list shows both."""
    proposed = motcua("publish", HOUSEHOLD, "--by", "an", "--db", db)
    digest = proposed.out.strip()
    own = motcua("publish", "--approve", digest, "--by", "an", "--db", db, "--json")
    second = motcua("publish", "--approve", digest, "--by", "binh", "--db", db, "--json")
    [listed] = motcua("publish", "--list", "--db", db, "--json").json

    assert (0, 64) == (proposed.code, len(digest))
    assert (9, "SamePerson") == (own.code, own.error)
    assert (digest, True) == (second.json["digest"], second.json["in_force"])
    assert ("an", "binh") == (listed["proposed_by"], listed["approved_by"])


def test_the_data_of_a_version_in_force_is_described(db: Path) -> None:
    """`schema --data` with --db describes the version in force, and finds none before."""
    assert 4 == motcua("schema", "--data", HOUSEHOLD, "--db", db).code

    digest = motcua("publish", HOUSEHOLD, "--by", "an", "--db", db).out.strip()
    motcua("publish", "--approve", digest, "--by", "binh", "--db", db)
    described = motcua("schema", "--data", HOUSEHOLD, "--db", db)

    assert motcua("schema", "--data", HOUSEHOLD).json == described.json


def test_an_unknown_digest_and_a_missing_name_are_refused(db: Path) -> None:
    """Nothing was proposed with that digest: 4. Nobody is named, or two things are asked: 2."""
    assert 4 == motcua("publish", "--approve", "0" * 64, "--by", "an", "--db", db).code
    assert 2 == motcua("publish", HOUSEHOLD, "--db", db).code
    assert 2 == motcua("publish", HOUSEHOLD, "--list", "--by", "an", "--db", db).code


def test_a_broken_procedure_is_not_published(db: Path, tmp_path: Path) -> None:
    """A file with errors exits with 3 and nothing is proposed."""
    file = tmp_path / "procedure.yaml"
    file.write_text("procedure: {}\n", encoding="utf-8")

    assert (3, "InvalidFile") == (
        (said := motcua("publish", file, "--by", "an", "--db", db, "--json")).code,
        said.error,
    )
    assert [] == motcua("publish", "--list", "--db", db, "--json").json


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[], str]:
    """Make a copy of the config folder in which 2 March 2026 is off, and return its path."""

    def make() -> str:
        config = tmp_path / "config"
        shutil.copytree("config", config)
        file = config / "calendars" / "vn-gov" / "2026.yaml"
        text = file.read_text(encoding="utf-8")
        day = '  - {day: 2026-03-02, label: {vi: "Nghỉ", en: "Off"}, source: "x", document: null, verified: false}\n'
        file.write_text(text.replace("off:\n", f"off:\n{day}", 1), encoding="utf-8")
        return str(config)

    return make


def test_a_changed_calendar_is_compared_and_adopted(db: Path, changed: Callable[[], str]) -> None:
    """`check --db` tells the day that differs; `adopt` puts the change in force, and then nothing differs."""
    config = changed()
    before = motcua("calendar", "check", "--db", db, "--json", MOTCUA_CONFIG=config).json
    adopted = motcua("calendar", "adopt", "--by", "an", "--db", db, "--json", MOTCUA_CONFIG=config)
    after = motcua("calendar", "check", "--db", db, "--json", MOTCUA_CONFIG=config).json
    due = ("due", "--from", "2026-02-27T10:00", "--term", "1 working_days")

    assert (True, ["2026-03-02"]) == (before["ok"], [item["date"] for item in before["differences"]])
    assert 0 == adopted.json["adopted"]["vn-gov"]["open"]
    assert [] == after["differences"]
    assert "2026-03-03T17:00+07:00" == motcua("calendar", *due, "--db", db).out.strip()
    assert "2026-03-02T17:00+07:00" == motcua("calendar", *due).out.strip()


def test_a_postgresql_database_gets_the_same(postgres_url: str) -> None:
    """On PostgreSQL `db upgrade` adopts and `publish` records as on SQLite."""
    said = motcua("db", "upgrade", "--db", postgres_url, "--json").json
    proposed = motcua("publish", HOUSEHOLD, "--by", "an", "--db", postgres_url)
    status = motcua("db", "status", "--db", postgres_url, "--json").json

    assert {"vn-gov"} < set(said["adopted"])
    assert [proposed.out.strip()] == [version["digest"] for version in status["procedures"]]


def test_no_error_prints_the_password_of_a_database() -> None:
    """A server that cannot be reached exits with 8, and the message hides the password."""
    url = "postgresql://motcua:secret@127.0.0.1:1/none"
    said = motcua("db", "status", "--db", url, "--json")

    assert (8, "DatabaseNotReady") == (said.code, json.loads(said.err)["error"]["code"])
    assert "secret" not in said.err
