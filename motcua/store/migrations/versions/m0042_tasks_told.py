"""An open task names the public status and the procedure of its dossier: a queue is counted within one index."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
INBOX = ["agency", "position", "assignee", "urgency", "dossier_id", "id", "public", "procedure"]
FILL = (
    "UPDATE tasks SET public = (SELECT d.public FROM dossiers d WHERE d.id = tasks.dossier_id),"
    " procedure = (SELECT d.procedure FROM dossiers d WHERE d.id = tasks.dossier_id)"
)


def upgrade() -> None:
    """Add both columns, fill them from the dossiers, and let the index of the inbox hold them."""
    op.add_column("tasks", sa.Column("public", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("procedure", PLAIN, nullable=True))
    op.execute(FILL)
    op.drop_index("ix_tasks_inbox", "tasks")
    op.create_index("ix_tasks_inbox", "tasks", INBOX, unique=False)
