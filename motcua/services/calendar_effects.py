"""What a changed calendar would do to open dossiers, before anybody approves it; nothing is written."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from audit.canonical import digest
from motcua.services.batches import open_batches
from motcua.services.enacting import owed
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import clock_name
from states.calendar import BusinessCalendar, CalendarDefinition
from states.commands import RecomputeClocks
from states.dossier import fold
from states.errors import DomainError
from states.events import ClockRecomputed
from states.machine import decide
from states.wire import to_wire
from states.world import World

Plain = dict[str, Any]
LOOKED_AT = 2_000
_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that would run out at another instant, with what it is called; both instants as local time."""

    code: str
    clock: str
    label: Plain
    before: datetime | None
    after: datetime | None


@dataclass(slots=True)
class CalendarEffect:
    """What would follow.

    Attributes:
        looked: Open dossiers that were looked at.
        all: Whether these are all that are open.
        moved: Of them, those with a due instant that would move.
        failed: Of them, those for which none could be derived; they would keep the one they have.
        examples: The first ones that would move.
    """

    looked: int = 0
    all: bool = True
    moved: int = 0
    failed: int = 0
    examples: list[Moved] = field(default_factory=list)


def effect_of(house: Installation, definition: CalendarDefinition, most: int = LOOKED_AT) -> CalendarEffect:
    """Derive every open due instant as a calendar would have it, of at most *most* dossiers by their codes."""
    house.worlds.refresh()
    found, calendar = CalendarEffect(), BusinessCalendar(definition)
    identity = digest(to_wire(definition))
    for batch in open_batches(house):
        for stored in batch:
            if found.looked == most:
                found.all = False
                return found
            _look_at(house, found, stored, calendar, identity)
    return found


def _look_at(
    house: Installation, found: CalendarEffect, stored: Stored, calendar: BusinessCalendar, identity: str
) -> None:
    found.looked += 1
    try:
        events = _events(house, stored, calendar, identity)
    except DomainError:
        found.failed += 1
        return
    found.moved += bool(events)
    for event in events[:1]:
        if len(found.examples) < _EXAMPLES:
            before, after = (_local(calendar, at) for at in (event.previous, event.due))
            name = clock_name(house.worlds.procedure(stored.dossier.cfg), event.clock)
            found.examples.append(Moved(stored.dossier.code, event.clock, name, before, after))


def _events(
    house: Installation, stored: Stored, calendar: BusinessCalendar, identity: str
) -> list[ClockRecomputed]:
    """What fell due under the calendar in force takes effect first, as it would."""
    name = calendar.definition.id
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    passed = [event for step in owed(world, stored.dossier, now) for event in step.events]
    dossier = fold(stored.dossier, passed, by_person=False)
    decided = decide(_with(world, name, calendar, identity), dossier, RecomputeClocks(identity), now)
    return [event for event in decided if isinstance(event, ClockRecomputed)]


def _with(world: World, name: str, calendar: BusinessCalendar, identity: str) -> World:
    return replace(
        world,
        calendars={**world.calendars, name: calendar},
        calendar_digests={**world.calendar_digests, name: identity},
    )


def _local(calendar: BusinessCalendar, at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(calendar.zone)
