"""The table of notices on their way out."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, Table, text

from motcua.services.ports import PAPER_NOTICES
from motcua.store.tables.columns import owner, plain, schema, whole

PENDING = text("status = 'pending'")
OWES_PAPER = text(f"template IN ({', '.join(repr(name) for name in PAPER_NOTICES)})")

outbox = Table(
    "outbox",
    schema,
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
