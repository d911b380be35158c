"""The table of what ended dossiers add to the report of responsibility: derived, and put right by the next report."""

from sqlalchemy import PrimaryKeyConstraint, Table

from motcua.store.tables.columns import owner, plain, schema

kept_shares = Table(
    "kept_shares",
    schema,
    owner(),
    plain("head"),
    plain("rules"),
    plain("body"),
    PrimaryKeyConstraint("dossier_id"),
    sqlite_with_rowid=False,
)
