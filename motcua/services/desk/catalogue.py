"""The procedures that a counter takes in today, found by code or by words with or without their marks."""

from typing import Any
from unicodedata import category, normalize

from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.presenting_clocks import words_of
from states.procedure import Procedure

Plain = dict[str, Any]
MOST = 50


def folded(text: str) -> str:
    """Return a text as it is compared: small letters without marks, `đ` as `d`."""
    apart = normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in apart if category(sign) != "Mn")


def catalogue(house: Installation, wanted: str = "", most: int = MOST) -> list[Plain]:
    """Return the procedures in force that hold every word that is wanted, by code; what only routes is no procedure."""
    words = folded(wanted).split()
    found: list[Plain] = []
    for digest in house.store.in_force(today(house)):
        procedure = house.worlds.procedure(digest)
        if procedure.code != house.dispatch and all(word in _text(procedure) for word in words):
            found.append(_plain(procedure))
        if len(found) == most:
            break
    return found


def _text(procedure: Procedure) -> str:
    return folded(f"{procedure.code} {procedure.name.vi} {procedure.name.en} {procedure.field.vi}")


def _plain(procedure: Procedure) -> Plain:
    return {
        "code": procedure.code,
        "name": words_of(procedure.name),
        "field": words_of(procedure.field),
        "result": words_of(procedure.result),
    }
