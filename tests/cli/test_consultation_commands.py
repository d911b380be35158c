"""Consultations by the command line: what an agency is asked, its answers, what is passed over."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import Said, motcua

PROCEDURE = "1.009756"
DATA = {"agency": "H99.05", "documents": ["de_nghi", "tu_cach", "de_xuat_du_an"], "applicant": {}}
OFFICER, COUNTER = "cb.h99.05-6", "cb.h99.01-6"
NEW = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-", "--as", COUNTER, "--json")


def run(db: Path, *arguments: object, expect: int = 0, stdin: str = "") -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with a dossier about which three bodies were asked at eight o'clock."""
    db = tmp_path_factory.mktemp("asked") / "motcua.db"
    run(db, "db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = run(db, "publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    run(db, "publish", "--approve", digest, "--by", "binh")
    code = run(db, *NEW, "--at", "2026-03-02T07:20", stdin=json.dumps(DATA)).json["code"]
    steps = (("accept", COUNTER, "07:30"), ("assign", "cb.h99.05-4", "07:40"), ("consult", OFFICER, "08:00"))
    for version, (what, who, at) in zip((1, 3, 4), steps, strict=True):
        send = ("dossier", "send", code, what, "--as", who, "--expect", version)
        if what == "consult":
            task = run(db, "task", "list", "--agency", "H99.05", "--json").json["tasks"][0]
            send = (*send[:-3], task["assignee"] or who, *send[-2:])
        run(db, *send, "--at", f"2026-03-02T{at}")
        if what == "accept":
            run(db, "handoff", "accept", code, "assigning", "--as", "cb.h99.05-4", "--at", "2026-03-02T07:35")
    return db, code


@pytest.fixture
def desk(asked: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A fresh copy of it, and the code of its dossier."""
    return Path(shutil.copy(asked[0], tmp_path / "motcua.db")), asked[1]


def in_hand(db: Path, agency: str, role: str) -> str:
    """The officer who has the task of a role."""
    tasks = run(db, "task", "list", "--agency", agency, "--json").json["tasks"]
    found: str = next(task["assignee"] for task in tasks if task["role"] == role)
    return found


def standings(said: Any) -> dict[str, str]:
    """What stands, by question."""
    return {q["id"]: q["standing"] for q in said["consultations"][0]["questions"]}


def test_an_agency_lists_what_it_is_asked_and_answers(desk: tuple[Path, str]) -> None:
    """The list has only its own question with its share; the answer takes it off; a second one exits 5."""
    db, code = desk
    [row] = run(db, "consultation", "list", "--agency", "H99.03", "--json").json["questions"]
    assert (code, "construction", "2026-03-02T14:00:00+07:00", ["de_xuat_du_an"]) == (
        row["code"], row["question"], row["due"], row["documents"],
    )  # fmt: skip
    who = in_hand(db, "H99.03", "construction_officer")
    answer = ("consultation", "answer", code, "opinions/construction", "agree", "--as", who)
    said = run(db, *answer, "--reason", "phù hợp", "--at", "2026-03-02T09:00", "--json")
    assert {"construction": "agree", "environment": "open", "security": "open"} == standings(said.json)
    assert [] == run(db, "consultation", "list", "--agency", "H99.03", "--json").json["questions"]
    again = run(db, *answer, "--at", "2026-03-02T09:10", "--json", expect=5)
    assert "AlreadyAnswered" == again.error


def test_errors_name_the_way_out(desk: tuple[Path, str]) -> None:
    """A question never asked exits 4, another agency 9, an unknown answer 3."""
    db, code = desk
    who = in_hand(db, "H99.03", "construction_officer")

    def error(question: str, given: str, officer: str, expect: int) -> str:
        asked = ("consultation", "answer", code, question, given, "--as", officer)
        return run(db, *asked, "--at", "2026-03-02T09:00", "--json", expect=expect).error

    assert "NeverAsked" == error("opinions/weather", "agree", who, 4)
    assert "NotConsulted" == error("opinions/security", "agree", who, 9)
    assert "UnknownAnswer" == error("opinions/construction", "yes", who, 3)


def test_the_lead_passes_over_and_the_trail_stays_sound(desk: tuple[Path, str]) -> None:
    """An overdue opinion that is not mandatory is passed over, the rest decides, and every record is legal."""
    db, code = desk
    lead = in_hand(db, "H99.05", "officer")
    over = ("consultation", "pass-over", code, "opinions/environment", "--as", lead, "--reason", "quá hạn")
    assert "NotPassedOver" == run(db, *over, "--at", "2026-03-02T09:00", "--json", expect=5).error
    said = run(db, *over, "--at", "2026-03-02T14:30", "--json").json
    assert {"construction": "overdue", "environment": "passed_over", "security": "overdue"} == standings(said)
    for agency, name in (("H99.03", "construction"), ("H99.06", "security")):
        who = in_hand(db, agency, f"{name}_officer")
        asked = ("consultation", "answer", code, f"opinions/{name}", "agree", "--as", who)
        said = run(db, *asked, "--at", "2026-03-02T15:00", "--json").json
    assert ["concluding"] == said["states"]
    shown = run(db, "consultation", "show", code, "--json").json["consultations"][0]
    assert ("incomplete", True) == (shown["outcome"], shown["over"])
    assert "passed_over" in run(db, "consultation", "show", code).out
    assert "opinions" not in run(db, "consultation", "list").out
    run(db, "audit", "verify", "--level", "legal")
    run(db, "audit", "recount")
