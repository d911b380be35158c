"""The embedded orchestrator on a real database: rounds, two workers at once, and stopping."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from troubled import TroubledStore
from world import Office

from flows.embedded import Round, Worker, run_round
from motcua.adapters.clock import SystemClock
from motcua.services.auditing import reconcile, verify_store
from motcua.services.installation import Installation, Worlds
from motcua.services.ports import DatabaseNotReady
from motcua.store.store import open_store


@dataclass
class Post:
    """A channel that keeps the ids it is given."""

    name: str = "post"
    sent: list[str] = field(default_factory=list)

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Keep the message."""
        self.sent.append(message)


def late_office(url: str, dossiers: int = 1) -> Office:
    """An office on a database, with dossiers that have been late for some days."""
    store: Any = open_store(url)
    office = Office(store=store)
    for _ in range(dossiers):
        office.accepted()
    office.pass_time(days=12)
    return office


def beside(house: Installation, url: str) -> Installation:
    """A second process on the same database, as far as that goes within one."""
    store = open_store(url)
    return replace(house, store=store, worlds=Worlds(store))


def test_a_round_sweeps_and_then_delivers_what_the_sweep_owes(database_url: str) -> None:
    """Escalations leave in the same round; the next round has nothing to do."""
    office, post = late_office(database_url), Post()

    first, second = run_round(office.house, post), run_round(office.house, post)

    assert 0 < first.swept.rungs
    assert 0 < first.relayed.sent == len(post.sent)
    assert (0, 0) == (second.swept.rungs, second.relayed.sent)


def test_two_workers_at_once_do_nothing_twice(database_url: str) -> None:
    """Rungs fire once, deliveries are recorded once, and the trail verifies."""
    office, post, both = late_office(database_url, dossiers=12), Post(), Barrier(2)
    houses = [office.house, beside(office.house, database_url)]

    def work(house: Installation) -> Round:
        both.wait()
        return run_round(house, post)

    with ThreadPoolExecutor(2) as pool:
        rounds = list(pool.map(work, houses))

    counted = reconcile(office.house, office.clock.at)
    assert (0, 0, True) == (counted.missed, counted.doubled, counted.ok)
    assert counted.fired == sum(done.swept.rungs for done in rounds)
    assert len(set(post.sent)) == sum(done.relayed.sent for done in rounds)
    assert verify_store(office.house).ok


def test_a_worker_begins_at_once_and_stops_when_told(sqlite_url: str) -> None:
    """Told to stop while it hears of its first round, it returns from `run` without an error."""
    office = late_office(sqlite_url)
    heard: list[Round] = []

    def told(done: Round) -> None:
        heard.append(done)
        worker.stop()

    worker = Worker(office.house, Post(), told)
    worker.run()

    assert 0 < heard[0].swept.rungs


def test_a_worker_that_is_stopped_between_rounds_waits_for_the_one_that_runs(sqlite_url: str) -> None:
    """Told to stop by a later round, in the scheduler's thread, it returns although that round sets its alarm."""
    office = late_office(sqlite_url)
    house = replace(office.house, virtual=False, clock=SystemClock())
    rounds: list[Round] = []

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 2:
            worker.stop()
            worker._stopped.wait()

    worker = Worker(house, Post(), told, every=timedelta(milliseconds=20))
    thread = Thread(target=worker.run, daemon=True)
    thread.start()
    thread.join(20)

    assert (False, 2) == (thread.is_alive(), len(rounds))


def test_a_worker_wakes_at_the_next_due_instant() -> None:
    """Long before its interval has passed, a round begins when the store says that something is due."""
    store = TroubledStore()
    office, clock = Office(store), SystemClock()
    house = replace(office.house, virtual=False, clock=clock)
    store.alarm = lambda: clock.now() + timedelta(milliseconds=50)
    rounds: list[Round] = []

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 3:
            worker.stop()

    worker = Worker(house, Post(), told, every=timedelta(hours=1))
    thread = Thread(target=worker.run, daemon=True)
    thread.start()
    thread.join(20)

    assert not thread.is_alive()
    assert 3 <= len(rounds)


@pytest.mark.parametrize("good", [0, 1], ids=["in the first round", "in a later round"])
@pytest.mark.parametrize(
    "error",
    [
        DatabaseNotReady(database="-", reason="gone", reason_vi="mất", remedy="-", remedy_vi="-"),
        OSError("gone"),
        RuntimeError("gone"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_worker_whose_store_fails_stops_loudly(error: Exception, good: int) -> None:
    """Whatever the error, and in whichever thread, `run` raises it rather than look alive."""
    store = TroubledStore()
    office = Office(store)
    store.looks, store.blind = good, error
    worker = Worker(office.house, Post(), lambda done: None, every=timedelta(milliseconds=20))
    raised: list[Exception] = []

    def run() -> None:
        try:
            worker.run()
        except Exception as failure:
            raised.append(failure)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    worker.stop()
    thread.join(10)

    assert [error] == raised
