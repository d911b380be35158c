"""Whether a command would be somebody's to give: asked of the same decision that a page's button leads to."""

from motcua.services.delegating import check_mandate
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.commands import Actor, Command
from states.errors import DomainError, Kind
from states.machine import decide


def theirs(house: Installation, stored: Stored, actor: Actor, command: Command) -> bool:
    """Tell whether an actor may give a command on a dossier as it stands now; nothing is done.

    What else may stand in the way, such as facts that are still to be typed in, does not count.
    """
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    try:
        check_mandate(house, actor, command, stored, now)
        decide(world, stored.dossier, command, now)
    except DomainError as error:
        return error.kind is not Kind.NOT_AUTHORISED
    return True
