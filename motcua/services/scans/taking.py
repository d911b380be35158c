"""Note that a paper of a dossier is data now, with its files: checked, scanned, on the disk, then recorded."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.record import Auth
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.ports import PersonalValue, Stored
from motcua.services.recording import Personal
from motcua.services.scans.contents import Checked, check
from motcua.services.scans.room import Room
from states.commands import Actor, DigitiseDocument
from states.digitising import NotDigitised
from states.world import World

PREFIX = "file."


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came; its name is looked at for its ending and then forgotten."""

    name: str
    held: bytes


def digitise(
    house: Installation,
    room: Room,
    code: str,
    document: str,
    how: str,
    files: Sequence[Arrived],
    actor: Actor,
    *,
    key: str,
    auth: Auth | None = None,
) -> Stored:
    """Note how a paper became data, and keep its files by their hash; with the key once, however often it is sent.

    What the record holds of the files are commitments; their names are made here.

    Raises:
        TooMuch, UnfitFile, Infected: A file is not taken; nothing was recorded.
        StorageFull: It cannot be written; nothing was recorded.
        NotDigitised, NotAuthorised, DossierNotFound, Busy, MalformedKey, KeyReused: Nothing was recorded.
    """
    looked = _looked_at(room, files)
    hashes = [file.sha256 for file in looked]
    idem = once(key, actor, auth, [code, document, how, hashes])
    command = DigitiseDocument(document, how, tuple(file.checked.media for file in looked), actor)
    _fits(house, room, house.store.load(code), document, files)
    for file in files:
        room.take(file.held)

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        known = kept_of(house.store.personal(stored.id))
        if not (idem and house.store.answer(idem.idem)):
            _new_here(code, document, known, hashes)
        first = 1 + sum(document_of(field) == document for field, _ in known)
        told = {f"{document}_{number}": file for number, file in enumerate(looked, first)}
        values = tuple(Personal(f"{PREFIX}{n}", file.told(n), house.new_salt()) for n, file in told.items())
        return Request(command, actor, values, auth, idem=idem)

    return enact(house, code, ask)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file that may be kept, with its hash and its size."""

    checked: Checked
    sha256: str
    size: int

    def told(self, name: str) -> dict[str, Any]:
        return {
            "sha256": self.sha256,
            "name": f"{name}.{self.checked.extension}",
            "size": self.size,
            "media": self.checked.media,
            "flags": list(self.checked.flags),
        }


def _looked_at(room: Room, files: Sequence[Arrived]) -> list[_Looked]:
    room.limits.of_request([len(file.held) for file in files])
    checked = [check(file.name, file.held, room.limits) for file in files]
    return [
        _Looked(one, hashlib.sha256(file.held).hexdigest(), len(file.held))
        for one, file in zip(checked, files, strict=True)
    ]


def _new_here(code: str, document: str, known: list[tuple[str, dict[str, Any]]], hashes: list[str]) -> None:
    """Check that the paper has none of these files. Raises: NotDigitised."""
    given = {str(told["sha256"]) for field, told in known if document_of(field) == document}
    if given.intersection(hashes):
        raise NotDigitised(
            code=code, document=document, reason="it has this file already", reason_vi="đã có tệp này"
        )


def kept_of(values: Sequence[PersonalValue]) -> list[tuple[str, dict[str, Any]]]:
    """Return the files of a dossier by their field, as they were noted; what was erased is not there."""
    return [(v.field, json.loads(v.value)) for v in values if v.field.startswith(PREFIX)]


def document_of(field: str) -> str:
    """Return the paper that a file is of: `file.<document>_<number>`."""
    return field.removeprefix(PREFIX).rpartition("_")[0]


def _fits(house: Installation, room: Room, stored: Stored, document: str, files: Sequence[Arrived]) -> None:
    """Check what can be known before anything is written to the disk. Raises: TooMuch, NotDigitised."""
    sizes = [int(told.get("size", 0)) for _, told in kept_of(house.store.personal(stored.id))]
    room.limits.of_dossier([*sizes, *(len(file.held) for file in files)] if files else [])
    if files and (stored.dossier.ended or document not in stored.dossier.documents):
        reason = "it was not handed in, or the dossier has ended", "chưa được nộp, hoặc hồ sơ đã kết thúc"
        raise NotDigitised(
            code=stored.dossier.code, document=document[:64], reason=reason[0], reason_vi=reason[1]
        )
