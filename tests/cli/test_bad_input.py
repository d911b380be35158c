"""Whatever is asked wrongly gets a clear no with its exit code, in two languages, and leaves nothing behind."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from command_line import Said, motcua
from sqlalchemy import Engine, event

from motcua.store.store import open_store

PROCEDURE = "1.009756"
CODE = "H99.05-260302-0001"
COUNTER, UNIT_HEAD, HEAD = "cb.h99.01-6", "cb.h99.05-4", "cb.h99.05-1"
PAPERS = ["de_nghi", "tu_cach", "de_xuat_du_an"]
NOON = ("--at", "2026-03-02T11:00")
NEW = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-")


def prepared(file: Path, began: str) -> Path:
    """A database of virtual time with the procedure in force."""
    assert 0 == motcua("db", "upgrade", "--db", file, "--virtual-time", began).code
    digest = motcua("publish", PROCEDURE, "--by", "an", "--db", file, "--json").json["digest"]
    assert 0 == motcua("publish", "--approve", digest, "--by", "binh", "--db", file).code
    return file


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one dossier, accepted at the desk and by the competent agency."""
    file = prepared(tmp_path_factory.mktemp("bad") / "motcua.db", "2026-03-02T07:00")
    data = json.dumps({"agency": "H99.05", "documents": PAPERS})
    assert 0 == motcua(*NEW, "--db", file, stdin=data).code
    accept = ("dossier", "send", CODE, "accept", "--as", COUNTER, "--expect", 1)
    take_over = ("handoff", "accept", CODE, "assigning", "--as", UNIT_HEAD)
    for command in (accept, take_over):
        assert 0 == motcua(*command, "--at", "2026-03-02T07:30", "--db", file).code
    return file


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(template, tmp_path / "motcua.db"))


def content(db: Path) -> list[Any]:
    """Every row of every table, but for what is known of refusals themselves."""
    with closing(sqlite3.connect(db)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        found = [connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables.fetchall()]
        return [
            [row for row in rows if not any(str(one).startswith("access:") for one in row)] for rows in found
        ]


def denials(db: Path) -> list[str]:
    """Whose refusals are recorded."""
    with closing(sqlite3.connect(db)) as connection:
        return [
            row[0] for row in connection.execute("SELECT stream FROM records WHERE stream LIKE 'access:%'")
        ]


def refused(db: Path, code: int, *arguments: object, stdin: str = "") -> Said:
    """Run a command that must be refused; nothing may be written, and both languages must be there."""
    before = content(db)
    said = motcua(*arguments, "--db", db, "--json", stdin=stdin)
    message = json.loads(said.err)["error"]["message"]
    assert (code, before, "") == (said.code, content(db), said.out), said
    assert message["vi"] != message["en"]
    return said


def send(transition: str, officer: str = UNIT_HEAD, version: int = 3, code: str = CODE) -> tuple[object, ...]:
    """A command that sends a transition before anything is due."""
    at = ("--at", "2026-03-02T07:31")
    return ("dossier", "send", code, transition, "--as", officer, "--expect", version, *at, "--data", "-")


@pytest.mark.parametrize(
    ("code", "error", "command"),
    [
        (5, "TransitionRefused", send("fly")),
        (5, "TransitionRefused", send("sign", HEAD)),
        (5, "TransitionRefused", send("stop", HEAD)),
        (9, "NotAuthorised", send("assign", HEAD)),
        (9, "NotAuthorised", send("assign", "applicant")),
        (9, "UnknownOfficer", send("assign", "nobody")),
        (5, "StaleDossier", send("assign", version=1)),
        (4, "DossierNotFound", send("assign", code="H99.05-260302-0002")),
        (3, "MalformedCode", send("assign", code="H99.05-260302-1")),
        (3, "MalformedCode", ("dossier", "show", "' OR 1=1")),
        (3, "MalformedCode", ("audit", "replay", "x" * 500)),
        (4, "DossierNotFound", ("audit", "show", "H99.05-260302-0002")),
        (
            4,
            "TaskNotFound",
            ("task", "claim", CODE, "signing#9", "--as", UNIT_HEAD, "--at", "2026-03-02T07:31"),
        ),
        (3, "InvalidInstant", ("dossier", "show", CODE, "--at", "yesterday")),
        (3, "LeapSecond", (*send("assign")[:8], "--at", "2026-03-02T07:31:60", "--data", "-")),
        (3, "LeapSecond", ("sla", "sweep", "--at", "2026-03-02T00:31:60Z")),
        (3, "InvalidInstant", (*send("assign")[:8], "--at", "2026-03-02T07:31+7", "--data", "-")),
        (3, "CalendarHorizonError", ("dossier", "show", CODE, "--at", "2031-01-01T08:00")),
        (4, "ProcedureNotFound", ("dossier", "new", "9.999999", *NEW[3:])),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_not_possible_is_refused(
    db: Path, code: int, error: str, command: tuple[object, ...]
) -> None:
    """Unknown, not from here, not by them, not any more: each has its error and its exit code."""
    data = json.dumps({"agency": "H99.05"} if "new" in command else {})

    assert error == refused(db, code, *command, stdin=data).error


def test_what_somebody_may_not_do_is_recorded_as_denied(db: Path) -> None:
    """A refusal for want of a right leaves one record, in the stream of whoever tried; another refusal leaves none."""
    refused(db, 9, *send("assign", HEAD), stdin="{}")
    refused(db, 4, "dossier", "new", "9.999999", *NEW[3:], stdin="{}")

    assert [f"access:{HEAD}"] == denials(db)


def test_a_second_extension_is_a_conflict(db: Path) -> None:
    """The appointment moves once."""
    data = json.dumps({"reason": "x", "by": {"working_hours": 1.5}})
    assert 0 == motcua(*send("extend", HEAD), "--db", db, stdin=data).code

    assert "TransitionRefused" == refused(db, 5, *send("extend", HEAD, 4), stdin=data).error


@pytest.mark.parametrize(
    "by",
    [
        '{"working_hours": 0}',
        '{"fortnights": 1}',
        '{"hours": 1E400000000}',
        '{"hours": NaN}',
        '{"hours": 1, "months": 1}',
    ],
)
def test_an_extension_by_no_sensible_time_is_refused(db: Path, by: str) -> None:
    """However large or strange the number, the answer comes at once."""
    refused(db, 3, *send("extend", HEAD), stdin=f'{{"reason": "x", "by": {by}}}')


def test_nothing_follows_the_end(db: Path) -> None:
    """A withdrawn dossier takes no transition."""
    assert 0 == motcua(*send("withdraw", "applicant"), "--db", db, stdin="{}").code

    assert "TransitionRefused" == refused(db, 5, *send("assign", version=4), stdin="{}").error


@pytest.mark.parametrize(
    ("error", "data"),
    [
        ("InvalidData", ""),
        ("InvalidData", "[]"),
        ("InvalidData", "{"),
        ("InvalidData", '{"agency": 7}'),
        ("InvalidData", '{"agency": "H99.05", "colour": "red"}'),
        ("InvalidData", '{"agency": "H99.05", "agency": "H99.06"}'),
        ("InvalidData", '{"agency": "H99.05", "applicant": {"a": 1, "a": 2}}'),
        ("InvalidData", '{"agency": "H99.05", "facts": []}'),
        ("InvalidData", '{"agency": "H99.05", "documents": [1]}'),
        ("InvalidData", '{"agency": "H99.05", "legal_date": "31/02/2026"}'),
        ("InvalidData", '{"agency": "H99.05", "applicant": {"a": "\\u0000"}}'),
        ("InvalidData", json.dumps({"agency": "H99.05", "applicant": {"a": "x" * 300_000}})),
        ("InvalidData", '{"agency": "H99.05", "applicant": ' + "[" * 50_000),
        ("NotCanonical", '{"agency": "H99.05", "applicant": {"a": ' + "[" * 40 + "]" * 40 + "}}"),
        ("NotCanonical", '{"agency": "H99.05", "applicant": {"a": 1.5}}'),
        ("NotCanonical", '{"agency": "H99.05", "applicant": {"a": "\\ud800"}}'),
        ("NotCanonical", '{"agency": "H99.05", "applicant": {"a": NaN}}'),
        ("InvalidData", '{"agency": "H99.05", "applicant": {"name": {"first": "Hoa"}}}'),
        ("InvalidFacts", '{"agency": "H99.05", "facts": {"colour": "red"}}'),
        ("InvalidFacts", '{"agency": "H99.05", "documents": ["poem"]}'),
        ("PartyUnbound", '{"agency": "H99.06"}'),
    ],
    ids=lambda value: value[:60],
)
def test_data_that_does_not_fit_is_refused(db: Path, error: str, data: str) -> None:
    """Neither a broken file nor a wrong value takes a number or leaves a row."""
    assert error == refused(db, 3, *NEW, *NOON, stdin=data).error


def test_a_name_in_another_unicode_form_is_the_same_name(db: Path) -> None:
    """Decomposed letters are composed before they are committed to."""
    data = json.dumps({"agency": "H99.05", "documents": PAPERS, "applicant": {"name": "Nguye\u0302\u0303n"}})

    assert 0 == motcua(*NEW, *NOON, "--db", db, stdin=data).code
    with closing(sqlite3.connect(db)) as connection:
        assert [('"Nguyễn"',)] == connection.execute("SELECT value FROM personal_data").fetchall()


def test_a_deadline_beyond_the_calendars_is_refused(tmp_path: Path) -> None:
    """No calendar file for the year that the deadline reaches into: exit 3, and no dossier."""
    file = prepared(tmp_path / "late.db", "2027-12-31T16:30")
    data = json.dumps({"agency": "H99.05", "documents": PAPERS})

    assert "CalendarHorizonError" == refused(file, 3, *NEW, stdin=data).error


def test_a_database_of_real_time_keeps_its_own_clock(tmp_path: Path) -> None:
    """Writing with --at is refused there."""
    file = tmp_path / "real.db"
    assert 0 == motcua("db", "upgrade", "--db", file).code

    assert "ClockNotVirtual" == refused(file, 3, "sla", "sweep", *NOON).error


def test_a_missing_or_foreign_database_is_not_ready(tmp_path: Path) -> None:
    """Neither is made on the way; the error says how to make one."""
    missing, foreign, text = tmp_path / "no.db", tmp_path / "foreign.db", tmp_path / "text.db"
    sqlite3.connect(foreign).close()
    foreign.touch()
    text.write_text("not a database, but a text that is long enough to look at" * 20)

    for file in (missing, foreign, text):
        said = motcua("dossier", "list", "--db", file, "--json")
        assert (8, "DatabaseNotReady") == (said.code, said.error)
    assert not missing.exists()


def test_a_missing_data_file_is_not_found(db: Path, tmp_path: Path) -> None:
    """It is told from a file that is there and wrong."""
    absent = tmp_path / "absent.json"

    refused(db, 4, "dossier", "new", PROCEDURE, "--channel", "counter", "--data", absent)


def test_a_locked_database_is_not_ready(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the lock nothing is written, and the error says to wait."""
    monkeypatch.setattr(open_store, "__defaults__", (timedelta(milliseconds=30),))
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = refused(db, 8, *send("assign"), stdin="{}")

    assert "lock" in said.err
    assert 0 == motcua(*send("assign"), "--db", db, stdin="{}").code


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No SQLite file may grow."""

    def freeze(driver: Any, _: object) -> None:
        driver.execute("PRAGMA max_page_count = 1")

    event.listen(Engine, "connect", freeze)
    yield
    event.remove(Engine, "connect", freeze)


def test_a_full_disk_leaves_nothing_half_written(db: Path, full_disk: None) -> None:
    """Neither dossier nor record nor number remains of an intake that found no room."""
    data = {"agency": "H99.05", "documents": PAPERS, "applicant": {"note": "x" * 200_000}}

    said = refused(db, 8, *NEW, *NOON, stdin=json.dumps(data))

    assert "disk is full" in said.err
    assert 0 == motcua("audit", "verify", "--db", db).code


@pytest.mark.parametrize(
    "command",
    [
        ("dossier", "send", CODE, "assign", "--as", UNIT_HEAD),
        ("dossier", "send", CODE, "assign", "--as", UNIT_HEAD, "--expect", "two"),
        ("dossier", "list", "--limit", "0"),
        ("worker", "--every", "0"),
        ("task", "steal"),
    ],
)
def test_a_command_that_is_not_understood_is_a_usage_error(command: tuple[str, ...]) -> None:
    """Missing and impossible options end with 2 before any database is opened."""
    assert 2 == motcua(*command).code
