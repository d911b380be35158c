"""`motcua worker` as a process: it says what it did, ends when told, and ends loudly when its database fails."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from command_line import motcua


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database with calendars and agencies, as `db upgrade` makes it."""
    file = tmp_path / "motcua.db"
    assert 0 == motcua("db", "upgrade", "--db", file).code
    return file


@contextmanager
def worker(db: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A worker that has said that it began; whatever happens, it is gone afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    environment |= {"MOTCUA_HOME": str(db.parent), "MOTCUA_LANG": "en"}
    process = subprocess.Popen(
        [sys.executable, "-m", "motcua", "worker", "--db", str(db), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Keeping")
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_a_worker_in_peace(db: Path, number: signal.Signals) -> None:
    """It finishes its round and exits with 0."""
    with worker(db) as process:
        process.send_signal(number)
        _, told = process.communicate(timeout=60)

    assert (0, "Stopped.\n") == (process.returncode, told)


def test_a_worker_whose_database_fails_exits_with_eight(db: Path) -> None:
    """Rather than look alive, it names the reason and ends."""
    with worker(db, "--every", "1") as process:
        with closing(sqlite3.connect(db)) as connection:
            connection.execute("DROP TABLE timers")
            connection.commit()
        _, told = process.communicate(timeout=60)

    assert 8 == process.returncode
    assert "schema" in told


def test_one_round_is_told_of_and_ends(db: Path) -> None:
    """With nothing to do it says so."""
    said = motcua("worker", "--once", "--db", db, "--json", MOTCUA_HOME=str(db.parent))

    assert (0, 0, 0, 0, {}) == (
        said.code,
        *(said.json[name] for name in ("rungs", "drafted", "sent", "failed")),
    )
