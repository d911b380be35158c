"""What another installation offers, or asks, opens a dossier here: of our own procedure, and once."""

from collections.abc import Mapping
from typing import Any

from audit.record import Cause
from motcua.services.idempotency import Once, answered
from motcua.services.installation import Installation
from motcua.services.opening import Opening, open_new, version_in_force
from motcua.services.peer_messages import Told
from motcua.services.peer_notices import ASKED
from motcua.services.ports import Peer, Stored
from motcua.services.recording import Personal
from motcua.services.timekeeping import certain_now
from states.commands import Actor
from states.errors import DomainError, Kind
from states.kin import Places
from states.opening import asked_later
from states.peer import PARTNER, Origin, id_for
from states.procedure import Procedure
from states.speaking import WrongAgency
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


class AnswersNothing(DomainError):
    """No procedure here answers the question {question} of {peer}.

    Name one that begins without a handoff in the file of peers: [{peer}.opens] "{question}" = "<code>".
    """

    kind = Kind.CONFLICT
    vi = (
        "Ở đây chưa có quy trình trả lời câu hỏi {question} của {peer}. Hãy chỉ một quy trình không bắt đầu bằng "
        'bàn giao trong tệp peers: [{peer}.opens] "{question}" = "<mã>".'
    )


def open_offered(house: Installation, told: Told, key: Once) -> Stored:
    """Open the dossier of a handoff. Raises: TakesNothingOver, WrongAgency, AgencyNotFound, DomainError."""
    offer = told.told
    return _opened(house, told, key, _procedure_for(told.peer, offer["procedure"], offer["state"]))


def open_asked(house: Installation, told: Told, key: Once) -> Stored:
    """Open the dossier by which a question is answered, of the procedure that the file of peers names.

    Raises:
        AnswersNothing: It names none, or one that takes a dossier over.
        WrongAgency, AgencyNotFound, DomainError: As of an offer.
    """
    name = f"{told.told['procedure']}/{told.told['state']}"
    if name not in told.peer.opens:
        raise AnswersNothing(peer=told.peer.name, question=name)
    return _opened(house, told, key, told.peer.opens[name])


def _opened(house: Installation, told: Told, key: Once, code: str) -> Stored:
    offer, now = told.told, certain_now(house)
    world = house.worlds.of(version_in_force(house, code, now).digest)
    sender, receiver = offer["sender"], offer["receiver"]
    _fits(house, world, told, sender, receiver)
    sender = world.directory.seat(sender, world.calendar.local_date(now), code)
    asks = told.topic == ASKED
    origin = Origin(told.dossier, offer["state"], offer["number"], sender, told.receipt, asks)
    opening = Opening(
        channel="online",
        competent=receiver,
        actor=Actor(PARTNER, agency=sender),
        facts=_facts(world.procedure, offer["facts"]),
        documents=declared_papers(world.procedure, offer["documents"]),
        personal=kept_of(house, told),
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


def _fits(house: Installation, world: World, told: Told, sender: str, receiver: str) -> None:
    """Check that the sender is theirs, the receiver ours, and that the procedure begins with taking over, or answers.

    Raises:
        AgencyNotFound: One of them is not in the directory.
        WrongAgency: The sender is not theirs, or the receiver acts elsewhere.
        TakesNothingOver: It does not.
        AnswersNothing: A question would begin with a handoff.
    """
    peer, asks = told.peer, told.topic == ASKED
    for agency in (sender, receiver):
        world.directory.get(agency)
    if not peer.serves(sender) or world.is_elsewhere(receiver):
        raise WrongAgency(code="-", state="-", agency=receiver, actor=f"{peer.name} ({sender})")
    takes = any(world.procedure.state[name].handoff for name in world.procedure.initial)
    if asks and takes:
        raise AnswersNothing(peer=peer.name, question=f"{told.told['procedure']}/{told.told['state']}")
    if not asks and not takes:
        raise TakesNothingOver(procedure=world.procedure.code, agency=receiver)


def _facts(procedure: Procedure, given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {fact.id for fact in procedure.facts} - asked_later(procedure)
    return {name: value for name, value in given.items() if name in wanted}


def declared_papers(procedure: Procedure, given: list[str]) -> tuple[str, ...]:
    """Return the papers that a procedure of ours declares."""
    return tuple(paper.id for paper in procedure.documents if paper.id in given)


def kept_of(house: Installation, told: Told) -> tuple[Personal, ...]:
    """Return what came with a message as it is kept, each value with its salt."""
    return tuple(Personal(name, value, house.new_salt()) for name, value in sorted(told.personal.items()))
