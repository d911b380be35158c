"""What lists that stay open look at: the tasks of what changed, names of applicants, the sessions behind the lists."""

from collections.abc import Sequence

from sqlalchemy import select

from motcua.services.ports import Account, OpenTask, PersonalValue, Session
from motcua.store.accounts import account_of, session_of
from motcua.store.engine import Shelf
from motcua.store.tables import accounts, dossiers, personal_data, sessions, tasks

_TASKS = select(
    tasks.c.dossier_id,
    dossiers.c.code,
    dossiers.c.procedure,
    dossiers.c.public,
    tasks.c.id.label("task"),
    tasks.c.agency,
    tasks.c.position,
    tasks.c.assignee,
    tasks.c.urgency,
    dossiers.c.version,
).join(dossiers, dossiers.c.id == tasks.c.dossier_id)
_SESSIONS = select(accounts, sessions).join(accounts, accounts.c.login == sessions.c.login)


class Live(Shelf):
    """Each is one query, whoever waits for the answer."""

    def open_tasks_of(self, ids: Sequence[str]) -> list[OpenTask]:
        """Return the open tasks of some dossiers."""
        with self.database.reading() as connection:
            query = _TASKS.where(tasks.c.dossier_id.in_(ids)).order_by(tasks.c.dossier_id, tasks.c.id)
            return [OpenTask(**row._asdict()) for row in connection.execute(query)]

    def personal_among(self, ids: Sequence[str], fields: Sequence[str]) -> list[tuple[str, PersonalValue]]:
        """Return some personal values of some dossiers, each with the id of its dossier."""
        own = personal_data.c
        query = (
            select(personal_data)
            .where(own.dossier_id.in_(ids), own.field.in_(fields))
            .order_by(own.dossier_id, own.seq, own.field)
        )
        with self.database.reading() as connection:
            return [
                (row.dossier_id, PersonalValue(row.seq, row.field, row.salt, row.value))
                for row in connection.execute(query)
            ]

    def sessions_among(self, ids: Sequence[str]) -> list[tuple[Session, Account]]:
        """Return those of some sessions that are there, each with its account."""
        with self.database.reading() as connection:
            found = connection.execute(_SESSIONS.where(sessions.c.id.in_(ids)).order_by(sessions.c.id))
            return [(session_of(row), account_of(row)) for row in found]
