"""Which dossiers and tasks there are, and which dossiers are late, as lists show them."""

from collections.abc import Iterator
from typing import Any

from motcua.services.appointments import appointment, is_late, promised
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored


def listed(
    house: Installation,
    *,
    agency: str | None = None,
    procedure: str | None = None,
    open_only: bool = False,
    late_only: bool = False,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """Return dossiers, the nearest appointment first, those without one last.

    Late are those whose appointment has passed while its clock runs: a result that waits to be collected is not.
    """
    if late_only:
        late = sorted(
            _late(house, agency, procedure),
            key=lambda stored: (appointment(stored.dossier) or stored.at, stored.id),
        )
        return [_row(house, stored) for stored in late[:limit]]
    rows = house.store.find_dossiers(procedure=procedure, agency=agency, open_only=open_only, limit=limit)
    return [_row(house, house.store.load(row.code)) for row in rows]


def any_late(house: Installation, *, agency: str | None = None, procedure: str | None = None) -> bool:
    """Tell whether any open dossier is late; walks them to the end, as a cursor left half way stays open."""
    return sum(1 for _ in _late(house, agency, procedure)) > 0


def _late(house: Installation, agency: str | None, procedure: str | None) -> Iterator[Stored]:
    now = house.now()
    for stored in house.store.iterate(open_only=True):
        dossier = stored.dossier
        wanted = agency in (None, dossier.agency) and procedure in (None, dossier.procedure)
        if wanted and is_late(dossier, now):
            yield stored


def _row(house: Installation, stored: Stored) -> dict[str, Any]:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    clock = promised(dossier)
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
        "version": dossier.version,
        "states": list(dossier.states),
        "public_status": dossier.public,
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
        "provisional": clock is not None and clock.provisional,
        "late": is_late(dossier, house.now()),
        "ended": dossier.ended,
    }


def open_tasks(
    house: Installation,
    *,
    agency: str | None = None,
    position: str | None = None,
    assignee: str | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """Return open tasks, those of the dossier with the nearest appointment first."""
    directory, calendars = house.worlds.directory, house.worlds.calendars
    found: list[dict[str, Any]] = []
    for row in house.store.tasks(agency=agency, position=position, assignee=assignee, limit=limit):
        task, calendar = row.task, calendars[directory.get(row.task.agency).calendar]
        found.append(
            {
                "code": row.code,
                "procedure": row.procedure,
                "task": task.id,
                "state": task.state,
                "role": task.role,
                "agency": task.agency,
                "position": task.position,
                "assignee": task.assignee,
                "created_at": local_text(calendar, task.created_at),
                "due": local_text(calendar, row.due),
            }
        )
    return found
