"""The steps of nonconformities, closed to change, and apart from them what people wrote, which can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
STEPS, TEXTS = "nonconformity_steps", "nonconformity_texts"
KEY = ("nonconformity", "number")


def upgrade() -> None:
    """Create both tables and the triggers that keep them as they are written."""
    _steps()
    _texts()
    postgres = op.get_bind().dialect.name == "postgresql"
    _close_on_postgres() if postgres else _close_on_sqlite()


def _close_on_postgres() -> None:
    for table, name, when, each in (
        (STEPS, "change", "UPDATE OR DELETE", "ROW"),
        (STEPS, "truncate", "TRUNCATE", "STATEMENT"),
        (TEXTS, "change", "UPDATE", "ROW"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _close_on_sqlite() -> None:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    for table, event in ((STEPS, "UPDATE"), (STEPS, "DELETE"), (TEXTS, "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {event}'); END"
        )
    same = " AND ".join(f"{name} = NEW.{name}" for name in KEY)
    for table, taken in ((STEPS, f"({same}) OR (stream = NEW.stream AND seq = NEW.seq)"), (TEXTS, same)):
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
            f" BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}.nonconformity'); END"
        )


def _plain(name: str) -> "sa.Column[str]":
    return sa.Column(name, PLAIN, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _steps() -> None:
    op.create_table(
        STEPS,
        _plain("nonconformity"),
        _whole("number"),
        _plain("kind"),
        _plain("status"),
        _plain("officer"),
        _plain("facts"),
        _plain("stream"),
        _whole("seq"),
        _plain("at"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_nonconformity_steps_number")),
        sa.ForeignKeyConstraint(
            ["nonconformity"], ["nonconformities.id"], name="fk_nonconformity_steps_nonconformity"
        ),
        sa.PrimaryKeyConstraint(*KEY, name="pk_nonconformity_steps"),
        sa.UniqueConstraint("stream", "seq", name="uq_nonconformity_steps_stream_seq"),
        sqlite_with_rowid=False,
    )


def _texts() -> None:
    op.create_table(
        TEXTS,
        _plain("nonconformity"),
        _whole("number"),
        _plain("salt"),
        _plain("value"),
        sa.ForeignKeyConstraint(
            KEY, [f"{STEPS}.{name}" for name in KEY], name="fk_nonconformity_texts_nonconformity"
        ),
        sa.PrimaryKeyConstraint(*KEY, name="pk_nonconformity_texts"),
        sqlite_with_rowid=False,
    )
