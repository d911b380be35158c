"""Calendars and directories put in force, insert-only; the newest of each name counts."""

from sqlalchemy import bindparam, func, insert, select

from motcua.services.ports import Adopted, NewRecord
from motcua.store.audit_log import append_records
from motcua.store.engine import Database, Shelf, persistent
from motcua.store.tables import adoptions
from states.wire import instant, instant_text

_later = adoptions.alias("later")
_IN_FORCE = (
    select(adoptions.c.name, adoptions.c.digest, adoptions.c.adopted_by, adoptions.c.adopted_at)
    .where(
        adoptions.c.kind == bindparam("of"),
        adoptions.c.number
        == select(func.max(_later.c.number))
        .where(_later.c.kind == adoptions.c.kind, _later.c.name == adoptions.c.name)
        .scalar_subquery(),
    )
    .order_by(adoptions.c.name)
)


class Adoptions(Shelf):
    """What time and the agencies look like here, and ever looked like."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._texts: dict[str, str] = {}

    @persistent
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
        with self.database.reading() as connection:
            rows = list(connection.execute(_IN_FORCE, {"of": kind}))
        return [
            Adopted(
                kind, row.name, row.digest, self._text(row.digest), row.adopted_by, instant(row.adopted_at)
            )
            for row in rows
        ]

    def _text(self, digest: str) -> str:
        """Read a body once: what has this digest never changes, and every sweep asks."""
        if digest not in self._texts:
            self._texts[digest] = self.body(digest) or ""
        return self._texts[digest]

    def body(self, digest: str) -> str | None:
        """Return the text of any calendar or directory ever adopted."""
        query = select(adoptions.c.body).where(adoptions.c.digest == digest).limit(1)
        with self.database.reading() as connection:
            return connection.scalar(query)
