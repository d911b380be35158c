"""What another installation tells us: enacted once, in the transaction of its effect, and answered with a receipt.

The key of a message is its id under the name of its sender, so the table of answers is the inbox: a second delivery
finds the record that the first one made.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from motcua.services.choosing import choose_officers, chosen_after
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import KeyReused, Once, once
from motcua.services.installation import Installation
from motcua.services.peer_acceptance import heard
from motcua.services.peer_answers import answered_since, answering
from motcua.services.peer_files import beside, take_piece
from motcua.services.peer_messages import Told, read
from motcua.services.peer_notices import (
    ACCEPTED,
    ACKNOWLEDGED,
    ASKED,
    DONE,
    OFFER,
    OPINION,
    PIECES,
    REPORT,
    RETURNED,
)
from motcua.services.peer_opening import declared_papers, kept_of, open_asked, open_offered
from motcua.services.peer_reports import report
from motcua.services.peer_sending import ENDS
from motcua.services.ports import NewRecord, Peer, Stored
from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    AnswerConsultation,
    Command,
    FinishHandoff,
    FireTransition,
    ReturnHandoff,
)
from states.dossier import Dossier
from states.errors import DomainError, Kind
from states.firing import entered_by
from states.peer import PARTNER
from states.procedure import Procedure
from states.wire import instant_text
from states.world import World


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
    if told.topic in PIECES:
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
        return _receipt(house, stored.id, 1 if told.topic in (OFFER, ASKED) else stored.seq)
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


# An answer


def _acknowledged(house: Installation, told: Told, key: Once) -> Stored:
    """One that was given up comes after the answer that it announces; that stands already, and is the receipt."""
    stored = house.store.load(told.told["origin"])
    if answered_since(stored.dossier, told):
        return stored
    return _act(
        house,
        told,
        key,
        lambda world, stored, actor, now: AcknowledgeHandoff(
            told.told["state"], actor, stored.dossier.version, told.receipt
        ),
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
        papers, seen = declared_papers(procedure, told.told["documents"]), dossier.version
        move = FireTransition(way, actor, seen, facts, papers, reasoned=True)
        day = world.calendar.local_date(now)
        chosen = choose_officers(house, world, dossier.parties, entered_by(world, dossier, move), day)
        return FinishHandoff(told.told["state"], way, actor, seen, told.receipt, facts, papers, True, chosen)

    return _act(house, told, key, command)


def _opinion(house: Installation, told: Told, key: Once) -> Stored:
    """The outcome over there is the answer: agree, object or other; one that comes too late is kept as evidence."""
    consultation, _, question = told.told["state"].partition("/")

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        dossier = stored.dossier
        answering(dossier, told)
        role = world.procedure.role[world.procedure.question[told.told["state"]][1].role]
        actor = Actor(PARTNER, agency=dossier.parties[role.party])
        command = AnswerConsultation(
            consultation,
            question,
            told.told["outcome"] or "-",
            actor,
            declared_papers(world.procedure, told.told["documents"]),
            "reason" in told.personal,
            chosen_after(house, world, dossier, consultation, now),
            told.receipt,
        )
        return Request(command, actor, beside(house, stored, told), idem=key)

    return enact(house, told.told["origin"], ask)


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
        receiver, day = answering(stored.dossier, told), world.calendar.local_date(now)
        # What was accepted keeps its names; who is bound to the party now is whoever took over since.
        actor = Actor(PARTNER, agency=world.directory.seat(receiver, day, stored.dossier.procedure))
        kept = beside(house, stored, told) if told.topic in ENDS else kept_of(house, told)
        return Request(command(world, stored, actor, now), actor, kept, idem=key)

    return enact(house, told.told["origin"], ask)


_ENACT: Mapping[str, Callable[[Installation, Told, Once], Stored]] = {
    OFFER: open_offered,
    ASKED: open_asked,
    OPINION: _opinion,
    ACKNOWLEDGED: _acknowledged,
    ACCEPTED: _accepted,
    RETURNED: _returned,
    DONE: _done,
    REPORT: report,
}
