"""Row isolation, the same in every kind of store: the database itself shows nothing of what is not for an agency."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from changes import key, moving, notice, opening, task, value
from postgres_server import PostgresServer
from sqlalchemy import create_engine, text
from stores import KINDS, each_store

from motcua.services.ports import DossierNotFound, InboxQuery, Pile, Store
from motcua.store.engine import build_engine
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from motcua.store.urls import parse_url

MINE, THEIRS = "H01.02", "H01.03"
EVERYTHING = InboxQuery((Pile((MINE, "clerk"), None), Pile((THEIRS, "clerk"), None)))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with a dossier for two agencies, and one for one of them."""
    for opened in each_store(request):
        fill(opened)
        yield opened


def fill(store: Store) -> None:
    """Write both dossiers, each with a task, a message and a personal value."""
    whose = {1: (MINE, THEIRS), 2: (MINE,)}
    for number, agencies in whose.items():
        told = {
            "tasks": (task(number),),
            "notices": (notice(f"n{number}", number),),
            "values": (value(1, "name"),),
        }
        store.write([opening(number, concerns=agencies, **told)])


def shown(store: Store) -> dict[str, Any]:
    """What a store shows of both dossiers, by the ways in which pages ask."""
    streams = [len(store.records(f"dossier:{key(n)}")) for n in (1, 2)]
    return {
        "listed": [row.code[-4:] for row in store.find_dossiers()],
        "loaded": len(store.load_ids([key(1), key(2)])),
        "walked": sum(1 for _ in store.iterate()),
        "tasks": len(store.tasks()),
        "inbox": len(store.inbox(EVERYTHING, None, 10)),
        "records": streams,
        "personal": [len(store.personal(key(n))) for n in (1, 2)],
    }


NOTHING = {
    "listed": [],
    "loaded": 0,
    "walked": 0,
    "tasks": 0,
    "inbox": 0,
    "records": [0, 0],
    "personal": [0, 0],
}


def test_an_agency_sees_what_concerns_it_and_nothing_else(store: Store) -> None:
    """Lists, loads, walks, tasks, inboxes, records and personal values; the whole store shows both."""
    both = {**NOTHING, "listed": ["0001", "0002"], "loaded": 2, "walked": 2, "tasks": 2, "inbox": 2}
    assert {**both, "records": [1, 1], "personal": [1, 1]} == shown(store)
    assert shown(store) == shown(store.narrowed([MINE]))
    assert NOTHING == shown(store.narrowed(["H01"])) == shown(store.narrowed([]))
    one = shown(store.narrowed([THEIRS, "H77"]))
    assert ("0001", 1, 1, [1, 0], [1, 0]) == (
        *one["listed"],
        one["loaded"],
        one["walked"],
        one["records"],
        one["personal"],
    )
    with pytest.raises(DossierNotFound):
        store.narrowed([THEIRS]).load(store.load_ids([key(2)])[0].dossier.code)


def test_what_concerns_an_agency_no_more_is_not_seen_any_more(store: Store) -> None:
    """And S94: after a narrow read the same thread's whole store still shows everything, and the other way round."""
    store.write([moving(1, 2, concerns=(MINE,))])
    seen = [
        len(one.load_ids([key(1)])) for one in (store.narrowed([THEIRS]), store, store.narrowed([THEIRS]))
    ]

    assert [0, 1, 0] == seen


def test_a_narrowed_store_of_a_database_does_not_write(database_url: str) -> None:
    """Neither dossiers nor anything else; the attempt leaves nothing."""
    with open_store(database_url) as whole:
        fill(whole)
        narrow = whole.narrowed([MINE])
        with pytest.raises(ValueError, match="only reads"):
            narrow.write([moving(1, 2)])
        with pytest.raises(ValueError, match="only reads"):
            narrow.set_note("a", "b")
        assert ([1], None) == ([one.seq for one in whole.load_ids([key(1)])], whole.note("a"))


def test_on_postgresql_whoever_sets_nothing_sees_nothing_and_nothing_leaks_into_the_next_transaction(
    postgres_url: str,
) -> None:
    """S94: the policies deny by themselves, in every table that holds something of a dossier or of accounts."""
    with open_store(postgres_url) as whole:
        fill(whole)
        assert 1 == whole.narrowed([THEIRS]).load_ids([key(1)])[0].seq
    tables = ("dossiers", "tasks", "records", "personal_data", "outbox", "accounts", "sessions")
    engine = build_engine(parse_url(postgres_url))
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        )
        assert set(tables) <= set(rows.scalars())
        connection.execute(text("SET ROLE motcua_reader"))
        for scope in ("", "agencies"):
            connection.execute(text(f"SET motcua.scope = '{scope}'"))
            counts = [connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables]
            assert [0] * len(tables) == counts
        connection.execute(text("BEGIN"))
        connection.execute(text(f"SET LOCAL motcua.agencies = '{THEIRS}'"))
        assert 1 == connection.scalar(text("SELECT count(*) FROM dossiers"))
        connection.execute(text("COMMIT"))
        assert 0 == connection.scalar(text("SELECT count(*) FROM dossiers"))
    engine.dispose()


def test_an_owner_that_is_no_superuser_is_held_by_the_policies_and_works_on_everything(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    """As installations run it: without the right to make roles; its own connections see all, others of it nothing."""
    own, maintenance = "owner_of_the_desk", build_engine(parse_url(postgres_url))
    with maintenance.connect() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {own}"))
        connection.execute(text(f"CREATE ROLE {own} LOGIN NOSUPERUSER NOCREATEROLE"))
        name = parse_url(postgres_url).database
        connection.execute(text(f"CREATE DATABASE {name}_owned OWNER {own}"))
    maintenance.dispose()
    url = parse_url(postgres_url).set(username=own, database=f"{name}_owned")
    shown_url = url.render_as_string(hide_password=False)
    try:
        upgrade(shown_url)
        with open_store(shown_url) as whole:
            fill(whole)
            whole.write([moving(1, 2, concerns=(MINE, THEIRS))])
            assert ["0001", "0002"] == shown(whole)["listed"]
            assert ["0001"] == shown(whole.narrowed([THEIRS]))["listed"]
        plain = create_engine(url)
        with plain.connect() as connection:
            assert 0 == connection.scalar(text("SELECT count(*) FROM dossiers"))
        plain.dispose()
    finally:
        postgres_server.drop(f"{name}_owned")


def test_what_a_narrow_read_prepared_reaches_no_thread_that_comes_later(database_url: str) -> None:
    """S94: threads come and go; the connections they leave behind show the next one neither less nor more."""
    with open_store(database_url) as whole:
        fill(whole)

        def looks(number: int) -> tuple[int, int]:
            narrow = whole.narrowed([THEIRS] if number % 2 else [])
            return len(whole.load_ids([key(1), key(2)])), len(narrow.load_ids([key(1), key(2)]))

        found = []
        for number in range(6):
            with ThreadPoolExecutor(1) as thread:
                found.append(thread.submit(looks, number).result())

        assert [(2, 0), (2, 1)] * 3 == found
