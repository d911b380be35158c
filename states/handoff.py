"""The small machine of one handoff: dispatched, delivered, acknowledged, accepted or returned."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce
from typing import Any

from states.agency_rules import DESKS
from states.clockwork import Move, clock_events
from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    Command,
    ConfirmNotice,
    DeliverHandoff,
    DispatchHandoff,
    FireTransition,
    ReturnHandoff,
)
from states.dossier import Dossier, Passage, evolve
from states.errors import DomainError, Kind, NotAuthorised
from states.events import (
    Event,
    HandoffAccepted,
    HandoffAcknowledged,
    HandoffDelivered,
    HandoffDispatched,
    HandoffReturned,
)
from states.firing import fire
from states.offering import armed, held_by, stopped
from states.procedure import APPLICANT, Handoff, Via
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


class WrongAgency(DomainError):
    """Dossier {code}: the handoff into "{state}" is for {agency}, and {actor} holds no post there.

    Ask an officer of {agency}.
    """

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Hồ sơ {code}: bàn giao vào «{state}» là cho {agency}, {actor} không thuộc cơ quan này. "
        "Hãy nhờ cán bộ của {agency}."
    )


class NotSentByPost(DomainError):
    """Dossier {code}: the handoff into "{state}" {reason}. Follow it with "motcua handoff list"."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: bàn giao vào «{state}» {reason_vi}. Theo dõi bằng «motcua handoff list»."


class NoWayBack(DomainError):
    """Dossier {code}: the handoff into "{state}" cannot be returned; the procedure names no way back. Accept it."""

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: không thể trả lại bàn giao vào «{state}»: quy trình không nêu đường trả lại. Hãy nhận."
    )


_STATUS_VI = {"accepted": "được nhận", "returned": "bị trả lại", "cancelled": "bị rút"}


def dispatch(world: World, dossier: Dossier, command: DispatchHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide that a carrier took the papers: said by the sender, once, for what travels by post."""
    passage = _open(world, dossier, command.state, command.kind)
    _by(world, dossier, passage, command.actor, passage.sender, command.kind, now)
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
    side = passage.sender if _at(world, command.actor, passage.sender, now) else passage.receiver
    _by(world, dossier, passage, command.actor, side, command.kind, now)
    if not passage.travelling:
        raise _not_by_post(dossier, passage, "is with no carrier", "không ở chỗ đơn vị vận chuyển")
    event = HandoffDelivered(passage.state, passage.number, passage.receipt or "", now)
    if passage.receiver != APPLICANT:
        return (event,)
    return (event, *_taken(world, evolve(dossier, event), passage, None, {}, now))


def told(dossier: Dossier, command: ConfirmNotice, now: datetime) -> tuple[Event, ...]:
    """Return the delivery of the offer that a notice told of, where it travels as data and still waits."""
    if command.about is None:
        return ()
    state, _, number = command.about.partition("#")
    passage = dossier.offered(state)
    if passage is None or str(passage.number) != number:
        return ()
    return () if passage.via == Via.POST else _delivered(passage, command.message, now)


def _delivered(passage: Passage, proof: str, now: datetime) -> tuple[Event, ...]:
    """Whoever has an offer in hand got it: the delivery is recorded then at the latest."""
    if passage.delivered_at is not None:
        return ()
    return (HandoffDelivered(passage.state, passage.number, proof, now),)


def acknowledge(
    world: World, dossier: Dossier, command: AcknowledgeHandoff, now: datetime
) -> tuple[Event, ...]:
    """Decide an acknowledgement, once: the allowance to accept begins."""
    passage = _open(world, dossier, command.state, command.kind)
    _by(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    if passage.acknowledged_at is not None:
        return ()
    events: tuple[Event, ...] = (
        *_delivered(passage, command.kind, now),
        HandoffAcknowledged(passage.state, passage.number, command.actor.person, now),
    )
    handoff = _declared(world, passage)
    if handoff.acknowledge is None:
        return events
    events += tuple(stopped(dossier, passage.state, "acknowledged", now))
    after = reduce(evolve, events, dossier)
    return (*events, *armed(world, after, passage, handoff, handoff.accept, now))


def accept(world: World, dossier: Dossier, command: AcceptHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide an acceptance: custody, the clocks of the dossier, task and step clock are the receiver's from now."""
    passage = _open(world, dossier, command.state, command.kind)
    _by(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    before = _delivered(passage, command.kind, now)
    after = reduce(evolve, before, dossier)
    return (*before, *_taken(world, after, passage, command.actor.person, command.assignees, now))


def _taken(
    world: World,
    dossier: Dossier,
    passage: Passage,
    officer: str | None,
    assignees: Mapping[str, str],
    now: datetime,
) -> tuple[Event, ...]:
    suspended, lifted = _suspension(world, dossier, passage.state)
    accepted = HandoffAccepted(passage.state, passage.number, officer, suspended, lifted, now)
    begun: tuple[Event, ...] = (accepted, *stopped(dossier, passage.state, "accepted", now))
    after = reduce(evolve, begun, dossier)
    move = Move(None, (), (passage.state,), ended=False, suspended=suspended, lifted=lifted)
    events = (
        *begun,
        *clock_events(world, after, move, now),
        *tasks_for(world, after, (passage.state,), assignees, now),
    )
    return (*events, *held_by(world, dossier, events, now))


def _suspension(world: World, dossier: Dossier, accepted: str) -> tuple[str | None, str | None]:
    """Return the suspension that begins and the one that ends once *accepted* is no longer only offered."""
    there = (s for s in dossier.states if s == accepted or not dossier.offered(s))
    declared = (world.procedure.state[s].suspends for s in there)
    now = next((suspension for suspension in declared if suspension), None)
    return (None, None) if now == dossier.suspension else (now, dossier.suspension)


def give_back(world: World, dossier: Dossier, command: ReturnHandoff, now: datetime) -> tuple[Event, ...]:
    """Decide a return: the declared transition is fired, and custody never left the sender."""
    passage = _open(world, dossier, command.state, command.kind)
    _by(world, dossier, passage, command.actor, passage.receiver, command.kind, now)
    returns = _declared(world, passage).returns
    if returns is None:
        raise NoWayBack(code=dossier.code, state=passage.state)
    events: tuple[Event, ...] = (
        *_delivered(passage, command.kind, now),
        HandoffReturned(passage.state, passage.number, command.actor.person, now),
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


def _at(world: World, actor: Actor, party: str, now: datetime) -> bool:
    """Tell whether the actor belongs to a party on that day."""
    if actor.person is None:
        return actor.kind == party
    day = world.calendar.local_date(now)
    posts = world.directory.posts_of(actor.person, day)
    return any(post.agency == party for post in posts) and actor.agency in (None, party)


def _by(
    world: World, dossier: Dossier, passage: Passage, actor: Actor, party: str, action: str, now: datetime
) -> None:
    """Check that the actor speaks for a party: in the role of the state, at its desk, or the applicant himself.

    Raises:
        WrongAgency: They are of another agency.
        NotAuthorised: Their position there does not take over or hand over.
    """
    if not _at(world, actor, party, now):
        raise WrongAgency(
            code=dossier.code, state=passage.state, agency=party, actor=actor.person or actor.kind
        )
    if actor.person is None:
        return
    day, positions = world.calendar.local_date(now), _positions(world, dossier, passage, party)
    if not any(world.directory.holds(actor.person, party, position, day) for position in positions):
        raise NotAuthorised(
            code=dossier.code,
            actor=actor.person,
            action=action,
            reason="their position neither hands over nor takes over",
            reason_vi="vị trí này không giao, nhận hồ sơ",
            roles=", ".join(positions),
        )


def _positions(world: World, dossier: Dossier, passage: Passage, party: str) -> tuple[str, ...]:
    """Return who speaks for an agency: its desks, and who holds the state, or for the sender any role of it."""
    roles = world.procedure.roles
    if party == passage.receiver:
        roles = tuple(role for role in roles if role.id == passage.role)
    acting = (role.position for role in roles if dossier.parties[role.party] == party)
    return tuple(dict.fromkeys((*acting, *DESKS)))


def _not_by_post(dossier: Dossier, passage: Passage, reason: str, reason_vi: str) -> NotSentByPost:
    return NotSentByPost(code=dossier.code, state=passage.state, reason=reason, reason_vi=reason_vi)


HANDOFFS: Mapping[type[Command], Callable[[World, Dossier, Any, datetime], tuple[Event, ...]]] = {
    DispatchHandoff: dispatch,
    DeliverHandoff: deliver,
    AcknowledgeHandoff: acknowledge,
    AcceptHandoff: accept,
    ReturnHandoff: give_back,
}
