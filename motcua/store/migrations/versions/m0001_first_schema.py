"""The first schema: dossiers, their records and all that hangs on them."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
KEYS = {
    "records": ("stream", "seq"),
    "fired_rungs": ("dossier_id", "clock", "epoch", "rung"),
    "procedure_versions": ("digest",),
    "procedure_approvals": ("digest",),
    "adoptions": ("kind", "name", "number"),
    "notes": ("key",),
}
FUNCTION = """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '% is append-only: no %', TG_TABLE_NAME, TG_OP; END$$"""


def upgrade() -> None:
    """Create every table, then the triggers that make the history append-only."""
    for create in (
        _adoptions,
        _dossiers,
        _notes,
        _procedure_versions,
        _records,
        _fired_rungs,
        _nonconformities,
        _outbox,
        _personal_data,
        _procedure_approvals,
        _tasks,
        _timers,
    ):
        create()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in _postgres_triggers() if postgres else _sqlite_triggers():
        op.execute(statement)


def _postgres_triggers() -> Iterator[str]:
    yield FUNCTION
    for table in KEYS:
        yield _on_postgres(table, "change", "UPDATE OR DELETE", "ROW")
        yield _on_postgres(table, "truncate", "TRUNCATE", "STATEMENT")
    yield _on_postgres("personal_data", "change", "UPDATE", "ROW")


def _on_postgres(table: str, name: str, when: str, each: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table}"
        f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    )


def _sqlite_triggers() -> Iterator[str]:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    for table, key in KEYS.items():
        yield _on_sqlite(table, "update")
        yield _on_sqlite(table, "delete")
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken}"
            f" BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}.{key[0]}'); END"
        )
    yield _on_sqlite("personal_data", "update")


def _on_sqlite(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {event.upper()}'); END"
    )


def _plain(name: str, *, null: bool = False) -> "sa.Column[str]":
    return sa.Column(name, PLAIN, nullable=null)


def _whole(name: str, *, null: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=null)


def _adoptions() -> None:
    op.create_table(
        "adoptions",
        _plain("kind"),
        _plain("name"),
        _whole("number"),
        _plain("digest"),
        _plain("body"),
        _plain("adopted_by"),
        _plain("adopted_at"),
        sa.PrimaryKeyConstraint("kind", "name", "number", name="pk_adoptions"),
    )
    op.create_index("ix_adoptions_digest", "adoptions", ["digest"], unique=False)


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        _plain("id"),
        _plain("code"),
        _plain("procedure"),
        _plain("agency"),
        _plain("day"),
        _whole("number"),
        _whole("seq"),
        _plain("head"),
        _plain("at"),
        _whole("version"),
        _plain("states"),
        _whole("public"),
        _plain("due", null=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        _plain("snapshot"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_dossiers_number")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_dossiers_seq")),
        sa.PrimaryKeyConstraint("id", name="pk_dossiers"),
        sa.UniqueConstraint("agency", "day", "number", name="uq_dossiers_agency_day_number"),
        sa.UniqueConstraint("code", name="uq_dossiers_code"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "ix_dossiers_due_code",
        "dossiers",
        ["due", "code"],
        unique=False,
        sqlite_where=sa.text("due IS NOT NULL"),
        postgresql_where=sa.text("due IS NOT NULL"),
    )


def _notes() -> None:
    op.create_table("notes", _plain("key"), _plain("value"), sa.PrimaryKeyConstraint("key", name="pk_notes"))


def _procedure_versions() -> None:
    op.create_table(
        "procedure_versions",
        _plain("digest"),
        _plain("code"),
        _plain("version"),
        _plain("compiled"),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        _plain("effective_from"),
        _plain("effective_until", null=True),
        _plain("proposed_by"),
        _plain("proposed_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_procedure_versions"),
        sa.UniqueConstraint("code", "version", name="uq_procedure_versions_code_version"),
    )


def _records() -> None:
    op.create_table(
        "records",
        _plain("stream"),
        _whole("seq"),
        _plain("type"),
        _plain("at"),
        _plain("raw"),
        _plain("leaf_hash"),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_records_seq")),
        sa.PrimaryKeyConstraint("stream", "seq", name="pk_records"),
    )


def _fired_rungs() -> None:
    op.create_table(
        "fired_rungs",
        _plain("dossier_id"),
        _plain("clock"),
        _whole("epoch"),
        _plain("rung"),
        _plain("due_at"),
        _plain("at"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_fired_rungs_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "clock", "epoch", "rung", name="pk_fired_rungs"),
        sqlite_with_rowid=False,
    )


def _nonconformities() -> None:
    op.create_table(
        "nonconformities",
        _plain("id"),
        _plain("dossier_id"),
        _plain("code"),
        _plain("agency"),
        _plain("cause"),
        _plain("clock", null=True),
        _whole("epoch", null=True),
        _plain("opened_at"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_nonconformities_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_nonconformities"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _plain("id"),
        _plain("dossier_id"),
        _whole("seq"),
        _whole("place"),
        _plain("template"),
        _plain("recipients"),
        _plain("payload"),
        _plain("created_at"),
        _plain("status"),
        _whole("attempts"),
        _plain("next_at"),
        _plain("error", null=True),
        sa.CheckConstraint("status IN ('pending', 'sent', 'dead')", name=op.f("ck_outbox_status")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_outbox_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_dossier_id_seq_place", "outbox", ["dossier_id", "seq", "place"], unique=True)
    op.create_index(
        "ix_outbox_next_at",
        "outbox",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )


def _personal_data() -> None:
    op.create_table(
        "personal_data",
        _plain("dossier_id"),
        _whole("seq"),
        _plain("field"),
        _plain("salt"),
        _plain("value"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_personal_data_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "seq", "field", name="pk_personal_data"),
        sqlite_with_rowid=False,
    )


def _procedure_approvals() -> None:
    op.create_table(
        "procedure_approvals",
        _plain("digest"),
        _plain("approved_by"),
        _plain("approved_at"),
        sa.ForeignKeyConstraint(
            ["digest"], ["procedure_versions.digest"], name="fk_procedure_approvals_digest"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_procedure_approvals"),
    )


def _tasks() -> None:
    op.create_table(
        "tasks",
        _plain("dossier_id"),
        _plain("id"),
        _plain("state"),
        _plain("role"),
        _plain("position"),
        _plain("agency"),
        _plain("assignee", null=True),
        _plain("created_at"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_tasks_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "id", name="pk_tasks"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_tasks_agency_position_assignee", "tasks", ["agency", "position", "assignee"], unique=False
    )


def _timers() -> None:
    op.create_table(
        "timers",
        _plain("dossier_id"),
        _plain("wake_at"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_timers_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_timers"),
        postgresql_with={"fillfactor": 80},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_timers_wake_at_dossier_id", "timers", ["wake_at", "dossier_id"], unique=False)
