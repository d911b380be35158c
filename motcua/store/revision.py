"""Which schema a database has and which one this program needs; whoever only asks does not wait for Alembic."""

from pathlib import Path

from sqlalchemy import Connection, inspect

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest() -> str:
    """Return the schema revision that this program needs: that of the last migration, by the name of its file."""
    last = max(path.stem for path in _VERSIONS.glob("m[0-9]*.py"))
    return last[1:5]


def revision_of(connection: Connection) -> str | None:
    """Return the schema revision that a connection finds; None when it has no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found
