"""Open tasks, as the inboxes of positions show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_, union_all

from motcua.services.ports import InboxQuery, InboxRow, Mark, Pile, TaskRow
from motcua.store.engine import Shelf, at_most
from motcua.store.rows import instant_or_none, stored, task
from motcua.store.tables import dossiers, tasks
from states.wire import instant_text

_PLACE = (tasks.c.urgency, tasks.c.dossier_id, tasks.c.id)
_OWNER = (dossiers.c.id, dossiers.c.snapshot, dossiers.c.seq, dossiers.c.head, dossiers.c.at)

_LOAD_OF = """
SELECT assignee, count(*) FROM tasks
WHERE agency = $1 AND position = $2 AND assignee IS NOT NULL
GROUP BY assignee ORDER BY assignee
"""


class Tasks(Shelf):
    """Who has to do what."""

    def tasks(
        self,
        *,
        agency: str | None = None,
        position: str | None = None,
        assignee: str | None = None,
        limit: int = 100,
    ) -> list[TaskRow]:
        """List open tasks, the nearest due instant first, those without one last."""
        owner = dossiers.c
        query = (
            select(tasks, owner.code, owner.procedure, owner.due)
            .join(dossiers, owner.id == tasks.c.dossier_id)
            .order_by(owner.due.asc().nulls_last(), owner.code, tasks.c.id)
            .limit(at_most(limit))
        )
        for column, wanted in (
            (tasks.c.agency, agency),
            (tasks.c.position, position),
            (tasks.c.assignee, assignee),
        ):
            if wanted is not None:
                query = query.where(column == wanted)
        with self.database.reading() as connection:
            return [
                TaskRow(row.code, row.procedure, task(row), instant_or_none(row.due))
                for row in connection.execute(query)
            ]

    def inbox(self, query: InboxQuery, after: Mark | None, limit: int) -> list[InboxRow]:
        """Return a page of open tasks, the most urgent first: each pile is read in the order of its index.

        All tasks of a pile have one assignee or none; it is named in the order nevertheless, since PostgreSQL does not
        know of a column that IS NULL that it has one value, and would sort the whole pile.
        """
        if not query.piles:
            return []
        order = (tasks.c.assignee, *_PLACE)
        parts = [
            _pile(query, pile, after).order_by(*order).limit(at_most(limit)).subquery()
            for pile in query.piles
        ]
        found = union_all(*(select(part) for part in parts)).subquery()
        page = (
            select(*(dossiers.c[column.name].label(f"own_{column.name}") for column in _OWNER), found)
            .join(found, found.c.dossier_id == dossiers.c.id)
            .order_by(found.c.urgency, found.c.dossier_id, found.c.id)
            .limit(at_most(limit))
        )
        with self.database.reading() as connection:
            return [
                InboxRow(task(row), stored(row[: len(_OWNER)]), Mark(row.urgency, row.dossier_id, row.id))
                for row in connection.execute(page)
            ]

    def count_inboxes(self, queries: Sequence[InboxQuery], most: int) -> list[int]:
        """Return how many tasks each query finds, asked at once; *most* stands for as many and more."""
        parts = [
            [_pile(query, pile, None, tasks.c.id).limit(at_most(most)).subquery() for pile in query.piles]
            for query in queries
        ]
        counts = [[select(func.count()).select_from(part).scalar_subquery() for part in own] for own in parts]
        with self.database.reading() as connection:
            found = connection.execute(select(*(sum(own, literal(0)) for own in counts))).one()
        return [min(int(count), most) for count in found]

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        """Return the number of open tasks by assignee, for the rule `least_loaded`; the pool is nobody's."""
        return {row[0]: int(row[1]) for row in self.database.rows(_LOAD_OF, (agency, position))}


def _pile(query: InboxQuery, pile: Pile, after: Mark | None, *columns: Any) -> Select[Any]:
    """Select the wanted tasks of one pile; without *columns*, whole tasks."""
    found = select(*(columns or (tasks,))).where(
        tasks.c.assignee.is_(None) if pile.assignee is None else tasks.c.assignee == pile.assignee
    )
    if pile.desk is not None:
        agency, position = pile.desk
        found = found.where(tasks.c.agency == agency, tasks.c.position == position)
    if query.until is not None:
        found = found.where(tasks.c.urgency <= instant_text(query.until))
    if after is not None:
        found = found.where(
            tuple_(*_PLACE) > tuple_(*map(literal, (after.urgency, after.dossier_id, after.task)))
        )
    if query.public is not None:
        found = found.where(tasks.c.public == query.public)
    return found if query.procedure is None else found.where(tasks.c.procedure == query.procedure)
