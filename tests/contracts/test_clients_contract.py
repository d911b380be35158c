"""Client systems, the same in every kind of store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, record
from stores import KINDS, each_store

from motcua.services.ports import Client, ClientTaken, Store

HIS = Client("his", "Bệnh viện", ("H01.02", "H01.03"), ("clerk",), ("read", "act"), "a" * 64, after(1))
STREAM = "access:client:his"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with one client system."""
    for opened in each_store(request):
        opened.add_client(HIS, record(STREAM, 1, "access"))
        yield opened


def test_a_client_system_is_kept_as_it_was_added_and_its_id_is_taken(store: Store) -> None:
    """With its record; a second one of the id leaves none; another is found by order, each by its token."""
    with pytest.raises(ClientTaken):
        store.add_client(replace(HIS, token="b" * 64), record(STREAM, 2, "access"))
    other = replace(HIS, id="cdc", positions=(), token="c" * 64)
    store.add_client(other, record("access:client:cdc", 1, "access"))

    assert [other, HIS] == store.clients()
    assert (HIS, other, None) == tuple(store.client_of(token * 64) for token in "acb")
    assert [1, 1] == [len(store.records(stream)) for stream in (STREAM, "access:client:cdc")]


def test_a_client_system_is_closed_once_and_for_good(store: Store) -> None:
    """A second time there is none to close, and no record of it."""
    assert True is store.disable_client("his", record(STREAM, 2, "access"))
    assert (False, False) == (
        store.disable_client("his", record(STREAM, 3, "access")),
        store.disable_client("none", record(STREAM, 3, "access")),
    )
    assert ([replace(HIS, disabled=True)], 2) == (store.clients(), len(store.records(STREAM)))


def test_who_reads_for_an_agency_sees_no_client_system(store: Store) -> None:
    """Their tokens' hashes are nobody's to read."""
    if not hasattr(store, "database"):
        return
    assert ([], None) == (
        store.narrowed(["H01.02"]).clients(),
        store.narrowed(["H01.02"]).client_of("a" * 64),
    )
