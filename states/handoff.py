"""The small machine of one handoff: dispatched, delivered, acknowledged, accepted or returned."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from states.clockwork import Move, clock_events
from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Command,
    ConfirmNotice,
    DeliverHandoff,
    DispatchHandoff,
    FinishHandoff,
    FireTransition,
    ReturnHandoff,
)
from states.dossier import Dossier, Passage, evolve
from states.errors import DomainError, Kind
from states.events import (
    Event,
    HandoffAccepted,
    HandoffAcknowledged,
    HandoffDelivered,
    HandoffDispatched,
    HandoffFinished,
    HandoffReturned,
)
from states.firing import fire
from states.offering import armed, held_by, stopped
from states.peer import Receipt, within
from states.procedure import APPLICANT, Handoff, Via
from states.speaking import HeldElsewhere, belongs, may_answer, opened_for
from states.tasking import tasks_for
from states.world import World


class HandoffNotFound(DomainError):
    """Dossier {code}: nothing was handed over into "{state}". Open handoffs: {open}."""

    kind = Kind.NOT_FOUND
    vi = "Hồ sơ {code}: không có bàn giao nào vào «{state}». Bàn giao đang chờ: {open}."


class HandoffAnswered(DomainError):
    """Dossier {code}: the handoff into "{state}" was {status} at {at}; "{action}" comes too late. Open: {open}."""

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: bàn giao vào «{state}» đã {status_vi} lúc {at}, không thể «{action}» nữa. "
        "Bàn giao đang chờ: {open}."
    )


class NotSentByPost(DomainError):
    """Dossier {code}: the handoff into "{state}" {reason}. Look at the list of handoffs."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: bàn giao vào «{state}» {reason_vi}. Hãy xem danh sách bàn giao."


class NoWayBack(DomainError):
    """Dossier {code}: the handoff into "{state}" cannot be returned; the procedure names no way back. Accept it."""

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: không thể trả lại bàn giao vào «{state}»: quy trình không nêu đường trả lại. Hãy nhận."
    )


class NotTakenOver(DomainError):
    """Dossier {code}: the handoff into "{state}" is {status}, so nobody can finish it now. Accept it first."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: bàn giao vào «{state}» đang là {status}, chưa thể hoàn thành. Hãy nhận trước."


_STATUS_VI = {"accepted": "được nhận", "returned": "bị trả lại", "cancelled": "bị rút"}


def dispatch(world: World, dossier: Dossier, command: DispatchHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide that a carrier took the papers: said by the sender, once, for what travels by post."""
    passage = _open(world, dossier, command.state, command.kind)
    may_answer(world, dossier, passage, command.actor, passage.sender, command.kind, now)
    if passage.via != Via.POST:
        raise _not_by_post(dossier, passage, "does not travel by post", "không gửi qua bưu chính")
    if passage.dispatched_at is not None:
        told = f"left already with receipt {passage.receipt}", f"đã gửi với biên nhận {passage.receipt}"
        raise _not_by_post(dossier, passage, *told)
    person = command.actor.person
    return (HandoffDispatched(passage.state, passage.number, command.carrier, command.receipt, person, now),)


def deliver(world: World, dossier: Dossier, command: DeliverHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide that the carrier's delivery is confirmed, by either side; the applicant has then accepted."""
    passage = _open(world, dossier, command.state, command.kind)
    side = passage.sender if belongs(world, command.actor, passage.sender, now) else passage.receiver
    may_answer(world, dossier, passage, command.actor, side, command.kind, now)
    if not passage.travelling:
        raise _not_by_post(dossier, passage, "is with no carrier", "không ở chỗ đơn vị vận chuyển")
    event = HandoffDelivered(passage.state, passage.number, passage.receipt or "", now)
    if passage.receiver != APPLICANT:
        return (event,)
    return (event, *_taken(world, evolve(dossier, event), passage, None, now))


def told(dossier: Dossier, command: ConfirmNotice, now: datetime) -> tuple[Event, ...]:
    """Return the delivery of the offer that a notice told of, where it travels as data and still waits."""
    if command.about is None:
        return ()
    state, _, number = command.about.partition("#")
    passage = dossier.offered(state)
    if passage is None or str(passage.number) != number:
        return ()
    return () if passage.via == Via.POST else _delivered(passage, command.message, now, command.receipt)


def _delivered(
    passage: Passage, proof: str, now: datetime, receipt: Receipt | None = None
) -> tuple[Event, ...]:
    """Whoever has an offer in hand got it: the delivery is recorded then at the latest."""
    if passage.delivered_at is not None:
        return ()
    return (HandoffDelivered(passage.state, passage.number, proof, now, receipt),)


def acknowledge(
    world: World, dossier: Dossier, command: AcknowledgeHandoff, now: datetime
) -> tuple[Event, ...]:
    """Decide an acknowledgement, once: the allowance to accept begins."""
    passage = _open(world, dossier, command.state, command.kind)
    may_answer(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    if passage.acknowledged_at is not None:
        return ()
    events: tuple[Event, ...] = (
        *_delivered(passage, command.kind, now),
        HandoffAcknowledged(passage.state, passage.number, command.actor.person, now, command.receipt),
    )
    handoff = _declared(world, passage)
    if handoff.acknowledge is None:
        return events
    events += tuple(stopped(dossier, passage.state, "acknowledged", now))
    after = reduce(evolve, events, dossier)
    return (*events, *armed(world, after, passage, handoff, handoff.accept, now))


def accept(world: World, dossier: Dossier, command: AcceptHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide an acceptance: custody, the clocks of the dossier, task and step clock are the receiver's from now.

    What was accepted in another installation counts from then on, though it is heard of only now.
    """
    passage = _open(world, dossier, command.state, command.kind)
    may_answer(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    before = _delivered(passage, command.kind, now)
    after = reduce(evolve, before, dossier)
    return (*before, *_taken(world, after, passage, command, now))


def _taken(
    world: World,
    dossier: Dossier,
    passage: Passage,
    command: AcceptHandoff | None,
    now: datetime,
) -> tuple[Event, ...]:
    """Change custody; without a command the carrier's delivery to the applicant does so."""
    assignees = {} if command is None else command.assignees
    accepted = _accepted(passage, command, _suspension(world, dossier, passage.state), now)
    suspended, lifted, since = accepted.suspended, accepted.lifted, accepted.since or now
    begun: tuple[Event, ...] = (accepted, *stopped(dossier, passage.state, "accepted", since))
    after = reduce(evolve, begun, dossier)
    move = Move(None, (), (passage.state,), ended=False, suspended=suspended, lifted=lifted)
    events = (
        *begun,
        *clock_events(world, after, move, since),
        *tasks_for(world, after, (passage.state,), assignees, now),
    )
    return (*events, *held_by(world, dossier, events, since))


def _accepted(
    passage: Passage,
    command: AcceptHandoff | None,
    suspension: tuple[str | None, str | None],
    now: datetime,
) -> HandoffAccepted:
    told, receipt = (passage.state, passage.number), None if command is None else command.receipt
    officer = None if command is None else command.actor.person
    if command is None or command.since is None or receipt is None:
        return HandoffAccepted(*told, officer, *suspension, now, receipt)
    since = within(command.since, passage.offered_at, now)
    beyond = (receipt.at - since) // timedelta(microseconds=1)
    return HandoffAccepted(*told, officer, *suspension, now, receipt, since, beyond, command.fired)


def _suspension(world: World, dossier: Dossier, accepted: str) -> tuple[str | None, str | None]:
    """Return the suspension that begins and the one that ends once *accepted* is no longer only offered."""
    there = (s for s in dossier.states if s == accepted or not dossier.offered(s))
    declared = (world.procedure.state[s].suspends for s in there)
    now = next((suspension for suspension in declared if suspension), None)
    return (None, None) if now == dossier.suspension else (now, dossier.suspension)


def give_back(world: World, dossier: Dossier, command: ReturnHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide a return: the declared transition is fired, and custody never left the sender."""
    passage = _open(world, dossier, command.state, command.kind)
    may_answer(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    ours = opened_for(world, dossier, passage.state, passage.number)
    if world.is_elsewhere(passage.sender) and not ours:
        raise HeldElsewhere(
            code=dossier.code, state=passage.state, agency=passage.sender, action=command.kind
        )
    returns = _declared(world, passage).returns
    if returns is None:
        raise NoWayBack(code=dossier.code, state=passage.state)
    events: tuple[Event, ...] = (
        *_delivered(passage, command.kind, now),
        HandoffReturned(passage.state, passage.number, command.actor.person, now, command.receipt),
        *stopped(dossier, passage.state, "returned", now),
    )
    move = FireTransition(
        returns,
        command.actor,
        command.expected_version,
        command.facts,
        command.documents,
        command.reasoned,
        command.assignees,
    )
    return (*events, *fire(world, reduce(evolve, events, dossier), move, now, returned=passage))


def finish(world: World, dossier: Dossier, command: FinishHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide that another installation is done with what it accepted: the dossier goes on by a move of its holder."""
    passage = dossier.handoffs.get(command.state)
    if passage is None or passage.status != "accepted" or passage.state not in dossier.states:
        raise _not_taken(dossier, command)
    events = (HandoffFinished(passage.state, passage.number, command.receipt, now),)
    move = FireTransition(
        command.transition,
        command.actor,
        command.expected_version,
        command.facts,
        command.documents,
        command.reasoned,
        command.assignees,
    )
    return (*events, *fire(world, dossier, move, now))


def _not_taken(dossier: Dossier, command: FinishHandoff) -> DomainError:
    passage = dossier.handoffs.get(command.state)
    if passage is None:
        return HandoffNotFound(code=dossier.code, state=command.state, open="-")
    return NotTakenOver(code=dossier.code, state=command.state, status=passage.status)


# Who may, and what is there


def _declared(world: World, passage: Passage) -> Handoff:
    handoff = world.procedure.state[passage.state].handoff
    if handoff is None:
        raise ValueError(f"{passage.state} has no handoff")
    return handoff


def _open(world: World, dossier: Dossier, state: str, action: str) -> Passage:
    passage = dossier.handoffs.get(state)
    waiting = ", ".join(name for name in dossier.handoffs if dossier.offered(name)) or "-"
    if passage is None:
        raise HandoffNotFound(code=dossier.code, state=state, open=waiting)
    if not passage.open:
        raise HandoffAnswered(
            code=dossier.code,
            state=state,
            status=passage.status,
            status_vi=_STATUS_VI[passage.status],
            at=f"{world.calendar.local(passage.answered_at or passage.offered_at):%Y-%m-%d %H:%M}",
            action=action,
            open=waiting,
        )
    return passage


def _not_by_post(dossier: Dossier, passage: Passage, reason: str, reason_vi: str) -> NotSentByPost:
    return NotSentByPost(code=dossier.code, state=passage.state, reason=reason, reason_vi=reason_vi)


HANDOFFS: Mapping[type[Command], Callable[[World, Dossier, Any, datetime], tuple[Event, ...]]] = {
    DispatchHandoff: dispatch,
    DeliverHandoff: deliver,
    AcknowledgeHandoff: acknowledge,
    AcceptHandoff: accept,
    ReturnHandoff: give_back,
    FinishHandoff: finish,
}
