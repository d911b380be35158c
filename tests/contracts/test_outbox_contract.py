"""The outbox, the same in every kind of store: order within a dossier, one relay for a message, nothing dropped."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from changes import after, moving, notice, opening
from stores import KINDS, each_store, everything

from motcua.services.ports import OutboxMessage, OutboxState, Store

store = pytest.fixture(params=KINDS, name="store")(each_store)


def claimed(store: Store, hours: float, limit: int = 10, until: float = 99) -> list[str]:
    """Claim messages; return their ids."""
    return [message.notice.id for message in store.claim_messages(after(hours), limit, after(until))]


def test_the_outbox_keeps_the_order_of_a_dossier(store: Store) -> None:
    """One message of a dossier at a time: the next waits while an older one waits, a dead one does not count."""
    store.write(
        [opening(1, notices=(notice("z", 1), notice("a", 1))), opening(2, notices=(notice("m", 2, hours=1),))]
    )
    assert [] == claimed(store, -1)
    assert ["z"] == claimed(store, 0)
    assert ["m"] == claimed(store, 1, until=2)
    store.failed("z", after(2), "no mailbox")
    assert [] == claimed(store, 1)
    [first, other] = store.claim_messages(after(2), 10, after(3))
    assert (OutboxMessage(notice("z", 1), 1, "no mailbox"), 0) == (first, other.attempts)
    store.failed("z", None, "no mailbox")
    assert ["a", "m"] == claimed(store, 3)


def test_some_templates_can_be_claimed_alone(store: Store) -> None:
    """They go a way of their own: neither do they wait for the others of their dossier, nor the others for them."""
    portal = replace(notice("z", 1), template="portal:dossier")
    store.write([opening(1, notices=(notice("a", 1), portal, notice("b", 1)))])
    alone, others = ("portal:dossier", "portal:progress"), ("portal:dossier",)

    assert ["z"] == [m.notice.id for m in store.claim_messages(after(1), 10, after(9), only=alone)]
    assert ["a"] == [m.notice.id for m in store.claim_messages(after(1), 10, after(9), others)]
    assert [] == store.claim_messages(after(1), 10, after(9), only=alone)


def test_what_is_claimed_is_nobody_elses_until_its_lease_runs_out(store: Store) -> None:
    """Neither it nor what follows it in its dossier is given out before; then it is, with the same id, uncounted."""
    store.write([opening(1, notices=(notice("a", 1), notice("b", 1))), opening(2, notices=(notice("c", 2),))])
    assert {"a", "c"} == set(claimed(store, 0, until=1))
    assert [] == claimed(store, 0.99)
    assert 3 == store.outbox_state().waiting
    assert {"a", "c"} == set(claimed(store, 1, until=2))
    assert (True,) == store.write([moving(1, 2, delivered=("a",))])
    assert ["b"] == claimed(store, 1, until=9)
    assert [OutboxMessage(notice("c", 2), 0)] == store.claim_messages(after(2), 10, after(3))


def test_a_claim_takes_the_oldest_and_no_more_than_it_may(store: Store) -> None:
    """The limit counts; what was not taken is free for the next."""
    store.write([opening(n, notices=(notice(f"m{n}", n, hours=n),)) for n in (3, 1, 2)])
    assert ["m1", "m2"] == claimed(store, 5, limit=2)
    assert ["m3"] == claimed(store, 5, limit=2)
    assert [] == claimed(store, 5, limit=0)


def test_relays_at_once_never_take_the_same_message(store: Store) -> None:
    """Threads that begin together share the messages out; each is taken once, and none is left over."""
    store.write([opening(n, notices=(notice(f"m{n}", n), notice(f"n{n}", n))) for n in range(1, 41)])
    relays = 4
    together = threading.Barrier(relays)

    def take(_: int) -> list[str]:
        taken: list[str] = []
        together.wait()
        for _ in range(40):
            taken += claimed(store, 1, limit=3)
        return taken

    with ThreadPoolExecutor(relays) as pool:
        shares = list(pool.map(take, range(relays)))

    assert sorted(f"m{n}" for n in range(1, 41)) == sorted(name for share in shares for name in share)


def test_dead_letters_are_listed_and_tried_anew(store: Store) -> None:
    """Waiting messages and dead letters are listed oldest first and counted; a retried letter starts over."""
    assert OutboxState(0, None, 0) == store.outbox_state()
    store.write(
        [opening(1, notices=(notice("z", 1, 1), notice("a", 1, 1))), opening(2, notices=(notice("m", 2),))]
    )
    store.failed("z", None, "no such mailbox")
    store.failed("m", after(9), "closed")

    assert OutboxState(2, after(0), 1) == store.outbox_state()
    assert [OutboxMessage(notice("z", 1, 1), 1, "no such mailbox")] == store.dead(10)
    assert [("m", 1, "closed"), ("a", 0, None)] == [
        (m.notice.id, m.attempts, m.error) for m in store.waiting(10)
    ]
    assert (1, ["m"]) == (len(store.dead(1)), [m.notice.id for m in store.waiting(1)])
    assert (False, False, True, False) == tuple(store.retry(name, after(3)) for name in ("a", "-", "z", "z"))
    assert [] == claimed(store, 2)
    assert [OutboxMessage(notice("z", 1, 1), 0)] == store.claim_messages(after(3), 10, after(4))
    assert OutboxState(3, after(0), 0) == store.outbox_state()


def test_a_message_is_delivered_once(store: Store) -> None:
    """Of two changes that mark a message as sent the second is rejected, and a sent one never comes back."""
    store.write([opening(1, notices=(notice("a", 1), notice("b", 1)))])
    assert (True,) == store.write([moving(1, 2, delivered=("a",))])
    before = everything(store)
    assert (False,) == store.write([moving(1, 3, delivered=("a",))])
    assert (False,) == store.write([moving(1, 3, delivered=("nothing",))])
    store.failed("a", None, "too late")
    assert before == everything(store)
    assert ["b"] == [message.notice.id for message in store.waiting(10)]
    assert (False, True) == store.write([moving(1, 3, delivered=("b", "a")), opening(2)])
    assert (True,) == store.write([moving(1, 3, delivered=("b",))])
    assert [] == claimed(store, 9)


def test_what_was_not_sent_can_get_another_address(store: Store) -> None:
    """Waiting messages and dead letters do, a sent one does not; whoever is not named is left alone."""
    told = (notice("a", 1), notice("b", 1), notice("c", 1))
    store.write([opening(1, notices=told), opening(2, notices=(notice("d", 2),))])
    store.write([moving(1, 2, delivered=("a",))])
    store.failed("b", None, "no mailbox")
    assert 2 == store.readdress(dict.fromkeys(("a", "b", "c", "zz"), ("head@H99.04",)))
    [dead], waiting = store.dead(10), store.waiting(10)
    assert ("b", ("head@H99.04",)) == (dead.notice.id, dead.notice.recipients)
    assert {"c": ("head@H99.04",), "d": notice("d", 2).recipients} == {
        m.notice.id: m.notice.recipients for m in waiting
    }
