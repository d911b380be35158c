"""Prepared statements straight through libpq, for the few queries that every transition makes.

A cursor's own machinery costs as much as the server's work on a query this small; libpq takes texts and gives texts.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import OperationalError, errors, pq

DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
GONE = b"26000"
"""No such prepared statement: after a rollback psycopg gives up all of a connection, not only its own."""

Line = tuple[str | None, ...]


class PreparedStatements:
    """The statements of one connection in autocommit, each prepared when it is first used."""

    def __init__(self, connection: Any) -> None:
        """Take an open psycopg connection; it stays the caller's."""
        self._libpq: pq.abc.PGconn = connection.pgconn
        self._names: dict[str, bytes] = {}

    def run(self, query: str, parameters: Sequence[object]) -> list[Line]:
        """Run one statement with `$1`, `$2`... given as text, and return its rows as text.

        Raises:
            psycopg.Error: What the server said, as psycopg would raise it.
        """
        name, given = self._names.get(query) or self._prepare(query), _given(parameters)
        result = self._libpq.exec_prepared(name, given)
        if result.error_field(pq.DiagnosticField.SQLSTATE) == GONE:
            self._names.clear()
            result = self._libpq.exec_prepared(self._prepare(query), given)
        return _lines(self._checked(result))

    def run_once(self, query: str, parameters: Sequence[object]) -> list[Line]:
        """Run one statement within a transaction, where one that is gone could not be prepared anew.

        Raises:
            psycopg.Error: As `run`.
        """
        return _lines(self._checked(self._libpq.exec_params(query.encode(), _given(parameters))))

    def _prepare(self, query: str) -> bytes:
        name = f"motcua_{len(self._names)}".encode()
        self._checked(self._libpq.prepare(name, query.encode()))
        self._names[query] = name
        return name

    def _checked(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        if result.status in DONE:
            return result
        if self._libpq.status != pq.ConnStatus.OK:
            raise OperationalError("the connection is lost")
        raise errors.error_from_result(result, encoding="utf-8")


def _given(parameters: Sequence[object]) -> Any:
    return [None if value is None else str(value).encode() for value in parameters]


def _lines(result: pq.abc.PGresult) -> list[Line]:
    width = range(result.nfields)
    return [
        tuple(_text(result.get_value(line, column)) for column in width) for line in range(result.ntuples)
    ]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
