"""Webhooks and what is on its way to them, the same in every kind of store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from changes import after, record
from stores import KINDS, each_store

from motcua.services.ports import Delivery, FeedPlace, Store, Webhook

HOOK = Webhook(
    "h1", "H01.02", ("a", "b"), "https://x.example/in", ("whsec_1",), FeedPlace(3, "s", 1), after(1)
)
STREAM = "access:webhook:h1"


def delivery(name: str, seq: int = 1, hours: float = 1) -> Delivery:
    """A delivery that may be tried some hours after the start."""
    return Delivery(name, "h1", f"d:{seq}", "a", seq, "{}", after(5), after(hours))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind with one subscription."""
    for opened in each_store(request):
        opened.add_webhook(HOOK, record(STREAM, 1, "access"))
        yield opened


def queue(store: Store, *deliveries: Delivery) -> FeedPlace:
    """Put deliveries on their way."""
    [hook] = store.webhooks()
    place = replace(hook.place, batch=hook.place.batch + 1)
    assert store.enqueue("h1", hook.place, place, deliveries)
    return place


def test_a_subscription_is_kept_given_another_key_and_closed(store: Store) -> None:
    """Its place is not changed by that."""
    place = queue(store)
    changed = replace(HOOK, secrets=("whsec_2", "whsec_1"), disabled=True)
    store.change_webhook(changed, record(STREAM, 2, "access"))

    assert [replace(changed, place=place)] == store.webhooks()
    assert 2 == len(store.records(STREAM))
    assert False is store.enqueue("h1", place, FeedPlace(9, "s", 1), [delivery("one")])


def test_events_are_put_on_their_way_by_one_reader_only(store: Store) -> None:
    """Who read on from a place that is not the last one any more puts nothing on its way."""
    queue(store, delivery("one"))

    assert False is store.enqueue("h1", HOOK.place, FeedPlace(9, "s", 1), [delivery("two")])
    assert ["one"] == [each.id for each in store.deliveries("h1", 10)]


def test_deliveries_are_claimed_one_by_one_in_their_order(store: Store) -> None:
    """The oldest that may be tried; nobody is given it twice before its time, and none of another subscription."""
    queue(store, delivery("late", 3, 9), delivery("two", 2), delivery("one", 1))
    now, until = after(6), after(8)
    claimed = [store.claim_delivery("h1", now, until) for _ in range(3)]

    assert ["one", "two", None] == [None if one is None else one.id for one in claimed]
    assert None is store.claim_delivery("other", now, until)
    again = store.claim_delivery("h1", until, after(20))
    assert ("one", after(20)) == (None if again is None else (again.id, again.next_at))


def test_a_delivery_is_taken_tried_again_or_given_up(store: Store) -> None:
    """Each counts as an attempt; what was settled is not settled again."""
    queue(store, delivery("one", 1), delivery("two", 2), delivery("three", 3))
    store.settle_delivery("one", after(6))
    store.settle_delivery("two", after(6), "silent", after(7))
    store.settle_delivery("three", after(6), "gone")
    store.settle_delivery("one", after(9), "too late")
    found = {each.id: each for each in store.deliveries("h1", 10)}
    seen = {name: (each.status, each.attempts, each.error, each.settled_at) for name, each in found.items()}

    assert {
        "one": ("sent", 1, None, after(6)),
        "two": ("pending", 1, "silent", None),
        "three": ("dead", 1, "gone", after(6)),
    } == seen
    assert (["three", "two", "one"], after(7)) == (list(found), found["two"].next_at)


def test_what_was_settled_is_sent_anew_and_what_was_taken_is_forgotten_in_time(store: Store) -> None:
    """With a record; what is on its way is not; what was given up stays."""
    queue(store, delivery("one", 1), delivery("two", 2), delivery("three", 3))
    store.settle_delivery("one", after(6))
    store.settle_delivery("two", after(6))
    store.settle_delivery("three", after(6), "gone")
    assert True is store.replay_delivery("one", after(7), record(STREAM, 2, "access"))
    assert False is store.replay_delivery("one", after(7), record(STREAM, 3, "access"))
    assert False is store.replay_delivery("none", after(7), record(STREAM, 3, "access"))
    assert (0, 1) == (store.forget_deliveries(after(6)), store.forget_deliveries(after(7)))
    found = store.deliveries("h1", 10)

    assert ["three", "one"] == [each.id for each in found]
    assert delivery("one", 1, 7) == found[1]
    assert 2 == len(store.records(STREAM))
