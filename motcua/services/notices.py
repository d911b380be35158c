"""Which messages a record owes to whom: one outbox row for each, with an id that never changes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from motcua.services.naming import named
from motcua.services.peer_notices import owed_to_peers
from motcua.services.ports import NewRecord, Notice
from states import events as happened
from states.calendar import BusinessCalendar
from states.dossier import CONSULT, HANDOFF, Dossier
from states.events import Event, QuestionAsked
from states.procedure import APPLICANT
from states.speaking import opened_for
from states.wire import to_wire
from states.world import World

NOTIFY = "notify"
INTAKE = "intake_waiting"
CLOCK_BORN = ("escalation", "apology_draft", "nonconformity")
"""Templates of the messages that the clock brings about; they stay while the clock is in doubt."""
OPEN, RECALL, NEWS = "kin:open", "kin:recall", "kin:news"
"""Messages that never leave the house: effects of one dossier on another; no template can have such a name."""
QUESTION = "consultation_question"
UNOPENED = "component_unopened"
ORDER = {"suspend": "order_notice", "extend": "order_notice", "reverse": "order_reversal"}
"""By what a mass order does, the template that tells the applicant."""

ABOUT_SHARED = ("code", "procedure", "procedure_name", "agency", "agency_name")
"""What a consulted body is told of a dossier besides the question and its share."""


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
    about: dict[str, Any] = {}
    for stored, step in zip(records, steps, strict=True):
        day = world.calendar.local_date(stored.at)
        lead = world.directory.seat(dossier.agency, day, dossier.procedure)
        owed = [message for event in step.events for message in _owed(event, lead, world.calendar)]
        owed += _to_kin(world, dossier, step.events)
        owed += [
            asked_of(world, event, step.events)
            for event in step.events
            if isinstance(event, QuestionAsked) and not world.is_elsewhere(event.agency)
        ]
        owed += _between_agencies(world, dossier, step.events)
        owed += _to_intake(step.events, world.calendar)
        if world.elsewhere or dossier.origin is not None:
            owed += owed_to_peers(world, dossier, stored, step.events)
        about = about or (_about(world, dossier) if owed else {})
        for number, (template, recipients, facts) in enumerate(owed, 1):
            told = {name: about[name] for name in ABOUT_SHARED} if template == QUESTION else about
            words = (
                {} if template == QUESTION or ":" in template else named(world, dossier, {**told, **facts})
            )
            payload = {**told, **facts, **words, "created_at": local_text(world.calendar, stored.at)}
            message = f"{dossier_id}:{stored.seq}:{number}"
            notices.append(Notice(message, dossier_id, template, recipients, payload, stored.at))
    return tuple(notices)


def _owed(
    event: Event, agency: str, calendar: BusinessCalendar
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Yield template, recipients and facts of each message that an event owes."""
    if isinstance(event, happened.TransitionFired):
        for template in event.emits:
            yield template, (APPLICANT,), {"transition": event.transition}
    elif isinstance(event, happened.RungReached) and NOTIFY in event.actions:
        yield (
            "escalation",
            event.recipients or (f"{event.position}@{event.agency}",),
            _escalation(event, calendar),
        )
    elif isinstance(event, happened.ApologyDrafted):
        yield (
            "apology_draft",
            (agency,),
            {"clock": event.clock, "previous_due": local_text(calendar, event.due)},
        )
    elif isinstance(event, happened.ApologyIssued):
        previous, new = local_text(calendar, event.previous_due), local_text(calendar, event.due)
        yield "apology", (APPLICANT,), {"previous_due": previous, "new_due": new, "late": event.late}
    elif isinstance(event, happened.OrderAnnounced):
        yield ORDER[event.action], (APPLICANT,), _order(event, calendar)
    elif isinstance(event, happened.NonconformityOpened):
        yield "nonconformity", (agency,), {"cause": event.cause, "clock": event.clock}


def _to_kin(
    world: World, dossier: Dossier, events: Sequence[Event]
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Yield what a dossier owes its children, its parent (that it was decided, ended), the applicant of a lost one."""
    for event in events:
        if isinstance(event, happened.ChildOwed):
            child = {name: value for name, value in to_wire(event).items() if name != "at"}
            yield OPEN, (event.component,), {"child": child}
        elif isinstance(event, happened.ChildRecalled):
            yield RECALL, (event.component,), {"child": {"component": event.component}}
        elif isinstance(event, happened.ChildGivenUp) and not event.again:
            label = world.procedure.component[event.component].label
            said = {"vi": label.vi, "en": label.en}
            yield (
                UNOPENED,
                (APPLICANT,),
                {"component": said, "component_agency": _called(world, event.agency)},
            )
        elif isinstance(event, happened.TransitionFired) and (event.outcome is not None or event.ended):
            yield from _news(dossier, event)


def _to_intake(
    events: Sequence[Event], calendar: BusinessCalendar
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Yield a message to whoever must take in what was filed on the national portal, as soon as it is known here."""
    for filed in (event for event in events if isinstance(event, happened.FiledOnPortal)):
        for event in (event for event in events if isinstance(event, happened.TaskCreated)):
            said = {"submission": filed.submission, "filed_at": local_text(calendar, filed.filed_at)}
            yield INTAKE, (event.assignee or f"{event.position}@{event.agency}",), said


def _news(
    dossier: Dossier, event: happened.TransitionFired
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    if dossier.parent is not None:
        told = {"parent": dossier.parent.dossier, "component": dossier.parent.component}
        news = {**told, "outcome": event.outcome or dossier.outcome, "ended": event.ended}
        yield NEWS, (dossier.parent.dossier,), {"child": news}


def asked_of(
    world: World, event: QuestionAsked, events: Sequence[Event]
) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """Return what a consulted body is told: the question and its share of the dossier, and nothing else of it."""
    _, question = world.procedure.question[f"{event.consultation}/{event.question}"]
    clock = f"{CONSULT}{event.consultation}/{event.question}"
    due = next((e.due for e in events if isinstance(e, happened.ClockArmed) and e.clock == clock), None)
    papers = {paper.id: paper.label for paper in world.procedure.documents}
    facts = {fact.id: fact.label for fact in world.procedure.facts}
    return (
        QUESTION,
        (f"{event.position}@{event.agency}",),
        {
            "consultation": event.consultation,
            "question": event.question,
            "label": {"vi": question.label.vi, "en": question.label.en},
            "answer_by": local_text(world.calendar_of(event.agency), due),
            "silence": question.silence.value,
            "documents": [{"id": id, "vi": papers[id].vi, "en": papers[id].en} for id in event.documents],
            "facts": [
                {
                    "id": id,
                    "vi": facts[id].vi if id in facts else id,
                    "en": facts[id].en if id in facts else id,
                    "value": value,
                }
                for id, value in event.facts.items()
            ],
        },
    )


def _between_agencies(
    world: World, dossier: Dossier, events: Sequence[Event]
) -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Return template, recipients and facts of what agencies owe each other; `about` names the offer."""
    owed: list[tuple[str, tuple[str, ...], dict[str, Any]]] = []
    for event in events:
        if isinstance(event, happened.HandoffOffered) and not world.is_elsewhere(event.receiver):
            clock = dossier.clocks.get(f"{HANDOFF}{event.state}")
            facts = {
                "via": event.via,
                "about": f"{event.state}#{event.number}",
                "answer_by": local_text(world.calendar, None if clock is None else clock.due),
            }
            names = _names(world, event.state, event.sender, event.receiver)
            owed.append(("handoff_offer", (event.receiver,), {**names, **facts}))
        elif isinstance(event, happened.HandoffReturned) and not opened_for(
            world, dossier, event.state, event.number
        ):
            passage = dossier.handoffs[event.state]
            facts = _names(world, event.state, passage.sender, passage.receiver)
            owed.append(("handoff_return", (passage.sender,), facts))
    return owed


def _names(world: World, state: str, sender: str, receiver: str) -> dict[str, Any]:
    names = {"sender_name": _called(world, sender), "receiver_name": _called(world, receiver)}
    label = world.procedure.state[state].label
    return {"state": label.vi, "state_en": label.en, **names}


def _called(world: World, code: str) -> str:
    known = world.directory.agency.get(code)
    return code if known is None else known.name


def _order(event: happened.OrderAnnounced, calendar: BusinessCalendar) -> dict[str, Any]:
    return {
        "order": event.order,
        "action": event.action,
        "number": event.number,
        "signer": event.signer,
        "cause": {"vi": event.cause_vi, "en": event.cause_en},
        "since": local_text(calendar, event.since),
        "until": local_text(calendar, event.until),
        "previous_due": local_text(calendar, event.previous),
        "new_due": local_text(calendar, event.due),
    }


def _escalation(event: happened.RungReached, calendar: BusinessCalendar) -> dict[str, Any]:
    return {
        "clock": event.clock,
        "rung": event.rung,
        "rung_due": local_text(calendar, event.due_at),
        "acknowledge_by": local_text(calendar, event.acknowledge_by),
    }


def local_text(calendar: BusinessCalendar, at: datetime | None) -> str | None:
    """Return an instant as ISO text in the calendar's local time."""
    return None if at is None else calendar.local(at).isoformat()


def _about(world: World, dossier: Dossier) -> dict[str, Any]:
    """What every message says of its dossier, without personal data; templates add words, not facts."""
    due = {
        clock.id: local_text(world.calendars[clock.calendar], clock.due) for clock in dossier.clocks.values()
    }
    agency = world.directory.agency.get(dossier.agency)
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "procedure_name": {"vi": world.procedure.name.vi, "en": world.procedure.name.en},
        "agency": dossier.agency,
        "agency_name": dossier.agency if agency is None else agency.name,
        "states": list(dossier.states),
        "public": dossier.public,
        "due": due,
        **({} if dossier.delivery is None else {"delivery": dossier.delivery}),
    }
