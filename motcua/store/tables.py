"""The one schema, as SQLAlchemy Core tables; Alembic's migrations lead to exactly this."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT

from motcua.services.ports import PAPER_NOTICES

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=NAMES)

# Compared byte by byte on both engines: one order of codes, streams and instants, whatever the locale.
Plain = Text().with_variant(TEXT(collation="C"), "postgresql")
PENDING = text("status = 'pending'")
OPEN = text("due IS NOT NULL")

OWES_PAPER = text(f"template IN ({', '.join(repr(name) for name in PAPER_NOTICES)})")

APPEND_ONLY = (
    "records",
    "fired_rungs",
    "procedure_versions",
    "procedure_approvals",
    "adoptions",
    "notes",
    "papers",
    "paper_signatures",
)


def _plain(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Plain, nullable=null)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _owner() -> Column[str]:
    return Column("dossier_id", Plain, ForeignKey("dossiers.id"), nullable=False)


dossiers = Table(
    "dossiers",
    metadata,
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
    Column("ended", Boolean, nullable=False),
    Column("snapshot", Plain, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("code"),
    UniqueConstraint("agency", "day", "number"),
    CheckConstraint("seq >= 1", name="seq"),
    CheckConstraint("number >= 1", name="number"),
    Index("ix_dossiers_due_code", "due", "code", sqlite_where=OPEN, postgresql_where=OPEN),
    postgresql_with={"fillfactor": 80},
)

records = Table(
    "records",
    metadata,
    _plain("stream"),
    _whole("seq"),
    _plain("type"),
    _plain("at"),
    _plain("raw"),
    _plain("leaf_hash"),
    PrimaryKeyConstraint("stream", "seq"),
    CheckConstraint("seq >= 1", name="seq"),
)

timers = Table(
    "timers",
    metadata,
    _owner(),
    _plain("wake_at"),
    PrimaryKeyConstraint("dossier_id"),
    Index("ix_timers_wake_at_dossier_id", "wake_at", "dossier_id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 80},
)

fired_rungs = Table(
    "fired_rungs",
    metadata,
    _owner(),
    _plain("clock"),
    _whole("epoch"),
    _plain("rung"),
    _plain("due_at"),
    _plain("at"),
    PrimaryKeyConstraint("dossier_id", "clock", "epoch", "rung"),
    sqlite_with_rowid=False,
)

tasks = Table(
    "tasks",
    metadata,
    _owner(),
    _plain("id"),
    _plain("state"),
    _plain("role"),
    _plain("position"),
    _plain("agency"),
    _plain("assignee", null=True),
    _plain("created_at"),
    PrimaryKeyConstraint("dossier_id", "id"),
    Index("ix_tasks_agency_position_assignee", "agency", "position", "assignee"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    _plain("id"),
    _owner(),
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
    PrimaryKeyConstraint("id"),
    CheckConstraint("status IN ('pending', 'sent', 'dead')", name="status"),
    Index("ix_outbox_next_at", "next_at", sqlite_where=PENDING, postgresql_where=PENDING),
    Index(
        "ix_outbox_dossier_id_seq_place",
        "dossier_id",
        "seq",
        "place",
        unique=True,
    ),
    Index("ix_outbox_created_at", "created_at", sqlite_where=OWES_PAPER, postgresql_where=OWES_PAPER),
)

nonconformities = Table(
    "nonconformities",
    metadata,
    _plain("id"),
    _owner(),
    _plain("code"),
    _plain("agency"),
    _plain("cause"),
    _plain("clock", null=True),
    _whole("epoch", null=True),
    _plain("opened_at"),
    PrimaryKeyConstraint("id"),
)

personal_data = Table(
    "personal_data",
    metadata,
    _owner(),
    _whole("seq"),
    _plain("field"),
    _plain("salt"),
    _plain("value"),
    PrimaryKeyConstraint("dossier_id", "seq", "field"),
    sqlite_with_rowid=False,
)

procedure_versions = Table(
    "procedure_versions",
    metadata,
    _plain("digest"),
    _plain("code"),
    _plain("version"),
    _plain("compiled"),
    Column("source", LargeBinary, nullable=False),
    _plain("effective_from"),
    _plain("effective_until", null=True),
    _plain("proposed_by"),
    _plain("proposed_at"),
    PrimaryKeyConstraint("digest"),
    UniqueConstraint("code", "version"),
)

procedure_approvals = Table(
    "procedure_approvals",
    metadata,
    Column("digest", Plain, ForeignKey("procedure_versions.digest"), nullable=False),
    _plain("approved_by"),
    _plain("approved_at"),
    PrimaryKeyConstraint("digest"),
)

adoptions = Table(
    "adoptions",
    metadata,
    _plain("kind"),
    _plain("name"),
    _whole("number"),
    _plain("digest"),
    _plain("body"),
    _plain("adopted_by"),
    _plain("adopted_at"),
    PrimaryKeyConstraint("kind", "name", "number"),
    Index("ix_adoptions_digest", "digest"),
)

notes = Table(
    "notes",
    metadata,
    _plain("key"),
    _plain("value"),
    PrimaryKeyConstraint("key"),
)

SERIES = ("agency", "form", "year", "number")

papers = Table(
    "papers",
    metadata,
    _plain("agency"),
    _plain("form"),
    _whole("year"),
    _whole("number"),
    _owner(),
    _whole("seq"),
    _plain("cause", null=True),
    _plain("template_sha256"),
    _plain("input"),
    _plain("created_at"),
    PrimaryKeyConstraint(*SERIES),
    UniqueConstraint("cause"),
    CheckConstraint("number >= 1", name="number"),
    Index("ix_papers_dossier_id", "dossier_id"),
    sqlite_with_rowid=False,
)

paper_signatures = Table(
    "paper_signatures",
    metadata,
    _plain("agency"),
    _plain("form"),
    _whole("year"),
    _whole("number"),
    _owner(),
    _whole("seq"),
    _plain("officer"),
    _plain("template_sha256"),
    _plain("engine"),
    _plain("html_sha256"),
    _plain("pdf_sha256"),
    _plain("input"),
    _plain("signed_at"),
    PrimaryKeyConstraint(*SERIES),
    ForeignKeyConstraint(SERIES, [f"papers.{name}" for name in SERIES]),
    Index("ix_paper_signatures_dossier_id", "dossier_id"),
    sqlite_with_rowid=False,
)
