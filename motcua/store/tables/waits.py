"""The table of what waits for an answer: rows that follow from open dossiers, for lists and inboxes."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, Table

from motcua.store.tables.columns import owner, plain, schema, whole

waits = Table(
    "waits",
    schema,
    owner(),
    plain("id"),
    plain("kind"),
    whole("number"),
    plain("asker"),
    plain("answerer"),
    plain("status"),
    plain("since"),
    plain("due", null=True),
    PrimaryKeyConstraint("dossier_id", "id"),
    CheckConstraint("kind IN ('offer', 'question')", name="kind"),
    Index("ix_waits_answerer_kind_due", "answerer", "kind", "due"),
    Index("ix_waits_asker_kind_due", "asker", "kind", "due"),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 80},
)
