"""How appointments were kept, by agency, procedure and month; who is worst off; whose time it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from motcua.services.access import Visitor
from motcua.services.boards.blame import blame
from motcua.services.boards.desks import calendar_of
from motcua.services.boards.listing import rows_of
from motcua.services.boards.naming import names_of
from motcua.services.boards.period import Period
from motcua.services.boards.rates import Rate, rate_of, rates_by
from motcua.services.boards.scope import choices, scope_of
from motcua.services.installation import Installation
from motcua.services.ports import DossierFilter, FigureRow, KeptSum, OpenSum
from states.calendar import BusinessCalendar

Plain = dict[str, Any]
WORST = 10
_NOTHING, _EMPTY = Rate().plain(), {"open": 0, "late": 0}


def overview(
    house: Installation, visitor: Visitor, period: Period, agency: str | None = None, *, deep: bool = True
) -> Plain:
    """Return what leaders look at; a submission counts once, where it was finished.

    Args:
        house: The installation.
        visitor: Their agencies, and those below the ones that they lead, are counted.
        period: Months of the rates; the months before are compared, a year is the trend.
        agency: One of their agencies, to look at alone.
        deep: Whether to say whose time it was, which reads the records of the worst.

    Raises:
        AgencyNotFound: The agency is not the visitor's to look at.
    """
    scope, now = scope_of(house, visitor, agency), house.now()
    since, until = min(period.before.first, period.year.first), period.last
    base = DossierFilter(scope, finished=(since, until), whole=True, dispatch=house.dispatch)
    kept = house.store.kept_sums(base)
    open_ = house.store.open_sums(DossierFilter(scope, whole=True, dispatch=house.dispatch), now)
    months, earlier = frozenset(period.names()), frozenset(period.before.names())
    inside = [one for one in kept if one.month in months]
    monthly = rates_by(kept, lambda one: one.month)
    worst = _worst(house, scope, period)
    return {
        "total": rate_of(inside),
        "before": rate_of(one for one in kept if one.month in earlier),
        "open": sum(one.open for one in open_),
        "late": sum(one.late for one in open_),
        **_heat(house, inside, open_),
        "trend": [{"month": month, **monthly.get(month, _NOTHING)} for month in period.year.names()],
        "worst": worst,
        "blame": blame(house, [row["id"] for row in worst]) if deep else [],
        "agencies": choices(house, visitor),
        "agency": agency,
    }


def _heat(house: Installation, kept: list[KeptSum], open_: list[OpenSum]) -> Plain:
    every: list[KeptSum | OpenSum] = [*open_, *kept]
    examples = {one.procedure: one.example for one in every}
    names = names_of(house, examples.values())
    labels = {code: names.procedure(example) for code, example in examples.items()}
    columns, cells = rates_by(kept, lambda one: one.procedure), _cells(kept)
    totals, waiting = rates_by(kept, lambda one: one.agency), _waiting(open_)
    rows = [
        {
            "code": code,
            "name": names.agency(code),
            "cells": cells.get(code, {}),
            "total": totals.get(code, _NOTHING),
            **waiting.get(code, _EMPTY),
        }
        for code in dict.fromkeys(one.agency for one in every)
    ]
    return {
        "procedures": [
            {"code": code, "label": labels[code], "rate": columns[code]} for code in sorted(columns)
        ],
        "rows": sorted(rows, key=_worst_first),
    }


def _cells(kept: list[KeptSum]) -> dict[str, Plain]:
    """Return the rate of each procedure at each agency that finished some."""
    found: dict[str, Plain] = {}
    for (agency, procedure), rate in rates_by(kept, lambda one: (one.agency, one.procedure)).items():
        found.setdefault(agency, {})[procedure] = rate
    return found


def _waiting(sums: Iterable[OpenSum]) -> dict[str, Plain]:
    """Return how many are open and late at each agency."""
    found: dict[str, Plain] = {}
    for one in sums:
        row = found.setdefault(one.agency, dict(_EMPTY))
        row["open"] += one.open
        row["late"] += one.late
    return found


def _worst_first(row: Plain) -> tuple[bool, bool, float, str]:
    total = row["total"]
    return total["word"] == "none", total["word"] == "few", total["percent"] or 0.0, row["code"]


def _worst(house: Installation, scope: frozenset[str] | None, period: Period) -> list[Plain]:
    """Return the latest of those finished in the period and of those still open."""
    now, calendar = house.now(), calendar_of(house)
    done = DossierFilter(scope, finished=period.days, late=True, whole=True, dispatch=house.dispatch)
    waiting = DossierFilter(scope, late=True, whole=True, dispatch=house.dispatch)
    found = [
        *house.store.figure_rows(done, now, WORST, worst=True),
        *house.store.figure_rows(waiting, now, WORST, worst=True),
    ]
    found.sort(key=lambda row: (-_days(row, calendar, now), row.code))
    return rows_of(house, found[:WORST])


def _days(row: FigureRow, calendar: BusinessCalendar, now: datetime) -> int:
    if row.finish is not None:
        return (row.finish.day - row.finish.promised).days
    return 0 if row.late_at is None else (calendar.local_date(now) - calendar.local_date(row.late_at)).days
