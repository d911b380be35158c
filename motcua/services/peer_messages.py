"""The messages of another installation as they are read: every field of its form, or nothing at all."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from motcua.services.peer_notices import (
    ACCEPTED,
    ACKNOWLEDGED,
    ASKED,
    DONE,
    FILE,
    OFFER,
    OPINION,
    REPORT,
    RESULT_FILE,
    RETURNED,
)
from motcua.services.peer_records import is_digest, is_number, is_text, receipt_of
from motcua.services.ports import Peer
from states.errors import DomainError
from states.peer import Receipt

_FIELD = re.compile(r"applicant\.[a-z][a-z0-9_]{0,63}|reason")
_FILE = re.compile(r"file\.[a-z][a-z0-9_]{0,99}")
_UNWRITTEN = re.compile("[\x00\ud800-\udfff]")
"""What no database and no UTF-8 can hold: a zero character, and half of a surrogate pair."""


class MalformedMessage(DomainError):
    """Message {message} of {peer} is not understood: {reason}. Both sides need versions that understand each other."""

    vi = "Không hiểu thông điệp {message} của {peer}: {reason}. Hai hệ thống cần phiên bản tương thích."


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it was signed.

    Attributes:
        dossier: The code of the sender's dossier.
        told: What it is about; the rest depends on the topic.
        personal: Values that must enter records as commitments only.
        receipt: The record of theirs that owes the message.
    """

    peer: Peer
    id: str
    topic: str
    dossier: str
    told: Mapping[str, Any]
    personal: Mapping[str, Any]
    receipt: Receipt


def _text_or_none(value: object) -> bool:
    return value is None or is_text(value)


def _facts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(fact, bool | int | str) for fact in value.values())


def _documents(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def _record(value: object) -> bool:
    return isinstance(value, dict)


def _personal(value: object) -> bool:
    return isinstance(value, dict) and all(
        _FIELD.fullmatch(name) or (_FILE.fullmatch(name) and _file(held)) for name, held in value.items()
    )


def _file(value: object) -> bool:
    """A file as an offer or a result announces it: what it is called, what it is, and the hash of what it holds."""
    if not isinstance(value, dict) or set(value) != {"sha256", "name", "media_type", "size"}:
        return False
    return (
        is_digest(value["sha256"])
        and _count(value["size"])
        and is_text(value["media_type"])
        and _said(value["name"])
    )


def _said(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 200


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _piece(value: object) -> bool:
    return isinstance(value, str)


def _written(value: object) -> bool:
    """Tell whether every text within a value can be kept."""
    if isinstance(value, dict):
        return all(_written(name) and _written(held) for name, held in value.items())
    if isinstance(value, list):
        return all(map(_written, value))
    return not isinstance(value, str) or _UNWRITTEN.search(value) is None


Form = Mapping[str, Callable[[object], bool]]
_BOTH: Form = {
    "state": is_text,
    "number": is_number,
    "facts": _facts,
    "documents": _documents,
    "record": _record,
}
_OFFER: Form = {**_BOTH, **dict.fromkeys(("sender", "receiver", "procedure"), is_text)}
_ANSWER: Form = {**_BOTH, "origin": is_text, "outcome": _text_or_none, "transition": _text_or_none}
_REPORT: Form = {"transition": is_text, "facts": _facts, "documents": _documents, "at": is_text}
_PIECE: Form = {
    "state": is_text,
    "number": is_number,
    "sha256": is_digest,
    "offset": _count,
    "piece": _piece,
    "record": _record,
}
_FORMS: Mapping[str, Form] = {
    **dict.fromkeys((OFFER, ASKED), _OFFER),
    FILE: _PIECE,
    RESULT_FILE: {**_PIECE, "origin": is_text},
    REPORT: _REPORT,
    **dict.fromkeys((ACKNOWLEDGED, ACCEPTED, RETURNED, DONE, OPINION), _ANSWER),
}


def _record_of(given: Mapping[str, Any], message: str, body: bytes) -> Mapping[str, Any]:
    """Return the record behind a message; of who keeps no trail, the message itself stands for it."""
    told: Mapping[str, Any] = given["told"]
    if given["topic"] != REPORT:
        record: Mapping[str, Any] = told["record"]
        return record
    return {"stream": message, "seq": 1, "hash": sha256(body).hexdigest(), "at": told["at"]}


def read(peer: Peer, message: str, body: bytes) -> Told:
    """Read a message of *peer*.

    Raises:
        MalformedMessage: It is not JSON, speaks for another log, or a field is missing or of another form.
    """
    try:
        given = json.loads(body)
        told, record = given["told"], _record_of(given, message, body)
        wrong = [name for name, fits in _FORMS[given["topic"]].items() if not fits(told[name])]
        wrong += [] if given["log"] == peer.log else ["log"]
        wrong += [] if _written(given) else ["text"]
        wrong += [] if _personal(given["personal"]) and is_text(given["dossier"]) else ["personal"]
        if wrong:
            raise ValueError(", ".join(wrong))
        receipt = receipt_of(peer, record)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        reason = f"{type(error).__name__} {error}"
        raise MalformedMessage(message=message, peer=peer.name, reason=reason) from None
    return Told(peer, message, given["topic"], given["dossier"], told, given["personal"], receipt)
