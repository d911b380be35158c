"""The whole life of a dossier by the command line, on SQLite and on PostgreSQL; then forgeries, found."""

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwuid
from typing import Any

import psycopg
import pytest
from command_line import Said, motcua
from postgres_server import PostgresServer

PROCEDURE = "1.009756"
DATA = {
    "agency": "H99.05",
    "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"],
    "applicant": {"name": "Nguyễn Thị Hoa"},
    "legal_date": "2026-02-27",
}


@dataclass
class Life:
    """One dossier's life: commands at local instants, each with the version that was printed before."""

    db: str
    home: Path
    code: str = ""
    version: int = 0

    def run(self, *arguments: object, stdin: str = "", expect: int = 0) -> Said:
        """Run a command on this database; its exit code is asserted."""
        environment = {"MOTCUA_HOME": str(self.home), "MOTCUA_LANG": "en", "LOGNAME": "somebody else"}
        said = motcua(*arguments, "--db", self.db, stdin=stdin, **environment)
        assert expect == said.code, said
        return said

    def view(self, at: str) -> Any:
        """Show the dossier as it is looked at from an instant."""
        return self.run("dossier", "show", self.code, "--at", at, "--json").json

    def send(self, transition: str, at: str, person: str | None = None, expect: int = 0, **data: Any) -> Any:
        """Move the dossier, by whoever may."""
        person = person or self.who(transition, at)
        given = ("--data", "-") if data else ()
        command = ("dossier", "send", self.code, transition, "--as", person, "--expect", self.version)
        said = self.run(*command, *given, "--at", at, "--json", stdin=json.dumps(data), expect=expect)
        if expect:
            return said
        self.version = said.json["version"]
        return said.json

    def take_over(self, at: str) -> None:
        """The competent agency accepts what the desk hands over."""
        self.run("handoff", "accept", self.code, "assigning", "--as", "cb.h99.05-4", "--at", at)
        self.version += 1

    def who(self, transition: str, at: str) -> str:
        """Whoever has the task in hand, else the first officer who may."""
        view = self.view(at)
        [action] = [action for action in view["actions"] if action["id"] == transition]
        people = [officer for role in action["by"] for officer in role["officers"]]
        held = [task["assignee"] for task in view["tasks"] if task["assignee"] in people]
        chosen: str = [*held, *people][0]
        return chosen


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database that nothing is in yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'life.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"motcua_story_{abs(hash(tmp_path)):x}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def life(db: str, tmp_path: Path) -> Life:
    """A dossier just taken in, under a version that one person proposed and another one approved."""
    life = Life(db, tmp_path)
    life.run("db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = life.run("publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    life.run("publish", "--approve", digest, "--by", "an", expect=9)
    life.run("publish", "--approve", digest, "--by", "binh")
    command = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-", "--as", "cb.h99.01-6")
    made = life.run(*command, "--at", "2026-03-02T07:20", "--json", stdin=json.dumps(DATA)).json
    life.code, life.version = made["code"], made["version"]
    return life


def to_the_end(life: Life) -> None:
    """From the counter to the result: a supplement, an escalation, an apology, three signatures, the hand-over."""
    life.run("task", "claim", life.code, "submitted#1", "--as", "cb.h99.01-6", "--at", "2026-03-02T07:25")
    life.version += 1
    accepted = life.send("accept", "2026-03-02T07:30")
    assert ("2026-03-03T11:30:00+07:00", ["assigning"]) == (accepted["due"], accepted["states"])
    life.take_over("2026-03-02T07:40")
    life.send("assign", "2026-03-02T08:00")
    life.send("ask_supplement", "2026-03-02T09:45", reason="Làm rõ năng lực tài chính")
    resumed = life.send("resubmit", "2026-03-09T09:00", "applicant")
    assert "2026-03-10T10:45:00+07:00" == resumed["due"]
    foreseen = life.run("sla", "sweep", "--dry-run", "--at", "2026-03-09T16:00", "--json").json["due"]
    swept = life.run("sla", "sweep", "--at", "2026-03-09T16:00", "--json").json
    assert 0 < swept["rungs"] == len(foreseen)
    extended = life.send("extend", "2026-03-09T16:30", reason="Hồ sơ phức tạp", by={"working_hours": 4})
    assert "2026-03-10T16:45:00+07:00" == extended["due"]
    life.send("extend", "2026-03-09T16:35", "cb.h99.05-1", expect=5, reason="x", by={"working_hours": 4})
    life.send("draft", "2026-03-10T07:30")
    life.send("propose_certificate", "2026-03-10T08:00")
    life.send("sign", "2026-03-10T08:30")
    life.send("issue", "2026-03-10T09:00")
    closed = handed_out(life, "2026-03-11T09:00")
    assert (10, ["closed"], []) == (closed["public_status"], closed["states"], closed["allowed"])


def handed_out(life: Life, at: str) -> Any:
    """The result goes to somebody who is named and showed a paper; without either it stays (3)."""
    give = ("dossier", "send", life.code, "hand_over", "--as", life.who("hand_over", at))
    told = (*give, "--expect", life.version, "--at", at, "--json")
    seen, named = ("--shown", "id_card"), ("--receiver", "Nguyễn Thị Hoa")
    wrong = [(), seen, named, ("--shown", "smile", *named), ("--shown", "post", *named)]
    refused = [life.run(*told, *given, expect=3) for given in wrong]
    assert [3] * len(wrong) == [said.code for said in refused]
    assert all("IdentityNotNoted" in said.err for said in refused), refused
    assert life.version == life.view(at)["version"]
    closed = life.run(*told, *seen, *named).json
    life.version = closed["version"]
    return closed


def test_a_dossier_lives_from_intake_to_hand_over(life: Life) -> None:
    """Deadlines as worked out by hand; afterwards the trail is sound and replays to the last state."""
    to_the_end(life)

    relayed = life.run("worker", "--once", "--json").json
    verified = life.run("audit", "verify", "--json").json
    replayed = life.run("audit", "replay", life.code, "--json").json
    records = life.run("audit", "show", life.code, "--json").json

    assert relayed["sent"] == len({file.name for file in (life.home / "mailbox").glob("*/*.txt")})
    assert list((life.home / "mailbox" / "applicant").glob("*.txt"))
    assert (True, None, []) == (verified["ok"], verified["first_bad"], verified["findings"])
    assert list(range(1, len(records) + 1)) == [line["seq"] for line in replayed]
    assert (["closed"], 10) == (replayed[-1]["states"], replayed[-1]["public_status"])
    assert ("os", getpwuid(os.getuid()).pw_name) == (records[0]["auth"]["idp"], records[0]["auth"]["user"])
    assert ("cb.h99.01-6", "H99.01", "one_stop_officer", "2026-02-27") == (
        records[0]["actor"],
        records[0]["agency"],
        records[0]["position"],
        records[0]["legal_date"],
    )
    assert "Hoa" not in json.dumps(records, ensure_ascii=False)


def test_lists_show_what_is_late_and_why(life: Life) -> None:
    """A late dossier is listed, marked, fails a check with 7, and is explained to the minute."""
    life.send("accept", "2026-03-02T07:30")
    life.take_over("2026-03-02T07:30")

    in_time = life.run("dossier", "list", "--fail-on-late", "--at", "2026-03-03T11:00", "--json").json
    late = ("dossier", "list", "--late", "--agency", "H99.05", "--fail-on-late", "--at", "2026-03-04T08:00")
    told = life.run(*late, "--json", expect=7).json
    life.run("sla", "sweep", "--fail-on-late", "--at", "2026-03-04T08:00", expect=7)
    explained = life.run("dossier", "explain", life.code, "--json").json["clocks"]

    assert [False] == [row["late"] for row in in_time["dossiers"]]
    assert [(life.code, True)] == [(row["code"], row["late"]) for row in told["dossiers"]]
    assert {"legal": 10 * 480, "committed": 12 * 60, "step:assigning": 30, "stage:board": 660} == {
        clock["id"]: clock["minutes"] for clock in explained
    }
    assert all(clock["minutes"] == sum(day["minutes"] for day in clock["days"]) for clock in explained)
    shown = life.run("dossier", "show", life.code, "--at", "2026-03-04T08:00").out
    assert "LATE" in shown
    assert "(unverified)" in shown
    assert life.code in life.run("task", "list", "--position", "unit_head").out


def forge(db: str, code: str, statements: list[str]) -> None:
    """Change what is stored as somebody with all rights on the database would."""
    if db.startswith("sqlite"):
        with sqlite3.connect(db.removeprefix("sqlite:///")) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                assert 1 == connection.execute(statement).rowcount
        connection.close()
        return
    with psycopg.connect(db.replace("+psycopg", ""), autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        for statement in statements:
            assert 1 == server.execute(statement.encode()).rowcount


def test_a_changed_record_is_found_and_named(life: Life) -> None:
    """One word changed in one record: exit 6, with stream and seq of that record."""
    life.send("accept", "2026-03-02T07:30")
    where = "stream LIKE 'dossier:%' AND seq = 2"

    forge(life.db, life.code, [f"UPDATE records SET raw = replace(raw, 'accept', 'accepd') WHERE {where}"])
    found = life.run("audit", "verify", "--json", expect=6).json

    first = found["first_bad"]
    assert first["stream"].startswith("dossier:")
    assert (False, 2) == (found["ok"], first["seq"])
    said = life.run("audit", "verify", expect=6).out
    assert f"{first['stream']} seq 2" in said


def test_a_cut_off_end_and_a_lost_dossier_are_found(life: Life) -> None:
    """The last record removed is missed by the dossier that counts it."""
    life.send("accept", "2026-03-02T07:30")

    forge(life.db, life.code, ["DELETE FROM records WHERE stream LIKE 'dossier:%' AND seq = 2"])
    first = life.run("audit", "verify", "--json", expect=6).json["first_bad"]

    assert first["stream"].startswith("dossier:")
    assert first["seq"] in {1, 2}
