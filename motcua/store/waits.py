"""What waits for whom, as lists and inboxes show it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_

from motcua.services.ports import Cursor, Wait, WaitRow, WaitsWanted
from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none
from motcua.store.tables import dossiers, waits
from states.wire import instant, instant_text

_IT, _OWNER = waits.c, dossiers.c
_PLACE = (_IT.due.asc().nulls_last(), _OWNER.code, _IT.id)


class Waits(Shelf):
    """Open handoffs and open questions."""

    def waits(self, wanted: WaitsWanted, limit: int, after: Cursor | None = None) -> list[WaitRow]:
        """List what waits, the nearest due instant first, those without one last, then by code."""
        query = _chosen(
            select(waits, _OWNER.code, _OWNER.procedure)
            .join(dossiers, _OWNER.id == _IT.dossier_id)
            .order_by(*_PLACE)
            .limit(limit),
            wanted,
        )
        if after is not None:
            query = query.where(_behind(after))
        with self.database.reading() as connection:
            return [WaitRow(_wait(row), row.code, row.procedure) for row in connection.execute(query)]

    def all_waits(self) -> Iterator[Wait]:
        """Walk every row, ordered by dossier and id, for who checks them against the snapshots."""
        with self.database.walking() as connection:
            for row in connection.execute(select(waits).order_by(_IT.dossier_id, _IT.id)):
                yield _wait(row)


def _chosen(query: Select[Any], wanted: WaitsWanted) -> Select[Any]:
    if wanted.kind is not None:
        query = query.where(_IT.kind == wanted.kind)
    if wanted.answerer is not None:
        query = query.where(_IT.answerer == wanted.answerer)
    if wanted.either is not None:
        query = query.where(or_(_IT.asker == wanted.either, _IT.answerer == wanted.either))
    if wanted.without is not None:
        query = query.where(_IT.status != wanted.without)
    return query


def _behind(last: Cursor) -> ColumnElement[bool]:
    """Tell which rows come after the last one of a page; what has no term comes last."""
    further = tuple_(_OWNER.code, _IT.id) > tuple_(last.code, last.id)
    if last.due is None:
        return and_(_IT.due.is_(None), further)
    due = instant_text(last.due)
    return or_(_IT.due > due, _IT.due.is_(None), and_(_IT.due == due, further))


def _wait(row: Any) -> Wait:
    told = row.id, row.kind, row.number, row.asker, row.answerer, row.status
    return Wait(row.dossier_id, *told, instant(row.since), instant_or_none(row.due))
