"""The tables that serve pages alone: filters with names, and how often something was tried."""

from sqlalchemy import PrimaryKeyConstraint, Table

from motcua.store.tables.columns import plain, schema, whole

saved_filters = Table(
    "saved_filters",
    schema,
    plain("person"),
    plain("name"),
    plain("query"),
    PrimaryKeyConstraint("person", "name"),
    sqlite_with_rowid=False,
)

tries = Table(
    "tries",
    schema,
    plain("id"),
    whole("number"),
    whole("count"),
    PrimaryKeyConstraint("id", "number"),
    sqlite_with_rowid=False,
)
