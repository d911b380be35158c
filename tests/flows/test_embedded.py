"""The embedded orchestrator on a real database: its jobs, two workers at once, and stopping."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from builders import apologising
from troubled import TroubledStore
from world import Office

from flows.embedded import Round, Worker, run_round
from motcua.adapters.clock import SystemClock
from motcua.adapters.typesetting import PaperPress
from motcua.services.auditing import reconcile, verify_store
from motcua.services.installation import Installation, Worlds
from motcua.services.papers import draft_owed
from motcua.services.ports import DatabaseNotReady, FormSpec, Typesetter
from motcua.store.store import open_store

TEMPLATES = Path(__file__).parents[2] / "templates"


@dataclass
class Post:
    """A channel that keeps the ids it is given."""

    name: str = "post"
    sent: list[str] = field(default_factory=list)
    trouble: Exception | None = None

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Keep the message."""
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(message)


class BrokenPress(PaperPress):
    """A press whose forms cannot be read at all."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__(TEMPLATES)
        self.trouble = trouble

    def spec(self, form: str) -> FormSpec:
        """Fail."""
        raise self.trouble


def late_office(url: str, dossiers: int = 1) -> Office:
    """An office on a database, with dossiers that have been late for some days and are owed an apology."""
    store: Any = open_store(url)
    office = Office(store=store)
    office.pass_time(minutes=1)  # of two versions the later one is in force
    office.publish(apologising())
    for _ in range(dossiers):
        office.accepted()
    office.pass_time(days=12)
    return office


def beside(house: Installation, url: str) -> Installation:
    """A second process on the same database, as far as that goes within one."""
    store = open_store(url)
    return replace(house, store=store, worlds=Worlds(store))


def press() -> Typesetter:
    """A press with the forms that ship."""
    return PaperPress(TEMPLATES)


def at_work(worker: Worker) -> list[Exception]:
    """Let a worker work until it stops by itself or is stopped by what it tells; returns what `run` raised."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            worker.run()
        except Exception as failure:  # whatever it is, the test looks at it: a thread would swallow it
            raised.append(failure)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()
    return raised


def test_a_round_sweeps_drafts_and_delivers_what_the_sweep_owes(database_url: str) -> None:
    """Escalations leave and apology letters are drafted in the same round; the next round has nothing to do."""
    office, post = late_office(database_url), Post()

    first, second = (run_round(office.house, press(), post) for _ in range(2))

    assert 0 < first.swept.rungs
    assert (1, {}) == (first.drafted.drafted, first.drafted.failed)
    assert 0 < first.relayed.sent == len(post.sent)
    assert (0, 0, 0) == (second.swept.rungs, second.drafted.drafted, second.relayed.sent)


def test_two_workers_at_once_do_nothing_twice(database_url: str) -> None:
    """Rungs fire once, each letter is drafted once, each message leaves once, and the trail verifies."""
    office, post, both = late_office(database_url, dossiers=12), Post(), Barrier(2)
    houses = [office.house, beside(office.house, database_url)]

    def work(house: Installation) -> Round:
        forms = press()
        both.wait()
        return run_round(house, forms, post)

    with ThreadPoolExecutor(2) as pool:
        rounds = [*pool.map(work, houses), run_round(office.house, press(), post)]

    counted = reconcile(office.house, office.clock.at)
    assert (0, 0, True) == (counted.missed, counted.doubled, counted.ok)
    assert counted.fired == sum(done.swept.rungs for done in rounds)
    assert (12, {}) == (sum(done.drafted.drafted for done in rounds), rounds[0].drafted.failed)
    assert len(set(post.sent)) == len(post.sent) == sum(done.relayed.sent for done in rounds)
    assert verify_store(office.house).ok


def test_two_drafters_at_once_draft_each_paper_once(database_url: str) -> None:
    """Neither finds a failure in what the other one did first; the numbers have no gap."""
    office, both = late_office(database_url, dossiers=12), Barrier(2)
    office.sweep()
    houses = [office.house, beside(office.house, database_url)]

    def work(house: Installation) -> tuple[int, dict[str, Any]]:
        forms = press()
        both.wait()
        done = draft_owed(house, forms)
        return done.drafted, dict(done.failed)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(work, houses)

    rows = [row.draft for stored in office.store.iterate() for row in office.store.papers(stored.id)]
    assert (12, {}, {}) == (one[0] + other[0], one[1], other[1])
    assert list(range(1, 13)) == sorted(draft.number for draft in rows)
    assert {"apology"} == {draft.form for draft in rows}


def test_a_worker_begins_at_once_and_stops_when_told(sqlite_url: str) -> None:
    """Told to stop while it hears of its first sweep, it returns from `run` without an error."""
    office = late_office(sqlite_url)
    heard: list[Round] = []

    def told(done: Round) -> None:
        heard.append(done)
        if done.swept.rungs:
            worker.stop()

    worker = Worker(office.house, press(), Post(), told, every=timedelta(hours=1))

    assert [] == at_work(worker)
    assert [True] == [True for done in heard if done.swept.rungs]


def test_what_a_sweep_recorded_is_drafted_and_leaves_before_the_next_interval(sqlite_url: str) -> None:
    """The sweep wakes the other jobs, whatever they were doing when it began."""
    office, post = late_office(sqlite_url), Post()
    left = {"drafted", "sent"}

    def told(done: Round) -> None:
        left.difference_update({"drafted"} if done.drafted.drafted else ())
        left.difference_update({"sent"} if done.relayed.sent else ())
        if not left:
            worker.stop()

    worker = Worker(office.house, press(), post, told, every=timedelta(hours=1))

    assert ([], set()) == (at_work(worker), left)
    assert post.sent


def test_slow_mail_does_not_hold_up_the_sweep(sqlite_url: str) -> None:
    """While a message is under way sweeps go on; told to stop, the worker waits for that message and records it."""
    office, swept, under_way = late_office(sqlite_url), Event(), Event()

    class SlowPost(Post):
        def send(self, message: str, recipients: Sequence[str], text: str) -> None:
            under_way.set()
            assert swept.wait(20)
            super().send(message, recipients, text)

    def told(done: Round) -> None:
        if done.relayed.sent:
            sent.append(done.relayed.sent)
        elif under_way.is_set() and done == Round():
            swept.set()
            worker.stop()

    sent: list[int] = []
    post = SlowPost()
    worker = Worker(office.house, press(), post, told, every=timedelta(milliseconds=20))

    assert [] == at_work(worker)
    assert 0 < len(post.sent) == sum(sent)


def test_a_worker_that_is_stopped_between_rounds_waits_for_the_one_that_runs(sqlite_url: str) -> None:
    """Told to stop by a later round, in the scheduler's thread, it returns although that round sets its alarm."""
    office = late_office(sqlite_url)
    house = replace(office.house, virtual=False, clock=SystemClock())
    rounds: list[Round] = []

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 4:
            worker.stop()
            worker._stopped.wait()

    worker = Worker(house, press(), Post(), told, every=timedelta(milliseconds=20))

    assert [] == at_work(worker)
    assert 4 <= len(rounds) <= 6


def test_a_worker_wakes_at_the_next_due_instant() -> None:
    """Long before its interval has passed, a sweep begins when the store says that something is due."""
    store = TroubledStore()
    office, clock = Office(store), SystemClock()
    house = replace(office.house, virtual=False, clock=clock)
    store.alarm = lambda: clock.now() + timedelta(milliseconds=50)
    rounds: list[Round] = []

    def told(done: Round) -> None:
        rounds.append(done)
        if len(rounds) == 6:
            worker.stop()

    worker = Worker(house, press(), Post(), told, every=timedelta(hours=1))

    assert [] == at_work(worker)
    assert 6 <= len(rounds)


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
    worker = Worker(office.house, press(), Post(), lambda done: None, every=timedelta(milliseconds=20))

    assert [error] == at_work(worker)


@pytest.mark.parametrize("job", ["relay", "papers"])
def test_any_job_that_fails_stops_the_worker(sqlite_url: str, job: str) -> None:
    """What is not the trouble of one message or one paper is raised by `run`, though the sweep is well."""
    office, error = late_office(sqlite_url), RuntimeError("gone")
    office.sweep()
    post = Post(trouble=error) if job == "relay" else Post()
    forms = BrokenPress(error) if job == "papers" else press()
    worker = Worker(office.house, forms, post, lambda done: None, every=timedelta(hours=1))

    assert [error] == at_work(worker)


def test_a_failing_recipient_stops_nobody(sqlite_url: str) -> None:
    """A message that cannot be sent is counted and told, and the worker lives on."""
    office = late_office(sqlite_url)

    def told(done: Round) -> None:
        if done.relayed.retried:
            worker.stop()

    worker = Worker(office.house, press(), Post(trouble=OSError("closed")), told, every=timedelta(hours=1))

    assert [] == at_work(worker)
    assert 0 < office.store.outbox_state().waiting
