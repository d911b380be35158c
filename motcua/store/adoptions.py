"""Calendars and directories put in force, insert-only; the newest of each name counts."""

from sqlalchemy import func, insert, select

from motcua.services.ports import Adopted, NewRecord
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf
from motcua.store.tables import adoptions
from states.wire import instant, instant_text


class Adoptions(Shelf):
    """What time and the agencies look like here, and ever looked like."""

    def adopt(self, adopted: Adopted, record: NewRecord) -> None:
        """Put a calendar or a directory in force. Raises: Busy, when the record's number is taken."""
        same = (adoptions.c.kind == adopted.kind, adoptions.c.name == adopted.name)
        with self.database.writing() as connection:
            append_records(connection, [record])
            last = connection.scalar(select(func.max(adoptions.c.number)).where(*same)) or 0
            connection.execute(
                insert(adoptions),
                {
                    "kind": adopted.kind,
                    "name": adopted.name,
                    "number": last + 1,
                    "digest": adopted.digest,
                    "body": adopted.body,
                    "adopted_by": adopted.adopted_by,
                    "adopted_at": instant_text(adopted.adopted_at),
                },
            )

    def adopted(self, kind: str) -> list[Adopted]:
        """Return what is in force of one kind, one for each name, in the order of names."""
        later = adoptions.alias("later")
        newest = (
            select(func.max(later.c.number))
            .where(later.c.kind == adoptions.c.kind, later.c.name == adoptions.c.name)
            .scalar_subquery()
        )
        query = (
            select(adoptions)
            .where(adoptions.c.kind == kind, adoptions.c.number == newest)
            .order_by(adoptions.c.name)
        )
        with self.database.reading() as connection:
            return [
                Adopted(row.kind, row.name, row.digest, row.body, row.adopted_by, instant(row.adopted_at))
                for row in connection.execute(query)
            ]

    def body(self, digest: str) -> str | None:
        """Return the text of any calendar or directory ever adopted."""
        query = select(adoptions.c.body).where(adoptions.c.digest == digest).limit(1)
        with self.database.reading() as connection:
            return connection.scalar(query)
