"""Open tasks, as the inboxes of positions show them."""

from collections.abc import Mapping

from sqlalchemy import select

from motcua.services.ports import TaskRow
from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none, task
from motcua.store.tables import dossiers, tasks

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
            .limit(limit)
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

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        """Return the number of open tasks by assignee, for the rule `least_loaded`; the pool is nobody's."""
        return {row[0]: int(row[1]) for row in self.database.rows(_LOAD_OF, (agency, position))}
