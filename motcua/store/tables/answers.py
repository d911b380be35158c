"""The table of idempotency keys: what was asked under each, and the record that answered it."""

from sqlalchemy import PrimaryKeyConstraint, Table

from motcua.store.tables.columns import owner, plain, schema, whole

answers = Table(
    "answers",
    schema,
    plain("idem"),
    plain("fingerprint"),
    owner(),
    whole("seq"),
    PrimaryKeyConstraint("idem"),
    sqlite_with_rowid=False,
)
