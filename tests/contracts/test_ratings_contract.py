"""Ratings, the same in every kind of store: once for each dossier and way, never changed, counted by period."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, key, opening, rating, record
from stores import KINDS, each_store

from motcua.services.ports import Busy, RatedAlready, RatingCount, Store

STREAM = "registry:H01.02"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with one dossier."""
    for opened in each_store(request):
        opened.write([opening(1)])
        yield opened


def test_a_rating_is_kept_as_it_was_given(store: Store) -> None:
    """With what was written, in the order of time; an unknown dossier has none."""
    later = replace(
        rating(), id="b" * 32, way="ballot", score=2, officer="an", seq=2, at=after(2), comment=None
    )
    store.add_rating(rating(), record(STREAM, 1, "registry"))
    store.add_rating(later, record(STREAM, 2, "registry"))

    assert ([rating(), later], []) == (store.ratings_of(key(1)), store.ratings_of(key(2)))
    assert [1, 2] == [row.seq for row in store.records(STREAM)]


def test_a_dossier_is_rated_once_by_each_way(store: Store) -> None:
    """The second one is refused, and so is its record."""
    store.add_rating(rating(), record(STREAM, 1, "registry"))
    for again in (replace(rating(), id="b" * 32, score=1), replace(rating(), way="ballot")):
        with pytest.raises(RatedAlready):
            store.add_rating(again, record(STREAM, 2, "registry"))

    assert ([rating()], 1) == (store.ratings_of(key(1)), len(store.records(STREAM)))


def test_devices_know_no_dossier_and_rate_as_often_as_they_are_touched(store: Store) -> None:
    """Each touch has an id of its own."""
    for number in (1, 2, 3):
        touched = replace(
            rating(),
            id=f"{number:032x}",
            dossier_id=None,
            procedure=None,
            way="device",
            counter=2,
            comment=None,
        )
        store.add_rating(touched, record(STREAM, number, "registry"))

    assert [RatingCount("H01.02", None, "device", 5, 3)] == store.rating_counts(after(0), after(9))


def test_a_record_that_is_taken_stores_no_rating(store: Store) -> None:
    """Whoever comes second tries again with the next number."""
    store.append([record(STREAM, 1, "registry")])
    with pytest.raises(Busy):
        store.add_rating(rating(), record(STREAM, 1, "registry"))

    assert [] == store.ratings_of(key(1))


def test_ratings_are_counted_from_an_instant_up_to_another(store: Store) -> None:
    """The first one included, the last one not."""
    store.add_rating(rating(), record(STREAM, 1, "registry"))
    at = rating().at
    spans = ((at, after(9)), (after(0), at), (after(0), after(9)))

    assert [1, 0, 1] == [sum(row.count for row in store.rating_counts(*span)) for span in spans]
