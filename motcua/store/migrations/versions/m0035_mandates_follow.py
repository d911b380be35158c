"""A mandate names the one that it goes on from, and the reorganisation by which it does."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TABLE = "delegations"
NAMES = ("follows", "change")


def upgrade() -> None:
    """Add the columns, which are written once as those before them are."""
    for name in NAMES:
        op.add_column(TABLE, sa.Column(name, PLAIN, nullable=True))
    when = f"BEFORE UPDATE OF {', '.join(NAMES)} ON {TABLE}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_rewriting {when} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    else:
        refused = f"RAISE(ABORT, '{TABLE} only ever end')"
        op.execute(f"CREATE TRIGGER {TABLE}_no_rewriting {when} BEGIN SELECT {refused}; END")
