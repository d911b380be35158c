"""Accounts and sessions, the same in every kind of store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, record
from stores import KINDS, each_store

from motcua.services.ports import Account, LoginTaken, Session, Store

AN = Account("an", "p1", "Lê Thị An", "$argon2id$x", ("auditor", "designer"), False, after(1))
STREAM = "access:p1"
STAY = Session("a" * 64, "an", "local", None, after(1), after(2))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with one account."""
    for opened in each_store(request):
        opened.add_account(AN, record(STREAM, 1, "access"))
        yield opened


def test_an_account_is_kept_as_it_was_added_and_its_login_is_taken(store: Store) -> None:
    """With its record; a second one of the login is refused and leaves no record; another is found by order."""
    with pytest.raises(LoginTaken):
        store.add_account(replace(AN, person="p2"), record("access:p2", 1, "access"))
    other = replace(AN, login="am", person="p2", password=None, duties=())
    store.add_account(other, record("access:p2", 1, "access"))

    assert [other, AN] == store.accounts()
    assert (AN, None) == (store.account("an"), store.account("binh"))
    assert [1, 1] == [len(store.records(stream)) for stream in (STREAM, "access:p2")]


def test_a_changed_account_ends_all_its_sessions_and_those_of_nobody_else(store: Store) -> None:
    """Whatever changed: password, duties, or that it is disabled."""
    store.add_account(replace(AN, login="am"), record(STREAM, 2, "access"))
    stays = [STAY, replace(STAY, id="b" * 64), replace(STAY, id="c" * 64, login="am")]
    for stay in stays:
        store.begin_session(stay)
    closed = replace(AN, disabled=True)
    store.change_account(closed, record(STREAM, 3, "access"))

    assert closed == store.account("an")
    assert ([], [stays[2]]) == (store.sessions("an"), store.sessions("am"))


def test_a_session_begins_in_the_place_of_another_is_seen_and_ends(store: Store) -> None:
    """One that has ended is not brought back by being seen."""
    store.begin_session(STAY)
    later = replace(STAY, id="b" * 64, acr="high", seen_at=after(3))
    store.begin_session(later, [STAY.id, "f" * 64])
    assert (None, (later, AN)) == (store.session(STAY.id), store.session(later.id))
    store.see_session(later.id, after(9))
    store.see_session(STAY.id, after(9))
    assert [replace(later, seen_at=after(9))] == store.sessions("an")
    store.begin_session(STAY)
    assert [later.id, STAY.id] == [one.id for one in store.sessions("an")]
    store.end_sessions([later.id, STAY.id])
    assert [] == store.sessions("an")
