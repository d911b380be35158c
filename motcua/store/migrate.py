"""Bring a database to the schema of this program, and tell which schema it has."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from motcua.services.ports import DatabaseNotReady
from motcua.store.engine import begin, build_engine, rollback
from motcua.store.failures import missing, not_ready
from motcua.store.revision import newest, revision_of
from motcua.store.urls import parse_url, sqlite_file

_LOCK = 6_684_917  # any number will do, as long as every upgrade of every version asks for the same


def upgrade(url: str, revision: str = "head") -> str:
    """Bring the database to the newest schema, creating an SQLite file if need be; return the newest revision.

    With *revision* it stops there, so that a test can see what one migration does. All of it happens in one
    transaction; two upgrades at once wait for each other.

    Raises:
        DatabaseNotReady: The database cannot be reached, written or locked.
    """
    parsed = parse_url(url)
    _make_folder(parsed)
    with _connected(parsed) as connection:
        begin(connection)
        try:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, revision)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            rollback(connection)
            raise
    return newest()


def current(url: str) -> str | None:
    """Return the schema revision of a database; None when it has no schema of ours.

    Raises:
        DatabaseNotReady: The database does not exist or cannot be reached.
    """
    parsed = parse_url(url)
    file = sqlite_file(parsed)
    if file is not None and not file.is_file():
        raise missing(parsed)
    with _connected(parsed) as connection:
        return revision_of(connection)


def _configuration() -> Config:
    configuration = Config()
    scripts = Path(__file__).parent / "migrations"
    configuration.set_main_option("script_location", str(scripts).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    engine = build_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise not_ready(url, error) from error
    finally:
        engine.dispose()


def _make_folder(url: URL) -> None:
    file = sqlite_file(url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseNotReady(
            database=f"sqlite:///{file}",
            reason=f"its folder cannot be made ({error.strerror})",
            reason_vi=f"không tạo được thư mục chứa nó ({error.strerror})",
            remedy="Name another file with --db or MOTCUA_DB.",
            remedy_vi="Hãy chỉ tệp khác bằng --db hoặc MOTCUA_DB.",
        ) from error
