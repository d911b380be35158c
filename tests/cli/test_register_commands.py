"""The register of nonconformities and the evidence for ISO 9001, by the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import Said, motcua

PROCEDURE = "1.009756"
DATA = {"agency": "H99.05", "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"], "applicant": {}}
HEAD, DEPUTY, OFFICER = "cb.h99.05-1", "cb.h99.05-2", "cb.h99.05-7"
NEW = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-", "--as", "cb.h99.01-6", "--json")


def run(db: Path, *arguments: object, expect: int = 0, stdin: str = "") -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


def take_in(db: Path, at: str) -> str:
    """Take a dossier in; returns its code."""
    code: str = run(db, *NEW, "--at", at, stdin=json.dumps(DATA)).json["code"]
    return code


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a dossier that was accepted, then lay for a month."""
    db = tmp_path_factory.mktemp("late") / "motcua.db"
    run(db, "db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = run(db, "publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    run(db, "publish", "--approve", digest, "--by", "binh")
    code = take_in(db, "2026-03-02T07:20")
    accept = ("dossier", "send", code, "accept", "--as", "cb.h99.01-6", "--expect", 1)
    run(db, *accept, "--at", "2026-03-02T07:30")
    run(db, "handoff", "accept", code, "assigning", "--as", "cb.h99.05-4", "--at", "2026-03-02T07:30")
    run(db, "sla", "sweep", "--at", "2026-04-01T16:00")
    return db


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(template, tmp_path / "motcua.db"))


def listed(db: Path) -> Any:
    """The register."""
    return run(db, "nonconformity", "list", "--json").json["nonconformities"]


def test_a_nonconformity_is_contained_acted_on_checked_and_closed(db: Path) -> None:
    """Each command answers with the entry; whoever acted cannot close; the trail stays sound."""
    first = listed(db)[0]
    assert ("overdue", "open", ["contain"]) == (first["cause"], first["status"], first["possible"])

    def step(name: str, *arguments: str, day: str, by: str = HEAD, expect: int = 0) -> Said:
        command = ("nonconformity", name, first["id"], *arguments, "--as", by)
        return run(db, *command, "--at", f"{day}T08:00", "--json", expect=expect)

    step("check", day="2026-04-02", expect=5)
    step("contain", "--text", "đã liên hệ", day="2026-04-02")
    step("cause", "--code", "fate", day="2026-04-02", expect=3)
    step("cause", "--code", "people", day="2026-04-02")
    action = ("--owner", OFFICER, "--due", "2026-04-07", "--text", "thêm người trực")
    acting = step("action", *action, day="2026-04-02").json
    assert (OFFICER, "2026-04-07", "people") == (acting["owner"], acting["due"], acting["root_cause"])
    step("check", day="2026-04-07", expect=5)
    take_in(db, "2026-04-08T07:30")
    assert step("check", day="2026-04-08").json["effective"]
    step("close", day="2026-04-09", by=HEAD, expect=9)
    closed = step("close", day="2026-04-09", by=DEPUTY).json
    assert ("closed", []) == (closed["status"], closed["possible"])
    assert [1, 2, 3, 4, 5] == [each["seq"] for each in closed["steps"]]
    run(db, "audit", "verify", "--level", "legal")
    evidence = run(
        db, "audit", "evidence", "--clause", "10.2", "--from", "2026-04-01", "--to", "2026-04-30", "--json"
    )
    counts = {each["id"]: each["count"] for each in evidence.json["evidence"]}
    assert [1] * 5 == [
        counts[id]
        for id in ("contained", "cause_found", "action_set", "effect_checked", "nonconformity_closed")
    ]
    shown = run(db, "nonconformity", "show", first["id"]).out
    assert "thêm người trực" in shown


def test_the_register_is_listed_for_people(db: Path) -> None:
    """Ids, dossiers and statuses; only the open ones on demand."""
    first = listed(db)[0]
    for arguments in ((), ("--open",)):
        assert first["id"] in run(db, "nonconformity", "list", *arguments).out
    run(db, "nonconformity", "show", "nothing", expect=4)
    run(db, "nonconformity", "action", first["id"], "--owner", "x", "--due", "soon", "--as", HEAD,
        "--text", "x", expect=2)  # fmt: skip


def test_evidence_is_counted_and_refers_to_records(db: Path) -> None:
    """By kind and by procedure, with stream and seq; each of them is a record of the trail."""
    asked = ("audit", "evidence", "--clause", "8.5", "--from", "2026-03-01", "--to", "2026-04-30")
    found = run(db, *asked, "--json").json
    kinds = {each["id"]: each for each in found["evidence"]}
    assert (1, [{"procedure": PROCEDURE, "count": 1}]) == (
        kinds["dossier_opened"]["count"],
        kinds["dossier_opened"]["procedures"],
    )
    [reference] = kinds["dossier_opened"]["references"]
    code = listed(db)[0]["code"]
    assert reference["leaf_hash"] == run(db, "audit", "show", code, "--json").json[0]["leaf_hash"]
    assert 64 == len(found["sha256"])
    text = run(db, *asked, "--limit", "1").out
    assert "seq 1" in text
    assert "more" in text


def test_the_coverage_matrix_names_every_clause(db: Path) -> None:
    """What has evidence, what has none in the period, and what lies elsewhere."""
    asked = ("audit", "evidence", "--coverage", "--from", "2026-03-01", "--to", "2026-04-30")
    found = run(db, *asked, "--json").json["clauses"]
    states = {each["id"]: each["state"] for each in found}
    assert ("evidenced", "evidenced", "elsewhere") == (states["10.2"], states["8.4"], states["5.2"])
    assert "none" in states.values()
    shown = run(db, *asked).out
    assert all(each["id"] in shown for each in found)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--from", "2026-03-01", "--to", "2026-03-31"), 2),
        (("--clause", "8.1", "--coverage", "--from", "2026-03-01", "--to", "2026-03-31"), 2),
        (("--clause", "8.1", "--from", "yesterday", "--to", "2026-03-31"), 2),
        (("--clause", "8.1", "--from", "2026-04-01", "--to", "2026-03-31"), 3),
        (("--clause", "99.1", "--from", "2026-03-01", "--to", "2026-03-31"), 4),
        (("--clause", "8.1", "--edition", "1994", "--from", "2026-03-01", "--to", "2026-03-31"), 4),
    ],
)
def test_what_cannot_be_answered_has_its_exit_code(
    template: Path, arguments: tuple[str, ...], code: int
) -> None:
    """Usage, an empty period, an unknown clause, an unknown edition."""
    run(template, "audit", "evidence", *arguments, expect=code)


def test_the_schema_of_the_map_is_published() -> None:
    """`motcua schema iso9001` prints it."""
    assert "urn:motcua:schema:iso9001:1.0" == motcua("schema", "iso9001").json["$id"]
