"""Mandates between officers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TABLE = "delegations"
NAMES = (
    "id",
    "grantor",
    "holder",
    "document",
    "agency",
    "procedures",
    "actions",
    "since",
    "until",
    "granted_at",
)


def upgrade() -> None:
    """Create the table, in which nothing but the end of a mandate changes, and that once."""
    op.create_table(
        TABLE,
        *(sa.Column(name, PLAIN, nullable=False) for name in NAMES),
        sa.Column("revoked_at", PLAIN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
    )
    for name in ("holder", "grantor"):
        op.create_index(f"ix_delegations_{name}", TABLE, [name])
    _close_on_postgres() if op.get_bind().dialect.name == "postgresql" else _close_on_sqlite()


def _close_on_postgres() -> None:
    kept = ", ".join(NAMES)
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OF {kept} ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_return BEFORE UPDATE ON {TABLE}"
        " FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )
    for name, when, each in (("delete", "DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {when} ON {TABLE}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _close_on_sqlite() -> None:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    refused = f"RAISE(ABORT, '{TABLE} only ever end')"
    for name, when in (
        ("change", f"BEFORE UPDATE OF {', '.join(NAMES)} ON {TABLE}"),
        ("return", f"BEFORE UPDATE ON {TABLE} WHEN OLD.revoked_at IS NOT NULL"),
        ("delete", f"BEFORE DELETE ON {TABLE}"),
        ("replace", f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"),
    ):
        op.execute(f"CREATE TRIGGER {TABLE}_no_{name} {when} BEGIN SELECT {refused}; END")
