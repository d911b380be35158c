"""Papers: numbers that forms take, signatures under them, and a quick way to those that are still owed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
SERIES = ("agency", "form", "year", "number")
OWES_PAPER = sa.text(
    "template IN ('apology', 'apology_draft', 'intake_refusal', 'receipt', 'refusal', 'stop_notice',"
    " 'supplement_request')"
)


def upgrade() -> None:
    """Create both tables, close them to change, and index what owes a paper."""
    _papers()
    _paper_signatures()
    op.create_index(
        "ix_outbox_created_at",
        "outbox",
        ["created_at"],
        sqlite_where=OWES_PAPER,
        postgresql_where=OWES_PAPER,
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in ("papers", "paper_signatures"):
        _close_on_postgres(table) if postgres else _close_on_sqlite(table)


def _close_on_postgres(table: str) -> None:
    for name, when, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _close_on_sqlite(table: str) -> None:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {event}'); END"
        )
    same = " AND ".join(f"{name} = NEW.{name}" for name in SERIES)
    taken = f"({same}) OR cause = NEW.cause" if table == "papers" else same
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
        f" BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}.agency'); END"
    )


def _plain(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, PLAIN, nullable=null)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _papers() -> None:
    op.create_table(
        "papers",
        _plain("agency"),
        _plain("form"),
        _whole("year"),
        _whole("number"),
        _plain("dossier_id"),
        _whole("seq"),
        _plain("cause", null=True),
        _plain("template_sha256"),
        _plain("input"),
        _plain("created_at"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_papers_number")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_papers_dossier_id"),
        sa.PrimaryKeyConstraint(*SERIES, name="pk_papers"),
        sa.UniqueConstraint("cause", name="uq_papers_cause"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_papers_dossier_id", "papers", ["dossier_id"])


def _paper_signatures() -> None:
    op.create_table(
        "paper_signatures",
        _plain("agency"),
        _plain("form"),
        _whole("year"),
        _whole("number"),
        _plain("dossier_id"),
        _whole("seq"),
        _plain("officer"),
        _plain("template_sha256"),
        _plain("engine"),
        _plain("html_sha256"),
        _plain("pdf_sha256"),
        _plain("input"),
        _plain("signed_at"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_paper_signatures_dossier_id"),
        sa.ForeignKeyConstraint(
            SERIES, [f"papers.{name}" for name in SERIES], name="fk_paper_signatures_agency"
        ),
        sa.PrimaryKeyConstraint(*SERIES, name="pk_paper_signatures"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_signatures_dossier_id", "paper_signatures", ["dossier_id"])
