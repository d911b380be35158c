"""Looking at dossiers: what is for a visitor, what is not there for them, and the records of both."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from audit.record import Auth
from motcua.services.access.accounts import access_record
from motcua.services.access.deciding import READ, Sight, authorize, below, sight_of
from motcua.services.access.visitor import AUDITOR, Visitor
from motcua.services.installation import Installation
from motcua.services.ports import Busy, DossierNotFound, Stored
from states.directory import Directory

_PART = "only a question or an offer of it is for their agency"


def narrowed(house: Installation, visitor: Visitor) -> Installation:
    """Return the installation as it is for a visitor: the database itself shows no dossier that is not for them.

    An auditor sees all of it. It is for reading; what they do goes through `whole`.
    """
    if AUDITOR in visitor.duties:
        return house
    directory = house.worlds.directory
    theirs = {agency.code for agency in directory.agencies if below(directory, agency.code, visitor.oversees)}
    theirs.update(visitor.agencies)
    store = house.whole.store.narrowed([*theirs, *_taken_over(directory, theirs)])
    return replace(house, store=store, undivided=house.whole)


def _taken_over(directory: Directory, codes: set[str]) -> set[str]:
    """Return the agencies whose work came to some: what these led and closed is in the registers of their heirs."""
    found: set[str] = set()
    new = set(codes)
    while new:
        new = {
            agency.code
            for agency in directory.agencies
            if new.intersection(heir.agency for heir in agency.successors)
        } - found
        found |= new
    return found


def seen(house: Installation, visitor: Visitor, code: str) -> Stored:
    """Return a dossier of which a visitor may look at everything.

    Raises:
        DossierNotFound: There is none, or not all of it is for them; the same answer, and the latter recorded.

    That an auditor read it is recorded too.
    """
    sight = looked_at(house, visitor, code)
    if not sight.whole:
        record_denial(house, visitor, READ, f"dossier:{sight.stored.id}", _PART)
        raise DossierNotFound(code=code)
    return sight.stored


def looked_at(house: Installation, visitor: Visitor, code: str) -> Sight:
    """Return a dossier with how much of it a visitor may look at; whoever asks must show no more than that.

    Raises:
        DossierNotFound: There is none, or nothing of it is for them; the same answer for both, the latter recorded.
    """
    stored = house.whole.store.load(code)
    sight = sight_of(house, visitor, stored)
    if sight is None:
        reason = authorize(house, visitor, READ, stored).reason
        record_denial(house, visitor, READ, f"dossier:{stored.id}", reason)
        raise DossierNotFound(code=code)
    if AUDITOR in visitor.duties:
        record_read(house, visitor, f"dossier:{stored.id}")
    return sight


def record_denial(house: Installation, visitor: Visitor, action: str, what: str, reason: str) -> None:
    """Record in the visitor's own stream what was denied; others at the same moment may need it tried again."""
    record_refusal(house, visitor.person, visitor.auth, action, what, reason)


def record_refusal(
    house: Installation, person: str, auth: Auth | None, action: str, what: str, reason: str
) -> None:
    """Record the same of somebody who came by another way than a page."""
    event = {"kind": "access_denied", "action": action, "what": what, "reason": reason}
    _append(house, person, auth, event)


def record_read(house: Installation, visitor: Visitor, what: str) -> None:
    """Record in the visitor's own stream that they read something of which that must be known.

    Once, while they go on looking at it in one session: each step of a replay asks again.
    """
    last = house.whole.store.head(f"access:{visitor.person}")
    said = (f'"kind":"dossier_read","what":"{what}"', f'"sid_hash":"{visitor.session}"')
    if last is not None and all(part in last.raw for part in said):
        return
    _append(house, visitor.person, visitor.auth, {"kind": "dossier_read", "what": what})


def _append(house: Installation, person: str, auth: Auth | None, event: Mapping[str, Any]) -> None:
    for _ in range(3):
        try:
            record = access_record(house.whole, person, event, person, auth)
            house.whole.store.append([record])
            return
        except Busy:
            continue
