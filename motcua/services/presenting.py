"""What people and programs are shown of a dossier: plain values, instants in the local time of its clocks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from motcua.services.appointments import is_late, promised
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import clock_line, words_of
from states.authority import work_of
from states.custody import custodian
from states.dossier import Dossier, Passage, Task
from states.procedure import APPLICANT, SYSTEM, Label, Transition
from states.sendable import sendable_transitions
from states.wire import to_wire
from states.world import World

Plain = dict[str, Any]
_MINUTE = timedelta(minutes=1)


def summary(house: Installation, stored: Stored) -> Plain:
    """Return what a program gets back from every command on a dossier.

    `due` is the appointment (else the step's due) in local time with offset, None while nothing is promised;
    `allowed` is what somebody may send next, guards aside.
    """
    world, dossier = house.worlds.of(stored.dossier.cfg), stored.dossier
    clock = promised(dossier)
    return {
        "code": dossier.code,
        "version": dossier.version,
        "states": list(dossier.states),
        "public_status": dossier.public,
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
        "provisional": clock is not None and clock.provisional,
        "allowed": list(sendable_transitions(world, dossier)),
    }


def describe(house: Installation, stored: Stored) -> Plain:
    """Return everything an officer needs to see of a dossier, without personal data."""
    world, dossier, now = house.worlds.of(stored.dossier.cfg), stored.dossier, house.now(stored)
    procedure, local = world.procedure, world.calendar
    return {
        **summary(house, stored),
        "procedure": {"code": procedure.code, "version": procedure.version, "name": words_of(procedure.name)},
        "agency": {"code": dossier.agency, "name": world.directory.get(dossier.agency).name},
        "channel": dossier.channel,
        "opened_at": local_text(local, dossier.opened_at),
        "accepted_at": local_text(local, dossier.accepted_at),
        "completed_at": local_text(local, dossier.completed_at),
        "outcome": dossier.outcome,
        "ended": dossier.ended,
        "late": is_late(dossier, now),
        "state_labels": {state: words_of(procedure.state[state].label) for state in dossier.states},
        "clocks": [clock_line(world, clock, now) for clock in dossier.clocks.values()],
        "custody": _custody(world, dossier),
        "handoffs": [_passage(world, passage) for passage in dossier.handoffs.values()],
        "tasks": [_task(world, task) for task in dossier.tasks],
        "awaited": [_awaited(world, dossier, number) for number in range(len(dossier.awaited))],
        "actions": list(_actions(world, dossier, local.local_date(now))),
        "facts": dict(dossier.facts),
        "documents": list(dossier.documents),
        "nonconformities": list(dossier.nonconformities),
        "parent": None if dossier.parent is None else dossier.parent.dossier,
        "children": {name: to_wire(child) for name, child in sorted(dossier.children.items())},
        "places": None if dossier.places is None else to_wire(dossier.places),
        "orders": ordered(house, stored),
    }


def actions_of(house: Installation, stored: Stored) -> list[Plain]:
    """Return what may be done next with a dossier, by whom, and what of it is blocked, as `describe` does."""
    world = house.worlds.of(stored.dossier.cfg)
    return list(_actions(world, stored.dossier, world.calendar.local_date(house.now(stored))))


def ordered(house: Installation, stored: Stored) -> list[Plain]:
    """Return the mass orders that ever reached the dossier, with what fired while they were not applied yet."""
    calendar = house.worlds.of(stored.dossier.cfg).calendar
    return [
        {
            "order": entry.id,
            "digest": entry.digest,
            "kind": entry.action,
            "clocks": list(entry.clocks),
            "since": local_text(calendar, entry.since),
            "until": local_text(calendar, entry.until),
            "basis": entry.basis,
            "holds": entry.holds and not stored.dossier.ended,
            "reversed_by": entry.reversed_by,
            "during_order": list(entry.during_order),
        }
        for entry in stored.dossier.orders
    ]


# Clocks


# Custody, tasks and escalations


def _custody(world: World, dossier: Dossier) -> Plain:
    who = custodian(world.procedure, dossier)
    return {"kind": who.kind.value, "party": who.party}


def _passage(world: World, passage: Passage) -> Plain:
    local = world.calendar
    return {
        "state": passage.state,
        "number": passage.number,
        "via": passage.via,
        "status": passage.status,
        "sender": passage.sender,
        "receiver": passage.receiver,
        "carrier": passage.carrier,
        "receipt": passage.receipt,
        "offered_at": local_text(local, passage.offered_at),
        "delivered_at": local_text(local, passage.delivered_at),
        "acknowledged_at": local_text(local, passage.acknowledged_at),
        "answered_at": local_text(local, passage.answered_at),
    }


def _task(world: World, task: Task) -> Plain:
    return {
        "id": task.id,
        "state": task.state,
        "label": words_of(work_of(world, task)),
        "role": task.role,
        "position": task.position,
        "agency": task.agency,
        "assignee": task.assignee,
        "created_at": local_text(world.calendar_of(task.agency), task.created_at),
    }


def _awaited(world: World, dossier: Dossier, number: int) -> Plain:
    awaited = dossier.awaited[number]
    return {
        "clock": awaited.clock,
        "rung": awaited.rung,
        "by": local_text(world.calendar, awaited.by),
        "recipients": list(awaited.recipients),
        "position": awaited.position,
        "agency": awaited.agency,
    }


# What may be done next, and by whom


def _actions(world: World, dossier: Dossier, day: date) -> Iterator[Plain]:
    for name in sendable_transitions(world, dossier):
        transition = world.procedure.transition.get(name)
        if transition is None:
            extension = world.procedure.extension[name]
            most = None if extension.max_each is None else str(extension.max_each)
            people = _people(world, dossier, (extension.role,), day)
            yield _action(name, "extension", extension.label, people, reason=True, most=most)
        else:
            people = _people(world, dossier, transition.by, day)
            yield _action(
                name,
                "transition",
                transition.label,
                people,
                reason=transition.reason,
                inputs=transition.inputs,
                blocked=_blocked(world, dossier, transition),
            )


def _action(
    name: str,
    kind: str,
    label: Label,
    people: list[Plain],
    *,
    reason: bool,
    inputs: Sequence[str] = (),
    blocked: Plain | None = None,
    most: str | None = None,
) -> Plain:
    return {
        "id": name,
        "kind": kind,
        "label": words_of(label),
        "by": people,
        "inputs": list(inputs),
        "reason_required": reason,
        "max_each": most,
        "blocked": blocked,
    }


def _blocked(world: World, dossier: Dossier, transition: Transition) -> Plain | None:
    """Say why the guard refuses as things stand; None where what comes with the command may still change that."""
    if transition.guard is None or transition.inputs:
        return None
    verdict = world.procedure.guards[transition.guard].evaluate(dossier.facts)
    return None if verdict.ok else {"vi": verdict.reason_vi, "en": verdict.reason_en}


def _people(world: World, dossier: Dossier, roles: Iterable[str], day: date) -> list[Plain]:
    found: list[Plain] = []
    for role_id in roles:
        if role_id == SYSTEM:
            continue
        if role_id == APPLICANT:
            found.append({"role": APPLICANT, "label": None, "agency": None, "position": None, "officers": []})
            continue
        role = world.procedure.role[role_id]
        agency = dossier.parties[role.party]
        officers = world.directory.holders(agency, role.position, day)
        found.append(
            {
                "role": role_id,
                "label": words_of(role.label),
                "agency": agency,
                "position": role.position,
                "officers": list(officers),
            }
        )
    return found
