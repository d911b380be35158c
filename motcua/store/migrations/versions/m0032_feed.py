"""By which transaction each record was written, so that whoever follows the log misses nothing.

On PostgreSQL transactions commit in another order than they begin; on SQLite there is one writer at a time, and the
number of the row says the same. Records from before this revision count as written by one transaction.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, which the database fills by itself, and its index."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    default = "(pg_current_xact_id()::text::bigint)" if on_postgres else "NULL"
    op.add_column("records", sa.Column("tx", sa.BigInteger(), server_default=sa.text(default), nullable=True))
    op.create_index(
        "ix_records_tx_stream_seq", "records", ["tx", "stream", "seq"], sqlite_where=sa.text("tx IS NOT NULL")
    )
