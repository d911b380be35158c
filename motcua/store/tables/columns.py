"""What every table of the schema is made of: the names of constraints, plain text, whole numbers."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import TEXT

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
schema = MetaData(naming_convention=NAMES)

# Compared byte by byte on both engines: one order of codes, streams and instants, whatever the locale.
Plain = Text().with_variant(TEXT(collation="C"), "postgresql")


def plain(name: str, *, null: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Plain, nullable=null)


def whole(name: str, *, null: bool = False) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=null)


def owner() -> Column[str]:
    """Return the column of the dossier that a row belongs to."""
    return Column("dossier_id", Plain, ForeignKey("dossiers.id"), nullable=False)
