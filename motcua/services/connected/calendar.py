"""Deadlines of an agency's open dossiers, for calendars that people already look at."""

from dataclasses import dataclass
from datetime import datetime

from motcua.services.access import may_see, narrowed
from motcua.services.appointments import promised
from motcua.services.clients import CALENDAR, Caller, recognise_client
from motcua.services.installation import Installation
from motcua.services.ports import DossierQuery, Stored
from motcua.services.presenting_clocks import words_of

_AT_ONCE = 500
MOST = 5000
"""A calendar with more is of no use to anybody, and would not be sent in time."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant by which a dossier must be done.

    Attributes:
        changed: Instant of the record that the deadline follows from, at the latest.
        epoch: Grows when the clock is armed anew, restarted or extended.
    """

    code: str
    clock: str
    title: dict[str, str]
    due: datetime
    changed: datetime
    epoch: int
    provisional: bool


def deadlines(house: Installation, caller: Caller) -> list[Deadline]:
    """Return the running deadlines of open dossiers of which the caller's agencies see everything, by code."""
    mine, after = narrowed(house, caller.visitor).store, ""
    found: list[Deadline] = []
    while page := mine.page(DossierQuery(ended=False), after, _AT_ONCE):
        theirs = (stored for stored in page if may_see(house, caller.visitor, stored))
        found += [deadline for stored in theirs if (deadline := _deadline(house, stored)) is not None]
        after = page[-1].dossier.code
        if len(page) < _AT_ONCE or len(found) >= MOST:
            break
    return found[:MOST]


def calendar_caller(house: Installation, token: str) -> Caller | None:
    """Return whose calendar an address opens: that of a client system whose token is for nothing else."""
    caller = recognise_client(house, token)
    return caller if caller is not None and caller.client.scopes == (CALENDAR,) else None


def _deadline(house: Installation, stored: Stored) -> Deadline | None:
    dossier = stored.dossier
    clock = promised(dossier)
    if clock is None or clock.due is None or not clock.running:
        return None
    name = words_of(house.worlds.of(dossier.cfg).procedure.name)
    return Deadline(dossier.code, clock.id, name, clock.due, stored.at, clock.epoch, clock.provisional)
