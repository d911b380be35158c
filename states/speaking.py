"""Who speaks for an agency when something is handed over: its officers, or the installation that serves it."""

from collections.abc import Iterable
from datetime import datetime

from states import called
from states.agency_rules import DESKS
from states.commands import Actor
from states.dossier import Dossier, Passage
from states.errors import DomainError, Kind, NotAuthorised
from states.peer import PARTNER
from states.procedure import APPLICANT
from states.world import World


class WrongAgency(DomainError):
    """Dossier {code}: the handoff into "{state}" is for {agency}, and {actor} holds no post there.

    Ask an officer of {agency}.
    """

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Hồ sơ {code}: bàn giao vào «{state}» là cho {agency}, {actor} không thuộc cơ quan này. "
        "Hãy nhờ cán bộ của {agency}."
    )


class HeldElsewhere(DomainError):
    """Dossier {code}: {agency} works on "{state}" in an installation of its own, so "{action}" comes from there.

    Wait for its answer, or ask {agency}; "motcua peer status" tells whether it can be reached.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: {agency} xử lý «{state}» trên hệ thống riêng nên «{action}» phải do bên đó gửi về. "
        "Hãy chờ trả lời hoặc liên hệ {agency}; xem kết nối bằng «motcua peer status»."
    )


def belongs(world: World, actor: Actor, party: str, now: datetime) -> bool:
    """Tell whether the actor belongs to a party on that day."""
    if actor.kind == PARTNER:
        return actor.agency == party
    if actor.person is None:
        return actor.kind == party
    day = world.calendar.local_date(now)
    posts = world.directory.posts_of(actor.person, day)
    return any(post.agency == party for post in posts) and actor.agency in (None, party)


def opened_for(world: World, dossier: Dossier, state: str, number: int) -> bool:
    """Tell whether a handoff is the one of another installation that the dossier was opened for."""
    handed = dossier.origin is not None and not dossier.origin.asks
    return handed and state in world.procedure.initial and number == 1


def may_answer(
    world: World, dossier: Dossier, passage: Passage, actor: Actor, party: str, action: str, now: datetime
) -> None:
    """Check that the actor speaks for a party: in the role of the state, at its desk, or the applicant himself.

    Raises:
        WrongAgency: They are of another agency.
        HeldElsewhere: The party acts in another installation.
        NotAuthorised: Their position there does not take over or hand over.
    """
    day, state = world.calendar.local_date(now), called.state(world.procedure, passage.state)
    agency = called.agency(world, party, day)
    if world.is_elsewhere(party) and actor.kind != PARTNER:
        act = called.act(world.procedure, action)
        raise HeldElsewhere(code=dossier.code, state=state, agency=agency, action=act)
    if not belongs(world, actor, party, now):
        raise WrongAgency(code=dossier.code, state=state, agency=agency, actor=called.who(actor))
    if actor.person is None:
        return
    positions = _positions(world, dossier, passage, party)
    if not any(world.directory.holds(actor.person, party, position, day) for position in positions):
        raise NotAuthorised(
            code=dossier.code,
            actor=called.who(actor),
            action=called.act(world.procedure, action),
            reason="their position neither hands over nor takes over",
            reason_vi="vị trí này không giao, nhận hồ sơ",
            roles=called.holders(world.procedure, positions),
        )


def _positions(world: World, dossier: Dossier, passage: Passage, party: str) -> tuple[str, ...]:
    """Return who speaks for an agency: its desks, and who holds the state, or for the sender any role of it."""
    roles = world.procedure.roles
    if party == passage.receiver:
        roles = tuple(role for role in roles if role.id == passage.role)
    acting = (role.position for role in roles if dossier.parties[role.party] == party)
    return tuple(dict.fromkeys((*acting, *DESKS)))


def not_elsewhere(
    world: World, dossier: Dossier, exited: Iterable[str], actor: Actor, transition: str
) -> None:
    """Check that nobody takes back what another installation was offered or has accepted.

    Raises:
        HeldElsewhere: It has still to answer, or to finish.
    """
    if actor.person is None and actor.kind != APPLICANT:
        return
    for state in exited:
        passage = dossier.handoffs.get(state)
        held = passage is not None and (passage.open or passage.status == "accepted")
        if passage is not None and held and world.is_elsewhere(passage.receiver):
            raise HeldElsewhere(code=dossier.code, state=state, agency=passage.receiver, action=transition)
