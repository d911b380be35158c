"""Of mandates that stand, no two say the same: a key over their terms, while they do."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the key; mandates that are there keep none, since twins among them could not have it."""
    op.add_column("delegations", sa.Column("terms", PLAIN, nullable=True))
    op.create_index("ix_delegations_terms", "delegations", ["terms"], unique=True)
