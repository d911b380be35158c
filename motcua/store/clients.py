"""Client systems of the API, and the log in the order of its transactions."""

from typing import Any

from sqlalchemy import insert, select, text, update

from motcua.services.ports import Client, ClientTaken, FeedPlace, NewRecord
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import new_record
from motcua.store.tables import api_clients
from states.wire import instant, instant_text

_BY_TOKEN = """
SELECT id, name, agencies, positions, scopes, token, created_at, CASE WHEN disabled THEN 1 ELSE 0 END
FROM api_clients WHERE token = $1
"""
_COLUMNS = "stream, seq, type, at, raw, leaf_hash"
_HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# Every transaction before the horizon has ended, so nothing can come to stand before what is shown.
_FEED_POSTGRES = text(
    f"SELECT tx AS batch, {_COLUMNS} FROM records"
    f" WHERE (tx, stream, seq) > (:batch, :stream, :seq) AND tx < {_HORIZON} AND stream LIKE 'dossier:%'"
    " ORDER BY tx, stream, seq LIMIT :most"
)
# One writer at a time, and rows are never deleted: they are numbered in the order of their transactions.
_FEED_SQLITE = text(
    f"SELECT rowid AS batch, {_COLUMNS} FROM records"
    " WHERE rowid > :batch AND stream LIKE 'dossier:%' ORDER BY rowid LIMIT :most"
)
_END_POSTGRES = text(
    f"SELECT tx, stream, seq FROM records WHERE tx < {_HORIZON} ORDER BY tx DESC, stream DESC, seq DESC LIMIT 1"
)
_END_SQLITE = text("SELECT rowid, stream, seq FROM records ORDER BY rowid DESC LIMIT 1")


class Clients(Shelf):
    """Each client system with its record, and what its reading of the log begins behind."""

    @persistent
    def add_client(self, client: Client, record: NewRecord) -> None:
        """Store a client system with its record. Raises: ClientTaken; Busy."""
        known = select(api_clients.c.id).where(api_clients.c.id == client.id)
        with self.database.writing() as connection:
            if connection.scalar(known) is not None:
                raise ClientTaken(id=client.id)
            append_records(connection, [record])
            connection.execute(insert(api_clients), _row(client))

    @persistent
    def disable_client(self, id: str, record: NewRecord) -> bool:
        """Close a client system for good, with its record; False when none is open. Raises: Busy."""
        opened = (api_clients.c.id == id, api_clients.c.disabled.is_(False))
        with self.database.writing() as connection:
            if connection.execute(update(api_clients).where(*opened).values(disabled=True)).rowcount == 0:
                return False
            append_records(connection, [record])
            return True

    def clients(self) -> list[Client]:
        """Return all client systems, by id."""
        with self.database.reading() as connection:
            return [
                _client(row) for row in connection.execute(select(api_clients).order_by(api_clients.c.id))
            ]

    def client_of(self, token: str) -> Client | None:
        """Return whose token has this hash."""
        found = self.database.rows(_BY_TOKEN, (token,))
        return _read(*found[0]) if found else None

    def feed(self, after: FeedPlace, limit: int) -> list[tuple[FeedPlace, NewRecord]]:
        """Return records of dossiers behind a place, in the order of their transactions."""
        query = _FEED_POSTGRES if self.database.is_postgres else _FEED_SQLITE
        given = {"batch": after.batch, "stream": after.stream, "seq": after.seq, "most": limit}
        if not self.database.is_postgres:
            given = {"batch": after.batch, "most": limit}
        with self.database.reading() as connection:
            rows = connection.execute(query, given).all()
        return [(FeedPlace(int(row.batch), row.stream, row.seq), new_record(row)) for row in rows]

    def feed_end(self) -> FeedPlace:
        """Return the place behind which `feed` shows nothing yet."""
        query = _END_POSTGRES if self.database.is_postgres else _END_SQLITE
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return FeedPlace() if row is None else FeedPlace(int(row[0]), row[1], row[2])


def _row(client: Client) -> dict[str, Any]:
    return {
        "id": client.id,
        "name": client.name,
        "agencies": " ".join(client.agencies),
        "positions": " ".join(client.positions),
        "scopes": " ".join(client.scopes),
        "token": client.token,
        "created_at": instant_text(client.created_at),
        "disabled": client.disabled,
    }


def _client(row: Any) -> Client:
    told = (row.id, row.name, row.agencies, row.positions, row.scopes, row.token, row.created_at)
    return _read(*told, row.disabled)


def _read(
    id: str, name: str, agencies: str, positions: str, scopes: str, token: str, created_at: str, disabled: Any
) -> Client:
    """Build a client from its columns; *disabled* may be text."""
    where, seats, opens = (tuple(words.split()) for words in (agencies, positions, scopes))
    return Client(id, name, where, seats, opens, token, instant(created_at), bool(int(disabled)))
