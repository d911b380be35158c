"""Compare what a system outside says of its statuses with where our dossiers stand; nothing is changed by it."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.services.installation import Installation
from motcua.services.ports import Peer, Stored
from states.errors import DomainError


class UnknownStatus(DomainError):
    """The status "{status}" of {peer} is not known. Add it to `statuses` in the file of peers; known: {known}."""

    vi = "Không biết trạng thái «{status}» của {peer}. Hãy bổ sung vào «statuses» trong tệp peers; đã biết: {known}."


def reconcile(house: Installation, name: str, theirs: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every dossier of which the sides tell different things.

    Args:
        house: The installation.
        name: Our name for the system.
        theirs: Their status by the code of our dossier.

    Returns:
        Rows with `verdict`: `differs`, `unknown here`, or `missing there` for one that stands where only they can
        move it, and that their list does not name.

    Raises:
        UnknownPeer: No such system.
        UnknownStatus: The file of peers says nothing of a status.
    """
    peer = house.peers.named(name)
    for status in sorted(set(theirs.values()) - set(peer.statuses)):
        raise UnknownStatus(status=status, peer=name, known=", ".join(sorted(peer.statuses)) or "-")
    procedures = {may.partition("/")[0] for may in peer.may}
    found = {
        stored.dossier.code: stored
        for stored in house.store.iterate()
        if stored.dossier.procedure in procedures
    }
    return sorted(_rows(house, peer, theirs, found), key=lambda row: str(row["code"]))


def _rows(
    house: Installation, peer: Peer, theirs: Mapping[str, str], found: Mapping[str, Stored]
) -> Iterator[dict[str, Any]]:
    for code, status in theirs.items():
        stored = found.get(code)
        if stored is None:
            yield _row(code, status, None, "unknown here")
        elif not set(stored.dossier.states) & set(peer.statuses[status]):
            yield _row(code, status, stored, "differs")
    for code in sorted(found.keys() - theirs.keys()):
        if not found[code].dossier.ended and _theirs_to_move(house, peer, found[code]):
            yield _row(code, None, found[code], "missing there")


def _theirs_to_move(house: Installation, peer: Peer, stored: Stored) -> bool:
    procedure = house.worlds.procedure(stored.dossier.cfg)
    allowed = {may.partition("/")[2] for may in peer.may if may.partition("/")[0] == procedure.code}
    held = {procedure.state[state].holder for state in stored.dossier.states}
    return any(
        set(t.sources) & set(stored.dossier.states) and held & set(t.by)
        for t in procedure.transitions
        if t.id in allowed
    )


def _row(code: str, status: str | None, stored: Stored | None, verdict: str) -> dict[str, Any]:
    states = [] if stored is None else list(stored.dossier.states)
    return {"code": code, "theirs": status, "ours": states, "verdict": verdict}
