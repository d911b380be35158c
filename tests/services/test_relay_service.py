"""The relay: messages leave in order, are confirmed by a record, tried again, and never dropped."""

from collections.abc import Sequence

import pytest
from fakes import MemoryStore
from troubled import TroubledStore
from world import Office

from motcua.services.outbox import FIRST_RETRY, TRIES, deliver_pending


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
    """At least once: the receiver recognises the message by its id."""
    store, post = TroubledStore(), Post()
    office, _ = late_office(store)
    store.broken = OSError("the disk is gone")
    with pytest.raises(OSError, match="disk"):
        deliver_pending(office.house, post)
    store.broken = None
    deliver_pending(office.house, post)

    assert [post.sent[0]] * 2 == [message for message in post.sent if message == post.sent[0]]


def test_a_delivery_that_somebody_else_recorded_is_not_recorded_twice() -> None:
    """Two relays at once: the second one's confirmation is rejected and it stops."""
    store = TroubledStore()
    office, code = late_office(store)
    store.outrun = 1
    relayed = deliver_pending(office.house, Post())

    assert (0, 1) == (relayed.sent, relayed.outrun)
    assert 0 < deliver_pending(office.house, Post()).sent
    assert "notice" == office.store.records(f"dossier:{office.store.load(code).id}")[-1].type
