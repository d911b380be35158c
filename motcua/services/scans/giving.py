"""Which papers of a dossier are data, and their files, to whom they are shared, as they were taken."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from motcua.services.access import Sight, Visitor, looked_at, record_denial
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import DossierNotFound, Stored
from motcua.services.presenting_clocks import words_of
from motcua.services.scans.room import CLEAN, UNSEEN, Room, ScannerSilent
from motcua.services.scans.taking import document_of, kept_of
from states.concern import shared_papers
from states.errors import DomainError, Kind
from states.procedure import Procedure

Plain = dict[str, Any]
_UNKNOWN = "application/octet-stream"


class FileDiffers(DomainError):
    """The file {name} is not the one that was taken: its hash is another. Nobody is given it; tell the auditor."""

    kind = Kind.CONFLICT
    vi = "Tệp {name} không còn là tệp đã nhận: mã băm khác. Không ai được mở; hãy báo kiểm toán viên."


class FileGone(DomainError):
    """The file {name} is not here any more. Scan the paper again."""

    kind = Kind.NOT_FOUND
    vi = "Không còn tệp {name}. Hãy quét lại giấy tờ."


@dataclass(frozen=True, slots=True)
class Given:
    """A file as whoever asked for it gets it."""

    name: str
    media: str
    held: bytes


def papers_of(house: Installation, room: Room, sight: Sight) -> list[Plain]:
    """Return the papers handed in that somebody may open, how each became data and when, and its files."""
    stored = sight.stored
    procedure = house.worlds.procedure(stored.dossier.cfg)
    labels = {paper.id: words_of(paper.label) for paper in procedure.documents}
    shared, how = _shared(procedure, sight), _how(house, stored)
    files = kept_of(house.store.personal(stored.id))
    return [
        {
            "id": name,
            "label": labels.get(name, {"vi": name, "en": name}),
            "how": how.get(name),
            "files": [_file(room, field, told) for field, told in files if document_of(field) == name],
        }
        for name in stored.dossier.documents
        if shared is None or name in shared
    ]


def _how(house: Installation, stored: Stored) -> dict[str, Plain]:
    """Return by paper how it last became data, as the records say."""
    calendar, found = house.worlds.of(stored.dossier.cfg).calendar, {}
    for row in house.store.records(f"dossier:{stored.id}"):
        if row.type == "paper":
            for event in json.loads(row.raw)["events"]:
                if event["kind"] == "document_digitised":
                    told = {"how": event["how"], "at": local_text(calendar, row.at)}
                    found[event["document"]] = told
    return found


def _file(room: Room, field: str, told: Plain) -> Plain:
    return {
        "field": field,
        "name": told.get("name") or field,
        "size": told.get("size"),
        "flags": told.get("flags", []),
        "sha256": told["sha256"],
        "standing": room.standing(told["sha256"]),
    }


def _shared(procedure: Procedure, sight: Sight) -> frozenset[str] | None:
    """The papers whose files are for whoever looks; None for all of them."""
    return None if sight.whole else shared_papers(procedure, sight.stored.dossier, sight.agencies)


def given(house: Installation, room: Room, visitor: Visitor, code: str, field: str) -> Given:
    """Return a file of a dossier to somebody who may open it.

    Raises:
        DossierNotFound: There is no such file, or it is not shared with them; the latter is recorded.
        ScannerSilent: It is in quarantine.
        FileGone, FileDiffers: It is not here, or not what was taken.
    """
    told = _noted(house, visitor, code, field)
    standing, name = room.standing(told["sha256"]), str(told.get("name") or field)
    if standing not in (CLEAN, UNSEEN):
        raise ScannerSilent if standing == "pending" else FileGone(name=name)
    try:
        held = room.files.read(told["sha256"])
    except OSError as trouble:
        raise FileGone(name=name) from trouble
    if hashlib.sha256(held).hexdigest() != told["sha256"]:
        raise FileDiffers(name=name)
    return Given(name, str(told.get("media") or _UNKNOWN), held)


def look_again(house: Installation, room: Room, visitor: Visitor, code: str, field: str) -> None:
    """Let the scanner look at a file in quarantine. Raises: as `given` and `Room.look_again`."""
    room.look_again(_noted(house, visitor, code, field)["sha256"])


def _noted(house: Installation, visitor: Visitor, code: str, field: str) -> Plain:
    sight = looked_at(house, visitor, code)
    stored = sight.stored
    shared = _shared(house.worlds.procedure(stored.dossier.cfg), sight)
    told = dict(kept_of(house.store.personal(stored.id))).get(field)
    if told is None:
        raise DossierNotFound(code=code)
    if shared is not None and document_of(field) not in shared:
        record_denial(
            house, visitor, "read", f"dossier:{stored.id}", "no such file is shared with their agency"
        )
        raise DossierNotFound(code=code)
    return told
