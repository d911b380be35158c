"""The same database, of which only what concerns some agencies is seen, and in which nothing is written.

On PostgreSQL the policies of the rows decide, by what is set for one transaction; on SQLite views that stand before the
tables. What nobody set shows nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.pq import TransactionStatus
from psycopg.sql import Literal
from sqlalchemy import Connection, text

from motcua.services.ports import DatabaseNotReady
from motcua.store.engine import Database, Seat
from motcua.store.urls import shown

READER = "motcua_reader"
_OWNED = ("tasks", "waits", "papers", "paper_signatures", "personal_data", "nonconformities", "outbox")
_HIDDEN = (
    "accounts",
    "sessions",
    "sign_ins",
    "identities",
    "delegations",
    "kept_shares",
    "api_clients",
    "webhooks",
    "webhook_deliveries",
    "saved_filters",
    "tries",
)
_OPENING = (
    "BEGIN READ ONLY; {role}SELECT set_config('motcua.scope', 'agencies', true),"
    " set_config('motcua.agencies', {codes}, true)"
)
"""One round trip before each read; what it sets ends with the transaction."""

_ROLE = text(
    "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role AND pg_has_role(current_user, oid, 'MEMBER')),"
    " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
)


class NarrowDatabase(Database):
    """Reads for who belongs to some agencies; shares the connections of the whole database, thread by thread."""

    def __init__(self, whole: Database, agencies: Sequence[str]) -> None:
        self._whole = whole
        self._agencies = tuple(sorted(set(agencies)))
        self.url, self.engine, self.is_postgres = whole.url, whole.engine, whole.is_postgres

    def seat(self) -> Seat:
        """Refuse: what goes past the transaction of a read would see everything. Raises: ValueError."""
        return self._refused()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Refuse. Raises: ValueError."""
        yield self._refused().connection

    def _refused(self) -> Seat:
        raise ValueError("a narrowed database only reads")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection on which only what concerns the agencies is seen."""
        if self.is_postgres:
            with self._whole.reading() as connection, self._narrow(connection):
                yield connection
        else:
            with self._whole.guard():
                connection = self._whole.beside(_stand_before)
                self._stand_for(connection)
                yield connection

    def _stand_for(self, connection: Connection) -> None:
        """Put the agencies into the table that the views ask, unless this connection stood for the same last."""
        if connection.info.get("mine") == self._agencies:
            return
        connection.info["mine"] = None
        connection.exec_driver_sql("DELETE FROM temp.mine")
        if self._agencies:
            connection.exec_driver_sql("INSERT INTO temp.mine VALUES (?)", [(c,) for c in self._agencies])
        connection.info["mine"] = self._agencies

    def rows(self, query: str, parameters: Sequence[Any]) -> list[Any]:
        """Return the rows of a hot query; `$1`, `$2`... stand for the parameters on both engines."""
        with self.reading() as connection:
            if self.is_postgres:
                prepared = Seat(connection).prepared
                return [] if prepared is None else list[Any](prepared.run_once(query, parameters))
            driver: Any = connection.connection.dbapi_connection
            found: list[Any] = driver.execute(query.replace("$", "?"), parameters).fetchall()
            return found

    @contextmanager
    def walking(self) -> Iterator[Connection]:
        """Lend the connection of a read; what is walked is little."""
        with self.reading() as connection:
            yield connection

    @contextmanager
    def _narrow(self, connection: Connection) -> Iterator[None]:
        """Set for one transaction who reads; within one that is open already it is set."""
        driver: Any = connection.connection.driver_connection
        if driver.info.transaction_status != TransactionStatus.IDLE:
            yield
            return
        role = f"SET LOCAL ROLE {READER}; " if self._has_reader(connection) else ""
        codes = Literal(" ".join(self._agencies)).as_string(driver)
        try:
            driver.execute(_OPENING.format(role=role, codes=codes))
            yield
        finally:
            if not driver.closed:
                connection.exec_driver_sql("ROLLBACK")

    def _has_reader(self, connection: Connection) -> bool:
        """Tell whether the role that reads for visitors is ours to take; asked once of each database.

        Raises:
            DatabaseNotReady: It is not, and the connection itself is held by no policy.
        """
        if self._whole.reader is None:
            is_member, is_above = connection.execute(_ROLE, {"role": READER}).one()
            if is_above and not is_member:
                raise _unguarded(shown(self.url))
            self._whole.reader = bool(is_member)
        return self._whole.reader


def _stand_before(connection: Connection) -> None:
    """Put views of the same names before the tables, for this connection alone."""
    connection.exec_driver_sql("CREATE TEMP TABLE mine (code TEXT PRIMARY KEY)")
    of = "EXISTS (SELECT 1 FROM temp.dossiers d WHERE d.id = {0})"
    breach = "EXISTS (SELECT 1 FROM temp.nonconformities n WHERE n.id = t.nonconformity)"
    conditions = {
        # Whoever leads is concerned: for who oversees a province that is one look-up instead of hundreds.
        "dossiers": "coalesce(t.lead, t.agency) IN (SELECT code FROM temp.mine) OR EXISTS (SELECT 1 FROM temp.mine m"
        " WHERE instr(' ' || t.concerns || ' ', ' ' || m.code || ' ') > 0)",
        **{table: of.format("t.dossier_id") for table in _OWNED},
        "tasks": f"t.agency IN (SELECT code FROM temp.mine) OR {of.format('t.dossier_id')}",
        "records": f"t.stream LIKE 'dossier:%' AND {of.format('substr(t.stream, 9)')}",
        "ratings": "t.agency IN (SELECT code FROM temp.mine)",
        "rating_comments": "EXISTS (SELECT 1 FROM temp.ratings r WHERE r.id = t.rating)",
        **dict.fromkeys(("nonconformity_steps", "nonconformity_texts"), breach),
        **dict.fromkeys(_HIDDEN, "0"),
    }
    for table, condition in conditions.items():
        connection.exec_driver_sql(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} t WHERE {condition}"
        )


def _unguarded(database: str) -> DatabaseNotReady:
    return DatabaseNotReady(
        database=database,
        reason="its user sees every row, and the role motcua_reader is missing",
        reason_vi="tài khoản kết nối thấy mọi dòng và thiếu vai trò motcua_reader",
        remedy="Connect as a user without those rights, or make the role and grant it to this user.",
        remedy_vi="Hãy kết nối bằng tài khoản không có quyền đó, hoặc tạo vai trò và cấp cho tài khoản này.",
    )
