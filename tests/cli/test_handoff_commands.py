"""A dossier goes to the tax office and back by the command line, and the time of each side is told."""

import json
import shutil
from pathlib import Path

import pytest
from command_line import Said, motcua

PROCEDURE = "1.012756"
DATA = {"agency": "H99.04.01.01", "documents": ["don", "gcn", "hop_dong"], "applicant": {}}
LEAD, TAX = "H99.04.01.01", "H99.07"
COUNTER, HEAD, OFFICER = "cb.h99.01-6", "cb.h99.04.01.01-1", "cb.h99.04.01.01-3"
TAX_OFFICER, TAX_CLERK = "cb.h99.07-6", "cb.h99.07-18"
NEW = ("dossier", "new", PROCEDURE, "--channel", "counter", "--data", "-", "--as", COUNTER, "--json")


def run(db: Path, *arguments: object, expect: int = 0, stdin: str = "") -> Said:
    """Run a command on a database; its exit code is asserted."""
    said = motcua(*arguments, "--db", db, stdin=stdin, MOTCUA_HOME=str(db.parent), MOTCUA_LANG="en")
    assert expect == said.code, said
    return said


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with a dossier that was sent to the tax office; and its code."""
    db = tmp_path_factory.mktemp("handoff") / "motcua.db"
    run(db, "db", "upgrade", "--virtual-time", "2026-03-02T07:00")
    digest = run(db, "publish", PROCEDURE, "--by", "an", "--json").json["digest"]
    run(db, "publish", "--approve", digest, "--by", "binh")
    code: str = run(db, *NEW, "--at", "2026-03-02T08:00", stdin=json.dumps(DATA)).json["code"]
    for at, what, who in (
        ("08:10", "accept", COUNTER),
        ("09:00", "assign", HEAD),
        ("10:00", "send_to_tax", OFFICER),
    ):
        version = run(db, "dossier", "show", code, "--json").json["version"]
        send = ("dossier", "send", code, what, "--as", who, "--expect", version)
        run(db, *send, "--at", f"2026-03-02T{at}")
        if what == "accept":
            run(db, "handoff", "accept", code, "assigning", "--as", HEAD, "--at", "2026-03-02T08:30")
    return db, code


@pytest.fixture
def sent(template: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A fresh copy of it."""
    return Path(shutil.copy(template[0], tmp_path / "motcua.db")), template[1]


def test_an_offer_is_listed_and_taken_over_by_the_registry_of_the_receiver(sent: tuple[Path, str]) -> None:
    """The clerk acknowledges, an officer accepts; the wrong agency and a second acceptance are refused by name."""
    db, code = sent
    [row] = run(db, "handoff", "list", "--agency", TAX, "--unacknowledged", "--json").json["handoffs"]
    assert (code, "determining_tax", LEAD, TAX) == (row["code"], row["state"], row["sender"], row["receiver"])
    wrong = run(db, "handoff", "accept", code, "determining_tax", "--as", OFFICER, "--json", expect=9)
    assert "WrongAgency" == wrong.error
    run(db, "handoff", "acknowledge", code, "determining_tax", "--as", TAX_CLERK, "--at", "2026-03-02T10:20")
    run(db, "handoff", "accept", code, "determining_tax", "--as", TAX_OFFICER, "--at", "2026-03-02T10:30")
    again = run(db, "handoff", "accept", code, "determining_tax", "--as", TAX_OFFICER, "--json", expect=5)
    assert "HandoffAnswered" == again.error
    assert [] == run(db, "handoff", "list", "--json").json["handoffs"]
    shown = run(db, "dossier", "show", code, "--json").json
    assert ({"kind": "agency", "party": TAX}, "accepted") == (
        shown["custody"],
        shown["handoffs"][0]["status"],
    )


def test_a_return_brings_it_back_and_the_trail_stays_sound(sent: tuple[Path, str]) -> None:
    """Without a reason it is refused; with one the sender has its task again."""
    db, code = sent
    back = ("handoff", "return", code, "determining_tax", "--as", TAX_OFFICER, "--at", "2026-03-02T11:00")
    run(db, *back, expect=5)
    found = run(db, *back, "--reason", "a figure is missing", "--json").json
    assert ["checking"] == found["states"]
    assert run(db, "audit", "verify", "--level", "legal", "--json").json["ok"]
    last = run(db, "audit", "replay", code, "--json").json[-1]
    assert ("returned", {"kind": "agency", "party": LEAD}) == (
        last["handoffs"]["determining_tax"]["status"],
        last["custody"],
    )


def test_whose_time_it_was_adds_up(sent: tuple[Path, str]) -> None:
    """Parts add up to the lead time, for one dossier and in total."""
    db, code = sent
    run(db, "handoff", "accept", code, "determining_tax", "--as", TAX_OFFICER, "--at", "2026-03-02T10:30")
    at = ("--at", "2026-03-02T15:00")
    found = run(db, "dossier", "responsibility", code, "--json", *at).json
    minute = 60_000_000
    assert {"H99.01": 30 * minute, LEAD: 120 * minute, TAX: 270 * minute} == {
        part["party"]: part["microseconds"] for part in found["parties"]
    }
    assert 420 * minute == found["microseconds"]
    total = run(db, "report", "responsibility", "--json", *at).json
    assert total["microseconds"] == sum(party["microseconds"] for party in total["parties"])
    assert " 4.5 " in run(db, "report", "responsibility", *at).out


def test_only_a_part_that_waits_to_be_opened_can_be_given_up(sent: tuple[Path, str]) -> None:
    """A dossier that is no group has none; the refusal says where to look."""
    db, code = sent
    why = ("--reason", "không còn")
    refused = run(db, "dispatch", "give-up", code, "health", "--as", HEAD, *why, "--json", expect=5)

    assert "NothingToGiveUp" == refused.error
