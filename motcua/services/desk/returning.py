"""Return what is ready: found by code or by the square code of the receipt, given to who shows who they are."""

import re
from typing import Any

from audit.record import Auth
from motcua.services.delivering import chosen
from motcua.services.giving_out import Handing, noting, ways_out
from motcua.services.inbox import applicant_of
from motcua.services.installation import Installation
from motcua.services.intake import MalformedCode
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import words_of
from motcua.services.transitions import Particulars, send
from states.commands import Actor
from states.errors import DomainError, Kind
from states.events import Facts

Plain = dict[str, Any]
_CODE = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*-[0-9]{6}-[0-9]{4,10}")


class NotReadyToReturn(DomainError):
    """Dossier {code} has no result that waits at the counter. It stands at: {where}."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code} chưa có kết quả chờ trả. Hồ sơ đang ở: {where}."


def scanned(given: str) -> str:
    """Return the dossier code in what was typed or scanned: a code, or the text of the square code of a paper.

    Raises:
        MalformedCode: There is none in it.
    """
    found = _CODE.search(given.strip().upper()[:500])
    if found is None:
        raise MalformedCode(given=given.strip()[:60])
    return found[0]


def waits_here(house: Installation, stored: Stored) -> bool:
    """Tell whether a dossier has a result that may be given out now."""
    return bool(ways_out(house, stored))


def returnable(house: Installation, stored: Stored) -> Plain:
    """Return a dossier whose result waits, with the transitions that give it out.

    Raises:
        NotReadyToReturn: It has none.
    """
    dossier = stored.dossier
    procedure = house.worlds.procedure(dossier.cfg)
    ways = ways_out(house, stored)
    if not ways:
        where = ", ".join(procedure.state[state].label.vi for state in dossier.states)
        raise NotReadyToReturn(code=dossier.code, where=where)
    return {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": words_of(procedure.name),
        "result": words_of(procedure.result),
        "states": [words_of(procedure.state[state].label) for state in dossier.states],
        "applicant": applicant_of(house, stored.id),
        "delivery": chosen(house, stored),
        "ways": [{"id": way.id, "label": words_of(way.label), "inputs": way.inputs} for way in ways],
    }


def return_result(
    house: Installation,
    code: str,
    transition: str,
    actor: Actor,
    version: int,
    handing: Handing,
    facts: Facts,
    *,
    key: str,
    auth: Auth | None = None,
) -> Stored:
    """Give a result out, noting whose identity was checked and how.

    Raises:
        IdentityNotNoted, NothingToTake: It was not, or there is none to give; nothing was written.
        DomainError: As `send`.
    """
    note = noting(house, house.store.load(code), transition, None, handing)
    return send(house, code, transition, actor, version, Particulars(facts, (), note), auth, key)
