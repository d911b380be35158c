"""Mass orders and their approvals, closed to change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
ORDERS, APPROVALS = "orders", "order_approvals"


def upgrade() -> None:
    """Create both tables and the triggers that keep them as they are written."""
    op.create_table(
        ORDERS,
        *(sa.Column(name, PLAIN, nullable=False) for name in ("digest", "id", "body")),
        *(sa.Column(name, PLAIN, nullable=False) for name in ("proposed_by", "proposed_at")),
        sa.PrimaryKeyConstraint("digest", name="pk_orders"),
        sa.UniqueConstraint("id", name="uq_orders_id"),
    )
    op.create_table(
        APPROVALS,
        *(sa.Column(name, PLAIN, nullable=False) for name in ("digest", "approved_by", "approved_at")),
        sa.ForeignKeyConstraint(["digest"], ["orders.digest"], name="fk_order_approvals_digest"),
        sa.PrimaryKeyConstraint("digest", name="pk_order_approvals"),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, taken in ((ORDERS, "digest = NEW.digest OR id = NEW.id"), (APPROVALS, "digest = NEW.digest")):
        _close_on_postgres(table) if postgres else _close_on_sqlite(table, taken)


def _close_on_postgres(table: str) -> None:
    for name, when, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _close_on_sqlite(table: str, taken: str) -> None:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {event}'); END"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
        f" BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}.digest'); END"
    )
