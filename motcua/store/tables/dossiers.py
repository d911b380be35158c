"""Tables of dossiers and of what is kept with each: records, wake-up, fired rungs, tasks, personal values."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from motcua.store.tables.columns import Plain, owner, plain, schema, transaction, whole

OPEN = text("due IS NOT NULL")
TAKEN = text("assignee IS NOT NULL")
OF_PERSON = text("field = 'applicant.id_number' AND length(value) <= 200")
"""What the look for a second dossier of the same person reads; longer is no number, and no index takes it."""
RUNS = text("late_at IS NOT NULL")
FINISHED = text("finished IS NOT NULL")
PART = text("parent IS NOT NULL")
UNSEEN = text("unseen > 0")

dossiers = Table(
    "dossiers",
    schema,
    plain("id"),
    plain("code"),
    plain("procedure"),
    plain("agency"),
    plain("day"),
    whole("number"),
    whole("seq"),
    plain("head"),
    plain("at"),
    whole("version"),
    plain("states"),
    whole("public"),
    plain("due", null=True),
    Column("ended", Boolean, nullable=False),
    Column("snapshot", Plain, nullable=False),
    plain("lead", null=True),
    plain("concerns", null=True),
    plain("late_at", null=True),
    plain("finished", null=True),
    plain("promised", null=True),
    plain("first_promised", null=True),
    plain("parent", null=True),
    whole("unseen", null=True),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("code"),
    UniqueConstraint("agency", "day", "number"),
    CheckConstraint("seq >= 1", name="seq"),
    CheckConstraint("number >= 1", name="number"),
    Index("ix_dossiers_due_code", "due", "code", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_dossiers_late_at", "late_at", sqlite_where=RUNS, postgresql_where=RUNS),
    Index("ix_dossiers_finished", "finished", sqlite_where=FINISHED, postgresql_where=FINISHED),
    Index("ix_dossiers_parent", "parent", sqlite_where=PART, postgresql_where=PART),
    Index("ix_dossiers_unseen", "code", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
    postgresql_with={"fillfactor": 80},
)

records = Table(
    "records",
    schema,
    plain("stream"),
    whole("seq"),
    plain("type"),
    plain("at"),
    plain("raw"),
    plain("leaf_hash"),
    transaction("tx"),
    PrimaryKeyConstraint("stream", "seq"),
    CheckConstraint("seq >= 1", name="seq"),
    Index("ix_records_tx_stream_seq", "tx", "stream", "seq", sqlite_where=text("tx IS NOT NULL")),
)

timers = Table(
    "timers",
    schema,
    owner(),
    plain("wake_at"),
    PrimaryKeyConstraint("dossier_id"),
    Index("ix_timers_wake_at_dossier_id", "wake_at", "dossier_id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 80},
)

fired_rungs = Table(
    "fired_rungs",
    schema,
    owner(),
    plain("clock"),
    whole("epoch"),
    plain("rung"),
    plain("due_at"),
    plain("at"),
    PrimaryKeyConstraint("dossier_id", "clock", "epoch", "rung"),
    sqlite_with_rowid=False,
)

tasks = Table(
    "tasks",
    schema,
    owner(),
    plain("id"),
    plain("state"),
    plain("role"),
    plain("position"),
    plain("agency"),
    plain("assignee", null=True),
    plain("created_at"),
    plain("urgency"),
    whole("warned", null=True),
    whole("public", null=True),
    plain("procedure", null=True),
    PrimaryKeyConstraint("dossier_id", "id"),
    Index(
        "ix_tasks_own", "assignee", "urgency", "dossier_id", "id", sqlite_where=TAKEN, postgresql_where=TAKEN
    ),
    Index(
        "ix_tasks_inbox",
        "agency",
        "position",
        "assignee",
        "urgency",
        "dossier_id",
        "id",
        "public",
        "procedure",
    ),
    sqlite_with_rowid=False,
)

personal_data = Table(
    "personal_data",
    schema,
    owner(),
    whole("seq"),
    plain("field"),
    plain("salt"),
    plain("value"),
    PrimaryKeyConstraint("dossier_id", "seq", "field"),
    Index("ix_personal_data_person", "value", sqlite_where=OF_PERSON, postgresql_where=OF_PERSON),
    sqlite_with_rowid=False,
)
