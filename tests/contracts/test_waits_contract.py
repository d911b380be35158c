"""One contract for every store: what waits for whose answer, as rows of open dossiers."""

from dataclasses import replace
from typing import Any

import pytest
from changes import AGENCY, after, dossier, key, moving, opening
from stores import KINDS, each_store

from motcua.services.ports import OFFER, QUESTION, Store, Wait, WaitsWanted

store = pytest.fixture(params=KINDS, name="store")(each_store)
TAX, FIRE = "H01.07", "H01.09"


def offer(number: int, hours: float | None, **changes: Any) -> Wait:
    """An offer of dossier *number* to the tax office, due after so many hours."""
    due = None if hours is None else after(hours)
    made = Wait(key(number), "handoff:taxed", OFFER, 1, AGENCY, TAX, "delivered", after(0), due)
    return replace(made, **changes)


def question(number: int, hours: float | None, **changes: Any) -> Wait:
    """A question to the fire police."""
    told = {"id": "consult:opinions/fire", "kind": QUESTION, "answerer": FIRE, "status": "open"}
    return offer(number, hours, **{**told, **changes})


def listed(store: Store, limit: int = 100, **wanted: Any) -> list[Wait]:
    """The rows of a list."""
    return [row.wait for row in store.waits(WaitsWanted(**wanted), limit)]


def test_rows_are_those_of_the_last_change(store: Store) -> None:
    """A change says what waits from now on; one that says nothing leaves it; a rejected one leaves no trace."""
    both = offer(1, 5), question(1, 3)
    store.write([opening(1, waits=both), opening(2)])
    store.write([moving(1, 2)])
    assert sorted(both, key=lambda wait: wait.id) == list(store.all_waits())
    assert (False,) == store.write([moving(1, 2, waits=())])
    answered = offer(1, 5, status="acknowledged", due=None)
    store.write([moving(1, 3, waits=(answered,)), moving(2, 2, waits=(offer(2, 1),))])
    assert [offer(2, 1), answered] == listed(store)
    store.write([moving(1, 4, waits=())])
    assert [offer(2, 1)] == listed(store)


def test_they_are_listed_by_who_waits_for_whom(store: Store) -> None:
    """By kind, by who is to answer, by either side, and without those of a status; the nearest due first."""
    waits = {1: offer(1, 5), 2: offer(2, None), 3: question(3, 4), 4: offer(4, 1, status="acknowledged")}
    store.write([opening(number, waits=(wait,)) for number, wait in waits.items()])
    assert [waits[4], waits[3], waits[1], waits[2]] == listed(store)
    assert [waits[4], waits[1], waits[2]] == listed(store, kind=OFFER) == listed(store, answerer=TAX)
    assert [waits[3]] == listed(store, kind=QUESTION, answerer=FIRE) == listed(store, either=FIRE)
    assert [waits[4], waits[3]] == listed(store, 2, either=AGENCY)
    assert [waits[3], waits[1], waits[2]] == listed(store, without="acknowledged")
    assert [] == listed(store, answerer=AGENCY)
    [first] = store.waits(WaitsWanted(), 1)
    assert (dossier(4).code, "9.000001") == (first.code, first.procedure)


def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    """Whatever ends a page, equal and missing due instants too, the next begins behind it."""
    store.write(
        [opening(number, waits=(offer(number, 2 if number < 4 else None),)) for number in range(1, 8)]
    )
    found: list[str] = []
    cursor = None
    for _ in range(5):
        rows = store.waits(WaitsWanted(), 2, cursor)
        found += [row.code for row in rows]
        cursor = rows[-1].cursor if rows else cursor
    assert [dossier(number).code for number in range(1, 8)] == found
