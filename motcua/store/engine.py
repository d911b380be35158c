"""The connections of one store: one for each thread, kept open, and fresh ones for long walks."""

import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    NullPool,
    Pool,
    create_engine,
    event,
    literal_column,
)

from motcua.services.ports import Busy, DatabaseNotReady
from motcua.store.failures import CONTENTION, FAILURES, missing, not_ready, original, unknown
from motcua.store.postgres_wire import PreparedStatements
from motcua.store.urls import shown, sqlite_file

PATIENCE = timedelta(seconds=10)
ATTEMPTS = 3
_AT_ONCE = 500
"""Ids in one statement: far fewer parameters than either engine takes."""


class Seat:
    """One thread's connection, in autocommit: as SQLAlchemy sees it and as the driver does."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.driver: Any = connection.connection.driver_connection
        is_postgres = isinstance(self.driver, psycopg.Connection)
        # They stay with the connection, which another thread may get when this one has ended.
        self.prepared: PreparedStatements | None = (
            connection.info.setdefault("prepared", PreparedStatements(self.driver)) if is_postgres else None
        )

    def run(self, query: str, parameters: Sequence[Any]) -> Any:
        """Return the rows of a query that is prepared once on this connection to PostgreSQL."""
        if self.prepared is None:
            raise ValueError("no connection to PostgreSQL")
        return self.prepared.run(query, parameters)


class Database:
    """An engine and one open connection for each thread that uses it, kept until the thread ends."""

    def __init__(self, url: URL, patience: timedelta = PATIENCE) -> None:
        self.url = url
        self.engine = build_engine(url, patience)
        self._unpooled = build_engine(url, patience, poolclass=NullPool)
        self.is_postgres = url.get_backend_name() == "postgresql"
        self.reader: bool | None = None  # whether the role that reads for visitors is there; unknown at first
        self._local = threading.local()
        self._seats: weakref.WeakSet[Seat] = weakref.WeakSet()
        self.close = weakref.finalize(self, _close, self.engine, self._seats)

    def seat(self) -> Seat:
        """Return this thread's connection, opened anew if there is none or it broke.

        Raises:
            DatabaseNotReady: The file is missing, the server cannot be reached.
        """
        seat: Seat | None = getattr(self._local, "seat", None)
        if seat is not None and not (self.is_postgres and seat.driver.closed):
            return seat
        with self.guard():
            seat = Seat(self.connect())
        self._seats.add(seat)
        self._local.seat = seat
        return seat

    def beside(self, prepare: Callable[[Connection], None]) -> Connection:
        """Return another connection of this thread, prepared when it is opened, and closed when the thread ends.

        It is of no pool: what was prepared on it must not reach a thread that asks for an ordinary one.
        """
        found: Seat | None = getattr(self._local, "beside", None)
        if found is None:
            found = Seat(self.connect(self._unpooled))
            self._seats.add(found)
            prepare(found.connection)
            self._local.beside = found
        return found.connection

    def connect(self, engine: Engine | None = None) -> Connection:
        """Open a connection that the caller closes; of the pool, unless another engine is named."""
        file = sqlite_file(self.url)
        if file is not None and not file.is_file():
            raise missing(self.url)
        return (engine or self.engine).connect()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn a driver's errors about the database itself into DatabaseNotReady."""
        try:
            yield
        except FAILURES as error:
            self.fail(error)
            raise

    def fail(self, error: Exception) -> None:
        """Raise DatabaseNotReady if the database is to blame for *error*; else return."""
        told = not_ready(self.url, error)
        if isinstance(told, DatabaseNotReady):
            raise told from error

    def rows(self, query: str, parameters: Sequence[Any]) -> list[Any]:
        """Return the rows of a hot query, prepared once; `$1`, `$2`... stand for the parameters on both engines.

        PostgreSQL gives every value as text.
        """
        seat = self.seat()
        with self.guard():
            if seat.prepared is not None:
                return list[Any](seat.prepared.run(query, parameters))
            found: list[Any] = seat.driver.execute(query.replace("$", "?"), parameters).fetchall()
            return found

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend this thread's connection for reading, in autocommit."""
        with self.guard():
            connection = self.seat().connection
            try:
                yield connection
            finally:
                if connection.in_transaction() and not connection.closed:
                    connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend this thread's connection within one transaction, rolled back whole by any error."""
        with self.reading() as connection:
            begin(connection)
            try:
                yield connection
                self._commit(connection)
            except BaseException:
                rollback(connection)
                raise

    def _commit(self, connection: Connection) -> None:
        try:
            connection.exec_driver_sql("COMMIT")
        except FAILURES as error:
            if self.lost():
                raise unknown(self.url, "a change") from error
            raise

    def lost(self) -> bool:
        """Tell whether this thread's connection to a server has broken."""
        seat: Seat | None = getattr(self._local, "seat", None)
        return self.is_postgres and seat is not None and seat.driver.closed

    @contextmanager
    def walking(self) -> Iterator[Connection]:
        """Lend a fresh connection for one long walk over a snapshot, in memory that does not grow."""
        with self.guard(), self.connect() as connection:
            options: dict[str, Any] = {"yield_per": 500}
            if self.is_postgres:
                options |= {"isolation_level": "REPEATABLE READ"}
            yield connection.execution_options(**options)


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids in portions that one statement can name."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def at_most(count: int) -> ColumnElement[int]:
    """Return a limit that is written into the statement.

    PostgreSQL plans a statement that it has seen five times for any parameters; of a limit that is one it thinks that
    it takes a tenth of all rows, and sorts a desk of 25,000 tasks where the index would give the first 50 in order.
    Source: PostgreSQL 15, PREPARE (plan_cache_mode) and preprocess_limit in planner.c.
    """
    return literal_column(str(int(count)), Integer)


class Shelf:
    """One part of the store, on the connections that all parts share."""

    def __init__(self, database: Database) -> None:
        self.database = database


_Shelf = TypeVar("_Shelf", bound=Shelf)
_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def persistent(
    method: Callable[Concatenate[_Shelf, _Given], _Found],
) -> Callable[Concatenate[_Shelf, _Given], _Found]:
    """Let a writing method try again, a few times, when the server undid it for the sake of others.

    Raises:
        Busy: It was undone each time; nothing was written.
    """

    @wraps(method)
    def tried(shelf: _Shelf, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        for _ in range(ATTEMPTS):
            try:
                return method(shelf, *args, **kwargs)
            except FAILURES as error:
                if not isinstance(original(error), CONTENTION):
                    raise
        raise Busy(what=shown(shelf.database.url))

    return tried


def build_engine(url: URL, patience: timedelta = PATIENCE, poolclass: type[Pool] | None = None) -> Engine:
    """Make the engine of a URL, in autocommit; nothing is opened yet.

    Args:
        url: As `parse_url` returns it.
        patience: How long a connection waits for the lock of another one.
        poolclass: Keeps connections that are returned; without it, two and as many as are needed at once.
    """
    seconds = patience.total_seconds()
    if url.get_backend_name() == "sqlite":
        arguments: dict[str, Any] = {"timeout": seconds, "check_same_thread": False}
    else:
        options = f"-c timezone=UTC -c motcua.scope=all -c jit=off -c lock_timeout={int(seconds * 1000)}"
        arguments = {"connect_timeout": max(2, int(seconds)), "options": options}
    kept: dict[str, Any] = (
        {"pool_size": 2, "max_overflow": -1} if poolclass is None else {"poolclass": poolclass}
    )
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args=arguments, **kept)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _settle_sqlite)
    return engine


def begin(connection: Connection) -> None:
    """Begin a transaction; on SQLite as its one writer, so that it cannot fail half way for a lock."""
    immediate = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def rollback(connection: Connection) -> None:
    """Roll back if there still is something to: a full disk or a lost server has done it already."""
    if connection.invalidated:
        return
    driver: Any = connection.connection.driver_connection
    alive = driver.in_transaction if connection.dialect.name == "sqlite" else not driver.closed
    if alive:
        connection.exec_driver_sql("ROLLBACK")


def _settle_sqlite(driver: Any, _: object) -> None:
    """Durable on every commit, readers beside the one writer, references checked."""
    driver.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        driver.execute(f"PRAGMA {pragma}")


def _close(engine: Engine, seats: "weakref.WeakSet[Seat]") -> None:
    for seat in list(seats):
        seat.connection.close()
    engine.dispose()
