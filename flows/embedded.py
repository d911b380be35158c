"""The embedded orchestrator: APScheduler wakes the same service functions that everybody else calls.

Its jobs live in memory and decide nothing: if they fire twice, or not for a day, the next round does what is owed.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from motcua.services.deadlines import Swept, mend_timers, pass_deadlines
from motcua.services.installation import Installation, Worlds
from motcua.services.ordering import continue_orders
from motcua.services.outbox import Relayed, deliver_pending
from motcua.services.papers import Drafted, draft_owed
from motcua.services.portal import Pulled, Told, pull, tell_portal
from motcua.services.ports import Channel, HookWire, Portal, Typesetter
from motcua.services.reorganising import take_effect
from motcua.services.webhooks import Hooked, tell_webhooks

SAFETY_SWEEP = timedelta(seconds=30)
ALARM = "alarm"

log = logging.getLogger("motcua.worker")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the worker did, or one of its jobs; what is not told of was not its work."""

    swept: Swept = field(default_factory=Swept)
    drafted: Drafted = field(default_factory=Drafted)
    relayed: Relayed = field(default_factory=Relayed)
    told: Told = field(default_factory=Told)
    pulled: Pulled = field(default_factory=Pulled)
    hooked: Hooked = field(default_factory=Hooked)


def sweep(house: Installation) -> Swept:
    """Let reorganisations whose day has come take effect, then everything that fell due."""
    for effected in take_effect(house):
        log.warning("a reorganisation took effect: %s", effected)
    return pass_deadlines(house)


def run_round(
    house: Installation,
    press: Typesetter,
    channel: Channel,
    portal: Portal | None = None,
    hooks: HookWire | None = None,
) -> Round:
    """Sweep, draft the papers that are owed, relay what the outbox holds, tell webhooks, then turn to the portal."""
    done = Round(sweep(house), draft_owed(house, press), deliver_pending(house, channel))
    if hooks is not None:
        done = replace(done, hooked=tell_webhooks(house, hooks))
    if portal is None:
        return done
    return replace(done, pulled=pull(house, portal), told=tell_portal(house, portal))


@dataclass
class _Job:
    """One thing that a worker does again and again, in a thread and with rules in force of its own."""

    name: str
    house: Installation
    work: Callable[[Installation], Round]
    asked: threading.Event = field(default_factory=threading.Event)


class Worker:
    """Does three jobs side by side, so that a slow one holds up no other: the sweep, the papers, the relay.

    Where there is a national portal, telling it and taking in what it has is another; so are webhooks.

    All are asked at a fixed interval, which no clock that is set can stretch, and at the next due instant; papers and
    relay also by a sweep that recorded something. What another process recorded is found at the next interval.
    """

    def __init__(
        self,
        house: Installation,
        press: Typesetter,
        channel: Channel,
        told: Callable[[Round], None],
        every: timedelta = SAFETY_SWEEP,
        portal: Portal | None = None,
        hooks: HookWire | None = None,
    ) -> None:
        """Prepare a worker; `told` hears of every job that ran, of one at a time."""
        self._house, self._told, self._telling = house, told, threading.Lock()
        self._stopped = threading.Event()
        self._every = every
        self._failure: Exception | None = None
        self._sweep = self._job("sweep", self._sweep_and_wake)
        self._papers = self._job("papers", lambda house: Round(drafted=draft_owed(house, press)))
        self._relay = self._job(
            "relay", lambda house: Round(relayed=deliver_pending(house, channel, go_on=self._goes_on))
        )
        self._orders = self._job("orders", self._carry_on)
        self._jobs: tuple[_Job, ...] = (self._sweep, self._papers, self._relay)
        if portal is not None:
            self._jobs += (self._job("portal", lambda house: self._turn_to(house, portal)),)
        if hooks is not None:
            self._jobs += (self._job("webhooks", lambda house: self._tell(house, hooks)),)
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
        self._scheduler.add_job(self._orders.asked.set, IntervalTrigger(hours=1), max_instances=1)

    def run(self) -> None:
        """Work until `stop`; every job begins at once.

        Raises:
            Exception: Whatever made a job fail; the worker stops loudly rather than look alive.
        """
        mended = mend_timers(self._house)
        if mended:
            log.warning("%d wake-ups were missing or wrong and have been set anew", mended)
        threads = [
            threading.Thread(target=self._keep, args=(job,), name=job.name)
            for job in (*self._jobs, self._orders)
        ]
        self._scheduler.start()
        self._orders.asked.set()
        self._ask_all()
        for thread in threads:
            thread.start()
        try:
            while not self._stopped.wait(self._every.total_seconds()):
                self._ask_all()
        finally:
            self._stopped.set()
            self._orders.asked.set()
            self._ask_all()
            for thread in threads:
                thread.join()
            self._scheduler.shutdown(wait=True)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Let the jobs that run finish, then return from `run`; safe in a signal handler."""
        threading.Thread(
            target=self._stopped.set
        ).start()  # a handler may interrupt whoever holds the event's lock

    def _job(self, name: str, work: Callable[[Installation], Round]) -> _Job:
        return _Job(
            name, replace(self._house, worlds=Worlds(self._house.store, self._house.worlds.elsewhere)), work
        )

    def _turn_to(self, house: Installation, portal: Portal) -> Round:
        return Round(pulled=pull(house, portal), told=tell_portal(house, portal, self._goes_on))

    def _tell(self, house: Installation, hooks: HookWire) -> Round:
        return Round(hooked=tell_webhooks(house, hooks, self._goes_on))

    def _goes_on(self) -> bool:
        return not self._stopped.is_set()

    def _ask_all(self) -> None:
        for job in self._jobs:
            job.asked.set()

    def _keep(self, job: _Job) -> None:
        """Do a job whenever it is asked for; asked meanwhile, it is done once more."""
        try:
            while job.asked.wait() and self._goes_on():
                job.asked.clear()
                job.house.worlds.refresh()
                done = job.work(job.house)
                with self._telling:
                    self._told(done)
        except Exception as error:  # whatever it is, `run` raises it: a thread would swallow it
            log.error("the worker stops, %s: %s", job.name, error)
            self._failure = self._failure or error
            self._stopped.set()

    def _sweep_and_wake(self, house: Installation) -> Round:
        swept = sweep(house)
        if swept.rungs or swept.lapsed:
            self._papers.asked.set()
            self._relay.asked.set()
        self._set_alarm(house.store.next_wake())
        return Round(swept)

    def _carry_on(self, house: Installation) -> Round:
        """Mass orders reach what was opened since, and what takes effect by now."""
        reached = continue_orders(house)
        if reached:
            log.warning("mass orders reached %d dossiers", reached)
        return Round()

    def _set_alarm(self, at: datetime | None) -> None:
        """Wake at the next due instant; virtual time does not pass, so there is nothing to wake for.

        The alarm goes by this machine's clock, what is due by the house's, which may differ.
        """
        if at is None or self._house.virtual or (left := at - self._house.now()) <= timedelta():
            return
        alarm = DateTrigger(run_date=self._house.clock.now() + left)
        self._scheduler.add_job(self._ask_all, alarm, id=ALARM, replace_existing=True, max_instances=1)
