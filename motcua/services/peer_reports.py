"""What a system outside says of a status that it is the master of: a transition, fired by its word alone."""

from dataclasses import replace
from datetime import datetime

from motcua.services.choosing import choose_officers
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import Once
from motcua.services.installation import Installation
from motcua.services.peer_messages import Told
from motcua.services.ports import Stored
from motcua.services.recording import Personal
from states.commands import Actor, FireTransition
from states.errors import DomainError, Kind
from states.firing import entered_by
from states.peer import PARTNER
from states.procedure import Procedure
from states.world import World


class NotItsStatus(DomainError):
    """Dossier {code}: {peer} may not fire "{transition}" of {procedure}. Add it to `may` in the file of peers."""

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Hồ sơ {code}: {peer} không được quyết định «{transition}» của {procedure}. "
        "Hãy bổ sung vào «may» trong tệp peers."
    )


def report(house: Installation, told: Told, key: Once) -> Stored:
    """Fire the transition that a report names, for the agency whose role may fire it.

    Raises:
        NotItsStatus: The peer may not.
        TransitionRefused, InvalidFacts: It does not fit where the dossier stands.
    """

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        dossier, name = stored.dossier, told.told["transition"]
        agency = _agency(world.procedure, told, stored)
        actor = Actor(PARTNER, agency=agency, on_behalf=told.peer.name)
        move = FireTransition(
            name,
            actor,
            dossier.version,
            told.told["facts"],
            tuple(told.told["documents"]),
            reasoned=bool(told.personal),
        )
        day = world.calendar.local_date(now)
        chosen = choose_officers(house, world, dossier.parties, entered_by(world, dossier, move), day)
        kept = tuple(
            Personal(field, value, house.new_salt()) for field, value in sorted(told.personal.items())
        )
        return Request(replace(move, assignees=chosen), actor, kept, idem=key)

    return enact(house, told.dossier, ask)


def _agency(procedure: Procedure, told: Told, stored: Stored) -> str:
    name = told.told["transition"]
    transition = procedure.transition.get(name)
    roles = [] if transition is None else [procedure.role[by] for by in transition.by if by in procedure.role]
    if f"{procedure.code}/{name}" not in told.peer.may or not roles:
        raise NotItsStatus(
            code=stored.dossier.code, peer=told.peer.name, transition=name, procedure=procedure.code
        )
    return stored.dossier.parties[roles[0].party]
