"""Put calendars and the directory of agencies in force; open deadlines follow a changed calendar."""

from dataclasses import dataclass, field

from audit.canonical import sealed
from audit.record import Auth, RecordType
from motcua.services.batches import open_batches
from motcua.services.deadlines import pass_deadlines
from motcua.services.enacting import Request, owed, step_of
from motcua.services.installation import Installation
from motcua.services.ports import Adopted, Stored
from motcua.services.recording import Decided, record
from motcua.services.system_records import next_record
from states.calendar import CalendarDefinition
from states.commands import SYSTEM_ACTOR, RecomputeClocks
from states.directory import Directory
from states.dossier import fold
from states.errors import DomainError
from states.escalation import next_wake
from states.machine import decide
from states.wire import to_wire
from states.world import World


@dataclass(slots=True)
class Recomputed:
    """What a changed calendar did.

    Attributes:
        open: Dossiers looked at.
        moved: Those with a due instant that moved, each with a record.
        outrun: Those that somebody else changed meanwhile: they follow at their next command.
        failed: By dossier code, why no due instant could be derived; the old one stands.
    """

    open: int = 0
    moved: int = 0
    outrun: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def adopt_directory(house: Installation, directory: Directory, by: str, auth: Auth | None = None) -> str:
    """Put a directory in force and return its digest; the one in force already changes nothing."""
    name = directory.province
    return _adopt(
        house, "directory", name, f"registry:{name}", RecordType.REGISTRY, to_wire(directory), by, auth
    )


def adopt_calendar(
    house: Installation, definition: CalendarDefinition, by: str, auth: Auth | None = None
) -> Recomputed:
    """Put a calendar in force and derive every open due instant anew, with a record for each that moved.

    Deadlines of dossiers that ended, and clocks that stopped, are never touched.
    """
    if house.store.adopted("directory") and house.store.adopted("calendar"):
        pass_deadlines(house)
    stream = f"calendar:{definition.id}"
    _adopt(house, "calendar", definition.id, stream, RecordType.CALENDAR, to_wire(definition), by, auth)
    return recompute(house, definition.id)


def _adopt(
    house: Installation,
    kind: str,
    name: str,
    stream: str,
    record_type: RecordType,
    value: object,
    by: str,
    auth: Auth | None,
) -> str:
    body, body_digest = sealed(value)
    in_force = {item.name: item.digest for item in house.store.adopted(kind)}
    if in_force.get(name) == body_digest:
        return body_digest
    event = {"kind": "adopted", "name": name, "digest": body_digest, "replaces": in_force.get(name)}
    new = next_record(house, stream, record_type, event=event, at=house.now(), actor=by, auth=auth)
    house.store.adopt(Adopted(kind, name, body_digest, body, by, new.at), new)
    return body_digest


def recompute(house: Installation, calendar: str) -> Recomputed:
    """Let every open dossier follow the calendars in force."""
    done = Recomputed()
    if not house.store.adopted("directory"):
        return done
    house.worlds.refresh()
    digest_now = house.worlds.calendar_digests[calendar]
    for batch in open_batches(house):
        _recompute_batch(house, batch, digest_now, done)
    return done


def _recompute_batch(house: Installation, batch: list[Stored], digest_now: str, done: Recomputed) -> None:
    """A wake-up follows the calendar too where no due instant moved; what is right already is left alone."""
    decided: list[Decided] = []
    wakes = house.store.wakes([stored.id for stored in batch])
    for stored in batch:
        try:
            item = _follow(house, house.worlds.of(stored.dossier.cfg), stored, digest_now)
        except DomainError as error:
            done.failed[stored.dossier.code] = error.message("en")
            continue
        if item.steps or next_wake(item.world, stored.dossier) != wakes.get(stored.id):
            decided.append(item)
    done.open += len(batch)
    for item, result in zip(decided, record(house, decided), strict=True):
        done.moved += result is not None and bool(item.steps)
        done.outrun += result is None


def _follow(house: Installation, world: World, stored: Stored, digest_now: str) -> Decided:
    """What fell due while the calendar was changing takes effect before the due instants move."""
    now, command = house.now(stored), RecomputeClocks(digest_now)
    steps = owed(world, stored.dossier, now)
    dossier = fold(stored.dossier, [event for step in steps for event in step.events], by_person=False)
    events = decide(world, dossier, command, now)
    if events:
        steps += (step_of(Request(command, SYSTEM_ACTOR), events, now),)
    return Decided(world, stored, steps)
