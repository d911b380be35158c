"""Whether a command would be somebody's to give: asked of the same decision that a page's button leads to."""

from collections.abc import Iterable
from typing import Any

from motcua.services.delegating import check_mandate
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.commands import Actor, Command, ExtendTerm, FireTransition
from states.errors import DomainError, Kind
from states.firing import check_hands
from states.machine import decide
from states.term import Term, Unit

Plain = dict[str, Any]
_ANY_LENGTH = Term(Unit.WORKING_DAYS, 4)
"""How long an extension would be does not say whose it is to give."""


def theirs(house: Installation, stored: Stored, actor: Actor, command: Command) -> bool:
    """Tell whether an actor may give a command on a dossier as it stands now; nothing is done.

    What else may stand in the way, such as facts that are still to be typed in, does not count.
    """
    return refusal(house, stored, actor, command) is None


def refusal(house: Installation, stored: Stored, actor: Actor, command: Command) -> DomainError | None:
    """Return why a command is not an actor's to give on a dossier as it stands now; None where it is."""
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    try:
        check_mandate(house, actor, command, stored, now)
        if isinstance(command, FireTransition):
            check_hands(world, stored.dossier, command, now)
        decide(world, stored.dossier, command, now)
    except DomainError as error:
        return error if error.kind is Kind.NOT_AUTHORISED else None
    return None


def barred(
    house: Installation, stored: Stored, actor: Actor, actions: Iterable[Plain]
) -> dict[str, dict[str, str]]:
    """Return by the id of an action, of those that `describe` lists, why it is not an actor's to send now."""
    found = {
        action["id"]: refusal(house, stored, actor, command_of(stored, action, actor)) for action in actions
    }
    return {
        name: {"vi": str(why.facts.get("reason_vi", "")), "en": str(why.facts.get("reason", ""))}
        for name, why in found.items()
        if why is not None
    }


def command_of(stored: Stored, action: Plain, actor: Actor) -> ExtendTerm | FireTransition:
    """Return the command behind an action that `describe` lists, but for what is still to be typed in."""
    seen = stored.dossier.version
    if action["kind"] == "extension":
        return ExtendTerm(action["id"], _ANY_LENGTH, actor, seen, reasoned=True)
    return FireTransition(action["id"], actor, seen, reasoned=True)
