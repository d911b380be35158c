"""The one place that says who may see and do what; what is not allowed here is denied, and a denial is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from motcua.services.access.accounts import access_record
from motcua.services.access.visitor import AUDITOR, Visitor
from motcua.services.installation import Installation
from motcua.services.ports import Busy, DossierNotFound, Stored
from states.concern import concerned as concerned_agencies
from states.directory import Directory

READ = "read"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why, in both languages."""

    allowed: bool
    reason: str
    reason_vi: str


_AUDITS = Decision(True, "an auditor reads everything", "kiểm toán viên được xem mọi hồ sơ")
_READ_ONLY = Decision(False, "an auditor only reads", "kiểm toán viên chỉ được xem")
_CONCERNED = Decision(True, "the dossier concerns their agency", "hồ sơ liên quan đến cơ quan của họ")
_OVERSEES = Decision(True, "they lead an agency above", "là lãnh đạo cơ quan cấp trên")
_STRANGER = Decision(
    False, "the dossier concerns no agency of theirs", "hồ sơ không liên quan đến cơ quan của họ"
)
_LOOKS_ON = Decision(
    False, "they oversee the dossier and do not work on it", "chỉ được theo dõi, không xử lý hồ sơ"
)


def authorize(house: Installation, visitor: Visitor, action: str, stored: Stored) -> Decision:
    """Say whether a visitor may do *action* to a dossier; `read` is one, every command is another.

    This is the floor: which posts and tasks an act needs is the procedure's to say, which can only narrow it.
    """
    if AUDITOR in visitor.duties:
        return _AUDITS if action == READ else _READ_ONLY
    agencies = concerned(house, stored)
    if agencies.intersection(visitor.agencies):
        return _CONCERNED
    if any(_below(house.worlds.directory, code, visitor.oversees) for code in agencies):
        return _OVERSEES if action == READ else _LOOKS_ON
    return _STRANGER


def may_see(house: Installation, visitor: Visitor, stored: Stored) -> bool:
    """Tell whether a visitor may look at a dossier."""
    return authorize(house, visitor, READ, stored).allowed


def narrowed(house: Installation, visitor: Visitor) -> Installation:
    """Return the installation as it is for a visitor: the database itself shows no dossier that is not for them.

    An auditor sees all of it. It is for reading; what they do goes through the whole one.
    """
    if AUDITOR in visitor.duties:
        return house
    directory = house.worlds.directory
    below = (agency.code for agency in directory.agencies if _below(directory, agency.code, visitor.oversees))
    return replace(house, store=house.store.narrowed((*visitor.agencies, *below)))


def concerned(house: Installation, stored: Stored) -> frozenset[str]:
    """Return the codes of the agencies that a dossier concerns."""
    return concerned_agencies(house.worlds.procedure(stored.dossier.cfg), stored.dossier)


def seen(house: Installation, visitor: Visitor, code: str) -> Stored:
    """Return a dossier that a visitor may look at.

    Raises:
        DossierNotFound: There is none, or it is not for them; the same answer for both, and the latter recorded.

    That an auditor read it is recorded too.
    """
    stored = house.store.load(code)
    decision = authorize(house, visitor, READ, stored)
    if not decision.allowed:
        record_denial(house, visitor, READ, f"dossier:{stored.id}", decision.reason)
        raise DossierNotFound(code=code)
    if AUDITOR in visitor.duties:
        record_read(house, visitor, f"dossier:{stored.id}")
    return stored


def record_denial(house: Installation, visitor: Visitor, action: str, what: str, reason: str) -> None:
    """Record in the visitor's own stream what was denied; others at the same moment may need it tried again."""
    _append(house, visitor, {"kind": "access_denied", "action": action, "what": what, "reason": reason})


def record_read(house: Installation, visitor: Visitor, what: str) -> None:
    """Record in the visitor's own stream that they read something of which that must be known.

    Once, while they go on looking at it in one session: each step of a replay asks again.
    """
    last = house.store.head(f"access:{visitor.person}")
    said = (f'"kind":"dossier_read","what":"{what}"', f'"sid_hash":"{visitor.session}"')
    if last is not None and all(part in last.raw for part in said):
        return
    _append(house, visitor, {"kind": "dossier_read", "what": what})


def _append(house: Installation, visitor: Visitor, event: Mapping[str, Any]) -> None:
    for _ in range(3):
        try:
            record = access_record(house, visitor.person, event, visitor.person, visitor.auth)
            house.store.append([record])
            return
        except Busy:
            continue


def _below(directory: Directory, code: str, above: tuple[str, ...]) -> bool:
    """Tell whether an agency is one of *above*, or stands below one of them."""
    while above and code in directory.agency:
        if code in above:
            return True
        code = directory.agency[code].parent or ""
    return False
