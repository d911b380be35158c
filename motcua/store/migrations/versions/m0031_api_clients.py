"""Client systems of the API; nobody who reads for an agency sees them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"


def upgrade() -> None:
    """Create the table."""
    names = ("id", "name", "agencies", "positions", "scopes", "token", "created_at")
    op.create_table(
        "api_clients",
        *(sa.Column(name, PLAIN, nullable=False) for name in names),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_clients"),
    )
    op.create_index("ix_api_clients_token", "api_clients", ["token"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE api_clients ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE api_clients FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY api_clients_seen ON api_clients USING ({ALL})")
