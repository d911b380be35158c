"""The tables of accounts, their sessions and outside identities, and of mandates between officers."""

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
    plain("once_until", null=True),
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

delegations = Table(
    "delegations",
    schema,
    plain("id"),
    plain("grantor"),
    plain("holder"),
    plain("document"),
    plain("agency"),
    plain("procedures"),
    plain("actions"),
    plain("since"),
    plain("until"),
    plain("granted_at"),
    plain("revoked_at", null=True),
    plain("follows", null=True),
    plain("change", null=True),
    plain("terms", null=True),
    PrimaryKeyConstraint("id"),
    Index("ix_delegations_holder", "holder"),
    Index("ix_delegations_grantor", "grantor"),
    Index("ix_delegations_terms", "terms", unique=True),
)

identities = Table(
    "identities",
    schema,
    plain("issuer"),
    plain("subject"),
    Column("login", Plain, ForeignKey("accounts.login"), nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)

sign_ins = Table(
    "sign_ins",
    schema,
    plain("id"),
    plain("state"),
    plain("nonce"),
    plain("verifier"),
    plain("wanted"),
    plain("at"),
    PrimaryKeyConstraint("id"),
)
