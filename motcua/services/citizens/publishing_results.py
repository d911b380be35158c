"""Results that the law makes public: which procedure, which agency, which day; nothing of the applicant."""

from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import CitizensDesk, PublicResult, Stored
from motcua.services.presenting_clocks import words_of

Plain = dict[str, Any]
GRANTED = "granted"
_DECIDED = (9, 10)
"""National statuses of what was decided. Source: status list of the national portal."""


def public_results(house: Installation, desk: CitizensDesk, most: int = 100) -> list[Plain]:
    """Return the latest granted results of the procedures whose results are public, newest first."""
    listed = {result.procedure: result for result in desk.results}
    found = house.store.latest(tuple(listed), _DECIDED, most)
    return [
        _result(house, listed[stored.dossier.procedure], stored)
        for stored in found
        if stored.dossier.outcome == GRANTED
    ]


def _result(house: Installation, listed: PublicResult, stored: Stored) -> Plain:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    return {
        "procedure": words_of(world.procedure.name),
        "result": words_of(world.procedure.result),
        "agency": world.directory.get(dossier.agency).name,
        "decided_at": local_text(world.calendar_of(dossier.agency), dossier.completed_at),
        "basis": words_of(listed.basis),
        "verified": listed.verified,
    }
