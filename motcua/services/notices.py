"""Which messages a record owes to whom: one outbox row for each, with an id that never changes."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from motcua.services.ports import NewRecord, Notice
from states import events as happened
from states.dossier import Dossier
from states.events import Event
from states.procedure import APPLICANT
from states.world import World

NOTIFY = "notify"


class Recorded(Protocol):
    """A step of a decision, as far as notices care."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened."""
        ...


def notices_of(
    world: World, dossier_id: str, dossier: Dossier, records: Sequence[NewRecord], steps: Sequence[Recorded]
) -> tuple[Notice, ...]:
    """Return the messages of all steps; the id is stream, seq and number, so a resend is recognisable."""
    notices: list[Notice] = []
    for stored, step in zip(records, steps, strict=True):
        owed = [message for event in step.events for message in _owed(event)]
        for number, (template, recipients, facts) in enumerate(owed, 1):
            payload = {**_about(world, dossier), **facts}
            message = f"{dossier_id}:{stored.seq}:{number}"
            notices.append(Notice(message, dossier_id, template, recipients, payload, stored.at))
    return tuple(notices)


def _owed(event: Event) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    if isinstance(event, happened.TransitionFired):
        for template in event.emits:
            yield template, (APPLICANT,), {"transition": event.transition}
    elif isinstance(event, happened.RungReached) and NOTIFY in event.actions:
        yield "escalation", event.recipients or (f"{event.position}@{event.agency}",), _escalation(event)
    elif isinstance(event, happened.ApologyDrafted):
        yield "apology_draft", ("lead",), {"clock": event.clock, "previous_due": event.due.isoformat()}
    elif isinstance(event, happened.ApologyIssued):
        facts = {"previous_due": event.previous_due.isoformat(), "new_due": event.due.isoformat(), "late": event.late}
        yield "apology", (APPLICANT,), facts


def _escalation(event: happened.RungReached) -> dict[str, Any]:
    acknowledge = None if event.acknowledge_by is None else event.acknowledge_by.isoformat()
    return {
        "clock": event.clock,
        "rung": event.rung,
        "rung_due": event.due_at.isoformat(),
        "acknowledge_by": acknowledge,
    }


def _about(world: World, dossier: Dossier) -> dict[str, Any]:
    """What every message says of its dossier, without personal data; templates add words, not facts."""
    due = {
        clock.id: None if clock.due is None else world.calendars[clock.calendar].local(clock.due).isoformat()
        for clock in dossier.clocks.values()
    }
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "procedure_name": {"vi": world.procedure.name.vi, "en": world.procedure.name.en},
        "agency": dossier.agency,
        "agency_name": world.directory.get(dossier.agency).name,
        "states": list(dossier.states),
        "public": dossier.public,
        "due": due,
    }
