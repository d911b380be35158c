"""What the national portal is owed of a record: the dossier as it stood then, and the step that was taken.

Without personal data, which is added when a message leaves, and in this platform's words, which are translated then.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from motcua.services.appointments import promised
from motcua.services.notices import Recorded, local_text
from motcua.services.ports import NewRecord, Notice
from states import events as happened
from states.dossier import STEP, Dossier
from states.procedure import APPLICANT, SYSTEM
from states.world import World

PORTAL_DOSSIER, PORTAL_PROGRESS = "portal:dossier", "portal:progress"
PORTAL = (PORTAL_DOSSIER, PORTAL_PROGRESS)
"""Topics of messages to the national portal, which leave by a way of their own; no template can have such a name."""

RETURNED, REFUSED = 10, 3
"""National statuses whose beginning the portal is told with its instant."""

Plain = dict[str, Any]


def owed_to_portal(
    world: World,
    dossier_id: str,
    before: Dossier | None,
    states: Sequence[Dossier],
    records: Sequence[NewRecord],
    steps: Sequence[Recorded],
) -> tuple[Notice, ...]:
    """Return the messages of all steps: of a dossier that looks different to the portal, and of every move.

    Args:
        world: The rules of the dossier.
        dossier_id: Its id.
        before: The dossier before the first step; None for a new one.
        states: The dossier after each step.
        records: The record of each step.
        steps: What happened.
    """
    notices: list[Notice] = []
    for dossier, stored, step in zip(states, records, steps, strict=True):
        for number, (topic, payload) in enumerate(_owed(world, before, dossier, step), 1):
            payload["created_at"] = local_text(world.calendar, stored.at)
            message = f"{dossier_id}:{stored.seq}:p{number}"
            notices.append(Notice(message, dossier_id, topic, ("portal",), payload, stored.at))
        before = dossier
    return tuple(notices)


def _owed(
    world: World, before: Dossier | None, dossier: Dossier, step: Recorded
) -> Iterator[tuple[str, Plain]]:
    anew = any(isinstance(event, happened.PortalOwed) for event in step.events)
    if anew or before is None or seen(world, before) != seen(world, dossier):
        yield PORTAL_DOSSIER, {**seen(world, dossier), **_reached(world, before, dossier, step)}
    for event in step.events:
        if isinstance(event, happened.TransitionFired) and before is not None:
            yield PORTAL_PROGRESS, _progress(world, before, dossier, event)


def seen(world: World, dossier: Dossier) -> Plain:
    """Return what the portal sees of a dossier, as it stands; instants are local ISO text."""
    procedure, calendar = world.procedure, world.calendar
    clock = promised(dossier)
    due = None if clock is None else local_text(world.calendars[clock.calendar], clock.due)
    filed = dossier.opened_at if dossier.filed is None else dossier.filed.at
    return {
        "code": dossier.code,
        "procedure": procedure.code,
        "procedure_name": procedure.name.vi,
        "field_name": procedure.field.vi,
        "channel": dossier.channel,
        "public": dossier.public,
        "outcome": dossier.outcome,
        "agency_name": world.directory.get(dossier.agency).name,
        "received_name": world.directory.get(_received(dossier)).name,
        "filed_at": local_text(calendar, filed),
        "accepted_at": local_text(calendar, dossier.accepted_at),
        "due": due if dossier.accepted_at else None,
        "completed_at": local_text(calendar, dossier.completed_at),
    }


def _received(dossier: Dossier) -> str:
    return dossier.agency if dossier.places is None else dossier.places.received


def _reached(world: World, before: Dossier | None, dossier: Dossier, step: Recorded) -> Plain:
    """Say when the result was returned or the intake refused, in the record that did it, or where it is owed anew."""
    owed = [event.since for event in step.events if isinstance(event, happened.PortalOwed)]
    moved = [event.at for event in step.events if isinstance(event, happened.TransitionFired)]
    if before is not None and before.public == dossier.public:
        moved = []
    at = owed or moved
    return {"status_at": local_text(world.calendar, at[-1])} if at else {}


def _progress(world: World, before: Dossier, dossier: Dossier, event: happened.TransitionFired) -> Plain:
    began, due = _span(world, before, event)
    agency = dossier.agency if event.officer is None else _agency(world, before, event)
    moved = world.procedure.transition[event.transition]
    role = world.procedure.role.get(event.by)
    return {
        "code": dossier.code,
        "officer": event.officer,
        "position": None if role is None else role.label.vi,
        "by": event.by,
        "at": local_text(world.calendar, event.at),
        "agency_name": None if event.by in (APPLICANT, SYSTEM) else world.directory.get(agency).name,
        "what": moved.label.vi,
        "public": event.public,
        "outcome": dossier.outcome,
        "began_at": began,
        "due": due,
    }


def _agency(world: World, dossier: Dossier, event: happened.TransitionFired) -> str:
    role = world.procedure.role.get(event.by)
    return dossier.agency if role is None else dossier.parties[role.party]


def _span(world: World, before: Dossier, event: happened.TransitionFired) -> tuple[str | None, str | None]:
    """Return when the step that ended here began, and when it had to end; None where it had no clock."""
    clocks = [before.clocks[f"{STEP}{state}"] for state in event.exited if f"{STEP}{state}" in before.clocks]
    if not clocks:
        return None, None
    calendar = world.calendars[clocks[0].calendar]
    began: datetime = clocks[0].segments[0].at
    return local_text(calendar, began), local_text(calendar, clocks[0].due)
