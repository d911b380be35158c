"""The table of client systems of the API."""

from sqlalchemy import Boolean, Column, Index, PrimaryKeyConstraint, Table

from motcua.store.tables.columns import plain, schema

api_clients = Table(
    "api_clients",
    schema,
    plain("id"),
    plain("name"),
    plain("agencies"),
    plain("positions"),
    plain("scopes"),
    plain("token"),
    plain("created_at"),
    Column("disabled", Boolean, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_api_clients_token", "token", unique=True),
)
