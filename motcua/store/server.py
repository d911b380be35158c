"""Where a PostgreSQL server keeps its data, by its own word."""

from pathlib import Path

from motcua.store.engine import Database
from motcua.store.urls import parse_url


def data_folder(url: str) -> Path | None:
    """Return the folder of the server's data, on the machine that it runs on; None for another kind of database.

    Raises:
        DatabaseNotReady: It cannot be reached, or does not tell this user.
    """
    database = Database(parse_url(url))
    try:
        if not database.is_postgres:
            return None
        with database.reading() as connection:
            return Path(str(connection.exec_driver_sql("SHOW data_directory").scalar()))
    finally:
        database.close()
