"""Who an identity provider says somebody is, and sign-ins that have left for it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "identities",
        *(sa.Column(name, PLAIN, nullable=False) for name in ("issuer", "subject", "login")),
        sa.ForeignKeyConstraint(["login"], ["accounts.login"], name="fk_identities_login"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
    )
    op.create_table(
        "sign_ins",
        *(
            sa.Column(name, PLAIN, nullable=False)
            for name in ("id", "state", "nonce", "verifier", "wanted", "at")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
