"""What the clock said at which uptime of a machine, and the hold after a step of the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create both tables; they say how things stand, the history is in the records."""
    op.create_table(
        "clock_holds",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trusted_at", PLAIN, nullable=False),
        sa.Column("seen_at", PLAIN, nullable=False),
        sa.CheckConstraint("number = 1", name=op.f("ck_clock_holds_one")),
        sa.PrimaryKeyConstraint("number", name="pk_clock_holds"),
    )
    op.create_table(
        "clock_beats",
        sa.Column("boot", PLAIN, nullable=False),
        sa.Column("host", PLAIN, nullable=False),
        sa.Column("wall", PLAIN, nullable=False),
        sa.Column("elapsed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("boot", name="pk_clock_beats"),
    )
