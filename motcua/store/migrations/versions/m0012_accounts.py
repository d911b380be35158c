"""Accounts, and the sessions that they opened."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "accounts",
        *(sa.Column(name, PLAIN, nullable=False) for name in ("login", "person", "name")),
        sa.Column("password", PLAIN, nullable=True),
        sa.Column("duties", PLAIN, nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_accounts"),
    )
    op.create_index("ix_accounts_person", "accounts", ["person"])
    op.create_table(
        "sessions",
        *(sa.Column(name, PLAIN, nullable=False) for name in ("id", "login", "idp")),
        sa.Column("acr", PLAIN, nullable=True),
        *(sa.Column(name, PLAIN, nullable=False) for name in ("began_at", "seen_at")),
        sa.ForeignKeyConstraint(["login"], ["accounts.login"], name="fk_sessions_login"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_login", "sessions", ["login"])
