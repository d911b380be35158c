"""Webhooks, and what is on its way to them; nobody who reads for an agency sees either."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"
HOOKS, DELIVERIES = "webhooks", "webhook_deliveries"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        HOOKS,
        *_plain("id", "agency", "types", "url", "secrets", "place", "created_at"),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_table(
        DELIVERIES,
        *_plain("id", "webhook", "event", "type"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_plain("body", "created_at", "next_at", "status"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", PLAIN, nullable=True),
        sa.Column("settled_at", PLAIN, nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'dead')", name=op.f("ck_webhook_deliveries_status")
        ),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.id"], name="fk_webhook_deliveries_webhook"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
    )
    waiting = sa.text("status = 'pending'")
    columns = ["webhook", "next_at", "seq"]
    op.create_index(
        "ix_webhook_deliveries_next_at", DELIVERIES, columns, sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index("ix_webhook_deliveries_created_at", DELIVERIES, ["webhook", "created_at"])
    if op.get_bind().dialect.name == "postgresql":
        for table in (HOOKS, DELIVERIES):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({ALL})")


def _plain(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PLAIN, nullable=False) for name in names]
