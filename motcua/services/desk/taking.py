"""Take a dossier in at the counter: opened, accepted and given its receipt, each once however often it is sent."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from audit.record import Auth
from motcua.services.access import Visitor, may_see
from motcua.services.desk.asking import RECEIPT, accepting
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.services.notices import local_text
from motcua.services.papers import draft_for, sign
from motcua.services.papers.finding import PaperSigned
from motcua.services.ports import Stored, Typesetter
from motcua.services.transitions import Particulars, send
from states.commands import Actor
from states.events import Facts

Plain = dict[str, Any]
_MOST = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A dossier that was taken in; `receipt` is the number of its receipt, None where it was not accepted yet."""

    code: str
    receipt: str | None


def take_in(
    house: Installation,
    press: Typesetter,
    wanted: Submission,
    actor: Actor,
    key: str,
    *,
    inputs: Facts | None,
    auth: Auth | None = None,
) -> Taken:
    """Open a dossier, accept it where *inputs* are given, and sign the receipt.

    Sent again with the same key it goes on where it stopped: the same dossier, one acceptance, one receipt.

    Raises:
        DomainError: As `submit`, `send` and `sign`; what was done before the error stays done.
    """
    opened = submit(house, wanted, actor, auth, key)
    code = opened.dossier.code
    world = house.worlds.of(opened.dossier.cfg)
    transition = accepting(world.procedure, opened.dossier.states)
    if inputs is None or transition is None:
        return Taken(code, None)
    given = Particulars({name: inputs[name] for name in transition.inputs if name in inputs})
    accepted = send(house, code, transition.id, actor, opened.dossier.version, given, auth, f"{key}-accept")
    return Taken(code, _receipt(house, press, accepted, actor, auth))


def _receipt(
    house: Installation, press: Typesetter, accepted: Stored, actor: Actor, auth: Auth | None
) -> str | None:
    """Sign the receipt that the acceptance owes, whoever drafted it; somebody quicker may have signed it."""
    code = accepted.dossier.code
    form = next((name for name in press.names if RECEIPT in press.spec(name).notices), None)
    number = None if form is None else draft_for(house, press, accepted, form, actor, auth)
    if number is None:
        return None
    with suppress(PaperSigned):
        sign(house, press, code, number, actor, auth)
    return number


def sent_before(house: Installation, actor: Actor, key: str, auth: Auth | None = None) -> bool:
    """Tell whether a form with this key opened its dossier already: it is not its own double.

    Raises:
        MalformedKey: The key is none.
    """
    asked = once(key, actor, auth, None)
    return asked is not None and house.store.answer(asked.idem) is not None


def same_person(house: Installation, visitor: Visitor, procedure: str, id_number: str) -> list[Plain]:
    """Return the open dossiers of a procedure by the same person; `code` only where the visitor may see it."""
    found = [] if not id_number else house.store.open_of_person(procedure, id_number, _MOST)
    return [
        {
            "code": stored.dossier.code if may_see(house, visitor, stored) else None,
            "agency": house.worlds.directory.get(stored.dossier.agency).name,
            "opened_at": local_text(house.worlds.of(stored.dossier.cfg).calendar, stored.dossier.opened_at),
        }
        for stored in found
    ]
