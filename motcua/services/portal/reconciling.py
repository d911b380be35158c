"""Compare what the portal says of dossiers with what is true here, and owe it anew where that differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.record import Cause, from_raw
from audit.replay import turns
from motcua.services.enacting import Ask, Request, enact
from motcua.services.installation import Installation
from motcua.services.portal.elements import dossier_element
from motcua.services.portal_facts import PORTAL, seen
from motcua.services.ports import Element, Portal, Stored
from states.commands import SYSTEM_ACTOR, OwePortal
from states.world import World

RECENT = timedelta(days=30)
MOST_WAITING = 100_000
MISSING, STATUS, APPOINTMENT, UNKNOWN = "missing", "status", "appointment", "unknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the portal says otherwise: `missing` there, `status`, `appointment`, or `unknown` here."""

    code: str
    kind: str
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a comparison found.

    Attributes:
        compared: Dossiers that were looked up at the portal.
        waiting: Dossiers passed over, because messages of theirs have not left yet.
    """

    compared: int
    waiting: int
    differences: tuple[Difference, ...]


def reconcile(house: Installation, portal: Portal, recent: timedelta = RECENT) -> Reconciled:
    """Compare every open dossier, and those that ended within *recent*.

    Raises:
        OSError: The portal does not answer.
        UnknownPortalStatus: The table lacks a status.
    """
    behind = {
        item.notice.dossier_id for item in house.store.waiting(MOST_WAITING) if item.notice.template in PORTAL
    }
    since, here = house.now() - recent, set[str]()
    found: list[Difference] = []
    compared = 0
    for stored in house.store.iterate():
        here.add(stored.dossier.code)
        if stored.id in behind or (stored.dossier.ended and stored.at < since):
            continue
        compared += 1
        found += _differences(house, portal, stored)
    found += [
        Difference(element["MaHoSo"], UNKNOWN, None, element.get("TrangThaiHoSo"))
        for element in portal.gateway.known()
        if element["MaHoSo"] not in here
    ]
    return Reconciled(compared, len(behind), tuple(found))


def mend(house: Installation, found: Reconciled) -> list[str]:
    """Owe the portal every dossier anew that differs there; return their codes. What is unknown here stays.

    Raises:
        Busy: Others kept changing one of them.
    """
    wanted = {item.code: item.kind for item in found.differences if item.kind != UNKNOWN}
    for code, because in wanted.items():
        enact(house, code, _owe(house, because))
    return list(wanted)


def _owe(house: Installation, because: str) -> Ask:
    def ask(world: World, stored: Stored, now: datetime) -> Request:
        return Request(OwePortal(because, _since(house, stored)), SYSTEM_ACTOR, cause=Cause.SYSTEM)

    return ask


def _since(house: Installation, stored: Stored) -> datetime:
    """Return when the public status was reached: by the first of the last records that all have it."""
    since = stored.dossier.opened_at
    for turn in turns(from_raw(row.raw) for row in house.store.records(f"dossier:{stored.id}")):
        if turn.before is not None and turn.before.public != turn.after.public:
            since = turn.record.at
    return since


def _differences(house: Installation, portal: Portal, stored: Stored) -> Iterator[Difference]:
    world: World = house.worlds.of(stored.dossier.cfg)
    ours = dossier_element(portal.table, seen(world, stored.dossier), {})
    theirs: Element | None = portal.gateway.find(stored.dossier.code)
    if theirs is None:
        yield Difference(stored.dossier.code, MISSING, ours["TrangThaiHoSo"], None)
        return
    for kind, name in ((STATUS, "TrangThaiHoSo"), (APPOINTMENT, "NgayHenTra")):
        if ours.get(name) != theirs.get(name):
            yield Difference(stored.dossier.code, kind, ours.get(name), theirs.get(name))
