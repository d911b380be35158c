"""The relay: messages leave in order, are confirmed by a record, tried again, and never dropped."""

import threading
from collections.abc import Sequence

import pytest
from fakes import MemoryStore
from troubled import TroubledStore
from world import Office

from motcua.services.outbox import CONFIRMATIONS, FIRST_RETRY, LEASE, SENDERS, TRIES, deliver_pending


class Post:
    """A channel that keeps what it is given, after some refusals."""

    name = "post"

    def __init__(self, refusals: int = 0) -> None:
        self.sent: list[str] = []
        self.refusals = refusals

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Keep the message, or refuse it."""
        if self.refusals:
            self.refusals -= 1
            raise OSError("the post office is closed")
        self.sent.append(message)


def late_office(store: MemoryStore | None = None) -> tuple[Office, str]:
    """An office with a dossier that has owed escalations for a while."""
    office = Office(store or MemoryStore())
    code = office.accepted()
    office.wait(days=1, hours=2)
    return office, code


def test_every_message_leaves_once_and_its_delivery_is_recorded() -> None:
    """One notice record for each message, in their order; a second relay has nothing to do."""
    office, code = late_office()
    post = Post()
    before = office.store.load(code)

    relayed = deliver_pending(office.house, post)
    after = office.store.load(code)

    assert 0 < relayed.sent == len(post.sent) == after.seq - before.seq
    assert post.sent == sorted(post.sent, key=lambda message: [int(part) for part in message.split(":")[1:]])
    assert before.dossier.version == after.dossier.version
    assert 0 == deliver_pending(office.house, post).sent


def test_a_refused_message_waits_and_holds_back_the_later_ones_of_its_dossier() -> None:
    """It is tried again after a minute, with the same id, and then the rest follows."""
    office, _ = late_office()
    post = Post(refusals=1)

    first = deliver_pending(office.house, post)
    at_once = deliver_pending(office.house, post)
    office.clock.at += FIRST_RETRY
    later = deliver_pending(office.house, post)

    assert (0, 1, 0) == (first.sent, first.retried, at_once.sent)
    assert 0 < later.sent == len(set(post.sent))


def test_a_message_refused_too_often_is_left_for_a_person() -> None:
    """After the last try it is a dead letter, and no longer holds back the others."""
    office, _ = late_office()
    post = Post(refusals=TRIES)
    dead = 0
    for _ in range(TRIES):
        dead += deliver_pending(office.house, post).dead
        office.pass_time(hours=6)

    assert 1 == dead
    assert 0 < len(post.sent)


def test_a_relay_that_dies_before_the_record_sends_the_same_id_again() -> None:
    """When its lease has run out: at least once, and the receiver recognises the message by its id."""
    store, post = TroubledStore(), Post()
    office, _ = late_office(store)
    store.broken = OSError("the disk is gone")
    with pytest.raises(OSError, match="disk"):
        deliver_pending(office.house, post)
    store.broken = None
    assert 0 == deliver_pending(office.house, post).sent
    office.clock.at += LEASE
    deliver_pending(office.house, post)

    assert [post.sent[0]] * 2 == [message for message in post.sent if message == post.sent[0]]


def test_a_delivery_is_recorded_although_the_dossier_changes_meanwhile() -> None:
    """The message left; its record is written on what the dossier has become, so that it does not leave again."""
    store, post = TroubledStore(), Post()
    office, _ = late_office(store)
    store.outrun = CONFIRMATIONS - 1
    relayed = deliver_pending(office.house, post)

    assert (0, relayed.sent) == (relayed.outrun, len(post.sent))
    assert len(set(post.sent)) == len(post.sent)


def test_a_delivery_that_somebody_else_recorded_is_not_recorded_twice() -> None:
    """Where the confirmation is rejected again and again the relay goes on, and looks again after the lease."""
    store = TroubledStore()
    office, code = late_office(store)
    store.outrun = CONFIRMATIONS
    relayed = deliver_pending(office.house, Post())

    assert (0, 1) == (relayed.sent, relayed.outrun)
    office.clock.at += LEASE
    assert 0 < deliver_pending(office.house, Post()).sent
    assert "notice" == office.store.records(f"dossier:{office.store.load(code).id}")[-1].type


class SlowPost(Post):
    """A channel that keeps the first message it is given until so many others have come by."""

    def __init__(self, others: int) -> None:
        super().__init__()
        self._others, self._first = others, threading.Lock()
        self._all_others = threading.Event()

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Keep the message; the first one waits."""
        if self._first.acquire(blocking=False):
            assert self._all_others.wait(30)
        super().send(message, recipients, text)
        if len(self.sent) == self._others:
            self._all_others.set()


def test_a_slow_recipient_holds_up_its_own_dossier_alone() -> None:
    """Everything of the other dossiers leaves while one message is still under way, and that one is not lost."""
    office = Office()
    codes = [office.accepted() for _ in range(SENDERS + 2)]
    office.wait(days=1, hours=2)
    waiting = office.store.waiting(1000)
    first = waiting[0].notice.dossier_id
    post = SlowPost(sum(message.notice.dossier_id != first for message in waiting))

    relayed = deliver_pending(office.house, post)

    assert (len(waiting), len(codes)) == (relayed.sent, len({m.notice.dossier_id for m in waiting}))
    assert {first} == {name.split(":")[0] for name in post.sent[post._others :]}


def test_a_relay_that_is_told_to_stop_finishes_what_it_claimed() -> None:
    """Nothing more is claimed, and everything that left is confirmed."""
    office = Office()
    for _ in range(3):
        office.accepted()
    office.wait(days=1, hours=2)
    post, before = Post(), office.store.outbox_state().waiting

    relayed = deliver_pending(office.house, post, limit=2, go_on=lambda: not post.sent)

    assert (2, before - 2) == (relayed.sent, office.store.outbox_state().waiting)
    assert 2 == len(post.sent)


def test_a_message_that_leaves_twice_at_once_is_recorded_once() -> None:
    """One whose lease ran out on the way is claimed again; that both come home together harms nobody."""
    office, code = late_office()
    office.open()
    slow = office.store.waiting(1)[0].notice.id
    both = threading.Barrier(2)

    class Slow(Post):
        def send(self, message: str, recipients: Sequence[str], text: str) -> None:
            if message == slow:
                both.wait(20)
            elif not self.sent:
                office.clock.at += 2 * LEASE
                super().send(message, recipients, text)

    office.send(office.open(), "accept", "counter")
    office.wait(days=1, hours=2)
    relayed = deliver_pending(office.house, Slow())
    assert 0 < relayed.outrun
    told = [
        event["message"] for r in office.records(code) for event in r.events if event["kind"] == "notice_sent"
    ]
    assert 1 == told.count(slow)
