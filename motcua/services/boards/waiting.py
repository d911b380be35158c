"""What nobody has confirmed yet: escalations that were to be seen, handoffs that were to be received."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from motcua.services.access import Visitor
from motcua.services.boards.scope import scope_of
from motcua.services.identity import today
from motcua.services.inbox import lit
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import clock_line, rung_line, words_of
from states.dossier import HANDOFF, Awaited, Passage

Plain = dict[str, Any]
MOST = 500
"""So many dossiers are looked at; when there are more, the page says so."""


def unacknowledged(house: Installation, visitor: Visitor, agency: str | None = None) -> Plain:
    """Return `rungs` and `handoffs` that wait to be confirmed, those that waited longest first.

    Returns:
        `more` tells that there are dossiers beyond the `MOST` that were looked at.

    Raises:
        AgencyNotFound: The agency is not the visitor's to look at.
    """
    scope, now = scope_of(house, visitor, agency), house.now()
    found = house.store.unacknowledged(scope, MOST + 1)
    rungs = [row for stored in found[:MOST] for row in _rungs(house, visitor, stored, scope, now)]
    handoffs = [row for stored in found[:MOST] for row in _handoffs(house, stored, scope, now)]
    return {
        "rungs": sorted(rungs, key=lambda row: (row["by"], row["code"], row["rung"])),
        "handoffs": sorted(handoffs, key=lambda row: (row["offered_at"], row["code"])),
        "more": len(found) > MOST,
    }


def _inside(scope: frozenset[str] | None, *agencies: str) -> bool:
    return scope is None or not scope.isdisjoint(agencies)


def _rungs(
    house: Installation, visitor: Visitor, stored: Stored, scope: frozenset[str] | None, now: datetime
) -> Iterator[Plain]:
    for one in stored.dossier.awaited:
        if _inside(scope, one.agency, stored.dossier.agency):
            yield _rung(house, visitor, stored, one, now)


def _rung(house: Installation, visitor: Visitor, stored: Stored, one: Awaited, now: datetime) -> Plain:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    clock = dossier.clocks.get(one.clock)
    return {
        **_dossier(house, stored),
        "clock": one.clock,
        "clock_label": one.clock if clock is None else clock_line(world, clock, now)["label"],
        "light": lit(world, clock, now),
        "rung": one.rung,
        "rung_line": rung_line(world, clock, one.rung),
        "recipients": list(one.recipients),
        "agency": house.worlds.directory.name_of(one.agency, today(house)),
        "by": local_text(world.calendar, one.by),
        "overdue": now > one.by,
        "mine": visitor.person in one.recipients,
    }


def _handoffs(
    house: Installation, stored: Stored, scope: frozenset[str] | None, now: datetime
) -> Iterator[Plain]:
    for one in stored.dossier.handoffs.values():
        waits = one.open and one.acknowledged_at is None
        if waits and _inside(scope, one.sender, one.receiver, stored.dossier.agency):
            yield _handoff(house, stored, one, now)


def _handoff(house: Installation, stored: Stored, one: Passage, now: datetime) -> Plain:
    world, day = house.worlds.of(stored.dossier.cfg), today(house)
    return {
        **_dossier(house, stored),
        "state": one.state,
        "label": words_of(world.procedure.state[one.state].label),
        "sender": house.worlds.directory.name_of(one.sender, day),
        "receiver": house.worlds.directory.name_of(one.receiver, day),
        "offered_at": local_text(world.calendar, one.offered_at),
        "waited_minutes": int((now - one.offered_at).total_seconds() // 60),
        "light": lit(world, stored.dossier.clocks.get(f"{HANDOFF}{one.state}"), now),
    }


def _dossier(house: Installation, stored: Stored) -> Plain:
    dossier = stored.dossier
    return {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": {
            "code": dossier.procedure,
            "label": words_of(house.worlds.of(dossier.cfg).procedure.name),
        },
    }
