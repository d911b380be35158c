"""What serves pages, the same in every kind of store: filters with names, tries, and what open lists look at."""

from collections.abc import Iterator

import pytest
from changes import after, key, opening, record, task, value
from stores import KINDS, each_store

from motcua.services.ports import Account, SavedFilter, Session, Store


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    yield from each_store(request)


def test_filters_belong_to_a_person_by_name(store: Store) -> None:
    """One of the same name is replaced; a name that is taken is not given twice; others see nothing of it."""
    for person, name, query in (
        ("an", "b", "x=1"),
        ("an", "a", "x=2"),
        ("an", "b", "x=3"),
        ("binh", "b", ""),
    ):
        store.save_filter(SavedFilter(person, name, query))
    renamed = [store.rename_filter("an", *names) for names in (("b", "a"), ("none", "c"), ("b", "c"))]
    store.drop_filter("an", "a")
    store.drop_filter("an", "a")

    assert [False, False, True] == renamed
    assert [SavedFilter("an", "c", "x=3")] == store.saved_filters("an")
    assert [SavedFilter("binh", "b", "")] == store.saved_filters("binh")


def test_tries_are_counted_over_several_windows(store: Store) -> None:
    """What was too much does not count; another key is another count; what is older counts no more."""
    first = [store.count_try("k", 10, 3, 3) for _ in range(4)]
    later = [store.count_try("k", window, 3, 3) for window in (12, 13, 13)]

    assert ([True, True, True, False], [False, True, True]) == (first, later)
    assert store.count_try("other", 12, 3, 3)


def test_open_tasks_are_told_with_what_places_them_in_a_list(store: Store) -> None:
    """Of the dossiers that are asked for; one without a task, and one that is not there, has none."""
    store.write([opening(1, tasks=(task(1, "an"),)), opening(2), opening(3, tasks=(task(3),))])
    found = store.open_tasks_of([key(1), key(2), "none"])

    assert [(key(1), "H01.02-260302-0001", "t1", "H01.02", "clerk", "an", 1)] == [
        (one.dossier_id, one.code, one.task, one.agency, one.position, one.assignee, one.version)
        for one in found
    ]
    assert [] == store.open_tasks_of([])


def test_personal_values_of_many_dossiers_are_read_at_once(store: Store) -> None:
    """Those of the fields that are asked for, by dossier."""
    store.write([opening(n, values=(value(1, "name"), value(1, "phone"))) for n in (1, 2)])
    found = store.personal_among([key(1), key(2), key(3)], ["name"])

    assert {key(n): value(1, "name") for n in (1, 2)} == dict(found)
    assert [] == store.personal_among([], ["name"])


def test_sessions_are_found_together(store: Store) -> None:
    """Those that are there, each with its account."""
    account = Account("an", "an", "An", None, (), False, after(0))
    store.add_account(account, record("access:an", 1))
    kept = [Session(name, "an", "local", None, after(1), after(1)) for name in ("a", "b")]
    for session in kept:
        store.begin_session(session)

    assert [(kept[1], account)] == store.sessions_among(["b", "none"])
