"""Machines whose clock and uptime a test sets apart from each other, and a database that tells such a clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from stores import each_store
from world import START, Office, SetClock

from audit.record import AuditRecord, from_raw
from motcua.services.installation import Installation, Worlds
from motcua.services.ports import Reading, Stored, Uptime
from motcua.services.watch import Watch

LIMIT = timedelta(minutes=5)


class Telling:
    """A store as it is, but for its clock, which a test sets."""

    def __init__(self, store: Any, clock: SetClock) -> None:
        self._store, self._clock = store, clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def reading(self) -> Reading:
        """What the database says of time, by the clock that was set."""
        told: Reading = self._store.reading()
        return replace(told, now=self._clock.at)

    def load(self, code: str) -> Stored:
        """A dossier, with the same."""
        stored: Stored = self._store.load(code)
        return replace(stored, reading=self.reading())


@dataclass
class Machine:
    """A clock and an uptime; only a step tells them apart."""

    clock: SetClock = field(default_factory=SetClock)
    boot: str = "first"
    up: timedelta = timedelta(days=9)

    def uptime(self) -> Uptime:
        """How long it has been up."""
        return Uptime(self.boot, "machine", 1, self.up)

    def live(self, **amount: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**amount)
        self.up += timedelta(**amount)

    def step(self, **amount: float) -> None:
        """Set the clock; no time passes."""
        self.clock.at += timedelta(**amount)

    def reboot(self, **amount: float) -> None:
        """Be off for some time."""
        self.clock.at += timedelta(**amount)
        self.boot, self.up = self.boot + "+", timedelta(seconds=1)

    def watch(self) -> Watch:
        """What a process that starts on this machine watches with."""
        return Watch(self.uptime, LIMIT)


def watched(store: Any = None, machine: Machine | None = None) -> Office:
    """An office of real time on a machine that is watched."""
    machine = machine or Machine()
    office = Office(**({} if store is None else {"store": store}), clock=machine.clock)
    office.house = replace(office.house, virtual=False, watch=machine.watch())
    return office


def another_process(house: Installation, machine: Machine, store: Any = None) -> Installation:
    """A process that has just started, on this machine or another one."""
    store = store or house.store
    return replace(house, store=store, worlds=Worlds(store), clock=machine.clock, watch=machine.watch())


def each_watched(request: pytest.FixtureRequest) -> Iterator[tuple[Office, Machine]]:
    """Yield an office on each kind of store, whose database tells the machine's clock where it has one."""
    for store in each_store(request):
        machine = Machine()
        told: Any = Telling(store, machine.clock) if request.param == "postgres" else store
        yield watched(told, machine), machine


def at(**amount: float) -> datetime:
    """An instant some time after the start of the test world."""
    return START + timedelta(**amount)


class Post:
    """A channel that keeps what it is given, by template."""

    name = "post"

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, message: str, recipients: object, text: str) -> None:
        """Keep the id."""
        self.sent.append(message)


def steps(office: Office) -> list[AuditRecord]:
    """The records of clock steps and confirmations."""
    return [r for row in office.store.records("system") if (r := from_raw(row.raw)).type == "clock_step"]


def kinds(office: Office) -> list[str]:
    """What these records say happened."""
    return [str(record.events[0]["kind"]) for record in steps(office)]
