"""Database URLs: the forms a person may write, the one form SQLAlchemy gets, and the one fit to be shown."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from motcua.services.ports import DatabaseNotReady

_POSTGRES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


def parse_url(given: str) -> URL:
    """Read `sqlite:///path`, `postgresql://...` or the path of an SQLite file.

    Raises:
        DatabaseNotReady: Another kind of database, or no file named.
    """
    try:
        url = make_url(given if "://" in given else f"sqlite:///{given}")
    except (ArgumentError, ValueError) as error:
        raise _wrong(given.partition("://")[0]) from error
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"} and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+pysqlite")
    raise _wrong(shown(url))


def shown(url: URL) -> str:
    """Return the URL as a message may show it: without driver, and with *** for a password."""
    hidden = {key: "***" if "pass" in key else value for key, value in url.query.items()}
    plain = url.set(drivername=url.get_backend_name(), query=hidden)
    return plain.render_as_string(hide_password=True).replace("%2A%2A%2A", "***")


def sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite URL; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _wrong(name: str) -> DatabaseNotReady:
    return DatabaseNotReady(
        database=name,
        reason="this is not a kind of database motcua can use",
        reason_vi="không phải loại cơ sở dữ liệu mà motcua dùng được",
        remedy="Write sqlite:///path/to/file.db or postgresql://user@host/name.",
        remedy_vi="Hãy viết sqlite:///đường/dẫn/tệp.db hoặc postgresql://user@host/name.",
    )
