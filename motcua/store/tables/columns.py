"""What every table of the schema is made of: the names of constraints, plain text, whole numbers."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
schema = MetaData(naming_convention=NAMES)

# Compared byte by byte on both engines: one order of codes, streams and instants, whatever the locale.
Plain = Text().with_variant(TEXT(collation="C"), "postgresql")


def plain(name: str, *, null: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Plain, nullable=null)


def whole(name: str, *, null: bool = False) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=null)


def owner() -> Column[str]:
    """Return the column of the dossier that a row belongs to."""
    return Column("dossier_id", Plain, ForeignKey("dossiers.id"), nullable=False)


class _Transaction(ColumnElement[int]):
    """The number of the transaction, where the database has one."""

    inherit_cache = True


@compiles(_Transaction)
def _none(element: _Transaction, compiler: Any, **options: Any) -> str:
    return "NULL"


@compiles(_Transaction, "postgresql")
def _current(element: _Transaction, compiler: Any, **options: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


def transaction(name: str) -> Column[int]:
    """Return the column of the transaction that wrote a row; the database fills it by itself."""
    return Column(name, BigInteger, server_default=_Transaction(), nullable=True)


def written(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that are written by us; the others the database fills."""
    return [column for column in table.columns if column.server_default is None]
