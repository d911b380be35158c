"""The dossiers behind a number of a board."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from motcua.services.access import Visitor
from motcua.services.boards.desks import calendar_of
from motcua.services.boards.naming import Names, names_of
from motcua.services.boards.scope import scope_of
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.ports import DossierFilter, FigureRow, ProcedureNotFound
from states.calendar import BusinessCalendar

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
        ProcedureNotFound: There is no such procedure.
    """
    scope = scope_of(house, visitor, agency)
    if wanted.procedure is not None and not house.store.versions(wanted.procedure):
        raise ProcedureNotFound(procedure=wanted.procedure, day=today(house))
    own = DossierFilter(
        scope, wanted.procedure, wanted.state, wanted.finished, wanted.late, wanted.whole, house.dispatch
    )
    found = house.store.figure_rows(own, house.now(), limit + 1, after=after)
    page = found[:limit]
    return {"rows": rows_of(house, page), "next": page[-1].code if len(found) > limit else None}


def rows_of(house: Installation, rows: Sequence[FigureRow]) -> list[Plain]:
    """Return what a list shows of dossiers; `days` after the appointment, negative before it, None without one.

    One dossier of each configuration is read for the names of its states.
    """
    examples = {(row.procedure, row.configuration): row.id for row in rows}
    names, calendar, now = names_of(house, examples.values()), calendar_of(house), house.now()
    return [_row(names, examples[row.procedure, row.configuration], row, calendar, now) for row in rows]


def _row(names: Names, example: str, row: FigureRow, calendar: BusinessCalendar, now: datetime) -> Plain:
    finish = row.finish
    promised = finish.promised if finish is not None else _day(calendar, row.late_at)
    day = finish.day if finish is not None else calendar.local_date(now)
    passed = finish is not None and finish.day > finish.promised
    return {
        "id": row.id,
        "code": row.code,
        "procedure": {"code": row.procedure, "label": names.procedure(example)},
        "agency": {"code": row.agency, "name": names.agency(row.agency)},
        "states": [names.state(example, state) for state in row.configuration.split("|") if state],
        "handed_in": row.handed_in.isoformat(),
        "promised": None if promised is None else promised.isoformat(),
        "finished": None if finish is None else finish.day.isoformat(),
        "days": None if promised is None else (day - promised).days,
        "late": passed if row.late_at is None else now > row.late_at,
    }


def _day(calendar: BusinessCalendar, at: datetime | None) -> date | None:
    """The day of an appointment; an instant at 24:00 belongs to the day that ends there."""
    return None if at is None else calendar.local_date(at - _INSTANT)
