"""Mass orders, the same in every kind of store: insert-only, one text for each id, approved once; and carried out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from changes import after, key, opening, record, rung
from fakes import MemoryStore
from ordered import times
from ordered_house import BACK, STORM
from stores import KINDS, each_store
from world import Office

from audit.verify import Level
from motcua.services.auditing import verify_store
from motcua.services.ordering import approve_order, carry_out, propose_order
from motcua.services.ports import AlreadyApproved, OrderRow, OrderTaken, Store

ROW = OrderRow("storm", "a" * 64, "{}", "an", after(1))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    yield from each_store(request)


def test_orders_are_kept_as_they_were_proposed(store: Store) -> None:
    """Once; another text under the same id is refused, and so is a second approval."""
    store.propose_order(ROW, record("order:storm", 1, "order"))
    store.propose_order(ROW, record("order:storm", 2, "order"))
    with pytest.raises(OrderTaken):
        store.propose_order(replace(ROW, digest="b" * 64), record("order:storm", 2, "order"))
    assert [ROW] == store.orders()
    assert ("{}", None) == (store.order_body("a" * 64), store.order_body("b" * 64))
    store.approve_order(ROW.digest, "binh", after(2), record("order:storm", 2, "order"))
    with pytest.raises(AlreadyApproved):
        store.approve_order(ROW.digest, "chi", after(3), record("order:storm", 3, "order"))
    assert [replace(ROW, approved_by="binh", approved_at=after(2))] == store.orders()
    assert [1, 2] == [row.seq for row in store.records("order:storm")]


def test_a_mass_order_is_applied_once_and_reverses_exactly(store: Store) -> None:
    """On every store: each dossier gets one record, sending it again none, and the reversal restores every due."""
    office = Office(cast(Any, store))
    for _ in range(12):
        office.accepted()
    before = {stored.dossier.code: times(stored.dossier) for stored in store.iterate()}
    house = office.house
    approve_order(house, propose_order(house, STORM, "an").digest, "binh")
    assert [12, 0, 0] == [carry_out(house, "storm").applied for _ in range(3)]
    approve_order(house, propose_order(house, BACK, "an").digest, "binh")
    assert [12, 0] == [carry_out(house, "storm-back").applied for _ in range(2)]
    assert before == {stored.dossier.code: times(stored.dossier) for stored in store.iterate()}
    assert () == verify_store(house, Level.LEGAL).findings
    assert isinstance(store, MemoryStore) or store.orders()


def test_rungs_that_fired_since_an_instant_are_found_for_many_dossiers_at_once(store: Store) -> None:
    """In the order in which they fired; the instant itself counts; of dossiers without any nothing is said."""
    fired = [replace(rung(), rung=name, at=after(hours)) for name, hours in (("a", 1), ("b", 3), ("c", 2))]
    store.write([opening(1, rungs=tuple(fired)), opening(2, rungs=(fired[0],)), opening(3)])
    ids = [key(number) for number in (1, 2, 3)]

    assert {key(1): (fired[2], fired[1])} == store.rungs_since(ids, after(2))
    assert {key(1): (fired[0], fired[2], fired[1]), key(2): (fired[0],)} == store.rungs_since(ids, after(0))
    assert {} == store.rungs_since(ids[2:], after(0)) == store.rungs_since([], after(0))
