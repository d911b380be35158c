"""Dossiers by the number of the applicant's identity paper, so that a second one of the same person is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OF_PERSON = sa.text("field = 'applicant.id_number' AND length(value) <= 200")


def upgrade() -> None:
    """Create the index; it holds no other value."""
    op.create_index(
        "ix_personal_data_person",
        "personal_data",
        ["value"],
        sqlite_where=OF_PERSON,
        postgresql_where=OF_PERSON,
    )
