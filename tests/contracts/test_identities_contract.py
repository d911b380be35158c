"""Whom identity providers vouch for, and sign-ins on their way, the same in every kind of store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, record
from stores import KINDS, each_store

from motcua.services.ports import Account, Pending, Store

AN = Account("an", "p1", "Lê Thị An", None, (), False, after(1))
HERE, THERE = "https://a.example", "https://b.example"
LEFT = Pending("a" * 64, "state", "nonce", "verifier", "/viec", after(1))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with two accounts."""
    for opened in each_store(request):
        opened.add_account(AN, record("access:p1", 1, "access"))
        opened.add_account(replace(AN, login="binh"), record("access:p1", 2, "access"))
        yield opened


def test_a_subject_opens_the_account_that_it_was_linked_to_last_at_its_own_provider_only(
    store: Store,
) -> None:
    """The same subject of another provider is somebody else."""
    store.link(HERE, "s1", "an", record("access:p1", 3, "access"))
    store.link(HERE, "s2", "an", record("access:p1", 4, "access"))
    store.link(HERE, "s1", "binh", record("access:p1", 5, "access"))
    found = [store.linked(issuer, subject) for issuer in (HERE, THERE) for subject in ("s1", "s2")]

    assert ["binh", "an", None, None] == [None if one is None else one.login for one in found]
    assert 5 == len(store.records("access:p1"))


def test_a_sign_in_comes_back_once_and_is_forgotten_when_it_is_stale(store: Store) -> None:
    """One that left at the instant named, or before, is gone when the next one leaves."""
    store.begin_sign_in(LEFT, after(0))
    later = replace(LEFT, id="b" * 64, at=after(2))
    store.begin_sign_in(later, after(1))

    assert [None, later, None] == [store.take_sign_in(id) for id in (LEFT.id, later.id, later.id)]
