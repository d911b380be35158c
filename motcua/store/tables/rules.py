"""Tables of what was put in force, procedures, calendars and directories, and of lasting notes."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from motcua.store.tables.columns import Plain, plain, schema, whole

procedure_versions = Table(
    "procedure_versions",
    schema,
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
    schema,
    Column("digest", Plain, ForeignKey("procedure_versions.digest"), nullable=False),
    plain("approved_by"),
    plain("approved_at"),
    PrimaryKeyConstraint("digest"),
)

adoptions = Table(
    "adoptions",
    schema,
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
    schema,
    plain("key"),
    plain("value"),
    PrimaryKeyConstraint("key"),
)
