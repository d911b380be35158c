"""What only databases can do wrong: be missing, locked, full, old or contended; and what is said then."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from changes import dossier, key, moving, notice, opening, record, task

from motcua.services.ports import DatabaseNotReady, OutcomeUnknown
from motcua.store.migrate import current, upgrade
from motcua.store.store import open_store
from motcua.store.urls import parse_url, shown

NO_PATIENCE = timedelta(milliseconds=1)


def test_two_threads_race_and_one_wins(database_url: str) -> None:
    """Of two threads that write the same record of each dossier, alone or in batches, exactly one wins."""
    count = 40
    both = threading.Barrier(2)
    won: list[tuple[bool, ...]] = []
    with open_store(database_url) as store:
        store.write([opening(number) for number in range(1, count + 1)])

        def race(order: int) -> None:
            single = [moving(number, 2) for number in range(1, count + 1)][::order]
            batch = [moving(number, 3) for number in range(1, count + 1)][::order]
            both.wait()
            alone = [store.write([change])[0] for change in single]
            both.wait()
            results = (*alone, *store.write(batch))
            won.append(results if order > 0 else (*results[:count][::-1], *results[count:][::-1]))

        threads = [threading.Thread(target=race, args=(order,)) for order in (1, -1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [1] * 2 * count == [sum(pair) for pair in zip(*won, strict=True)]
        assert 3 * count == len(list(store.all_records()))


def test_two_threads_open_a_dossier_and_one_wins(database_url: str) -> None:
    """Of two dossiers with the same code, opened at once, exactly one is inserted."""
    both = threading.Barrier(2)
    won: list[bool] = []
    with open_store(database_url) as store:

        def race(other: int) -> None:
            both.wait()
            won.extend(
                store.write(
                    [opening(other, dossier=dossier(1), records=(record(f"dossier:{key(other)}", 1),))]
                )
            )

        threads = [threading.Thread(target=race, args=(number,)) for number in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [False, True] == sorted(won)
        assert 1 == len(list(store.all_records()))


def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    """A file that does not exist is not created by looking at it."""
    url = f"sqlite:///{tmp_path / 'none.db'}"
    for look in (open_store, current):
        with pytest.raises(DatabaseNotReady) as refused:
            look(url)
        assert f'Run "motcua db upgrade --db {url}"' in str(refused.value)
    assert [] == list(tmp_path.iterdir())


def test_a_database_without_schema_is_told_apart(tmp_path: Path) -> None:
    """An SQLite file with no schema of ours is not used."""
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE other (id)")
    with pytest.raises(DatabaseNotReady, match="schema is missing or old"):
        open_store(str(file))
    assert None is current(str(file))


def test_an_empty_postgres_database_is_told_apart(postgres_url: str) -> None:
    """A server without the named database cannot be used, and the message shows no password."""
    url = postgres_url.replace("postgres@", "postgres:hidden@").replace("/motcua_test", "/no_such")
    with pytest.raises(DatabaseNotReady) as refused:
        open_store(url)
    assert "cannot be reached" in str(refused.value)
    assert "hidden" not in refused.value.message("en") + refused.value.message("vi")


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    """A text file in place of the database is told apart."""
    file = tmp_path / "text.db"
    file.write_text("a text, long enough to be no header of a database at all" * 20)
    for use in (open_store, upgrade):
        with pytest.raises(DatabaseNotReady, match="not a sound SQLite database"):
            use(str(file))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("mysql://me:hidden@host/name", "mysql://me:***@host/name"),
        ("sqlite://", "sqlite://"),
        ("postgresql+asyncpg://host/x", "postgresql://host/x"),
    ],
)
def test_other_databases_are_refused(given: str, told: str) -> None:
    """A URL of another kind is refused, its password hidden."""
    with pytest.raises(DatabaseNotReady) as refused:
        open_store(given)
    assert told == refused.value.facts["database"]


def test_urls_have_one_form() -> None:
    """A path, and each spelling of PostgreSQL, lead to the same driver; what is shown hides the driver."""
    assert "sqlite+pysqlite:///some/file.db" == str(parse_url("some/file.db"))
    assert "sqlite+pysqlite:///some/file.db" == str(parse_url("sqlite:///some/file.db"))
    for name in ("postgres", "postgresql", "postgresql+psycopg"):
        assert "postgresql+psycopg" == parse_url(f"{name}://u@h/d").drivername
    assert "postgresql://u:***@h/d?password=***" == shown(
        parse_url("postgres://u:secret@h/d?password=secret")
    )


def test_a_locked_database_loses_nothing(sqlite_url: str) -> None:
    """While another program holds the lock, writing says so; afterwards the same change is accepted."""
    file = parse_url(sqlite_url).database or ""
    with open_store(sqlite_url, patience=NO_PATIENCE) as store, closing(sqlite3.connect(file)) as other:
        store.write([opening(1)])
        other.execute("BEGIN IMMEDIATE")
        for write in (
            lambda: store.write([moving(1, 2)]),
            lambda: store.append([record("system", 1)]),
            lambda: store.failed("n", None, ""),
        ):
            with pytest.raises(DatabaseNotReady, match="another program holds its lock"):
                write()
        assert 1 == store.load(dossier(1).code).seq
        other.rollback()
        assert (True,) == store.write([moving(1, 2)])


def test_a_locked_row_loses_nothing(postgres_url: str) -> None:
    """On PostgreSQL a writer waits for the lock of a row only as long as it has patience."""
    with open_store(postgres_url, patience=NO_PATIENCE) as store, open_store(postgres_url) as other:
        store.write([opening(1)])
        with other.database.writing() as connection:
            connection.exec_driver_sql("SELECT 1 FROM dossiers FOR UPDATE")
            with pytest.raises(DatabaseNotReady, match="another program holds its lock"):
                store.write([moving(1, 2)])
        assert (True,) == store.write([moving(1, 2)])


def test_a_full_disk_leaves_nothing_half_written(sqlite_url: str) -> None:
    """When no page can be added the whole batch is undone, and the store works on once there is room."""
    with open_store(sqlite_url) as store:
        store.write([opening(1)])
        driver = store.database.seat().driver
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count = {pages}")
        batch = [opening(n, notices=(notice(f"n{n}", n),), tasks=(task(n),)) for n in range(2, 202)]
        with pytest.raises(DatabaseNotReady, match="the disk is full"):
            store.write(batch)
        assert [key(1)] == [each.id for each in store.iterate()]
        assert (1, [], []) == (len(list(store.all_records())), store.tasks(), store.waiting(10))
        driver.execute(f"PRAGMA max_page_count = {pages * 100}")
        assert all(store.write(batch))


def test_a_broken_connection_is_replaced(postgres_url: str) -> None:
    """After the server cut a connection one call has no known outcome, the next one works."""
    with open_store(postgres_url) as store, open_store(postgres_url) as other:
        store.write([opening(1)])
        pid = store.database.seat().driver.info.backend_pid
        with other.database.reading() as connection:
            connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(OutcomeUnknown, match="broke"):
            store.write([moving(1, 2)])
        assert (True,) == store.write([moving(1, 2)])


def test_every_thread_has_its_own_connection(database_url: str) -> None:
    """Threads share a store, not a connection, and an ended thread leaves none behind."""
    with open_store(database_url) as store:
        seats = [id(store.database.seat())]

        def look() -> None:
            seats.append(id(store.database.seat()))
            store.next_wake()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert 2 == len(set(seats))
        assert seats[0] == id(store.database.seat())


def test_a_connection_goes_from_thread_to_thread(postgres_url: str) -> None:
    """What a thread that ended had prepared serves the next one, also after the server was told to forget it."""
    with open_store(postgres_url) as store:
        for _ in range(4):
            with ThreadPoolExecutor(1) as pool:
                assert 1 == pool.submit(store.next_number, "H01", date(2026, 3, 2)).result()
        assert 1 == store.next_number("H01", date(2026, 3, 2))
        store.database.seat().driver.execute("DEALLOCATE ALL")
        assert 1 == store.next_number("H01", date(2026, 3, 2))


def test_sqlite_is_durable_on_every_commit(sqlite_url: str) -> None:
    """Write-ahead log, full synchronisation and foreign keys are on."""
    with open_store(sqlite_url) as store:
        driver = store.database.seat().driver
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        assert ["wal", 2, 1] == [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
