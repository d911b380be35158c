"""The tables of webhooks and of what is on its way to them."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, text

from motcua.store.tables.columns import Plain, plain, schema, whole

WAITING = text("status = 'pending'")

webhooks = Table(
    "webhooks",
    schema,
    plain("id"),
    plain("agency"),
    plain("types"),
    plain("url"),
    plain("secrets"),
    plain("place"),
    plain("created_at"),
    Column("disabled", Boolean, nullable=False),
    PrimaryKeyConstraint("id"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    schema,
    plain("id"),
    Column("webhook", Plain, ForeignKey("webhooks.id"), nullable=False),
    plain("event"),
    plain("type"),
    whole("seq"),
    plain("body"),
    plain("created_at"),
    plain("next_at"),
    plain("status"),
    whole("attempts"),
    plain("error", null=True),
    plain("settled_at", null=True),
    PrimaryKeyConstraint("id"),
    CheckConstraint("status IN ('pending', 'sent', 'dead')", name="status"),
    Index(
        "ix_webhook_deliveries_next_at",
        "webhook",
        "next_at",
        "seq",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index("ix_webhook_deliveries_created_at", "webhook", "created_at"),
)
