"""The dossiers behind a number of a board."""

from datetime import date, timedelta
from typing import Any

from motcua.services.access import Visitor
from motcua.services.boards.desks import calendar_of
from motcua.services.boards.naming import Names, names_of
from motcua.services.boards.scope import scope_of
from motcua.services.installation import Installation
from motcua.services.ports import DossierFilter, FigureRow

Plain = dict[str, Any]
_INSTANT = timedelta(microseconds=1)


def listed(
    house: Installation,
    visitor: Visitor,
    wanted: DossierFilter,
    agency: str | None = None,
    *,
    after: str = "",
    limit: int = 100,
) -> Plain:
    """Return a page of dossiers by code, with `next`, the code that the page after begins behind.

    Args:
        house: The installation.
        visitor: Who looks.
        wanted: Which; whose agencies are meant follows from the visitor.
        agency: One of these.
        after: `next` of the page before.
        limit: At most so many.

    Raises:
        AgencyNotFound: The agency is not the visitor's to look at.
    """
    scope = scope_of(house, visitor, agency)
    own = DossierFilter(
        scope, wanted.procedure, wanted.state, wanted.finished, wanted.late, wanted.whole, house.dispatch
    )
    found = house.store.figure_rows(own, house.now(), limit + 1, after=after)
    page, today = found[:limit], calendar_of(house).local_date(house.now())
    names = names_of(house, (row.id for row in page))
    return {
        "rows": [row_of(house, names, row, today) for row in page],
        "next": page[-1].code if len(found) > limit else None,
    }


def row_of(house: Installation, names: Names, row: FigureRow, today: date) -> Plain:
    """Return what a list shows of a dossier; `days` after its appointment, negative before it, None without one."""
    finish = row.finish
    promised = finish.promised if finish is not None else _day(house, row)
    day = finish.day if finish is not None else today
    return {
        "id": row.id,
        "code": row.code,
        "procedure": {"code": row.procedure, "label": names.procedure(row.id)},
        "agency": {"code": row.agency, "name": names.agency(row.agency)},
        "states": [names.state(row.id, state) for state in row.configuration.split("|") if state],
        "handed_in": row.handed_in.isoformat(),
        "promised": None if promised is None else promised.isoformat(),
        "finished": None if finish is None else finish.day.isoformat(),
        "days": None if promised is None else (day - promised).days,
        "late": house.now() > row.late_at
        if row.late_at is not None
        else bool(finish and finish.day > finish.promised),
    }


def _day(house: Installation, row: FigureRow) -> date | None:
    """The day of an appointment; an instant at 24:00 belongs to the day that ends there."""
    return None if row.late_at is None else calendar_of(house).local_date(row.late_at - _INSTANT)
