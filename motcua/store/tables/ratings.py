"""The tables of ratings, and apart from them what people wrote, which can be erased."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from motcua.store.tables.columns import Plain, plain, schema, whole

ratings = Table(
    "ratings",
    schema,
    plain("id"),
    Column("dossier_id", Plain, ForeignKey("dossiers.id"), nullable=True),
    plain("procedure", null=True),
    plain("agency"),
    plain("way"),
    whole("counter", null=True),
    whole("score"),
    plain("officer", null=True),
    plain("stream"),
    whole("seq"),
    plain("at"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("dossier_id", "way"),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    CheckConstraint("way IN ('online', 'device', 'ballot')", name="way"),
    Index("ix_ratings_at", "at"),
)

rating_comments = Table(
    "rating_comments",
    schema,
    Column("rating", Plain, ForeignKey("ratings.id"), nullable=False),
    plain("salt"),
    plain("value"),
    PrimaryKeyConstraint("rating"),
)
