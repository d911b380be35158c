"""Tables of the register of nonconformities: entries, steps, and what people wrote."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from motcua.store.tables.columns import Plain, owner, plain, schema, whole

nonconformities = Table(
    "nonconformities",
    schema,
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
    schema,
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
    schema,
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
