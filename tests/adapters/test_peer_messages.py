"""What peers may not do, and what each of them is told: a status, a code, and nothing changed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from stores import everything
from two_houses import FIRE, LEAD, NOW, TAKES, Houses, Side, code_of, two_houses
from world import RESTARTING, START, directory

from motcua.adapters.file_folder import HashedFolder
from motcua.adapters.standard_webhooks import generate, read_private, signature_headers
from motcua.services import handoffs
from motcua.services.adopting import adopt_directory
from motcua.services.ports import Peers
from states.agency import Heir
from states.wire import instant_text, to_wire


@pytest.fixture
def houses() -> Iterator[Houses]:
    """Both installations, their doors open."""
    found = two_houses()
    found.start()
    yield found
    found.stop()


def record(**changes: Any) -> dict[str, Any]:
    """A record of a peer."""
    return {"stream": "dossier:9", "seq": 2, "hash": "a" * 64, "at": instant_text(START), **changes}


def knock(
    to: Side, sender: Side, topic: str, dossier: str, told: dict[str, Any], id: str = "m-1"
) -> tuple[int, bytes]:
    """A message as the sender would sign it."""
    log = sender.office.house.log
    body = {
        "topic": topic,
        "log": log,
        "dossier": dossier,
        "told": {"record": record(), **told},
        "personal": {},
    }
    raw = json.dumps(body).encode()
    signed = signature_headers(read_private(sender.secret), id, NOW, raw)
    status, _, answer = to.desk.answer({"motcua-log": log, **signed}, raw)
    return status, answer


def test_a_file_comes_with_an_offer_only(houses: Houses, tmp_path: Path) -> None:
    """A piece of what was never offered, or never announced, changes nothing."""
    peers = replace(houses.fire.office.house.peers, files=HashedFolder(tmp_path))
    object.__setattr__(houses.fire.desk, "house", replace(houses.fire.office.house, peers=peers))
    told = {"state": "fire_check", "number": 1, "sha256": "a" * 64, "offset": 0, "piece": ""}
    status, answer = knock(houses.fire, houses.commune, "peer:file", "H99.01-260302-0001", told)
    assert (HTTPStatus.NOT_FOUND, "NeverOffered") == (status, code_of(answer))
    code = houses.offered()
    houses.exchange()
    origin = houses.fire.dossier(houses.fire.only(TAKES)).origin
    assert origin is not None
    said = {**told, "record": to_wire(origin.receipt)}
    status, answer = knock(houses.fire, houses.commune, "peer:file", code, said)
    assert (HTTPStatus.BAD_REQUEST, "WrongFile") == (status, code_of(answer))
    status, answer = knock(houses.fire, houses.commune, "peer:file", code, {**said, "piece": 1})
    assert (HTTPStatus.BAD_REQUEST, "MalformedMessage") == (status, code_of(answer))
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def answering(code: str, **changes: Any) -> dict[str, Any]:
    """What an answer to the offer of a dossier says."""
    said = {"origin": code, "state": "fire_check", "number": 1, "outcome": None, "transition": None}
    return {**said, "facts": {}, "documents": [], **changes}


def offering(**changes: Any) -> dict[str, Any]:
    """What an offer to the fire police says."""
    said = {"state": "fire_check", "number": 1, "sender": LEAD, "receiver": FIRE, "procedure": TAKES}
    return {**said, "version": "1.0.0", "facts": {"kind": "repair"}, "documents": ["form"], **changes}


@pytest.mark.parametrize(
    ("topic", "changes", "status", "code"),
    [
        ("peer:accepted", {"state": "signing"}, 404, "HandoffNotFound"),
        ("peer:accepted", {"number": 2}, 404, "HandoffNotFound"),
        ("peer:accepted", {"origin": "H99.01-260302-9999"}, 404, "DossierNotFound"),
        ("peer:done", {}, 409, "NotTakenOver"),
        ("peer:nonsense", {}, 400, "MalformedMessage"),
        ("peer:accepted", {"record": {}}, 400, "MalformedMessage"),
        ("peer:returned", {"state": ["x"]}, 400, "MalformedMessage"),
        ("peer:accepted", {"state": "\ud800"}, 400, "MalformedMessage"),
        ("peer:accepted", {"record": record(at=None)}, 400, "MalformedMessage"),
        ("peer:accepted", {"record": record(at="2026-03-02T09:00:00")}, 400, "MalformedMessage"),
    ],
)
def test_answers_that_are_refused(
    houses: Houses, topic: str, changes: dict[str, Any], status: int, code: str
) -> None:
    """An answer to what was never offered, or that is no answer, is refused and changes nothing."""
    offered = houses.offered()
    before = everything(houses.commune.office.store)
    found, body = knock(houses.commune, houses.fire, topic, "F-1", answering(offered, **changes))
    assert (status, code) == (found, code_of(body))
    assert before == everything(houses.commune.office.store)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"receiver": "H99.77"}, 404, "AgencyNotFound"),
        ({"receiver": LEAD}, 403, "WrongAgency"),
        ({"sender": FIRE}, 403, "WrongAgency"),
        ({"procedure": "9.999999"}, 404, "ProcedureNotFound"),
        ({"receiver": "H99"}, 400, "PartyUnbound"),
        ({"procedure": RESTARTING}, 409, "TakesNothingOver"),
        ({"facts": {}}, 400, "InvalidFacts"),
        ({"facts": {"kind": ["new"]}}, 400, "MalformedMessage"),
        ({"number": True}, 400, "MalformedMessage"),
        ({"sender": "\ud800"}, 400, "MalformedMessage"),
        ({"state": "fire\0check"}, 400, "MalformedMessage"),
        ({"record": record(stream={})}, 400, "MalformedMessage"),
        ({"record": record(at=None)}, 400, "MalformedMessage"),
        ({"record": record(at="2026-03-02T09:00:00")}, 400, "MalformedMessage"),
        ({"record": record(at="0001-01-01T00:00:00+14:00")}, 400, "MalformedMessage"),
    ],
)
def test_offers_that_are_refused(houses: Houses, changes: dict[str, Any], status: int, code: str) -> None:
    """An offer to an unknown, incompetent or foreign agency, of no procedure or of no record, opens no dossier."""
    before = everything(houses.fire.office.store)
    found, body = knock(houses.fire, houses.commune, "peer:offer", "H99.01-260302-0001", offering(**changes))
    assert (status, code) == (found, code_of(body))
    assert before == everything(houses.fire.office.store)


def test_an_offer_to_a_closed_agency(houses: Houses) -> None:
    """An agency that has closed takes nothing over, and the sender learns who has succeeded it."""
    known = directory()
    heirs = (Heir("H99.03", NOW.date()),)
    agencies = [
        replace(a, until=NOW.date(), successors=heirs) if a.code == FIRE else a for a in known.agencies
    ]
    heir = replace(known.get(FIRE), code="H99.03")
    adopt_directory(houses.fire.office.house, replace(known, agencies=(*agencies, heir)), "admin")
    status, body = knock(houses.fire, houses.commune, "peer:offer", "H99.01-260302-0001", offering())
    assert (409, "AgencyClosed") == (status, code_of(body))
    assert [] == list(houses.fire.office.store.iterate())


def test_a_second_acceptance(houses: Houses) -> None:
    """The same acceptance twice is one and gets the same receipt; another one is refused."""
    code = houses.offered()
    first = knock(houses.commune, houses.fire, "peer:accepted", "F-1", answering(code))
    again = knock(houses.commune, houses.fire, "peer:accepted", "F-1", answering(code))
    other = knock(houses.commune, houses.fire, "peer:accepted", "F-1", answering(code), "m-2")
    changed = knock(houses.commune, houses.fire, "peer:accepted", "F-2", answering(code))
    assert HTTPStatus.OK == first[0]
    assert first == again
    assert (409, "HandoffAnswered") == (other[0], code_of(other[1]))
    assert (409, "KeyReused") == (changed[0], code_of(changed[1]))


def test_the_same_offer_under_another_id(houses: Houses) -> None:
    """An offer opens one dossier, under whichever id it comes."""
    ids = [
        knock(houses.fire, houses.commune, "peer:offer", "H99.01-260302-0001", offering(), id)[1]
        for id in ("m-1", "m-2")
    ]
    assert ids[0] == ids[1]
    assert 1 == len(list(houses.fire.office.store.iterate()))


def test_an_answer_by_another_peer(houses: Houses) -> None:
    """Who does not serve the agency that was offered a dossier cannot acknowledge it."""
    commune, code = houses.commune, houses.offered()
    [fire] = commune.office.house.peers.known
    stranger = replace(fire, name="land", log="land.example/log", agencies=("H99.09",))
    known = replace(commune.office.house, peers=Peers((fire, stranger)))
    desk = replace(commune.desk, house=known)
    body = {"topic": "peer:acknowledged", "log": stranger.log, "dossier": "F-1", "personal": {}}
    raw = json.dumps({**body, "told": {"record": record(), **answering(code)}}).encode()
    signed = signature_headers(read_private(houses.fire.secret), "m-1", NOW, raw)
    status, _, answer = desk.answer({"motcua-log": stranger.log, **signed}, raw)
    assert (403, "WrongAgency") == (status, code_of(answer))


def test_signatures(houses: Houses) -> None:
    """A message of an unknown log, by another key, or signed too long ago, is not even read."""
    commune, fire = houses.commune, houses.fire
    raw, key = b"{}", read_private(fire.secret)
    log = {"motcua-log": fire.office.house.log}
    stranger = read_private(generate()[0])
    old = signature_headers(key, "m-1", NOW - timedelta(minutes=6), raw)
    cases = [
        ({**signature_headers(key, "m-1", NOW, raw), "motcua-log": "who/log"}, 403, "UnknownPeer"),
        ({**log, **signature_headers(stranger, "m-1", NOW, raw)}, 401, "BadSignature"),
        ({**log, **old}, 401, "OldMessage"),
        (log, 401, "UnsignedMessage"),
    ]
    for headers, status, code in cases:
        found, _, body = commune.desk.answer(headers, raw)
        assert (status, code) == (found, code_of(body))


def test_a_refused_message_is_kept(houses: Houses) -> None:
    """What the peer refuses for good is a dead letter that says why, and the relay goes on."""
    code = houses.offered()
    houses.exchange()
    theirs = houses.fire.only(TAKES)
    accepted = knock(houses.commune, houses.fire, "peer:accepted", "F-1", answering(code))
    assert HTTPStatus.OK == accepted[0]
    handoffs.accept(houses.fire.office.house, houses.fire.asked(theirs, "offered"))
    assert 1 == houses.fire.relay().dead
    [letter] = houses.fire.office.store.dead(10)
    assert "HandoffAnswered" in str(letter.error)
