"""Which messages a record owes to another installation; nothing personal stands in them until they leave."""

from collections.abc import Iterator, Sequence
from typing import Any

from motcua.services.ports import NewRecord
from states import events as happened
from states.dossier import CONSULT, Dossier
from states.events import Event
from states.speaking import opened_for
from states.wire import instant_text
from states.world import World

OFFER = "peer:offer"
ACKNOWLEDGED, ACCEPTED, RETURNED, DONE = (
    "peer:acknowledged",
    "peer:accepted",
    "peer:returned",
    "peer:done",
)
"""Topics between installations; no template can have such a name."""
ASKED, OPINION = "peer:question", "peer:opinion"
"""A question of a consultation, and what came of it."""
FILE = "peer:file"
"""Pieces of what an offer shares; they go along with the offer, and are owed by it."""
RESULT_FILE = "peer:result_file"
"""Pieces of what comes back with a result; they go along with its end, and are owed by it."""
PIECES = (FILE, RESULT_FILE)
REPORT = "peer:report"
"""What the master of a status says of it; it comes from outside only."""

ANSWER_BY = "answer_by"
"""The fact in which a body that is asked finds until when, where its procedure declares it."""

Owed = tuple[str, tuple[str, ...], dict[str, Any]]


def owed_to_peers(
    world: World, dossier: Dossier, record: NewRecord, events: Sequence[Event]
) -> Iterator[Owed]:
    """Yield template, recipients and facts of what a record owes to whoever takes over, or has handed over."""
    about = {
        "stream": record.stream,
        "seq": record.seq,
        "hash": record.leaf_hash,
        "at": instant_text(record.at),
    }
    for event in events:
        if isinstance(event, happened.HandoffOffered) and world.is_elsewhere(event.receiver):
            facts = {"about": f"{event.state}#{event.number}"}
            yield (
                OFFER,
                (event.receiver,),
                {**facts, "peer": {**_offer(world, dossier, event), "record": about}},
            )
        elif isinstance(event, happened.QuestionAsked) and world.is_elsewhere(event.agency):
            yield ASKED, (event.agency,), {"peer": {**_question(world, dossier, event), "record": about}}
    topic = None if dossier.origin is None else _news(world, dossier, events)
    if topic is not None and dossier.origin is not None:
        yield topic, (dossier.origin.agency,), {"peer": {**_answer(world, dossier, events), "record": about}}


def _offer(world: World, dossier: Dossier, event: happened.HandoffOffered) -> dict[str, Any]:
    procedure = world.procedure
    handoff = procedure.state[event.state].handoff
    declared = {fact.id for fact in procedure.facts}
    papers = () if handoff is None else handoff.documents
    terms = (None, None) if handoff is None else (handoff.acknowledge, handoff.accept)
    return {
        "state": event.state,
        "number": event.number,
        "sender": event.sender,
        "receiver": event.receiver,
        "procedure": procedure.code,
        "version": procedure.version,
        "facts": {name: value for name, value in dossier.facts.items() if name in declared},
        "documents": [name for name in dossier.documents if not papers or name in papers],
        "acknowledge": None if terms[0] is None else str(terms[0]),
        "accept": None if terms[1] is None else str(terms[1]),
    }


def _question(world: World, dossier: Dossier, event: happened.QuestionAsked) -> dict[str, Any]:
    """Return what a body elsewhere is told: the question and its share, and nothing else of the dossier."""
    name = f"{event.consultation}/{event.question}"
    clock = dossier.clocks.get(f"{CONSULT}{name}")
    due = None if clock is None or clock.due is None else instant_text(clock.due)
    return {
        "state": name,
        "number": event.round,
        "sender": dossier.agency,
        "receiver": event.agency,
        "procedure": world.procedure.code,
        "version": world.procedure.version,
        "facts": {**event.facts, **({} if due is None else {ANSWER_BY: due})},
        "documents": list(event.documents),
    }


def _news(world: World, dossier: Dossier, events: Sequence[Event]) -> str | None:
    """Return what the sender has to know; an end before acceptance is a return, whoever brought it about."""
    topic, asks = None, dossier.origin is not None and dossier.origin.asks
    for event in events:
        if isinstance(event, happened.TransitionFired) and event.ended:
            if asks:
                return OPINION
            return topic or (DONE if _accepted(world, dossier) else RETURNED)
        number = getattr(event, "number", None)
        if number is not None and opened_for(world, dossier, getattr(event, "state", ""), number):
            topic = _TOPIC.get(type(event), topic)
    return topic


_TOPIC: dict[type[Event], str] = {
    happened.HandoffAcknowledged: ACKNOWLEDGED,
    happened.HandoffAccepted: ACCEPTED,
    happened.HandoffReturned: RETURNED,
    happened.HandoffCancelled: RETURNED,
}


def _accepted(world: World, dossier: Dossier) -> bool:
    return any(
        passage.status == "accepted" and opened_for(world, dossier, passage.state, passage.number)
        for passage in dossier.handoffs.values()
    )


def _answer(world: World, dossier: Dossier, events: Sequence[Event]) -> dict[str, Any]:
    origin = dossier.origin
    if origin is None:
        raise ValueError("nobody handed it over")
    declared = {fact.id for fact in world.procedure.facts}
    fired = next((e.transition for e in events if isinstance(e, happened.TransitionFired)), None)
    return {
        "peer": origin.receipt.peer,
        "origin": origin.dossier,
        "state": origin.state,
        "number": origin.number,
        "answers": origin.receipt.hash,
        "outcome": dossier.outcome,
        "transition": fired,
        "facts": {name: value for name, value in dossier.facts.items() if name in declared},
        "documents": list(dossier.documents),
    }
