"""Until when a password that an administrator issued opens its account."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0042"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column; passwords that are there were chosen by their holders."""
    op.add_column("accounts", sa.Column("once_until", PLAIN, nullable=True))
