"""The drill of handoffs: two processes, a bad wire, sudden deaths; and what the judge of both trails finds out."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_line import motcua
from sabotage import Patches, sabotaged

from flows.handoff_drill.heard import Heard, held_against
from flows.handoff_drill.merged import Sent, Taken, Trail, compare
from motcua.services.portal import Difference, Reconciled
from states.peer import Origin, Receipt

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEY = ("a/log", "A-1", "lent", 1)


def receipt(hash: str, minutes: int, trail: str = "b/log") -> Receipt:
    """A record of the other side."""
    return Receipt("b", trail, "dossier:1", 1, hash, AT + timedelta(minutes=minutes))


def trails() -> tuple[Trail, Trail]:
    """A dossier that was offered, accepted after a minute and finished after two; both sides say so."""
    sent = Sent(
        AT,
        "offer",
        receipt("opened", 0),
        receipt("accepted", 1),
        receipt("ended", 2),
        1,
        AT + timedelta(minutes=3),
        counts=AT + timedelta(minutes=1),
        heard=AT + timedelta(minutes=2),
    )
    origin = Origin("A-1", "lent", 1, "H98.01", receipt("offer", 0, "a/log"))
    taken = Taken(
        origin, "opened", ("accepted", AT + timedelta(minutes=1)), ("ended", AT + timedelta(minutes=2))
    )
    there = Trail(taken={KEY: [taken]}, hashes={"opened", "accepted", "ended"})
    return Trail(sent={KEY: sent}, hashes={"offer"}, codes={"A-1"}), there


def test_trails_that_fit() -> None:
    """Nothing is found in two trails that agree."""
    verdict = compare(["A-1"], *trails())
    assert (1, set(), set()) == (verdict.handoffs, verdict.lost, verdict.double)
    assert (set(), set()) == (verdict.conflicts, verdict.unnamed)


def test_a_lost_dossier() -> None:
    """A dossier that somebody was told of, and an offer that opened nothing, are lost."""
    here, there = trails()
    assert {"dossier A-2"} == compare(["A-2"], here, there).lost
    there.taken.clear()
    assert 1 == len(compare([], here, there).lost)


def test_a_double_dossier() -> None:
    """Two dossiers for one offer are found."""
    here, there = trails()
    there.taken[KEY] *= 2
    assert 1 == len(compare([], here, there).double)


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted": None},
        {"accepted": receipt("accepted", 2)},
        {"counts": AT + timedelta(minutes=2)},
        {"heard": AT + timedelta(seconds=30)},
        {"ended": receipt("other", 2)},
        {"moved_on": AT + timedelta(seconds=90)},
    ],
)
def test_two_holders(changes: dict[str, Any]) -> None:
    """Sides that tell other stories of who had the dossier, or when, are found."""
    here, there = trails()
    here.sent[KEY] = replace(here.sent[KEY], **changes)
    assert compare([], here, there).conflicts


def test_a_record_that_nobody_has() -> None:
    """A receipt that names no record of the other side is found."""
    here, there = trails()
    there.hashes.discard("opened")
    assert compare([], here, there).unnamed


@pytest.mark.parametrize(
    ("found", "moved", "lost", "contradictory"),
    [
        (Reconciled(1, 0, ()), 2, 0, 0),
        (Reconciled(1, 1, ()), 2, 1, 0),
        (Reconciled(1, 0, (Difference("A-1", "missing", "4", None),)), 2, 1, 0),
        (Reconciled(1, 0, (Difference("A-1", "status", "4", "10"),)), 2, 0, 1),
        (Reconciled(1, 0, ()), 3, 1, 0),
        (Reconciled(1, 0, ()), 1, 0, 1),
    ],
    ids=["all is told", "still owed", "missing", "another status", "a move is lost", "a move came twice"],
)
def test_what_the_portal_heard(found: Reconciled, moved: int, lost: int, contradictory: int) -> None:
    """What it never heard is lost; what it says otherwise, or twice, contradicts the trails."""
    heard = held_against(Heard(), [found], {"A-1": moved}, ["A-1", "A-1"])
    assert (lost, contradictory) == (len(heard.lost), len(heard.contradictory))
    assert heard.good == (lost + contradictory == 0)


def test_a_short_drill() -> None:
    """Twenty dossiers go over between two processes that are killed: none lost, none double, one holder each."""
    done = motcua("drill", "handoffs", "--count", "20", "--seed", "1", "--json").json
    portal = done.pop("portal")
    assert {"handoffs": 20, "lost": 0, "double": 0, "holder_conflicts": 0, "verified": True} == done
    assert (40, 0, 0) == tuple(portal[name] for name in ("dossiers", "lost", "contradictory"))


ACCEPTED = "receipt=told.receipt, since=found.since, fired=found.fired)\n"
EARLIER = ACCEPTED.replace("found.since", "found.since.replace(year=2025)")
SENT = "            return _steps(portal, parcel), None\n"
UNHEARD: Patches = {"motcua/services/portal/telling.py": [(SENT, "            return WAY, None\n")]}
"""The moves that the portal is owed count as told, and never left."""

SABOTAGE: Patches = {"motcua/services/peer_inbox.py": [(ACCEPTED, EARLIER)], **UNHEARD}
"""And the sender believes that the receiver had the dossier a year earlier."""


def test_a_sabotaged_program_is_found_out(tmp_path: Path) -> None:
    """Where one believes another story, or the portal never heard, the figures rise and the exit code says so."""
    tree = sabotaged(tmp_path / "tree", SABOTAGE)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    done = subprocess.run(
        [sys.executable, "-m", "motcua", "drill", "handoffs", "--count", "12", "--seed", "1", "--json"],
        cwd=tree,
        env={**environment, "PYTHONPATH": str(tree), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)

    assert (6, False) == (done.returncode, found["verified"]), done.stderr
    assert 0 < found["holder_conflicts"], done.stderr
    assert 0 < found["portal"]["lost"], done.stderr
