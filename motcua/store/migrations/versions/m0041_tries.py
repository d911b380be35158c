"""How often something was tried, so that all processes count together."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"


def upgrade() -> None:
    """Create the table; it is read for no visitor."""
    op.create_table(
        "tries",
        sa.Column("id", PLAIN, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "count")),
        sa.PrimaryKeyConstraint("id", "number", name="pk_tries"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE tries ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE tries FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tries_seen ON tries USING ({ALL})")
