"""What the engine says for each thing that a scenario may expect."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from states.custody import Custody, custodian
from states.dossier import Dossier
from states.events import ApologyIssued, ChildOwed, Event, RungReached, TransitionFired
from states.sendable import enabled_transitions
from states.simulated_opinions import standing
from states.world import World


def local(world: World, at: datetime | None) -> str | None:
    """Write an instant as the local minute that scenarios name."""
    return None if at is None else f"{world.calendar.local(at):%Y-%m-%dT%H:%M}"


def actual(world: World, dossier: Dossier, key: str, expected: Any, events: tuple[Event, ...]) -> Any:
    """Return what the engine says for one expectation; of mappings and `allowed` only what was asked."""
    if key == "due":
        return {c: local(world, dossier.clocks[c].due) if c in dossier.clocks else None for c in expected}
    if key == "remaining":
        return {c: dossier.clocks[c].remaining if c in dossier.clocks else None for c in expected}
    if key == "consultations":
        return {name: standing(dossier, name) for name in expected}
    if key == "allowed":
        allowed = enabled_transitions(world, dossier)
        return [name for name in expected if name in allowed]
    return _PLAIN[key](world, dossier, events)


def _late(world: World, dossier: Dossier, events: tuple[Event, ...]) -> bool:
    """In a step: whether its apology left late. At the end: whether the result came after the appointed day."""
    apologies = [event.late for event in events if isinstance(event, ApologyIssued)]
    if apologies:
        return apologies[-1]
    done = dossier.completed_at or dossier.opened_at
    days = [c.due_date for name in ("committed", "legal") if (c := dossier.clocks.get(name)) and c.due_date]
    return bool(days) and world.calendar.local_date(done) > days[0]


def _custody(world: World, dossier: Dossier) -> str:
    """Name who is responsible: a party of the procedure, or `applicant`, `carrier`, `system`."""
    found = custodian(world.procedure, dossier)
    if found.kind is not Custody.AGENCY:
        return found.kind.value
    return next(party for party, code in dossier.parties.items() if code == found.party)


def _notices(world: World, dossier: Dossier, events: tuple[Event, ...]) -> list[str]:
    """What the applicant is told."""
    told = [name for event in events if isinstance(event, TransitionFired) for name in event.emits]
    return told + ["apology" for event in events if isinstance(event, ApologyIssued)]


_PLAIN: Mapping[str, Any] = {
    "states": lambda world, dossier, events: list(dossier.states),
    "public": lambda world, dossier, events: dossier.public,
    "provisional": lambda world, dossier, events: any(
        c.provisional for c in dossier.clocks.values() if not c.stopped
    ),
    "late": _late,
    "rungs": lambda world, dossier, events: [
        f"{event.clock}/{event.rung}" for event in events if isinstance(event, RungReached)
    ],
    "notices": _notices,
    "custody": lambda world, dossier, events: _custody(world, dossier),
    "handoffs": lambda world, dossier, events: {
        state: passage.status for state, passage in sorted(dossier.handoffs.items())
    },
    "tasks": lambda world, dossier, events: [task.role for task in dossier.tasks],
    "outcome": lambda world, dossier, events: dossier.outcome,
    "ended": lambda world, dossier, events: dossier.ended,
    "owed": lambda world, dossier, events: [
        event.component for event in events if isinstance(event, ChildOwed)
    ],
    "nonconformities": lambda world, dossier, events: [n.partition(":")[0] for n in dossier.nonconformities],
}
