"""An auditor's search: dossiers by agency, procedure, code, lateness, day of closing, and missing apology."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.services.appointments import is_late, promised
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import DossierQuery, Stored
from motcua.services.presenting_clocks import words_of
from states.dossier import Dossier
from states.world import World

Plain = dict[str, Any]
LOOKED_AT = 2_000
"""So many dossiers are looked at for one page; a search that needs more goes on where it stopped."""

_CHUNK = 200
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; None is any.

    Attributes:
        agency: With those below it.
        text: Part of a code.
        late: Late by more than so many days; 0 for any lateness.
        since, until: Completed on these local days, both inclusive.
        without_apology: Those for which no apology with a new appointment ever left.
    """

    agency: str | None = None
    procedure: str | None = None
    text: str = ""
    late: int | None = None
    since: date | None = None
    until: date | None = None
    without_apology: bool = False


def search(house: Installation, wanted: Wanted, after: str = "", limit: int = 50) -> Plain:
    """Return a page of the dossiers that are wanted, by code.

    Args:
        house: The installation.
        wanted: The search.
        after: `next` of the page before.
        limit: Rows of a page.

    Returns:
        `rows`; `next`, None at the end; `looked`, how many dossiers were looked at for this page.
    """
    now = house.now()
    rows: list[Plain] = []
    looked, mark = 0, after
    for stored in _walk(house, wanted, after, limit + 1):
        if len(rows) == limit or looked == LOOKED_AT:
            return {"rows": rows, "next": mark, "looked": looked}
        looked, mark = looked + 1, stored.dossier.code
        world = house.worlds.of(stored.dossier.cfg)
        minutes = late_minutes(world, stored.dossier, now)
        if _fits(world, stored.dossier, wanted, minutes):
            rows.append(_row(world, stored, minutes))
    return {"rows": rows, "next": None, "looked": looked}


def _walk(house: Installation, wanted: Wanted, after: str, first: int) -> Iterator[Stored]:
    """Walk what the columns find, a chunk at a time; the *first* ones suffice if nothing else is wanted."""
    query, size = DossierQuery(wanted.agency, wanted.procedure, wanted.text), first
    while chunk := house.store.page(query, after, size):
        yield from chunk
        after, size = chunk[-1].dossier.code, _CHUNK


def late_minutes(world: World, dossier: Dossier, now: datetime) -> int | None:
    """Return by how many minutes a dossier was completed after the day it was promised for, or is late now."""
    clock = promised(dossier)
    if clock is None or clock.due is None:
        return None
    if dossier.completed_at is None:
        return (now - clock.due) // _MINUTE if is_late(dossier, now) else None
    kept = clock.due_date is not None and world.calendar.local_date(dossier.completed_at) <= clock.due_date
    return (
        None if kept or dossier.completed_at <= clock.due else (dossier.completed_at - clock.due) // _MINUTE
    )


def _fits(world: World, dossier: Dossier, wanted: Wanted, minutes: int | None) -> bool:
    if wanted.late is not None and (minutes is None or minutes <= wanted.late * 24 * 60):
        return False
    if wanted.without_apology and dossier.facts.get("extension_count", 0):
        return False
    if wanted.since is None and wanted.until is None:
        return True
    if dossier.completed_at is None:
        return False
    day = world.calendar.local_date(dossier.completed_at)
    return (wanted.since or day) <= day <= (wanted.until or day)


def _row(world: World, stored: Stored, minutes: int | None) -> Plain:
    dossier, clock = stored.dossier, promised(stored.dossier)
    local = world.calendar
    return {
        "code": dossier.code,
        "procedure": {"code": dossier.procedure, "label": words_of(world.procedure.name)},
        "agency": world.directory.name_of(dossier.agency, local.local_date(stored.at)),
        "states": [words_of(world.procedure.state[state].label) for state in dossier.states],
        "opened_at": local_text(local, dossier.opened_at),
        "completed_at": local_text(local, dossier.completed_at),
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
        "late": minutes,
        "ended": dossier.ended,
        "apologies": int(dossier.facts.get("extension_count", 0)),
        "nonconformities": len(dossier.nonconformities),
        "records": stored.seq,
    }
