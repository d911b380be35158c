"""Sums over dossiers, by columns that every change keeps."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Date, Select, and_, case, cast, exists, func, literal_column, or_, select

from motcua.services.ports import DossierFilter, FigureRow, Finish, KeptSum, OpenSum, Pin, Stored
from motcua.store.engine import Shelf, at_most, chunks
from motcua.store.rows import instant_or_none, stored
from motcua.store.tables import dossiers, tasks
from states.wire import instant_text

_D = dossiers.c
_LEADS = func.coalesce(_D.lead, _D.agency)
# Written out: a parameter would make the grouped expression another one than the selected one.
_MONTH = func.substr(_D.finished, literal_column("1"), literal_column("7"))
_STORED = (_D.id, _D.snapshot, _D.seq, _D.head, _D.at)
_LISTED = (
    _D.id, _D.code, _D.procedure, _LEADS.label("leads"), _D.states, _D.day, _D.finished, _D.promised,
    _D.first_promised, _D.late_at,
)  # fmt: skip


class Figures(Shelf):
    """How appointments were kept, and what is open."""

    def kept_sums(self, wanted: DossierFilter) -> list[KeptSum]:
        """Sum up the dossiers that were finished on the days of a filter, which must have some."""
        query = select(
            _LEADS, _D.procedure, _MONTH, func.count(),
            _count(_D.finished <= _D.promised), _count(_D.finished <= _D.first_promised), func.min(_D.id),
        )  # fmt: skip
        query = _wanted(query, wanted, None).group_by(_LEADS, _D.procedure, _MONTH)
        return [
            KeptSum(row[0], row[1], row[2], int(row[3]), int(row[4]), int(row[5]), row[6])
            for row in self._rows(query)
        ]

    def open_sums(self, wanted: DossierFilter, now: datetime) -> list[OpenSum]:
        """Sum up open dossiers; late are those whose appointment passed before *now* while its clock runs."""
        query = select(_LEADS, _D.procedure, _D.states, func.count(), _count(_late(now)), func.min(_D.id))
        query = _wanted(query, wanted, now).group_by(_LEADS, _D.procedure, _D.states)
        return [
            OpenSum(row[0], row[1], row[2], int(row[3]), int(row[4]), row[5]) for row in self._rows(query)
        ]

    def figure_rows(
        self, wanted: DossierFilter, now: datetime, limit: int, *, after: str = "", worst: bool = False
    ) -> list[FigureRow]:
        """List dossiers by code, those behind *after* only; or, with *worst*, by how late they are, in days."""
        query = _wanted(select(*_LISTED), wanted, now).where(_D.code > after).limit(at_most(limit))
        if not worst:
            query = query.order_by(_D.code)
        elif wanted.finished is None:
            query = query.order_by(_D.late_at.asc().nulls_last(), _D.code)
        else:
            query = query.order_by(self._days(_D.finished, _D.promised).desc(), _D.code)
        return [_listed(row) for row in self._rows(query)]

    def pins(self, ids: Sequence[str]) -> dict[str, Pin]:
        """Return the pinned version and the head of some dossiers by id, without those that do not exist.

        The snapshot is parsed as JSON and no further: the clocks in it cost most of reading a dossier.
        """
        found: dict[str, Pin] = {}
        for some in chunks(ids):
            query = select(_D.id, _D.snapshot, _D.head).where(_D.id.in_(some))
            rows = self._rows(query)
            found |= {row.id: Pin(orjson.loads(row.snapshot)["cfg"], row.head) for row in rows}
        return found

    def unacknowledged(self, agencies: frozenset[str] | None, limit: int) -> list[Stored]:
        """Return dossiers in which somebody has still to say that they saw an escalation or have a handoff."""
        query = select(*_STORED).where(_D.unseen > 0).order_by(_D.code).limit(at_most(limit))
        if agencies is not None:
            at_work = exists().where(tasks.c.dossier_id == _D.id, tasks.c.agency.in_(sorted(agencies)))
            query = query.where(or_(_LEADS.in_(sorted(agencies)), at_work))
        return [stored(row) for row in self._rows(query)]

    def _days(self, until: Any, since: Any) -> Any:
        if self.database.is_postgres:
            return cast(until, Date) - cast(since, Date)
        return func.julianday(until) - func.julianday(since)

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with self.database.reading() as connection:
            return connection.execute(query).fetchall()


def _wanted(query: Select[Any], wanted: DossierFilter, now: datetime | None) -> Select[Any]:
    if wanted.finished is not None:
        first, last = (day.isoformat() for day in wanted.finished)
        query = query.where(_D.finished.is_not(None), _D.finished >= first, _D.finished <= last)
        query = query.where(_D.finished > _D.promised) if wanted.late else query
    else:
        query = query.where(_D.ended.is_(False))
        query = query.where(_late(now)) if wanted.late and now is not None else query
    if wanted.agencies is not None:
        query = query.where(_LEADS.in_(sorted(wanted.agencies)))
    if wanted.procedure is not None:
        query = query.where(_D.procedure == wanted.procedure)
    if wanted.state is not None:
        query = query.where(("|" + _D.states + "|").contains(f"|{wanted.state}|", autoescape=True))
    return query.where(_submission(wanted.dispatch)) if wanted.whole else query


def _submission(dispatch: str | None) -> Any:
    """A part of another dossier is none, unless that is a dispatcher's, which is none once it sent it on."""
    if dispatch is None:
        return _D.parent.is_(None)
    other = dossiers.alias("other").c
    sent_on = and_(_D.procedure == dispatch, exists().where(other.parent == _D.code))
    from_dispatcher = exists().where(other.code == _D.parent, other.procedure == dispatch)
    return and_(or_(_D.parent.is_(None), from_dispatcher), ~sent_on)


def _late(now: datetime) -> Any:
    return and_(_D.late_at.is_not(None), _D.late_at < instant_text(now))


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _listed(row: Any) -> FigureRow:
    finish = None
    if row.finished is not None:
        finish = Finish(*map(date.fromisoformat, (row.finished, row.promised, row.first_promised)))
    return FigureRow(
        row.id, row.code, row.procedure, row.leads, row.states, date.fromisoformat(row.day), finish,
        instant_or_none(row.late_at),
    )  # fmt: skip
