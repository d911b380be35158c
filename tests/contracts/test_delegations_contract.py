"""Mandates, the same in every kind of store: they end once, and what is done by one is written only while it counts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, key, moving, opening, record
from stores import KINDS, each_store

from motcua.services.ports import Delegation, Store

GIVEN = Delegation(
    "m1", "p1", "p2", "15/UQ", "H01.02", ("9.000001",), ("sign", "return"), after(2), after(5), after(1)
)
STREAM = "access:p1"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with one mandate."""
    for opened in each_store(request):
        opened.grant(GIVEN, record(STREAM, 1, "access"))
        yield opened


def test_a_mandate_is_kept_as_it_was_given_and_taken_back_once(store: Store) -> None:
    """Each with its record; of one that is not there or was taken back already, nothing is recorded."""
    other = replace(GIVEN, id="m0", holder="p3", procedures=(), actions=())
    store.grant(other, record(STREAM, 2, "access"))
    done = [store.revoke(id, after(3), record(STREAM, 3, "access")) for id in ("m1", "m1", "none")]

    assert [True, False, False] == done
    assert [other, replace(GIVEN, revoked_at=after(3))] == store.delegations(grantor="p1")
    assert [other] == store.delegations(holder="p3")
    assert (other, None) == (store.delegation("m0"), store.delegation("none"))
    assert [1, 2, 3] == [row.seq for row in store.records(STREAM)]


def test_a_mandate_that_stands_is_not_given_again(store: Store) -> None:
    """The same terms get the one that is there, and no record; once it was taken back another one is given."""
    again = replace(GIVEN, id="m2", granted_at=after(2))
    same = store.grant(again, record(STREAM, 2, "access"))
    records = [row.seq for row in store.records(STREAM)]
    store.revoke("m1", after(3), record(STREAM, 2, "access"))

    assert (GIVEN, [1]) == (same, records)
    assert again == store.grant(again, record(STREAM, 3, "access"))
    assert ["m1", "m2"] == [one.id for one in store.delegations()]


def test_what_goes_on_from_several_may_say_the_same(store: Store) -> None:
    """Two agencies of one giver that became one: both mandates go on, each named by the one before."""
    heirs = [replace(GIVEN, id=f"h{n}", agency="H01.09", follows="m1", change="c") for n in (1, 2)]

    assert store.revoke("m1", after(3), record(STREAM, 2, "access"), heirs)
    assert 3 == len(store.delegations())


@pytest.mark.parametrize(
    ("mandates", "seq", "expected"),
    [
        pytest.param(("m1",), 2, True, id="from-its-first-instant"),
        pytest.param(("m1",), 5, False, id="expired"),
        pytest.param(("m9",), 2, False, id="unknown"),
        pytest.param(("m1", "m9"), 2, False, id="one-of-two"),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_a_change_is_written_only_while_its_mandate_counts(
    store: Store, mandates: tuple[str, ...], seq: int, expected: bool, many: bool
) -> None:
    """S90: looked at in the transaction that writes; in a batch that change alone is rejected."""
    store.write([opening(1), opening(2)])
    act = replace(moving(1, 2, mandates=mandates), at=after(seq))
    written = store.write([act, moving(2, 2)] if many else [act])

    assert ((expected, True) if many else (expected,)) == written
    assert 1 + expected == store.load_ids([key(1)])[0].seq


def test_what_was_decided_before_a_mandate_was_taken_back_is_not_written_afterwards(store: Store) -> None:
    """The change was ready to be written; nothing of it is there."""
    store.write([opening(1)])
    act = replace(moving(1, 2, mandates=("m1",)), at=after(3))
    store.revoke("m1", after(3), record(STREAM, 2, "access"))

    assert (False,) == store.write([act])
    assert [1] == [row.seq for row in store.records(f"dossier:{key(1)}")]
