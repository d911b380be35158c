"""Agencies over time and a reviewed merge, by the command line."""

import json
import shutil
from pathlib import Path

import pytest
from command_line import Said, motcua

CHANGE = """
change: {kind: merge, effective: 2026-03-05, basis: "1/NQ-HĐND", agencies: [H99.41.01, H99.41.02]}
heirs: [{agency: H99.41.90}]
new:
  - {code: H99.41.90, name: "Ủy ban nhân dân xã Hợp Nhất", kind: commune_committee, level: commune, parent: H99,
     calendar: vn-gov}
posts:
  follow: [deputy_head, unit_head, one_stop_officer, officer, clerk, mailbox]
  seats: [{officer: cb.h99.41.01-1, agency: H99.41.90, position: head}]
"""
PROCEDURE = "2.000815"
DATA = {"agency": "H99.41.01", "facts": {}, "documents": [], "applicant": {}}


def run(db: Path, *arguments: object, expect: int = 0, stdin: str = "") -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a merge that was proposed."""
    db = tmp_path_factory.mktemp("merge") / "motcua.db"
    run(db, "db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    (db.parent / "merge.yaml").write_text(CHANGE, encoding="utf-8")
    run(db, "registry", "propose", db.parent / "merge.yaml", "--by", "an")
    return db


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(template, tmp_path / "motcua.db"))


def digest(db: Path) -> str:
    """The digest of the one change that waits."""
    [change] = run(db, "registry", "pending", "--json").json["changes"]
    found: str = change["digest"]
    return found


def test_a_merge_is_approved_early_and_takes_effect_on_its_day(db: Path) -> None:
    """Before the day nothing changes; the sweep of that day makes it so, and every question about it is answered."""
    identity = digest(db)
    early = run(db, "registry", "approve", identity, "--by", "binh", "--json").json
    run(db, "sla", "sweep", "--at", "2026-03-04T10:00")
    still = run(db, "registry", "show", "H99.41.01", "--on", "2026-03-05", "--json").json
    run(db, "sla", "sweep", "--at", "2026-03-05T08:00")
    shown = [
        run(db, "registry", "show", "H99.41.01", "--on", day, "--json").json
        for day in ("2026-03-04", "2026-03-05")
    ]

    assert ("approved", True) == (early["status"], still["open"])
    assert [(True, "H99.41.01"), (False, "H99.41.90")] == [(one["open"], one["answered_by"]) for one in shown]
    assert [] == run(db, "registry", "pending", "--json").json["changes"]
    history = run(db, "registry", "history", "H99.41.02", "--json").json
    assert ("2026-03-05", ["effected"]) == (history["until"], [one["status"] for one in history["changes"]])
    listed = [
        {row["code"] for row in run(db, "registry", "list", "--on", day, "--json").json["agencies"]}
        for day in ("2026-03-04", "2026-03-05")
    ]
    assert ({"H99.41.01", "H99.41.02"}, {"H99.41.90"}) == (listed[0] - listed[1], listed[1] - listed[0])
    assert run(db, "audit", "verify", "--json").json["ok"]


def test_the_proposer_cannot_approve_and_an_unknown_digest_is_told(db: Path) -> None:
    """Exit codes 9 and 4, the error by its name."""
    own = run(db, "registry", "approve", digest(db), "--by", "an", "--json", expect=9)
    unknown = run(db, "registry", "approve", "f" * 64, "--by", "binh", "--json", expect=4)
    assert ("SameReviewer", "ChangeNotFound") == (own.error, unknown.error)


def test_a_change_that_does_not_fit_is_refused(db: Path, tmp_path: Path) -> None:
    """Nothing is proposed; the error says why."""
    file = tmp_path / "bad.yaml"
    file.write_text(CHANGE.replace("H99.41.02", "H99.41.77"), encoding="utf-8")
    said = run(db, "registry", "propose", file, "--by", "an", expect=3)
    assert "H99.41.77 is not open" in said.err


def test_what_people_read_is_lines_and_tables(db: Path) -> None:
    """Without --json the same answers are text."""
    assert "H99.41.01" in run(db, "registry", "list").out
    assert "merge" in run(db, "registry", "pending").out
    assert "name: " in run(db, "registry", "show", "H99.41.01").out
    assert "status=proposed" in run(db, "registry", "history", "H99.41.01").out


def test_a_closed_agency_takes_in_nothing(db: Path) -> None:
    """The error names who took over, in both languages."""
    published = run(db, "publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    run(db, "publish", "--approve", published, "--by", "binh")
    run(db, "registry", "approve", digest(db), "--by", "binh", "--at", "2026-03-05T07:00")
    new = (
        "dossier",
        "new",
        PROCEDURE,
        "--channel",
        "counter",
        "--data",
        "-",
        "--json",
        "--at",
        "2026-03-05T08:00",
    )
    refused = run(db, *new, stdin=json.dumps(DATA), expect=5)
    told = json.loads(refused.err)["error"]
    assert "AgencyClosed" == told["code"]
    assert all("Hợp Nhất (H99.41.90)" in told["message"][language] for language in ("vi", "en"))


def test_a_reviewer_sees_whom_and_what_a_merge_would_touch(db: Path) -> None:
    """Mandates that go on, officers who get a post, those who would have none; nothing takes effect by looking."""
    given = ("cb.h99.41.01-1", "cb.h99.41.01-2", "--document", "15/UQ", "--agency", "H99.41.01")
    period = ("--from", "2026-03-02T08:00", "--until", "2026-04-02T08:00")
    run(db, "delegation", "grant", *given, *period, "--at", "2026-03-02T08:00")
    seen = run(db, "registry", "preview", digest(db), "--json").json
    run(db, "registry", "approve", digest(db), "--by", "binh", "--at", "2026-03-05T07:00")
    rows = run(db, "delegation", "list", "--json").json

    assert [("15/UQ", "H99.41.90", None)] == [
        (one["document"], one["goes_on"], one["reason"]) for one in seen["mandates"]
    ]
    assert {"officer": "cb.h99.41.01-1", "agency": "H99.41.90", "position": "head"} in seen["joining"]
    assert "cb.h99.41.02-1" in seen["leaving"]
    assert [None, rows[0]["id"]] == [row["follows"] for row in rows]
    assert "mandates: " in run(db, "registry", "preview", rows[1]["change"]).out
