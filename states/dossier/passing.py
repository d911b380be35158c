"""How a dossier evolves by handoffs: custody is not stored, it follows from the status of the last one."""

from collections.abc import Callable, Mapping
from typing import Any

from states import events as happened
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier, Passage


def _offered(dossier: Dossier, event: happened.HandoffOffered) -> Dossier:
    passage = Passage(
        state=event.state,
        number=event.number,
        via=event.via,
        sender=event.sender,
        receiver=event.receiver,
        role=event.role,
        status="offered",
        officer=event.officer,
        offered_at=event.at,
    )
    return revise(dossier, handoffs={**dossier.handoffs, event.state: passage})


def _passage(dossier: Dossier, state: str, **changes: Any) -> Dossier:
    return revise(dossier, handoffs={**dossier.handoffs, state: revise(dossier.handoffs[state], **changes)})


def _dispatched(dossier: Dossier, event: happened.HandoffDispatched) -> Dossier:
    return _passage(
        dossier,
        event.state,
        status="dispatched",
        carrier=event.carrier,
        receipt=event.receipt,
        dispatched_at=event.at,
    )


def _delivered(dossier: Dossier, event: happened.HandoffDelivered) -> Dossier:
    """A notice may leave after the receiver has acknowledged; its status goes no step back."""
    early = dossier.handoffs[event.state].status in ("offered", "dispatched")
    status = "delivered" if early else dossier.handoffs[event.state].status
    return _passage(dossier, event.state, status=status, delivered_at=event.at)


def _acknowledged(dossier: Dossier, event: happened.HandoffAcknowledged) -> Dossier:
    return _passage(dossier, event.state, status="acknowledged", acknowledged_at=event.at)


def _accepted(dossier: Dossier, event: happened.HandoffAccepted) -> Dossier:
    """What an accepted handoff suspends is counted in `<suspension>_count`, as a move's is."""
    accepted = _passage(dossier, event.state, status="accepted", answered_at=event.since or event.at)
    if event.suspended is not None:
        name = f"{event.suspended}_count"
        count = int(dossier.facts.get(name, 0)) + 1
        return revise(accepted, suspension=event.suspended, facts={**dossier.facts, name: count})
    return revise(accepted, suspension=None) if event.lifted else accepted


def _returned(dossier: Dossier, event: happened.HandoffReturned) -> Dossier:
    return _passage(dossier, event.state, status="returned", answered_at=event.at)


def _finished(dossier: Dossier, event: happened.HandoffFinished) -> Dossier:
    """The move of the chart that follows says what came of it."""
    return dossier


def _origin(dossier: Dossier, event: happened.OriginNamed) -> Dossier:
    return revise(dossier, origin=event.origin)


def _cancelled(dossier: Dossier, event: happened.HandoffCancelled) -> Dossier:
    return _passage(dossier, event.state, status="cancelled", answered_at=event.at)


def _passed(dossier: Dossier, event: happened.ClockPassed) -> Dossier:
    clock = revise(dossier.clocks[event.clock], holder=event.holder)
    return revise(dossier, clocks={**dossier.clocks, event.clock: clock})


HANDOFFS: Mapping[type[happened.Event], Callable[[Dossier, Any], Dossier]] = {
    happened.HandoffOffered: _offered,
    happened.HandoffDispatched: _dispatched,
    happened.HandoffDelivered: _delivered,
    happened.HandoffAcknowledged: _acknowledged,
    happened.HandoffAccepted: _accepted,
    happened.HandoffReturned: _returned,
    happened.HandoffCancelled: _cancelled,
    happened.HandoffFinished: _finished,
    happened.OriginNamed: _origin,
    happened.ClockPassed: _passed,
}
