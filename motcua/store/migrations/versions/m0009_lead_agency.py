"""The agency that leads a dossier now, where a reorganisation gave it to another one than that of its code."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column; no dossier was ever led by another agency before."""
    op.add_column("dossiers", sa.Column("lead", PLAIN, nullable=True))
