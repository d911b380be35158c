"""Faults that databases really have, raised by the real thing: deadlocks, broken connections, failing disks."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from changes import after, key, moving, notice, opening, record, task
from severing_proxy import SeveringProxy, severing_proxy
from world import Office, actor_of

from motcua.services.auditing import verify_store
from motcua.services.ports import Adopted, Busy, DatabaseNotReady, OutcomeUnknown, PublishedVersion, Stored
from motcua.services.transitions import Particulars, send
from motcua.store.engine import ATTEMPTS
from motcua.store.store import SqlStore, open_store

FAIL = """
CREATE SEQUENCE attempts;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
  IF nextval('attempts') <= {times} THEN RAISE EXCEPTION 'invented' USING ERRCODE = '{state}'; END IF;
  RETURN NEW;
END$$
"""
DEADLOCK, SERIALIZATION, FULL, FAULTY = "40P01", "40001", "53100", "58030"
VERSION = PublishedVersion("d" * 64, "9.1", "1.0.0", "{}", b"", date(2026, 3, 2), None, "an", after(0))
WRITES: dict[str, tuple[str, Callable[[SqlStore], Any]]] = {
    "one dossier": ("records", lambda store: store.write([moving(1, 2)])),
    "a batch": ("records", lambda store: store.write([moving(1, 2), opening(3)])),
    "append": ("records", lambda store: store.append([record("system", 1, "restore")])),
    "propose": ("records", lambda store: store.propose(VERSION, record("procedure:9.1", 1))),
    "adopt": (
        "records",
        lambda store: store.adopt(
            Adopted("calendar", "vn", "e" * 64, "{}", "an", after(0)), record("calendar:vn", 1)
        ),
    ),
    "failed": ("outbox", lambda store: store.failed("n", None, "no")),
    "note": ("notes", lambda store: store.set_note("log", "x")),
}
"""By name: the table whose writing fails, and what is written."""


@contextmanager
def failing(store: SqlStore, table: str, state: str, times: int) -> Iterator[None]:
    """Let the server refuse so many writes of a table with an SQLSTATE; a sequence counts across rollbacks."""
    with store.database.writing() as connection:
        connection.exec_driver_sql(FAIL.format(state=state, times=times))
        connection.exec_driver_sql(
            f"CREATE TRIGGER failing BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    yield


def shown(store: SqlStore) -> list[Any]:
    """What can be seen of the tables that are written here."""
    return [
        list(store.all_records()), list(store.iterate()), store.waiting(9), store.dead(9),
        store.versions(), store.adopted("calendar"), store.note("log"),
    ]  # fmt: skip


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[SqlStore]:
    """A store on PostgreSQL with two dossiers and a message."""
    with open_store(postgres_url) as store:
        store.write([opening(1, notices=(notice("n", 1),)), opening(2)])
        yield store


@pytest.mark.parametrize("state", [DEADLOCK, SERIALIZATION])
@pytest.mark.parametrize("name", WRITES)
def test_contention_is_tried_again(postgres: SqlStore, name: str, state: str) -> None:
    """What the server undid for the sake of others passes at the last attempt, and is written once."""
    table, write = WRITES[name]
    before = shown(postgres)
    with failing(postgres, table, state, ATTEMPTS - 1):
        write(postgres)

    assert before != shown(postgres)


@pytest.mark.parametrize("name", WRITES)
def test_endless_contention_is_told(postgres: SqlStore, name: str) -> None:
    """After a few attempts the caller hears that the database is busy; nothing was written, and the store works on."""
    table, write = WRITES[name]
    before = shown(postgres)
    with failing(postgres, table, DEADLOCK, ATTEMPTS):
        with pytest.raises(Busy):
            write(postgres)
        assert before == shown(postgres)
        write(postgres)

    assert before != shown(postgres)


@pytest.mark.parametrize(
    ("state", "said"), [(FULL, "the disk is full"), (FAULTY, "the disk reports a fault")]
)
@pytest.mark.parametrize("name", WRITES)
def test_a_server_without_a_sound_disk_refuses(postgres: SqlStore, name: str, state: str, said: str) -> None:
    """The reason is named at once, without another attempt, and nothing is half written."""
    table, write = WRITES[name]
    before = shown(postgres)
    with failing(postgres, table, state, 1):
        with pytest.raises(DatabaseNotReady, match=said):
            write(postgres)
        assert before == shown(postgres)
        write(postgres)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond *size* bytes, as if the disk failed there.

    Python must write no bytecode meanwhile: it would be cut off, and spoil the environment.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    writes_none, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sys.dont_write_bytecode = writes_none


def test_a_failing_disk_leaves_nothing_half_written(sqlite_url: str) -> None:
    """When a page cannot be written the whole batch is undone, and the store works on once it can."""
    with open_store(sqlite_url) as store:
        store.write([opening(1)])
        before = shown(store)
        batch = [opening(n, notices=(notice(f"n{n}", n),), tasks=(task(n),)) for n in range(2, 302)]
        with largest_file(200_000), pytest.raises(DatabaseNotReady, match="the disk reports a fault"):
            store.write(batch)
        assert before == shown(store)
        assert all(store.write(batch))


def test_a_worker_stops_loudly_on_a_failing_disk(sqlite_url: str, tmp_path: Path) -> None:
    """It exits with 8 and the reason, and what it could not write is still due and sound."""
    store: Any = open_store(sqlite_url)
    office = Office(store=store)
    codes = [office.accepted() for _ in range(40)]
    store.close()
    limits = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, -1));"
    done = subprocess.run(
        [
            sys.executable,
            "-B",  # bytecode would be cut off, and spoil the environment
            "-c",
            f"{limits} from motcua.cli import main; sys.exit(main())",
            "worker",
            "--db",
            sqlite_url,
        ],
        env={"PATH": "", "MOTCUA_HOME": str(tmp_path), "MOTCUA_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert 8 == done.returncode, done.stderr
    assert "disk" in done.stderr
    with open_store(sqlite_url) as again:
        assert [2] * len(codes) == [again.load(code).seq for code in codes]
        assert len(codes) == len(again.due_ids(datetime(2026, 12, 1, tzinfo=UTC), 100))


@pytest.fixture
def severed(postgres_url: str) -> Iterator[tuple[Office, SeveringProxy, str]]:
    """An office whose connection a proxy can cut, and a dossier in it whose next statement is prepared already."""
    with (
        tempfile.TemporaryDirectory(prefix="motcua-") as folder,
        severing_proxy(postgres_url, Path(folder)) as proxy,
    ):
        store: Any = open_store(proxy.url)
        with store:
            office = Office(store=store)
            for key in ("first", None):
                accept(office, office.open(), key)
            yield office, proxy, office.open()


def accept(office: Office, code: str, key: str | None) -> Stored:
    """Accept a dossier as it was opened."""
    given = Particulars({"fee_paid": True}, reason="đủ")
    return send(office.house, code, "accept", actor_of("counter"), 1, given, key=key)


class Cutting:
    """Cuts the connection when the store next writes, and not when it reads."""

    def __init__(self, office: Office, proxy: SeveringProxy, when: str) -> None:
        write = office.store.write

        def cut(changes: Any) -> tuple[bool, ...]:
            vars(office.store).pop("write")
            proxy.sever(when)
            return write(changes)

        vars(office.store)["write"] = cut


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_is_found_by_its_key(severed: tuple[Office, SeveringProxy, str], when: str) -> None:
    """The connection breaks before or after the commit: with a key the command is done once and answered."""
    office, proxy, code = severed
    Cutting(office, proxy, when)

    answer = accept(office, code, "k")

    assert (2, ("appraising",), 2) == (answer.seq, answer.dossier.states, len(office.raws(code)))
    assert (answer.head, 2) == (office.store.load(code).head, accept(office, code, "k").seq)
    assert verify_store(office.house).ok


@pytest.mark.parametrize(("when", "records"), [("before", 1), ("after", 2)])
def test_without_a_key_a_lost_answer_stays_unknown(
    severed: tuple[Office, SeveringProxy, str], when: str, records: int
) -> None:
    """Nobody guesses: the caller is told to look, whether it was done or not."""
    office, proxy, code = severed
    Cutting(office, proxy, when)

    with pytest.raises(OutcomeUnknown) as unknown:
        accept(office, code, None)

    assert code in unknown.value.message("vi")
    assert records == len(office.raws(code))


def test_a_lost_commit_of_other_records_is_told_as_unknown(postgres_url: str) -> None:
    """It is there or not; written again, the number of the record tells."""
    with (
        tempfile.TemporaryDirectory(prefix="motcua-") as folder,
        severing_proxy(postgres_url, Path(folder)) as proxy,
        open_store(proxy.url) as store,
    ):
        store.write([opening(1)])
        proxy.sever("after")  # answers within the transaction pass: they do not end in `READY`
        with pytest.raises(OutcomeUnknown):
            store.append([record("system", 1, "restore")])
        with pytest.raises(Busy):
            store.append([record("system", 1, "restore")])
        assert [key(1)] == [stored.id for stored in store.iterate()]
