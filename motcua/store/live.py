"""What lists that stay open look at: the newest records, the tasks of what changed, the sessions behind the lists."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from motcua.services.ports import Account, OpenTask, PersonalValue, RecordMark, Session
from motcua.store.accounts import account_of, session_of
from motcua.store.engine import Shelf
from motcua.store.tables import accounts, dossiers, personal_data, records, sessions, tasks
from states.wire import instant, instant_text

_PREFIX = "dossier:"
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

    def newest_at(self) -> datetime | None:
        """Return the latest instant of any record; None before the first."""
        with self.database.reading() as connection:
            found = connection.scalar(select(func.max(records.c.at)))
        return None if found is None else instant(found)

    def marks_since(self, since: datetime, limit: int) -> list[RecordMark]:
        """Return the records of dossiers from *since* on (inclusive), the oldest first."""
        query = (
            select(records.c.stream, records.c.seq, records.c.at)
            .where(records.c.at >= instant_text(since))
            .order_by(records.c.at)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return [
                RecordMark(row.stream.removeprefix(_PREFIX), row.seq, instant(row.at))
                for row in connection.execute(query)
                if row.stream.startswith(_PREFIX)
            ]

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
