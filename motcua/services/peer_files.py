"""Files that go to another installation with an offer, or back with its result: announced, sent in pieces, checked.

Of an offer only what the handoff declares is shared, of a result what was made there. What was sent before a line broke
is not sent again; what is whole has the hash that was announced, or is thrown away.
"""

import base64
import binascii
import json
import mimetypes
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from motcua.services.installation import Installation
from motcua.services.peer_answers import answering
from motcua.services.peer_messages import Told
from motcua.services.peer_notices import RESULT_FILE
from motcua.services.ports import PeerSilent, SharedFiles, Stored, Undeliverable, WrongFile
from motcua.services.recording import Personal
from states.errors import DomainError, Kind
from states.peer import Origin, id_for

PREFIX = "file."
PIECE = 500_000
"""Bytes of a file in one message, which with all the rest is well below what a peer takes at once."""
_UNKNOWN = "application/octet-stream"

Shared = Mapping[str, Any]
Post = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Sends a piece under an id of its own; returns what the peer answers."""


class NoFiles(DomainError):
    """This installation keeps no files of other installations. Name a folder for them in the settings."""

    kind = Kind.NOT_READY
    vi = "Hệ thống này chưa có thư mục để nhận tệp. Hãy đặt thư mục trong thiết lập."


def announced_files(
    house: Installation, dossier_id: str, documents: Collection[str], after: int = 0
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield by its field each file of *documents*, of records after a number: hash, name and media type."""
    for value in house.store.personal(dossier_id):
        if value.field.startswith(PREFIX) and document_of(value.field) in documents and value.seq > after:
            told = json.loads(value.value)
            name = str(told.get("name", ""))
            kind = mimetypes.guess_type(name)[0] or _UNKNOWN
            yield value.field, {"sha256": told["sha256"], "name": name, "media_type": kind}


def shared_files(
    house: Installation, dossier_id: str, documents: Collection[str], after: int = 0
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the same with their sizes, of those that are here and can be sent."""
    files = house.peers.files
    for field, told in announced_files(house, dossier_id, documents, after) if files is not None else ():
        size = None if files is None else files.size(told["sha256"])
        if size is not None:
            yield field, {**told, "size": size}


def document_of(field: str) -> str:
    """Return the document that a file is of: `file.<document>_<number>`."""
    return field.removeprefix(PREFIX).rpartition("_")[0]


def send_files(files: SharedFiles, peer: str, message: str, shared: Collection[Shared], post: Post) -> None:
    """Send what the peer has not got yet of each file.

    Raises:
        OSError, PeerSilent: Later, perhaps; it goes on from where it was.
        Undeliverable: A file is not here any more, or the peer refuses it for good.
    """
    for file in shared:
        have = _told(peer, post, message, file, 0, b"")
        while have < file["size"]:
            try:
                piece = files.piece(file["sha256"], have, PIECE)
            except FileNotFoundError:
                gone = file["sha256"]
                raise Undeliverable(
                    channel=peer, message=message, reason=f"{gone} is gone", reason_vi=f"không còn tệp {gone}"
                ) from None
            before, have = have, _told(peer, post, message, file, have, piece)
            if have <= before:
                raise PeerSilent(
                    peer=peer, reason="it does not take a file further", reason_vi="không nhận tiếp tệp"
                )


def _told(peer: str, post: Post, message: str, file: Shared, offset: int, piece: bytes) -> int:
    told = {
        "sha256": file["sha256"],
        "offset": offset,
        "piece": base64.b64encode(piece).decode("ascii"),
    }
    answer = post(f"{message}:{file['sha256'][:16]}:{offset}:{len(piece)}", told)
    have = answer.get("have")
    if not isinstance(have, int):
        raise PeerSilent(peer=peer, reason="its answer is malformed", reason_vi="trả lời sai dạng")
    return have


class NeverOffered(DomainError):
    """The handoff {state}#{number} of {dossier} was never offered here, so nothing comes with it. Offer it first."""

    kind = Kind.NOT_FOUND
    vi = "Bàn giao {state}#{number} của {dossier} chưa được gửi đến đây nên không nhận tệp. Hãy gửi bàn giao trước."


def take_piece(house: Installation, told: Told) -> tuple[str, int]:
    """Take a piece of a file that was announced; return the dossier that it is for, and how many bytes are here.

    Raises:
        NoFiles: There is no place for it.
        NeverOffered, WrongFile: It belongs to no offer of this peer, is too big, or not what its hash says.
        DossierNotFound, HandoffNotFound, WrongAgency: It is no result of what this peer took over.
        OSError: It cannot be written now.
    """
    if house.peers.files is None:
        raise NoFiles
    said, piece = told.told, _bytes(told)
    dossier_id = _dossier_of(house, told)
    size = _announced(house, dossier_id, said["sha256"])
    if size is None:
        raise _wrong(said["sha256"], "nothing announces it", "không có thông điệp nào khai tệp này")
    if size > told.peer.most_bytes:
        most = f"{told.peer.most_bytes} byte"
        raise _wrong(said["sha256"], f"it has more than {most}", f"dung lượng quá {most}")
    return dossier_id, house.peers.files.take(said["sha256"], size, said["offset"], piece)


def _dossier_of(house: Installation, told: Told) -> str:
    said = told.told
    if told.topic == RESULT_FILE:
        stored = house.store.load(said["origin"])
        answering(stored.dossier, told)
        return stored.id
    dossier_id = id_for(Origin(told.dossier, said["state"], said["number"], "", told.receipt))
    if not house.store.load_ids([dossier_id]):
        raise NeverOffered(state=said["state"], number=said["number"], dossier=told.dossier)
    return dossier_id


def beside(house: Installation, stored: Stored, told: Told) -> tuple[Personal, ...]:
    """Return what comes with a result, its files numbered after those that each paper has here already."""
    taken = Counter[str]()
    for value in house.store.personal(stored.id):
        number = value.field.rpartition("_")[2]
        if value.field.startswith(PREFIX) and number.isdecimal():
            paper = document_of(value.field)
            taken[paper] = max(taken[paper], int(number))
    kept: list[Personal] = []
    for name, value in sorted(told.personal.items()):
        paper = document_of(name) if name.startswith(PREFIX) else ""
        taken[paper] += 1
        place = f"{PREFIX}{paper}_{taken[paper]}" if paper else name
        kept.append(Personal(place, value, house.new_salt()))
    return tuple(kept)


def _bytes(told: Told) -> bytes:
    try:
        return base64.b64decode(told.told["piece"], validate=True)
    except binascii.Error:
        raise _wrong(told.told["sha256"], "its piece is malformed", "phần tệp sai dạng") from None


def _announced(house: Installation, dossier_id: str, sha256: str) -> int | None:
    values = house.store.personal(dossier_id)
    files = [json.loads(value.value) for value in values if value.field.startswith(PREFIX)]
    return next((int(file["size"]) for file in files if file["sha256"] == sha256 and "size" in file), None)


def _wrong(sha256: str, reason: str, reason_vi: str) -> WrongFile:
    return WrongFile(sha256=sha256, reason=reason, reason_vi=reason_vi)
