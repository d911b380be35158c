"""What another installation tells us: enacted once, in the transaction of its effect, and answered with a receipt.

The key of a message is its id under the name of its sender, so the table of answers is the inbox: a second delivery
finds the record that the first one made.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from audit.record import Cause
from motcua.services.choosing import choose_officers
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import KeyReused, Once, answered, once
from motcua.services.installation import Installation
from motcua.services.opening import Opening, open_new, version_in_force
from motcua.services.peer_acceptance import heard
from motcua.services.peer_files import take_piece
from motcua.services.peer_messages import Told, read
from motcua.services.peer_notices import ACCEPTED, ACKNOWLEDGED, DONE, FILE, OFFER, REPORT, RETURNED
from motcua.services.peer_reports import report
from motcua.services.ports import NewRecord, Peer, Stored
from motcua.services.recording import Personal
from motcua.services.timekeeping import certain_now
from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    Command,
    FinishHandoff,
    FireTransition,
    ReturnHandoff,
)
from states.dossier import Dossier
from states.errors import DomainError, Kind
from states.firing import entered_by
from states.handoff import HandoffNotFound
from states.kin import Places
from states.opening import asked_later
from states.peer import PARTNER, Origin, id_for
from states.procedure import Procedure
from states.speaking import WrongAgency
from states.wire import instant_text
from states.world import World


class TakesNothingOver(DomainError):
    """The procedure {procedure} begins with no handoff, so {agency} takes nothing over by it.

    Declare one on its first state, or name another procedure in the file of peers.
    """

    kind = Kind.CONFLICT
    vi = (
        "Quy trình {procedure} không bắt đầu bằng bàn giao nên {agency} không tiếp nhận được. "
        "Hãy khai báo handoff ở trạng thái đầu, hoặc chỉ quy trình khác trong tệp peers."
    )


class NoWayOn(DomainError):
    """Dossier {code}: no single transition leads on from "{state}" for what {peer} decided ({outcome}).

    Name a transition of the holder like the outcome.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: không có đúng một bước chuyển từ «{state}» cho kết quả {outcome} của {peer}. "
        "Hãy đặt tên bước chuyển của bên giữ trùng với kết quả."
    )


def receive(house: Installation, peer: Peer, message: str, body: bytes) -> dict[str, Any]:
    """Enact a message whose signature was found to be of *peer*; return the receipt, which names our record.

    Raises:
        MalformedMessage, KeyReused: It makes no sense, or its id stands for another one.
        DomainError: It cannot be enacted; nothing was changed.
    """
    house.worlds.refresh()  # the door stands open for months, and agencies close meanwhile
    told = read(peer, message, body)
    if told.topic == FILE:
        dossier_id, have = take_piece(house, told)
        return {**_receipt(house, dossier_id, 1), "have": have}
    actor = Actor(PARTNER)
    said = [told.topic, told.dossier, dict(told.told)]
    key = once(f"{peer.name}/{message}", actor, None, said)
    if key is None:
        raise ValueError("a message has an id")
    known = house.store.answer(key.idem)
    if known is None:
        stored = _ENACT[told.topic](house, told, key)
        return _receipt(house, stored.id, 1 if told.topic == OFFER else stored.seq)
    if known.fingerprint != key.fingerprint:
        raise KeyReused
    return _receipt(house, known.dossier_id, known.seq)


def _receipt(house: Installation, dossier_id: str, seq: int) -> dict[str, Any]:
    row: NewRecord = house.store.records(f"dossier:{dossier_id}")[seq - 1]
    return {
        "trail": house.log,
        "stream": row.stream,
        "seq": row.seq,
        "hash": row.leaf_hash,
        "at": instant_text(row.at),
    }


# An offer


def _offered(house: Installation, told: Told, key: Once) -> Stored:
    offer, now = told.told, certain_now(house)
    code = _procedure_for(told.peer, offer["procedure"], offer["state"])
    world = house.worlds.of(version_in_force(house, code, now).digest)
    sender, receiver = offer["sender"], offer["receiver"]
    _fits(house, world, told.peer, sender, receiver)
    origin = Origin(told.dossier, offer["state"], offer["number"], sender, told.receipt)
    opening = Opening(
        channel="online",
        competent=receiver,
        actor=Actor(PARTNER, agency=sender),
        facts=_facts(world.procedure, offer["facts"]),
        documents=_documents(world.procedure, offer["documents"]),
        personal=_kept(house, told),
        cause=Cause.HANDOFF,
        places=Places(sender, receiver, sender),
        origin=origin,
        id=id_for(origin),
        idem=key,
    )
    try:
        return open_new(house, world, opening, now)
    except DomainError as trouble:
        return answered(house.store, key, trouble) or open_new(house, world, opening, now)


def _procedure_for(peer: Peer, procedure: str, state: str) -> str:
    opens = peer.opens
    return opens.get(f"{procedure}/{state}") or opens.get(procedure) or procedure


def _fits(house: Installation, world: World, peer: Peer, sender: str, receiver: str) -> None:
    """Check that the sender is theirs, the receiver ours, and that the procedure begins with taking over.

    Raises:
        AgencyNotFound: One of them is not in the directory.
        WrongAgency: The sender is not theirs, or the receiver acts elsewhere.
        TakesNothingOver: It does not.
    """
    for agency in (sender, receiver):
        world.directory.get(agency)
    if not peer.serves(sender) or world.is_elsewhere(receiver):
        raise WrongAgency(code="-", state="-", agency=receiver, actor=f"{peer.name} ({sender})")
    if not any(world.procedure.state[name].handoff for name in world.procedure.initial):
        raise TakesNothingOver(procedure=world.procedure.code, agency=receiver)


def _facts(procedure: Procedure, given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {fact.id for fact in procedure.facts} - asked_later(procedure)
    return {name: value for name, value in given.items() if name in wanted}


def _documents(procedure: Procedure, given: list[str]) -> tuple[str, ...]:
    return tuple(paper.id for paper in procedure.documents if paper.id in given)


def _kept(house: Installation, told: Told) -> tuple[Personal, ...]:
    return tuple(Personal(name, value, house.new_salt()) for name, value in sorted(told.personal.items()))


# An answer


def _acknowledged(house: Installation, told: Told, key: Once) -> Stored:
    """One that was given up comes after the answer that it announces; that stands already, and is the receipt."""
    stored = house.store.load(told.told["origin"])
    if _answered_since(stored.dossier, told):
        return stored
    return _act(
        house,
        told,
        key,
        lambda world, stored, actor, now: AcknowledgeHandoff(
            told.told["state"], actor, stored.dossier.version, told.receipt
        ),
    )


def _answered_since(dossier: Dossier, told: Told) -> bool:
    passage = dossier.handoffs.get(told.told["state"])
    if passage is None or not told.peer.serves(passage.receiver):
        return False
    return passage.number > told.told["number"] or (
        passage.number == told.told["number"] and passage.answered_at is not None
    )


def _accepted(house: Installation, told: Told, key: Once) -> Stored:
    def command(world: World, stored: Stored, actor: Actor, now: datetime) -> Command:
        state, seen = told.told["state"], stored.dossier.version
        found = heard(house, stored, stored.dossier.handoffs[state], told.receipt, now)
        return AcceptHandoff(state, actor, seen, receipt=told.receipt, since=found.since, fired=found.fired)

    return _act(house, told, key, command)


def _returned(house: Installation, told: Told, key: Once) -> Stored:
    return _act(
        house,
        told,
        key,
        lambda world, stored, actor, now: ReturnHandoff(
            told.told["state"], actor, stored.dossier.version, reasoned=True, receipt=told.receipt
        ),
    )


def _done(house: Installation, told: Told, key: Once) -> Stored:
    def command(world: World, stored: Stored, actor: Actor, now: datetime) -> Command:
        dossier, procedure = stored.dossier, world.procedure
        way = way_on(procedure, dossier, told)
        inputs = procedure.transition[way].inputs
        facts = {name: value for name, value in told.told["facts"].items() if name in inputs}
        papers, seen = _documents(procedure, told.told["documents"]), dossier.version
        move = FireTransition(way, actor, seen, facts, papers, reasoned=True)
        day = world.calendar.local_date(now)
        chosen = choose_officers(house, world, dossier.parties, entered_by(world, dossier, move), day)
        return FinishHandoff(told.told["state"], way, actor, seen, told.receipt, facts, papers, True, chosen)

    return _act(house, told, key, command)


def way_on(procedure: Procedure, dossier: Dossier, told: Told) -> str:
    """Return the transition by which the holder of the state goes on. Raises: NoWayOn."""
    state = procedure.state[told.told["state"]]
    back = None if state.handoff is None else state.handoff.returns
    ways = [
        t.id for t in procedure.transitions if state.id in t.sources and state.holder in t.by and t.id != back
    ]
    named = [way for way in ways if way in (told.told["outcome"], told.told["transition"])]
    if len(ways) != 1 and len(named) != 1:
        raise NoWayOn(code=dossier.code, state=state.id, peer=told.peer.name, outcome=told.told["outcome"])
    return named[0] if named else ways[0]


def _act(
    house: Installation, told: Told, key: Once, command: Callable[[World, Stored, Actor, datetime], Command]
) -> Stored:
    def ask(world: World, stored: Stored, now: datetime) -> Request:
        receiver = _answering(stored.dossier, told)
        actor = Actor(PARTNER, agency=receiver)
        return Request(command(world, stored, actor, now), actor, _kept(house, told), idem=key)

    return enact(house, told.told["origin"], ask)


def _answering(dossier: Dossier, told: Told) -> str:
    """Return for which agency the peer answers.

    Raises:
        HandoffNotFound: This was never offered.
        WrongAgency: It was offered to an agency that another one serves.
    """
    state, number = told.told["state"], told.told["number"]
    passage = dossier.handoffs.get(state)
    if passage is None or passage.number != number:
        waiting = ", ".join(name for name in dossier.handoffs if dossier.offered(name)) or "-"
        raise HandoffNotFound(code=dossier.code, state=f"{state}#{number}", open=waiting)
    if not told.peer.serves(passage.receiver):
        raise WrongAgency(code=dossier.code, state=state, agency=passage.receiver, actor=told.peer.name)
    return passage.receiver


_ENACT: Mapping[str, Callable[[Installation, Told, Once], Stored]] = {
    OFFER: _offered,
    ACKNOWLEDGED: _acknowledged,
    ACCEPTED: _accepted,
    RETURNED: _returned,
    DONE: _done,
    REPORT: report,
}
