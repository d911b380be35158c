"""A client system acts: through the one door, under its own name, in one of its positions."""

from collections.abc import Iterable
from dataclasses import replace

from motcua.services.access import seen
from motcua.services.clients import Caller, acting_in
from motcua.services.giving_out import Handing, noting
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.ports import Stored
from motcua.services.tasks import claim, release
from motcua.services.transitions import Particulars, send
from states.dossier import Dossier
from states.errors import DomainError, Kind
from states.procedure import Procedure


class NotTakenInHere(DomainError):
    """{client} hands in dossiers at {agencies} only, not at {given}. Name one of them as the place of intake."""

    kind = Kind.NOT_AUTHORISED
    vi = "{client} chỉ nộp được hồ sơ tại {agencies}, không phải {given}. Hãy nêu nơi tiếp nhận thuộc các cơ quan đó."


def hand_in(house: Installation, caller: Caller, wanted: Submission, key: str) -> Stored:
    """Take a dossier in at an agency of the caller, once however often it is asked.

    Without a place of intake it is the caller's agency, where it has but one.

    Raises:
        NotTakenInHere: The place of intake is none of the caller's agencies.
        DomainError: As `submit`.
    """
    own = caller.client.agencies
    place = wanted.received or wanted.agency or (own[0] if len(own) == 1 else None)
    if place not in own:
        raise NotTakenInHere(client=caller.client.id, agencies=", ".join(own), given=place or "-")
    if wanted.agency is None and wanted.received is None:
        wanted = replace(wanted, received=place)
    visitor = acting_in(caller, place).visitor
    return submit(house, wanted, visitor.actor, visitor.auth, key)


def move(
    house: Installation,
    caller: Caller,
    code: str,
    transition: str,
    expected: int | None,
    given: Particulars,
    key: str,
    handing: Handing | None = None,
) -> Stored:
    """Send a dossier along a transition or extend its term, in the first position of the caller that the act is for.

    Where a result is given out, *handing* says to whom.

    Raises:
        DossierNotFound: There is none, or it is not for the caller.
        IdentityNotNoted, NothingToTake: A result needs somebody who took it, and nothing else has one.
        DomainError: As `send`.
    """
    stored = seen(house, caller.visitor, code)
    procedure = house.worlds.of(stored.dossier.cfg).procedure
    visitor = _in_post(caller, procedure, stored.dossier, _roles(procedure, transition)).visitor
    noted = replace(given, reason=noting(house, stored, transition, given.reason, handing))
    return send(house, code, transition, visitor.actor, expected, noted, visitor.auth, key)


def take_task(
    house: Installation, caller: Caller, code: str, task: str, key: str, *, back: bool = False
) -> Stored:
    """Take a task from the pool, or give it *back*. Raises: DossierNotFound; as `claim` and `release`."""
    stored = seen(house, caller.visitor, code)
    procedure = house.worlds.of(stored.dossier.cfg).procedure
    found = stored.dossier.task(task)
    visitor = _in_post(caller, procedure, stored.dossier, () if found is None else (found.role,)).visitor
    do = release if back else claim
    return do(house, code, task, visitor.actor, visitor.auth, key)


def _roles(procedure: Procedure, transition: str) -> tuple[str, ...]:
    extension = procedure.extension.get(transition)
    if extension is not None:
        return (extension.role,)
    known = procedure.transition.get(transition)
    return () if known is None else known.by


def _in_post(caller: Caller, procedure: Procedure, dossier: Dossier, roles: Iterable[str]) -> Caller:
    """Return the caller in the first of its posts that one of *roles* asks for; else in none: it will be refused."""
    client = caller.client
    for name in roles:
        role = procedure.role.get(name)
        agency = None if role is None else dossier.parties[role.party]
        if role is not None and agency in client.agencies and role.position in client.positions:
            return acting_in(caller, agency, role.position)
    return acting_in(caller, client.agencies[0])
