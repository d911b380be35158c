"""The keys of commands that may be asked again: each is answered once, by the record that stands beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table; it is no part of the history, so that old keys can be cleared away."""
    op.create_table(
        "answers",
        sa.Column("idem", PLAIN, nullable=False),
        sa.Column("fingerprint", PLAIN, nullable=False),
        sa.Column("dossier_id", PLAIN, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_answers_dossier_id"),
        sa.PrimaryKeyConstraint("idem", name="pk_answers"),
        sqlite_with_rowid=False,
    )
