"""What somebody with the file in hand can do: copy a database, take its triggers off, and change one byte."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from motcua.services.ports import NewRecord
from motcua.store.engine import Database, build_engine
from motcua.store.migrate import upgrade
from motcua.store.tables import metadata
from motcua.store.urls import parse_url, sqlite_file

_CHUNK = 1_000


def copy_database(url: str, copy: Path) -> None:
    """Copy everything into a new SQLite file, whichever engine holds it.

    Raises:
        DatabaseNotReady: The database cannot be read, the file cannot be written.
    """
    parsed = parse_url(url)
    file = sqlite_file(parsed)
    if file is not None:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return
    upgrade(f"sqlite:///{copy}")
    engine = build_engine(parse_url(f"sqlite:///{copy}"))
    try:
        with Database(parsed).walking() as source_rows:
            _fill(engine, source_rows)
    finally:
        engine.dispose()


def _fill(engine: Engine, source: Connection) -> None:
    with engine.connect() as target:
        target.exec_driver_sql("BEGIN")
        for table in metadata.sorted_tables:
            for rows in source.execute(select(table)).mappings().partitions(_CHUNK):
                target.execute(insert(table), [dict(row) for row in rows])
        target.exec_driver_sql("COMMIT")


def forge(copy: Path, record: NewRecord) -> str:
    """Change one digit of a record's time in an SQLite file, behind the back of its triggers; return the new text."""
    place = record.raw.index('"at":"') + len('"at":"2026-01-01T00:00:0')
    digit = (int(record.raw[place]) + 1) % 10
    raw = f"{record.raw[:place]}{digit}{record.raw[place + 1 :]}"
    with closing(sqlite3.connect(copy, isolation_level=None)) as file:
        triggers = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            file.execute(f'DROP TRIGGER "{name}"')
        where = (raw, record.stream, record.seq)
        file.execute("UPDATE records SET raw = ? WHERE stream = ? AND seq = ?", where)
    return raw
