"""Somebody stands in for another: as whom they act, what their mandates open on a dossier, what is refused of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from audit.record import Auth
from motcua.services.access import record_refusal
from motcua.services.delegating import acting, stand_ins
from motcua.services.installation import Installation
from motcua.services.papers import signable
from motcua.services.ports import Delegation, Stored, Typesetter
from motcua.services.trying import command_of, theirs
from states.commands import Actor
from states.errors import DomainError, Kind

Plain = dict[str, Any]


@contextmanager
def acting_as(
    house: Installation, actor: Actor, auth: Auth | None, mandate: str, action: str, code: str
) -> Iterator[Actor]:
    """Give as whom somebody does *action* to a dossier: as themselves, or by *mandate*, its id or number.

    What turns out not to be theirs to do, in their own right or by that mandate, is recorded in their own stream; the
    error goes on.

    Raises:
        DelegationRefused: The mandate is not theirs.
    """
    try:
        yield acting(house, str(actor.person), mandate) if mandate else actor
    except DomainError as error:
        if error.kind is Kind.NOT_AUTHORISED:
            record_refusal(house, str(actor.person), auth, action, code, error.message("en"))
        raise


def openings(
    house: Installation, stored: Stored, actor: Actor, actions: Iterable[Plain]
) -> dict[str, list[Plain]]:
    """Return by the id of an action, of those that `describe` lists, the mandates by which somebody may send it now."""
    found: dict[str, list[Plain]] = {}
    mandates = _of(house, actor)
    for action in actions if mandates else ():
        opened = [
            _shown(given)
            for given, whom in mandates
            if action["blocked"] is None and theirs(house, stored, whom, command_of(stored, action, whom))
        ]
        if opened:
            found[action["id"]] = opened
    return found


def signable_for(
    house: Installation, press: Typesetter, stored: Stored, actor: Actor
) -> dict[str, list[Plain]]:
    """Return by the number of a draft the mandates by which somebody may sign it for another.

    A mandate that names the acts it is for covers no papers.
    """
    found: dict[str, list[Plain]] = {}
    for given, whom in _of(house, actor):
        if not given.actions and stored.dossier.procedure in (
            given.procedures or (stored.dossier.procedure,)
        ):
            for number in signable(house, press, stored, whom):
                found.setdefault(number, []).append(_shown(given))
    return found


def _of(house: Installation, actor: Actor) -> list[tuple[Delegation, Actor]]:
    person = actor.person
    return (
        [] if person is None else [(one, acting(house, person, one.id)) for one in stand_ins(house, person)]
    )


def _shown(given: Delegation) -> Plain:
    return {"id": given.id, "document": given.document, "grantor": given.grantor, "agency": given.agency}
