"""The one schema, as SQLAlchemy Core tables; Alembic's migrations lead to exactly this."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from motcua.services.ports import PAPER_NOTICES
from motcua.store import answer_table, clock_tables
from motcua.store.columns import Plain, owner, plain, schema, whole
from motcua.store.order_tables import order_approvals, orders

metadata = schema
ELSEWHERE = (answer_table, clock_tables)
"""Tables of the one schema that stand in files of their own."""

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
    "nonconformity_steps",
    *(table.name for table in (orders, order_approvals)),
)

dossiers = Table(
    "dossiers",
    metadata,
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
    plain("stream"),
    whole("seq"),
    plain("type"),
    plain("at"),
    plain("raw"),
    plain("leaf_hash"),
    PrimaryKeyConstraint("stream", "seq"),
    CheckConstraint("seq >= 1", name="seq"),
)

timers = Table(
    "timers",
    metadata,
    owner(),
    plain("wake_at"),
    PrimaryKeyConstraint("dossier_id"),
    Index("ix_timers_wake_at_dossier_id", "wake_at", "dossier_id"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 80},
)

fired_rungs = Table(
    "fired_rungs",
    metadata,
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
    metadata,
    owner(),
    plain("id"),
    plain("state"),
    plain("role"),
    plain("position"),
    plain("agency"),
    plain("assignee", null=True),
    plain("created_at"),
    plain("urgency"),
    PrimaryKeyConstraint("dossier_id", "id"),
    Index("ix_tasks_inbox", "agency", "position", "assignee", "urgency", "dossier_id", "id"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    plain("id"),
    owner(),
    whole("seq"),
    whole("place"),
    plain("template"),
    plain("recipients"),
    plain("payload"),
    plain("created_at"),
    plain("status"),
    whole("attempts"),
    plain("next_at"),
    plain("error", null=True),
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
    plain("id"),
    owner(),
    plain("code"),
    plain("agency"),
    plain("cause"),
    plain("clock", null=True),
    whole("epoch", null=True),
    plain("opened_at"),
    PrimaryKeyConstraint("id"),
)

nonconformity_steps = Table(
    "nonconformity_steps",
    metadata,
    Column("nonconformity", Plain, ForeignKey("nonconformities.id"), nullable=False),
    whole("number"),
    plain("kind"),
    plain("status"),
    plain("officer"),
    plain("facts"),
    plain("stream"),
    whole("seq"),
    plain("at"),
    PrimaryKeyConstraint("nonconformity", "number"),
    UniqueConstraint("stream", "seq"),
    CheckConstraint("number >= 1", name="number"),
    sqlite_with_rowid=False,
)

nonconformity_texts = Table(
    "nonconformity_texts",
    metadata,
    plain("nonconformity"),
    whole("number"),
    plain("salt"),
    plain("value"),
    PrimaryKeyConstraint("nonconformity", "number"),
    ForeignKeyConstraint(
        ("nonconformity", "number"), ("nonconformity_steps.nonconformity", "nonconformity_steps.number")
    ),
    sqlite_with_rowid=False,
)

personal_data = Table(
    "personal_data",
    metadata,
    owner(),
    whole("seq"),
    plain("field"),
    plain("salt"),
    plain("value"),
    PrimaryKeyConstraint("dossier_id", "seq", "field"),
    sqlite_with_rowid=False,
)

procedure_versions = Table(
    "procedure_versions",
    metadata,
    plain("digest"),
    plain("code"),
    plain("version"),
    plain("compiled"),
    Column("source", LargeBinary, nullable=False),
    plain("effective_from"),
    plain("effective_until", null=True),
    plain("proposed_by"),
    plain("proposed_at"),
    PrimaryKeyConstraint("digest"),
    UniqueConstraint("code", "version"),
)

procedure_approvals = Table(
    "procedure_approvals",
    metadata,
    Column("digest", Plain, ForeignKey("procedure_versions.digest"), nullable=False),
    plain("approved_by"),
    plain("approved_at"),
    PrimaryKeyConstraint("digest"),
)

adoptions = Table(
    "adoptions",
    metadata,
    plain("kind"),
    plain("name"),
    whole("number"),
    plain("digest"),
    plain("body"),
    plain("adopted_by"),
    plain("adopted_at"),
    PrimaryKeyConstraint("kind", "name", "number"),
    Index("ix_adoptions_digest", "digest"),
)

notes = Table(
    "notes",
    metadata,
    plain("key"),
    plain("value"),
    PrimaryKeyConstraint("key"),
)

SERIES = ("agency", "form", "year", "number")

papers = Table(
    "papers",
    metadata,
    plain("agency"),
    plain("form"),
    whole("year"),
    whole("number"),
    owner(),
    whole("seq"),
    plain("cause", null=True),
    plain("template_sha256"),
    plain("input"),
    plain("created_at"),
    PrimaryKeyConstraint(*SERIES),
    UniqueConstraint("cause"),
    CheckConstraint("number >= 1", name="number"),
    Index("ix_papers_dossier_id", "dossier_id"),
    sqlite_with_rowid=False,
)

paper_signatures = Table(
    "paper_signatures",
    metadata,
    plain("agency"),
    plain("form"),
    whole("year"),
    whole("number"),
    owner(),
    whole("seq"),
    plain("officer"),
    plain("template_sha256"),
    plain("engine"),
    plain("html_sha256"),
    plain("pdf_sha256"),
    plain("input"),
    plain("signed_at"),
    PrimaryKeyConstraint(*SERIES),
    ForeignKeyConstraint(SERIES, [f"papers.{name}" for name in SERIES]),
    Index("ix_paper_signatures_dossier_id", "dossier_id"),
    sqlite_with_rowid=False,
)
