"""Which messages a record owes to another installation; nothing personal stands in them until they leave."""

from collections.abc import Iterator, Sequence
from typing import Any

from motcua.services.ports import NewRecord
from states import events as happened
from states.dossier import Dossier
from states.events import Event
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
FILE = "peer:file"
"""Pieces of what an offer shares; they go along with the offer, and are owed by it."""
REPORT = "peer:report"
"""What the master of a status says of it; it comes from outside only."""

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
    topic = None if dossier.origin is None else _news(world, dossier, events)
    if topic is not None and dossier.origin is not None:
        yield topic, (dossier.origin.agency,), {"peer": {**_answer(world, dossier, events), "record": about}}


def for_origin(world: World, dossier: Dossier, state: str, number: int) -> bool:
    """Tell whether a handoff is the one that the dossier was opened for."""
    return dossier.origin is not None and state in world.procedure.initial and number == 1


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


def _news(world: World, dossier: Dossier, events: Sequence[Event]) -> str | None:
    """Return what the sender has to know; an end before acceptance is a return, whoever brought it about."""
    topic = None
    for event in events:
        if isinstance(event, happened.TransitionFired) and event.ended:
            return topic or (DONE if _accepted(world, dossier) else RETURNED)
        number = getattr(event, "number", None)
        if number is not None and for_origin(world, dossier, getattr(event, "state", ""), number):
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
        passage.status == "accepted" and for_origin(world, dossier, passage.state, passage.number)
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
