"""The log in the order of its transactions: the same in every kind of store, and without a gap."""

import pytest
from changes import after, key, moving, opening, record
from sqlalchemy import create_engine, text
from stores import KINDS, each_store

from motcua.services.ports import FeedPlace, Store
from motcua.store.engine import build_engine
from motcua.store.store import open_store
from motcua.store.urls import parse_url
from states.wire import instant_text

store = pytest.fixture(params=KINDS, name="store")(each_store)


def told(store: Store, place: FeedPlace, limit: int = 100) -> list[tuple[str, int]]:
    """Dossier and number of each record behind a place."""
    names = {f"dossier:{key(number)}": str(number) for number in range(1, 6)}
    return [(names[row.stream], row.seq) for _, row in store.feed(place, limit)]


def test_records_come_in_the_order_in_which_they_were_written(store: Store) -> None:
    """Whatever dossier they are of; those of other streams are not told; the last place leads to what comes next."""
    store.write([opening(2)])
    store.write([moving(2, 2)])
    store.append([record("system", 1, "monitor")])
    store.write([opening(1)])
    assert [("2", 1), ("2", 2), ("1", 1)] == told(store, FeedPlace())
    [_, (second, _), (last, _)] = store.feed(FeedPlace(), 100)
    assert ([("1", 1)], [], last) == (told(store, second), told(store, last), store.feed_end())
    store.write([moving(1, 2)])
    assert [("1", 2)] == told(store, last)


def test_any_pages_together_are_the_whole(store: Store) -> None:
    """Also those that end within what one transaction wrote."""
    store.write([opening(number) for number in (1, 2, 3)])
    store.write([moving(2, 2), moving(1, 2)])
    whole, place = told(store, FeedPlace()), FeedPlace()
    pages: list[tuple[str, int]] = []
    while found := store.feed(place, 2):
        pages += told(store, place, 2)
        place = found[-1][0]

    assert (5, whole) == (len(whole), pages)
    assert place == FeedPlace.read(str(place))


def test_what_commits_later_is_not_passed_by(postgres_url: str) -> None:
    """While a transaction that began before is open, nothing behind it is told; afterwards both are, in order."""
    slow = create_engine(build_engine(parse_url(postgres_url)).url)
    with open_store(postgres_url) as store, slow.connect() as other:
        store.write([opening(1)])
        seen = told(store, FeedPlace())
        place = store.feed_end()
        late = record(f"dossier:{key(1)}", 2)
        values = {"stream": late.stream, "seq": 2, "type": late.type, "at": instant_text(after(2))}
        other.execute(text("SET motcua.scope = 'all'"))
        other.execute(
            text(
                "INSERT INTO records (stream, seq, type, at, raw, leaf_hash)"
                " VALUES (:stream, :seq, :type, :at, :raw, :leaf_hash)"
            ),
            {**values, "raw": late.raw, "leaf_hash": late.leaf_hash},
        )
        store.write([opening(2)])
        meanwhile = told(store, place)
        other.commit()
        afterwards = told(store, place)
    slow.dispose()

    assert ([("1", 1)], [], [("1", 2), ("2", 1)]) == (seen, meanwhile, afterwards)
