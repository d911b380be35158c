"""The records of every stream, and the head that each stream is claimed to have."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Text, cast, func, insert, literal, or_, select, union_all

from motcua.services.ports import Busy, NewRecord
from motcua.store.engine import Shelf, persistent
from motcua.store.failures import FAILURES, doubled
from motcua.store.rows import new_record, record_row
from motcua.store.tables import dossiers, records
from motcua.store.tables.columns import Plain
from states.wire import instant, instant_text

_PREFIX = "dossier:"
_SYSTEM = "system"


class AuditLog(Shelf):
    """Append-only, in this code and by triggers in the database."""

    def records(self, stream: str) -> list[NewRecord]:
        """Return one stream in order."""
        query = select(records).where(records.c.stream == stream).order_by(records.c.seq)
        with self.database.reading() as connection:
            return [new_record(row) for row in connection.execute(query)]

    def all_records(self) -> Iterator[NewRecord]:
        """Walk every record, ordered by stream and seq, with constant memory."""
        with self.database.walking() as connection:
            for row in connection.execute(select(records).order_by(records.c.stream, records.c.seq)):
                yield new_record(row)

    def records_between(self, since: datetime, until: datetime) -> Iterator[NewRecord]:
        """Walk the records from *since* (inclusive) to *until* (exclusive), by stream and seq, constant memory."""
        within = (records.c.at >= instant_text(since), records.c.at < instant_text(until))
        with self.database.walking() as connection:
            query = select(records).where(*within).order_by(records.c.stream, records.c.seq)
            for row in connection.execute(query):
                yield new_record(row)

    def heads(self) -> Iterator[tuple[str, int, str]]:
        """Walk (stream, seq, head): of dossiers as their rows claim, of other streams their last record."""
        later = records.alias("later")
        last = select(func.max(later.c.seq)).where(later.c.stream == records.c.stream).scalar_subquery()
        other = select(records.c.stream, records.c.seq, records.c.leaf_hash.label("head")).where(
            or_(records.c.stream < _PREFIX, records.c.stream >= "dossier;"), records.c.seq == last
        )
        claimed = select(
            cast(literal(_PREFIX, Text) + dossiers.c.id, Plain).label("stream"),
            dossiers.c.seq,
            dossiers.c.head,
        )
        both = union_all(claimed, other).subquery()
        with self.database.walking() as connection:
            for row in connection.execute(select(both).order_by(both.c.stream)):
                yield row.stream, row.seq, row.head

    def head(self, stream: str) -> NewRecord | None:
        """Return the last record of a stream."""
        query = select(records).where(records.c.stream == stream).order_by(records.c.seq.desc()).limit(1)
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else new_record(row)

    def last_instant(self) -> datetime | None:
        """Return the latest instant that a dossier or the system stream was recorded at; None before any."""
        with self.database.reading() as connection:
            found = [connection.scalar(select(func.max(dossiers.c.at)))]
        system = self.head(_SYSTEM)
        known = [instant(at) for at in found if at is not None] + ([system.at] if system else [])
        return max(known, default=None)

    @persistent
    def append(self, records: Sequence[NewRecord]) -> None:
        """Append records of system streams. Raises: Busy, when a sequence number is taken."""
        if records:
            with self.database.writing() as connection:
                append_records(connection, records)


def append_records(connection: Connection, new: Sequence[NewRecord]) -> None:
    """Insert records within the caller's transaction. Raises: Busy, when a sequence number is taken."""
    try:
        connection.execute(insert(records), [record_row(record) for record in new])
    except FAILURES as error:
        if doubled(error) == "records":
            raise Busy(what=new[0].stream) from error
        raise
