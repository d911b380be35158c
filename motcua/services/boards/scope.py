"""Whose work a visitor looks at: their agencies, and those below the ones that they lead."""

from motcua.services.access import Visitor
from motcua.services.identity import today
from motcua.services.installation import Installation
from states.directory import AgencyNotFound, Directory

_AUDITOR = "auditor"


def scope_of(house: Installation, visitor: Visitor, agency: str | None = None) -> frozenset[str] | None:
    """Return the codes of the agencies that a visitor's boards count; None for an auditor, who sees all.

    Args:
        house: The installation.
        visitor: Who looks.
        agency: One of them, where the board is narrowed to it.

    Raises:
        AgencyNotFound: It is none of theirs; the same answer as for one that does not exist.
    """
    directory = house.worlds.directory
    every = _AUDITOR in visitor.duties
    found = frozenset(visitor.agencies) | _below(directory, frozenset(visitor.oversees))
    if agency is None:
        return None if every else found
    if agency not in (directory.agency if every else found):
        raise AgencyNotFound(agency=agency)
    return frozenset({agency})


def choices(house: Installation, visitor: Visitor) -> list[dict[str, str]]:
    """Return the agencies that a visitor may narrow a board to, by name."""
    scope, day, directory = scope_of(house, visitor), today(house), house.worlds.directory
    codes = directory.agency if scope is None else scope
    found = [{"code": code, "name": directory.name_of(code, day)} for code in codes]
    return sorted(found, key=lambda one: (one["name"], one["code"]))


def _below(directory: Directory, above: frozenset[str]) -> frozenset[str]:
    """Return agencies with all that stand below them."""
    children: dict[str, list[str]] = {}
    for agency in directory.agencies:
        children.setdefault(agency.parent or "", []).append(agency.code)
    found, new = set(above), list(above)
    while new:
        fresh = [code for code in children.get(new.pop(), ()) if code not in found]
        found.update(fresh)
        new += fresh
    return frozenset(found)
