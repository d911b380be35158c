"""The tables of mass orders and their approvals."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, UniqueConstraint

from motcua.store.tables.columns import Plain, plain, schema

orders = Table(
    "orders",
    schema,
    plain("digest"),
    plain("id"),
    plain("body"),
    plain("proposed_by"),
    plain("proposed_at"),
    PrimaryKeyConstraint("digest"),
    UniqueConstraint("id"),
)

order_approvals = Table(
    "order_approvals",
    schema,
    Column("digest", Plain, ForeignKey("orders.digest"), nullable=False),
    plain("approved_by"),
    plain("approved_at"),
    PrimaryKeyConstraint("digest"),
)
