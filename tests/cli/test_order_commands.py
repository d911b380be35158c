"""Mass orders by the command line: proposed, approved, sent again, taken back."""

import json
from pathlib import Path

import pytest
from command_line import Said, motcua

PROCEDURE = "1.009756"
DATA = {"agency": "H99.05", "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"], "applicant": {}}
NEW = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-", "--as", "cb.h99.01-6", "--json")
ORDER = """
order:
  id: bao-so-3
  kind: suspend
  instrument: {number: 15/QĐ, signed: "2026-03-03", signer: A, basis: law, source: gazette, verified: false}
  cause: {vi: Bão, en: Storm}
  since: "2026-03-02T13:00+07:00"
  clocks: [legal, committed, steps]
  later: false
  filter: {agencies: [H99], below: true}
"""


def run(db: Path, *arguments: object, expect: int = 0, stdin: str = "") -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database with a dossier that was just accepted."""
    made = tmp_path / "motcua.db"
    run(made, "db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = run(made, "publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    run(made, "publish", "--approve", digest, "--by", "binh")
    code = run(made, *NEW, "--at", "2026-03-02T07:20", stdin=json.dumps(DATA)).json["code"]
    accept = ("dossier", "send", code, "accept", "--as", "cb.h99.01-6", "--expect", 1)
    run(made, *accept, "--at", "2026-03-02T07:30")
    return made


def test_an_order_goes_its_way_by_the_command_line(db: Path) -> None:
    """Dry run, two people, once only, shown with its counts, taken back by two people; the trail stays legal."""
    file = db.parent / "order.yaml"
    file.write_text(ORDER, encoding="utf-8")
    later = ("--at", "2026-03-03T08:00", "--json")
    proposed = run(db, "order", "propose", file, "--by", "an", "--dry-run", *later).json
    [code] = proposed["carried"]["codes"]
    before = run(db, "dossier", "show", code, *later).json["clocks"]
    run(db, "order", "apply", "bao-so-3", *later, expect=5)
    run(db, "order", "approve", "bao-so-3", "--by", "an", *later, expect=9)
    first = run(db, "order", "approve", "bao-so-3", "--by", "binh", *later).json["carried"]
    again = run(db, "order", "apply", proposed["digest"], *later).json["carried"]
    assert [(1, 0), (0, 1)] == [(done["applied"], done["already"]) for done in (first, again)]
    assert {"applied": 0} == run(db, "order", "apply", *later).json
    shown = run(db, "order", "show", "bao-so-3", "--json").json
    assert (1, 1, "suspend") == (shown["counts"]["reached"], shown["counts"]["holding"], shown["kind"])
    explained = run(db, "dossier", "explain", code, *later).json
    assert ["bao-so-3"] == [order["order"] for order in explained["orders"] if order["holds"]]
    paper = (
        "--number",
        "16/QĐ",
        "--signed",
        "2026-03-03",
        "--signer",
        "A",
        "--basis",
        "law",
        "--source",
        "gazette",
    )
    back = run(db, "order", "reverse", "bao-so-3", "--by", "an", "--past", "withdrawn", *paper, *later).json
    run(db, "order", "approve", back["digest"], "--by", "binh", *later)
    after = run(db, "dossier", "show", code, *later).json["clocks"]
    assert [(c["id"], c["due"]) for c in before] == [(c["id"], c["due"]) for c in after]
    assert ["bao-so-3", "bao-so-3-reversal"] == [row["id"] for row in run(db, "order", "list", "--json").json]
    run(db, "audit", "verify", "--level", "legal")
    assert "order bao-so-3 (suspend)" in run(db, "dossier", "explain", code).out
    assert "bao-so-3" in run(db, "order", "list").out


def test_what_is_asked_wrongly_is_told(db: Path) -> None:
    """No such order, no such day; a proposal is told with who must approve it."""
    file = db.parent / "order.yaml"
    file.write_text(ORDER, encoding="utf-8")
    assert "approve bao-so-3" in run(db, "order", "propose", file, "--by", "an").err
    assert "ended and left untouched" in run(db, "order", "show", "bao-so-3").out
    paper = ("--number", "16", "--signed", "soon", "--signer", "A", "--basis", "law", "--source", "gazette")
    run(db, "order", "reverse", "bao-so-3", "--by", "an", *paper, expect=3)
    run(db, "order", "show", "no-such", expect=4)


def test_time_that_is_nobodys_has_a_name_that_people_read(db: Path) -> None:
    """Where whose time it was is shown, a disaster is called one, not by its identifier."""
    file = db.parent / "order.yaml"
    file.write_text(ORDER, encoding="utf-8")
    at = ("--at", "2026-03-03T08:00")
    run(db, "order", "propose", file, "--by", "an", *at)
    run(db, "order", "approve", "bao-so-3", "--by", "binh", *at)
    [code] = [row["code"] for row in run(db, "dossier", "list", "--json").json["dossiers"]]

    shown = run(db, "dossier", "responsibility", code, "--lang", "vi", "--at", "2026-03-04T08:00").out

    assert ("Bất khả kháng" in shown, "force_majeure" in shown) == (True, False)
