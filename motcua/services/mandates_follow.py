"""Mandates follow a reorganisation: a mandate goes on where its giver holds a post now, or it lapses.

The paper stays the same; the former mandate ends and stays in history, and what goes on from it names it and the
change. A mandate of an agency that keeps its giver, and something to decide, is left as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from audit.record import RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Busy, Delegation, NewRecord
from motcua.services.registry import Reviewed, today
from motcua.services.system_records import next_record
from states.directory import Directory
from states.reorganisation import RegistryChange

_TRIES = 3
_NOT_GIVER = "the giver holds no post at who took over"
_NOT_HOLDER = "the holder holds no post"


@dataclass(frozen=True, slots=True)
class Followed:
    """What a reorganisation does to a mandate.

    Attributes:
        scopes: By agency at which it goes on, the codes of its procedures there; empty: all. None at all: it lapses.
        reason: Why it lapses.
    """

    former: Delegation
    scopes: dict[str, tuple[str, ...]]
    reason: str | None


def following(
    directory: Directory, change: RegistryChange, given: list[Delegation], day: date
) -> Iterator[Followed]:
    """Yield what a change does to mandates that have not ended, on a local *day*; the others stay as they are.

    Args:
        directory: The one that has the change.
        change: What was reviewed.
        given: Mandates that were neither taken back nor are over.
        day: The first on which it counts, or later.
    """
    for one in given:
        if one.agency not in change.agencies:
            continue
        scopes = _scopes(directory, one, day)
        there = {code: scope for code, scope in scopes.items() if _holds(directory, one.grantor, code, day)}
        everything = one.agency in there and not one.procedures
        if everything or set(there) == {one.agency}:
            continue
        acts = bool(directory.posts_of(one.holder, day))
        reason = None if there and acts else _NOT_HOLDER if there else _NOT_GIVER
        yield Followed(one, there if acts else {}, reason)


def let_mandates_follow(house: Installation, reviewed: Reviewed) -> dict[str, str]:
    """Re-bind every mandate that an adopted change concerns; return by id why one could not be, so far."""
    day, now = today(house), house.now()
    standing = [one for one in house.store.delegations() if one.revoked_at is None and now < one.until]
    found = following(house.worlds.directory, reviewed.change, standing, day)
    failed: dict[str, str] = {}
    for followed in found:
        try:
            _rebind(house, reviewed, followed)
        except Busy as error:
            failed[followed.former.id] = error.message("en")
    return failed


def _scopes(directory: Directory, given: Delegation, day: date) -> dict[str, tuple[str, ...]]:
    """Who answers now for what the mandate is about; one about everything goes on about everything at the rest's."""
    procedures = given.procedures or tuple(_named(directory, given.agency))
    scopes: dict[str, tuple[str, ...]] = {}
    rest = directory.seat(given.agency, day)
    if not given.procedures:
        scopes[rest] = ()
    for code in procedures:
        seat = directory.seat(given.agency, day, code)
        if given.procedures or seat != rest:
            scopes[seat] = (*scopes.get(seat, ()), code)
    return scopes


def _named(directory: Directory, agency: str) -> Iterator[str]:
    """Yield the procedures of an agency that went to an heir by name."""
    yield from dict.fromkeys(code for heir in directory.get(agency).successors for code in heir.procedures)


def _holds(directory: Directory, person: str, agency: str, day: date) -> bool:
    return any(post.agency == agency for post in directory.posts_of(person, day))


def _rebind(house: Installation, reviewed: Reviewed, followed: Followed) -> None:
    former, now = followed.former, house.now()
    heirs = [
        replace(
            former,
            id=house.new_id(),
            agency=agency,
            procedures=scope,
            since=max(former.since, now),
            granted_at=now,
            follows=former.id,
            change=reviewed.digest,
        )
        for agency, scope in followed.scopes.items()
    ]
    for attempt in range(_TRIES):
        try:
            house.store.revoke(former.id, now, _record(house, reviewed, followed, heirs), heirs)
            return
        except Busy:
            if attempt + 1 == _TRIES:
                raise


def _record(
    house: Installation, reviewed: Reviewed, followed: Followed, heirs: list[Delegation]
) -> NewRecord:
    event = {
        "kind": "delegation_rebound" if heirs else "delegation_lapsed",
        "delegation": followed.former.id,
        "change": reviewed.digest,
        "basis": reviewed.change.basis,
    }
    told = [{"delegation": one.id, "agency": one.agency, "procedures": list(one.procedures)} for one in heirs]
    facts = {"heirs": told} if heirs else {"reason": followed.reason}
    stream = f"access:{followed.former.grantor}"
    return next_record(house, stream, RecordType.ACCESS, event={**event, **facts}, at=house.now())
