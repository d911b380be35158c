"""The embedded orchestrator: APScheduler wakes the same service functions that everybody else calls.

Its jobs live in memory and decide nothing: if they fire twice, or not for a day, the next round does what is owed.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from motcua.services.deadlines import Swept, mend_timers, pass_deadlines
from motcua.services.installation import Installation
from motcua.services.outbox import Relayed, deliver_pending
from motcua.services.ports import Channel

SAFETY_SWEEP = timedelta(seconds=30)
ALARM = "alarm"

log = logging.getLogger("motcua.worker")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the worker did."""

    swept: Swept
    relayed: Relayed


def run_round(house: Installation, channel: Channel) -> Round:
    """Sweep the deadlines, then relay what the outbox holds, apology drafts included."""
    return Round(pass_deadlines(house), deliver_pending(house, channel))


class Worker:
    """Runs rounds: at the next due instant, and at a fixed interval in case that was missed."""

    def __init__(
        self,
        house: Installation,
        channel: Channel,
        told: Callable[[Round], None],
        every: timedelta = SAFETY_SWEEP,
    ) -> None:
        """Prepare a worker; `told` hears of every round that ran."""
        self._house, self._channel, self._told = house, channel, told
        self._stopped = threading.Event()
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
        self._scheduler.add_job(self._round, IntervalTrigger(seconds=every.total_seconds()), max_instances=1)
        self._failure: Exception | None = None
        self._one_at_a_time = threading.Lock()

    def run(self) -> None:
        """Work until `stop`; the first round begins at once.

        Raises:
            Exception: Whatever made a round fail; the worker stops loudly rather than look alive.
        """
        mended = mend_timers(self._house)
        if mended:
            log.warning("%d wake-ups were missing or wrong and have been set anew", mended)
        self._round()
        self._scheduler.start()
        try:
            self._stopped.wait()
        finally:
            self._stopped.set()
            with self._one_at_a_time:
                pass  # a round that sets its alarm while the scheduler shuts down would wait for it for ever
            self._scheduler.shutdown(wait=True)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Let the round that runs finish, then return from `run`; safe in a signal handler."""
        threading.Thread(
            target=self._stopped.set
        ).start()  # a handler may interrupt whoever holds the event's lock

    def _round(self) -> None:
        with self._one_at_a_time:
            if self._stopped.is_set():
                return
            try:
                self._told(run_round(self._house, self._channel))
                self._set_alarm(self._house.store.next_wake())
            except Exception as error:  # whatever it is, `run` raises it: the scheduler would swallow it
                log.error("the worker stops: %s", error)
                self._failure = error
                self._stopped.set()

    def _set_alarm(self, at: datetime | None) -> None:
        """Wake at the next due instant; virtual time does not pass, so there is nothing to wake for."""
        if at is not None and not self._house.virtual and at > self._house.now():
            self._scheduler.add_job(
                self._round, DateTrigger(run_date=at), id=ALARM, replace_existing=True, max_instances=1
            )
