"""Ratings of citizens, closed to change, and apart from them what people wrote, which can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
RATINGS, COMMENTS = "ratings", "rating_comments"


def upgrade() -> None:
    """Create both tables and the triggers that keep them as they are written."""
    _ratings()
    op.create_table(
        COMMENTS,
        *(sa.Column(name, PLAIN, nullable=False) for name in ("rating", "salt", "value")),
        sa.ForeignKeyConstraint(["rating"], ["ratings.id"], name="fk_rating_comments_rating"),
        sa.PrimaryKeyConstraint("rating", name="pk_rating_comments"),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    _close_on_postgres() if postgres else _close_on_sqlite()


def _ratings() -> None:
    op.create_table(
        RATINGS,
        sa.Column("id", PLAIN, nullable=False),
        *(sa.Column(name, PLAIN, nullable=True) for name in ("dossier_id", "procedure")),
        *(sa.Column(name, PLAIN, nullable=False) for name in ("agency", "way")),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("officer", PLAIN, nullable=True),
        sa.Column("stream", PLAIN, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", PLAIN, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_ratings_score")),
        sa.CheckConstraint("way IN ('online', 'device', 'ballot')", name=op.f("ck_ratings_way")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_ratings_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
        sa.UniqueConstraint("dossier_id", "way", name="uq_ratings_dossier_id_way"),
    )
    op.create_index("ix_ratings_at", RATINGS, ["at"])


def _close_on_postgres() -> None:
    for table, name, when, each in (
        (RATINGS, "change", "UPDATE OR DELETE", "ROW"),
        (RATINGS, "truncate", "TRUNCATE", "STATEMENT"),
        (COMMENTS, "change", "UPDATE", "ROW"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _close_on_sqlite() -> None:
    """INSERT OR REPLACE deletes without asking the trigger for deletion, so it meets one of its own."""
    for table, event in ((RATINGS, "UPDATE"), (RATINGS, "DELETE"), (COMMENTS, "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {event}'); END"
        )
    same = "id = NEW.id OR (dossier_id = NEW.dossier_id AND way = NEW.way)"
    for table, taken in ((RATINGS, same), (COMMENTS, "rating = NEW.rating")):
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
            f" BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}.id'); END"
        )
