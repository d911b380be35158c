"""motcua doctor and motcua outbox, on real databases and on what is broken."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from changes import dossier, notice, opening
from command_line import Said, motcua
from mail_server import Postbox, serving

from motcua.bootstrap import notice_channel, open_house, read_settings
from motcua.services.ports import PersonalValue
from motcua.store.store import open_store


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `db upgrade` leaves it, with three messages of two dossiers, of which one was given up."""
    file = tmp_path_factory.mktemp("template") / "motcua.db"
    assert 0 == motcua("db", "upgrade", "--db", file).code
    with open_store(str(file)) as store:
        store.write(
            [
                opening(1, notices=(notice("a:1:1", 1), notice("a:1:2", 1))),
                opening(2, notices=(notice("b:1:1", 2),)),
            ]
        )
        store.failed("a:1:1", None, "the gateway answers 404")
    return file


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(template, tmp_path / "motcua.db"))


def checks(said: Said) -> dict[str, Any]:
    """What the doctor found, by check."""
    return {check["name"]: check for check in said.json["checks"]}


def test_a_new_installation_is_well(tmp_path: Path) -> None:
    """After `db upgrade` nothing fails: 0, and the message of each check is there in both languages."""
    file = tmp_path / "new.db"
    motcua("db", "upgrade", "--db", file)
    said = motcua("doctor", "--db", file, "--json")

    assert (0, True) == (said.code, said.json["ok"])
    assert {"fail"}.isdisjoint(check["status"] for check in checks(said).values())
    assert all(set(check["message"]) == {"vi", "en"} for check in said.json["checks"])
    assert 1 == checks(said)["log"]["facts"]["records"]


def test_postgresql_is_examined_with_its_clock(postgres_url: str) -> None:
    """The database's own clock is compared with the machine's."""
    motcua("db", "upgrade", "--db", postgres_url)
    said = motcua("doctor", "--db", postgres_url, "--json")

    assert (0, "ok") == (said.code, checks(said)["clock"]["status"])


def test_a_missing_database_is_a_finding(tmp_path: Path) -> None:
    """The rest is told all the same: 8, and nothing is created."""
    missing = tmp_path / "missing.db"
    said = motcua("doctor", "--db", missing, "--json")

    assert (8, "fail", "ok") == (
        said.code,
        checks(said)["database"]["status"],
        checks(said)["python"]["status"],
    )
    assert not missing.exists()


@pytest.mark.parametrize(
    "environment",
    [
        {"MOTCUA_DB": "postgresql://motcua:hush@127.0.0.1:1/none"},
        {"MOTCUA_DB": "mysql://motcua:hush@x/y"},
        {"MOTCUA_ENGINE": "cron"},
        {"MOTCUA_CONFIG": "nowhere"},
        {"MOTCUA_CHANNELS": "smtp"},
        {"MOTCUA_CHANNELS": "smtp", "MOTCUA_SMTP": "smtp://u:hush@[x", "MOTCUA_SMTP_FROM": "a@b"},
        {"MOTCUA_CHANNELS": "http", "MOTCUA_HTTP": "https://x", "MOTCUA_HTTP_TOKEN_FILE": "nowhere"},
        {"MOTCUA_CHANNELS": "smtp", "MOTCUA_SMTP": "smtp://u:hush@x", "MOTCUA_SMTP_FROM": "nobody"},
        {"MOTCUA_CHANNELS": "mailbox http", "MOTCUA_HTTP": "https://x", "MOTCUA_CONTACTS": "nowhere"},
        {"MOTCUA_CHANNELS": "pigeon"},
    ],
)
def test_whatever_is_broken_there_is_a_diagnosis(db: Path, environment: dict[str, str]) -> None:
    """Unreachable servers and broken settings are findings, never a traceback, and no password is told."""
    said = motcua("doctor", "--json", **({"MOTCUA_DB": str(db)} | environment))

    assert (8, False) == (said.code, said.json["ok"])
    assert ("", False) == (said.err, "hush" in said.out)


def test_a_file_that_is_no_database_is_a_finding(tmp_path: Path) -> None:
    """Rubbish where the database should be: 8, with the reason."""
    file = tmp_path / "rubbish.db"
    file.write_bytes(b"rubbish" * 1000)
    said = motcua("doctor", "--db", file, "--json")

    assert (8, "fail") == (said.code, checks(said)["database"]["status"])


def test_a_person_reads_it_in_their_language(db: Path) -> None:
    """Findings are a table on stdout, remedies lines on stderr."""
    said = motcua("doctor", "--db", db, "--lang", "en")

    assert "1 messages given up" in said.out
    assert "motcua outbox list --dead" in said.err


def test_dead_letters_are_listed_and_tried_anew(db: Path) -> None:
    """`list` shows what waits, `list --dead` what was given up and why; `retry` lets it wait again."""
    waiting = motcua("outbox", "list", "--db", db, "--json").json
    [dead] = motcua("outbox", "list", "--dead", "--db", db, "--json").json
    retried = motcua("outbox", "retry", "a:1:1", "--db", db, "--json")
    again = motcua("outbox", "retry", "a:1:1", "--db", db, "--json")

    assert ["a:1:2", "b:1:1"] == sorted(message["id"] for message in waiting)
    assert ("a:1:1", 1, "the gateway answers 404") == (dead["id"], dead["attempts"], dead["error"])
    assert {"retried": ["a:1:1"]} == retried.json
    assert (4, "NoDeadLetter") == (again.code, again.error)
    assert [] == motcua("outbox", "list", "--dead", "--db", db, "--json").json


def test_every_dead_letter_can_be_tried_anew_at_once(db: Path) -> None:
    """`retry --all` names them; without an id or --all, or with both, it is a mistake."""
    assert {"retried": ["a:1:1"]} == motcua("outbox", "retry", "--all", "--db", db, "--json").json
    assert {"retried": []} == motcua("outbox", "retry", "--all", "--db", db, "--json").json
    assert 2 == motcua("outbox", "retry", "--db", db).code
    assert 2 == motcua("outbox", "retry", "x", "--all", "--db", db).code
    assert "a:1:1" in motcua("outbox", "list", "--db", db).out


def test_settings_decide_by_which_way_a_message_leaves(db: Path, tmp_path: Path) -> None:
    """The applicant's address comes from the personal values; who has none is served by the mailbox folder."""
    address = PersonalValue(1, "applicant.email", "00", json.dumps("dan@x.example"))
    postbox = Postbox()
    with serving(postbox) as port, open_house(str(db)) as house:
        house.store.write([opening(4, values=(address,))])
        settings = read_settings(
            {
                "MOTCUA_CHANNELS": "smtp, mailbox",
                "MOTCUA_SMTP": f"smtp+plain://127.0.0.1:{port}",
                "MOTCUA_SMTP_FROM": "mot-cua@x.example",
                "MOTCUA_MAILBOX": str(tmp_path / "box"),
            }
        )
        way = notice_channel(house, settings).send(
            f"{house.store.load(dossier(4).code).id}:1:1", ["applicant", "an"], "text"
        )

    assert "smtp+mailbox" == way
    assert ["dan@x.example"] == [letter["To"] for letter in postbox.letters]
    assert ["an"] == [folder.name for folder in (tmp_path / "box").iterdir()]
