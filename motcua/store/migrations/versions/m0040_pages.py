"""Filters with names, and policies of ratings, of texts about breaches, of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0036"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
ALL = "(SELECT current_setting('motcua.scope', true)) = 'all'"
MINE = "string_to_array((SELECT current_setting('motcua.agencies', true)), ' ')"
# Whoever has a task of a dossier is concerned by it, so that most rows of an inbox need no second look.
TASKS = f"agency = ANY ({MINE}) OR EXISTS (SELECT 1 FROM dossiers d WHERE d.id = tasks.dossier_id)"
POLICIES = {
    "ratings": f"agency = ANY ({MINE})",
    "rating_comments": "EXISTS (SELECT FROM ratings r WHERE r.id = rating_comments.rating)",
    "nonconformity_steps": "EXISTS (SELECT FROM nonconformities n WHERE n.id = nonconformity)",
    "nonconformity_texts": "EXISTS (SELECT FROM nonconformities n WHERE n.id = nonconformity)",
    "saved_filters": "false",
}


def upgrade() -> None:
    """Create the table; on PostgreSQL let each row be seen by those only whom it concerns."""
    op.create_table(
        "saved_filters",
        *(sa.Column(name, PLAIN, nullable=False) for name in ("person", "name", "query")),
        sa.PrimaryKeyConstraint("person", "name", name="pk_saved_filters"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER POLICY tasks_seen ON tasks USING ({ALL} OR {TASKS})")
        for table, condition in POLICIES.items():
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({ALL} OR {condition})")
