"""Digitising is a fact of the trail: the auditor decides it again, and what it holds of files are commitments."""

import json
from pathlib import Path

import pytest
from scan_samples import pdf, png
from world import Office, actor_of

from audit.commitment import opens
from motcua.adapters.file_folder import HashedFolder
from motcua.services.auditing import replay_all, verify_store
from motcua.services.idempotency import KeyReused
from motcua.services.scans import Arrived, Room, digitise
from states.commands import Actor
from states.digitising import NotDigitised
from states.errors import NotAuthorised

SCAN = (Arrived("a.pdf", pdf()), Arrived("b.png", png()))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Folders without a scanner."""
    files, quarantine, verdicts = (
        HashedFolder(tmp_path / name) for name in ("files", "quarantine", "verdicts")
    )
    return Room(files, quarantine, verdicts)


def test_a_scan_verifies_replays_and_opens(room: Room) -> None:
    """The record says paper, way and media; hashes open the commitments; the version grows by one."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code)
    after = digitise(office.house, room, code, "form", "scanned", SCAN, actor_of("counter"), key="k")
    said = json.loads(office.raws(code)[-1])
    values = [v for v in office.store.personal(after.id) if v.field.startswith("file.")]

    assert (before.dossier.version + 1, before.dossier.states) == (
        after.dossier.version,
        after.dossier.states,
    )
    assert [("scanned", ["application/pdf", "image/png"])] == [(e["how"], e["media"]) for e in said["events"]]
    commitments = said["command"]["commitments"]
    assert [True, True] == [
        opens(commitments[v.field], json.loads(v.value), bytes.fromhex(v.salt)) for v in values
    ]
    assert ([], []) == (list(verify_store(office.house).findings), list(replay_all(office.house).different))


def test_a_scan_is_sent_once(room: Room) -> None:
    """The same key gives the same answer; for other files it is refused; other files go on counting."""
    office = Office()
    code, who = office.accepted(), actor_of("counter")
    first = digitise(office.house, room, code, "form", "scanned", SCAN, who, key="k")
    again = digitise(office.house, room, code, "form", "scanned", SCAN, who, key="k")
    with pytest.raises(KeyReused):
        digitise(office.house, room, code, "form", "scanned", SCAN[:1], who, key="k")
    digitise(office.house, room, code, "form", "scanned", [Arrived("c.png", png(9))], who, key="l")
    fields = [v.field for v in office.store.personal(first.id) if v.field.startswith("file.")]

    assert first == again
    assert ["file.form_1", "file.form_2", "file.form_3"] == fields


def test_strangers_and_ended_dossiers_get_no_scans(room: Room) -> None:
    """Nobody from elsewhere notes anything, and nothing is added after the end."""
    office = Office()
    code = office.open()
    with pytest.raises(NotAuthorised):
        digitise(office.house, room, code, "form", "reused", (), Actor("officer", "nobody"), key="k")
    office.send(code, "withdraw", None)
    with pytest.raises(NotDigitised):
        digitise(office.house, room, code, "form", "reused", (), actor_of("counter"), key="k")
