"""Tell another installation what it is owed; personal values are added when the message leaves, and stored nowhere."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.services.installation import Installation
from motcua.services.peer_files import Post, send_files, shared_files
from motcua.services.peer_notices import ASKED, DONE, FILE, OFFER, OPINION, RESULT_FILE
from motcua.services.peer_records import receipt_of
from motcua.services.ports import Notice, Peer, PeerSilent
from states.peer import Receipt

TOPIC = "peer:"
ENDS = (DONE, OPINION)
"""What tells the end of the work on what another installation handed over, or asked."""
_SHARED = "applicant."
_REASON = "reason"
OPENED = 1
"""The record that opened a dossier holds what came with it; what came later was made here."""


def for_peer(template: str) -> bool:
    """Tell whether a message of the outbox goes to another installation."""
    return template.startswith(TOPIC)


def tell_peer(house: Installation, notice: Notice) -> Receipt:
    """Carry a message to its peer, with the files of an offer or a result; return the record made there.

    Raises:
        UnknownPeer: Nobody serves the agency any more.
        OSError, PeerSilent: Later, perhaps.
        Undeliverable: The peer refuses it for good.
    """
    told: Mapping[str, Any] = notice.payload["peer"]
    peers = house.peers
    peer = peers.named(told["peer"]) if "peer" in told else peers.serving(told["receiver"])
    files = dict(_files(house, notice, told))
    personal = {**dict(_personal(house, notice, told)), **files}
    receipt = _receipt(peer, peers.post(peer, notice.id, _body(house, notice, told, personal)))
    if peers.files is not None and files:
        send_files(
            peers.files, peer.name, notice.id, list(files.values()), _poster(house, peer, notice, told)
        )
    return receipt


def _files(
    house: Installation, notice: Notice, told: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """An offer or a question brings the files of the papers that it shares, a result those that were made here."""
    if notice.template in (OFFER, ASKED):
        yield from shared_files(house, notice.dossier_id, told["documents"])
    elif notice.template in ENDS:
        yield from shared_files(house, notice.dossier_id, told["documents"], after=OPENED)


def _poster(house: Installation, peer: Peer, notice: Notice, told: Mapping[str, Any]) -> Post:
    back = notice.template in ENDS
    names = ("state", "number", "record", "origin") if back else ("state", "number", "record")
    about, topic = {name: told[name] for name in names}, RESULT_FILE if back else FILE

    def post(message: str, piece: Mapping[str, Any]) -> Mapping[str, Any]:
        sent = house.peers.post(peer, message, _body(house, notice, {**about, **piece}, {}, topic))
        try:
            answer: Mapping[str, Any] = dict(json.loads(sent))
        except (TypeError, ValueError):
            return {}
        return answer

    return post


def _body(
    house: Installation,
    notice: Notice,
    told: Mapping[str, Any],
    personal: Mapping[str, Any],
    topic: str | None = None,
) -> bytes:
    body = {
        "topic": topic or notice.template,
        "log": house.log,
        "dossier": notice.payload["code"],
        "told": {name: value for name, value in told.items() if name != "peer"},
        "personal": personal,
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def _personal(house: Installation, notice: Notice, told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """An offer brings the applicant along, any other message no more than the reason given with its record.

    Who is only asked is not told who applies, unless a fact or a paper of the question's share says so.
    """
    for value in house.store.personal(notice.dossier_id):
        given = notice.template != ASKED and value.field == _REASON and value.seq == told["record"]["seq"]
        if given or (notice.template == OFFER and value.field.startswith(_SHARED)):
            yield value.field, json.loads(value.value)


def _receipt(peer: Peer, answer: bytes) -> Receipt:
    try:
        told = json.loads(answer)
        if told["trail"] != peer.log:
            raise ValueError("trail")
        return receipt_of(peer, told)
    except (LookupError, TypeError, ValueError, RecursionError):
        malformed = {"reason": "its receipt is malformed", "reason_vi": "biên nhận sai dạng"}
        raise PeerSilent(peer=peer.name, **malformed) from None
