"""Papers go along with an offer to another installation as files: those that its handoff shares, by their hash."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from two_houses import NOW, SENDS, TAKES, Houses, Side, sending, two_houses
from world import actor_of

from motcua.adapters.file_folder import HashedFolder
from motcua.adapters.peer_wire import HttpWire
from motcua.adapters.standard_webhooks import read_private
from motcua.services import handoffs
from motcua.services.enacting import Request, enact
from motcua.services.peer_files import PIECE
from motcua.services.peer_inbox import receive
from motcua.services.ports import Peer, Wire, WrongFile
from motcua.services.recording import Personal
from motcua.services.transitions import Particulars, send
from states.commands import DigitiseDocument
from states.procedure import Procedure

FORM, PLAN = b"form " * (PIECE // 4), b"a plan"


def sha256(held: bytes) -> str:
    """The hash of what a file holds."""
    return hashlib.sha256(held).hexdigest()


@dataclass
class CuttingWire:
    """A wire that carries so many messages, and then breaks."""

    wire: Wire
    left: int

    def post(self, peer: Peer, message: str, body: bytes) -> bytes:
        """Carry a message, or break."""
        if self.left == 0:
            raise ConnectionError("cut")
        self.left -= 1
        return self.wire.post(peer, message, body)


@dataclass
class Sharing:
    """Two installations with folders for files, and a dossier with two papers on offer; nothing has left yet."""

    houses: Houses
    folders: dict[str, HashedFolder]
    code: str

    @property
    def here(self) -> Side:
        """The sender."""
        return self.houses.commune

    @property
    def there(self) -> Side:
        """The receiver."""
        return self.houses.fire

    def carries(self, messages: int) -> None:
        """Let the sender's wire break after so many messages."""
        peers = self.here.office.house.peers
        assert peers.wire is not None
        _peers(self.here, wire=CuttingWire(peers.wire, messages))

    def mended(self) -> None:
        """The wire is whole again, and a while has passed."""
        wire = HttpWire(self.here.office.house.log, read_private(self.here.secret), lambda: NOW)
        _peers(self.here, wire=wire)
        self.here.office.pass_time(minutes=5)
        self.houses.exchange()

    def kept(self) -> dict[str, Any]:
        """What the receiver knows of files, by field."""
        store = self.there.office.store
        values = store.personal(store.load(self.there.only(TAKES)).id)
        return {v.field: json.loads(v.value) for v in values if v.field.startswith("file.")}

    def dead(self) -> list[str | None]:
        """Why the sender gave messages up."""
        return [message.error for message in self.here.office.store.dead(10)]


def narrow() -> Procedure:
    """The commune's procedure, whose handoff to the fire police shares the form alone."""
    states = tuple(
        replace(state, handoff=replace(state.handoff, documents=("form",)))
        if state.id == "fire_check" and state.handoff is not None
        else state
        for state in sending().states
    )
    return replace(sending(), version="1.0.1", states=states)


def _peers(side: Side, **changes: Any) -> None:
    house = replace(side.office.house, peers=replace(side.office.house.peers, **changes))
    side.office.house = house
    object.__setattr__(side.desk, "house", house)


@pytest.fixture
def sharing(tmp_path: Path) -> Iterator[Sharing]:
    """A form of three pieces and a plan, of which the handoff shares the form."""
    houses = two_houses()
    folders = {name: HashedFolder(tmp_path / name) for name in ("here", "there")}
    for side, folder in zip((houses.commune, houses.fire), folders.values(), strict=True):
        _peers(side, files=folder)
    houses.start()
    office = houses.commune.office
    office.publish(narrow())
    for held in (FORM, PLAN):
        folders["here"].keep(sha256(held), held)
    files = {
        "form_1": {"sha256": sha256(FORM), "name": "Đơn của bà Hoa.pdf"},
        "plan_2": {"sha256": sha256(PLAN), "name": "plan.dwg"},
    }
    code = office.open(SENDS, documents=("form", "plan"), files=files)
    office.send(code, "accept", "counter")
    office.send(code, "to_fire", "officer")
    yield Sharing(houses, folders, code)
    houses.stop()


def test_what_the_handoff_shares_arrives(sharing: Sharing) -> None:
    """With name, hash, media type and size, and whole; what it does not share stays, and no name is in a record."""
    sharing.houses.exchange()
    told = {"name": "Đơn của bà Hoa.pdf", "media_type": "application/pdf", "size": len(FORM)}
    assert {"file.form_1": {**told, "sha256": sha256(FORM)}} == sharing.kept()
    there = sharing.folders["there"]
    assert FORM == there.piece(sha256(FORM), 0, len(FORM) + 1)
    assert None is there.size(sha256(PLAN))
    trails = [*sharing.here.office.raws(sharing.code), *sharing.there.office.raws(sharing.there.only(TAKES))]
    assert not any("Hoa" in raw for raw in trails)
    assert "delivered" == sharing.here.dossier(sharing.code).handoffs["fire_check"].status
    assert [] == sharing.here.sound() == sharing.there.sound()


def test_a_broken_line_goes_on_where_it_was(sharing: Sharing) -> None:
    """Until the papers are there the offer is not delivered; what came before the break is not sent again."""
    sharing.carries(3)  # the offer, what is there already, the first piece
    sharing.here.relay()
    assert "offered" == sharing.here.dossier(sharing.code).handoffs["fire_check"].status
    there = sharing.folders["there"]
    assert (None, PIECE) == (there.size(sha256(FORM)), there.take(sha256(FORM), len(FORM), 0, b""))
    sharing.mended()
    assert len(FORM) == there.size(sha256(FORM))
    assert "delivered" == sharing.here.dossier(sharing.code).handoffs["fire_check"].status
    assert 1 == len(list(sharing.there.office.store.iterate()))


def test_a_file_that_is_not_what_was_announced_is_thrown_away(sharing: Sharing, tmp_path: Path) -> None:
    """Its hash tells; the offer stands, and an operator of the sender learns why its papers are missing."""
    place = tmp_path / "here" / sha256(FORM)[:2] / sha256(FORM)
    place.write_bytes(FORM[::-1])
    sharing.houses.exchange()
    there = sharing.folders["there"]
    assert (None, 0) == (there.size(sha256(FORM)), there.take(sha256(FORM), len(FORM), 0, b""))
    assert ["WrongFile" in str(error) for error in sharing.dead()] == [True]
    assert ["form"] == list(sharing.there.dossier(sharing.there.only(TAKES)).documents)


def test_a_file_that_is_too_big_is_refused(sharing: Sharing) -> None:
    """The receiver says how much it takes of each installation."""
    [peer] = sharing.there.office.house.peers.known
    _peers(sharing.there, known=(replace(peer, most_bytes=len(FORM) - 1),))
    sharing.houses.exchange()
    assert None is sharing.folders["there"].size(sha256(FORM))
    assert ["WrongFile" in str(error) for error in sharing.dead()] == [True]


def test_where_no_files_are_kept_papers_go_by_their_ids(sharing: Sharing) -> None:
    """An installation without a folder announces nothing."""
    _peers(sharing.here, files=None)
    sharing.houses.exchange()
    assert {} == sharing.kept()
    assert ("form",) == sharing.there.dossier(sharing.there.only(TAKES)).documents


OPINION = b"an opinion " * (PIECE // 8)


def concluded(sharing: Sharing) -> None:
    """The fire police takes the dossier over, adds the scan of its opinion, and is done; nothing has left yet."""
    sharing.houses.exchange()
    there, theirs = sharing.there, sharing.there.only(TAKES)
    handoffs.accept(there.office.house, there.asked(theirs, "offered"))
    fireman = actor_of("firefighter")
    send(there.office.house, theirs, "begin", fireman, None, Particulars(documents=("plan",)))
    sharing.folders["there"].keep(sha256(OPINION), OPINION)
    name = {"sha256": sha256(OPINION), "name": "Ý kiến.pdf", "size": len(OPINION), "media": "application/pdf"}
    command = DigitiseDocument("plan", "scanned", ("application/pdf",), fireman)
    value = Personal("file.plan_1", name, bytes(32))
    enact(there.office.house, theirs, lambda world, stored, now: Request(command, fireman, (value,)))
    send(there.office.house, theirs, "conclude", fireman, None, Particulars({"objects": False}))


def here_kept(sharing: Sharing) -> dict[str, str]:
    """The files of which the sender knows, by field."""
    values = sharing.here.office.store.personal(sharing.here.office.store.load(sharing.code).id)
    return {v.field: json.loads(v.value)["sha256"] for v in values if v.field.startswith("file.")}


def test_a_result_brings_its_papers_back(sharing: Sharing) -> None:
    """What was added over there, whole and by its hash, beside the one of the same paper here."""
    concluded(sharing)
    sharing.houses.exchange()
    files = {"file.form_1": sha256(FORM), "file.plan_2": sha256(PLAN), "file.plan_3": sha256(OPINION)}
    assert ("back",) == sharing.here.dossier(sharing.code).states
    assert sorted(files.values()) == sorted(here_kept(sharing).values())
    assert OPINION == sharing.folders["here"].piece(sha256(OPINION), 0, len(OPINION) + 1)
    assert not any("kiến" in raw for raw in sharing.here.office.raws(sharing.code))
    assert ([], []) == (sharing.there.office.store.dead(9), sharing.dead())
    assert [] == sharing.here.sound() == sharing.there.sound()


def test_a_result_whose_paper_is_not_what_its_hash_says_goes_on_and_the_paper_is_thrown_away(
    sharing: Sharing, tmp_path: Path
) -> None:
    """An operator over there learns why; nothing wrong is kept here."""
    concluded(sharing)
    place = tmp_path / "there" / sha256(OPINION)[:2] / sha256(OPINION)
    place.write_bytes(OPINION[::-1])
    sharing.houses.exchange()
    errors = [str(message.error) for message in sharing.there.office.store.dead(10)]

    assert ("back",) == sharing.here.dossier(sharing.code).states
    assert None is sharing.folders["here"].size(sha256(OPINION))
    assert ["WrongFile" in error for error in errors] == [True]


def test_a_piece_that_belongs_to_no_result_is_refused(sharing: Sharing) -> None:
    """Before the end was told nothing may land, whatever its hash."""
    sharing.houses.exchange()
    there, theirs = sharing.there, sharing.there.only(TAKES)
    told = {
        "topic": "peer:result_file", "log": there.office.house.log, "dossier": theirs, "personal": {},
        "told": {
            "origin": sharing.code, "state": "fire_check", "number": 1, "sha256": sha256(PLAN), "offset": 0,
            "piece": "YQ==", "record": {"stream": "s", "seq": 1, "hash": "0" * 64, "at": "2026-03-02T02:00:00Z"},
        },
    }  # fmt: skip
    [peer] = sharing.here.office.house.peers.known
    with pytest.raises(WrongFile):
        receive(sharing.here.office.house, peer, "m1", json.dumps(told).encode())
