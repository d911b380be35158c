"""Tables of official papers and their signatures."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from motcua.store.tables.columns import owner, plain, schema, whole

SERIES = ("agency", "form", "year", "number")

papers = Table(
    "papers",
    schema,
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
    schema,
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
