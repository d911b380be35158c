"""The tables of accounts and of the sessions that they opened."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, Table

from motcua.store.tables.columns import Plain, plain, schema

accounts = Table(
    "accounts",
    schema,
    plain("login"),
    plain("person"),
    plain("name"),
    plain("password", null=True),
    plain("duties"),
    Column("disabled", Boolean, nullable=False),
    plain("created_at"),
    PrimaryKeyConstraint("login"),
    Index("ix_accounts_person", "person"),
)

sessions = Table(
    "sessions",
    schema,
    plain("id"),
    Column("login", Plain, ForeignKey("accounts.login"), nullable=False),
    plain("idp"),
    plain("acr", null=True),
    plain("began_at"),
    plain("seen_at"),
    PrimaryKeyConstraint("id"),
    Index("ix_sessions_login", "login"),
)
