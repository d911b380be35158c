"""What ended dossiers add to the report of responsibility, so that it is not counted from all records each time."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TABLE = "kept_shares"
ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"


def upgrade() -> None:
    """Create the table, empty: the next report fills it. On PostgreSQL nobody reads it for a visitor."""
    op.create_table(
        TABLE,
        *(sa.Column(name, PLAIN, nullable=False) for name in ("dossier_id", "head", "rules", "body")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_kept_shares_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_kept_shares"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {TABLE}_seen ON {TABLE} USING ({ALL})")
