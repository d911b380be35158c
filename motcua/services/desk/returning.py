"""Return what is ready: found by code or by the square code of the receipt, given to who shows who they are."""

import re
from dataclasses import dataclass
from typing import Any

from audit.record import Auth
from motcua.services.delivering import chosen
from motcua.services.giving_out import IdentityNotNoted, ways_out
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
SHOWN = {
    "id_card": ("Thẻ căn cước", "identity card"),
    "vneid": ("Căn cước điện tử trên VNeID", "electronic identity (VNeID)"),
    "passport": ("Hộ chiếu", "passport"),
    "authorisation": (
        "Giấy ủy quyền và giấy tờ của người được ủy quyền",
        "authorisation, and their own paper",
    ),
}


POSTED = "post"
CONSIGNED = ("Giao bưu chính theo lựa chọn của người nộp", "handed to the post, as the applicant chose")
"""Of who gets a result by post no paper is seen; the number of the consignment is noted instead."""


class NotReadyToReturn(DomainError):
    """Dossier {code} has no result that waits at the counter. It stands at: {where}."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code} chưa có kết quả chờ trả. Hồ sơ đang ở: {where}."


@dataclass(frozen=True, slots=True)
class Handing:
    """What the counter notes when it gives a result to somebody; all of it is personal.

    Attributes:
        shown: What was shown, one of `SHOWN`; or `post`, where the applicant chose that.
        receiver: Who took it; of the post, the number of the consignment.
    """

    shown: str
    receiver: str


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
        IdentityNotNoted: It was not; nothing was written.
        DomainError: As `send`.
    """
    receiver = " ".join(handing.receiver.split())
    posted = handing.shown == POSTED and house.store.load(code).dossier.delivery == POSTED
    if not (posted or handing.shown in SHOWN) or not receiver:
        raise IdentityNotNoted
    said = f"{CONSIGNED[0]}; số hiệu" if posted else f"{SHOWN[handing.shown][0]}; người nhận"
    note = f"{said}: {receiver}"
    return send(house, code, transition, actor, version, Particulars(facts, (), note), auth, key)
