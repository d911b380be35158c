"""By when each open task must be done, so that an inbox of any length begins with the most urgent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
COLUMNS = ("dossier_id", "id", "state", "role", "position", "agency", "assignee", "created_at")
INBOX = ["agency", "position", "assignee", "urgency", "dossier_id", "id"]
OWN = ["assignee", "urgency", "dossier_id", "id"]
APPOINTMENT = "COALESCE((SELECT d.due FROM dossiers d WHERE d.id = {}.dossier_id), 'none')"


def upgrade() -> None:
    """Begin with the appointment of the dossier; the next change of it knows better."""
    op.drop_index("ix_tasks_agency_position_assignee", "tasks")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("tasks", sa.Column("urgency", PLAIN, nullable=True))
        op.execute(f"UPDATE tasks SET urgency = {APPOINTMENT.format('tasks')}")
        op.alter_column("tasks", "urgency", nullable=False)
    else:
        _make_anew()
    op.create_index("ix_tasks_inbox", "tasks", INBOX, unique=False)
    taken = sa.text("assignee IS NOT NULL")
    op.create_index("ix_tasks_own", "tasks", OWN, sqlite_where=taken, postgresql_where=taken)


def _make_anew() -> None:
    """SQLite adds no column that must be filled."""
    op.rename_table("tasks", "old_tasks")
    op.create_table(
        "tasks",
        *(sa.Column(name, PLAIN, nullable=name == "assignee") for name in COLUMNS),
        sa.Column("urgency", PLAIN, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_tasks_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "id", name="pk_tasks"),
        sqlite_with_rowid=False,
    )
    names = ", ".join(COLUMNS)
    op.execute(
        f"INSERT INTO tasks ({names}, urgency) SELECT {names}, {APPOINTMENT.format('old_tasks')} FROM old_tasks"
    )
    op.drop_table("old_tasks")
