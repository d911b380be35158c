"""Plays a plan through the doors that everybody uses, by a clock that jumps from one instant to the next."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating.course import Course
from motcua.services.demonstrating.deeds import Deed, deeds_of, open_course
from motcua.services.demonstrating.plan import Arrival, Period
from motcua.services.demonstrating.ways import Chart
from motcua.services.installation import Installation
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Channel, Clock
from states.errors import DomainError

RELAY_EVERY = timedelta(minutes=30)
ALL = 1_000_000


class MovableClock(Clock, Protocol):
    """A clock of virtual time."""

    def move(self, at: datetime) -> None:
        """Stand at *at* from now on; never go back."""
        ...


@dataclass(slots=True)
class Played:
    """What happened on stage; everything else is read from the trail.

    Attributes:
        deeds: What people did.
        refused: By error code, what the platform refused them.
        sweeps: How often the clock was obeyed.
        sent: Messages that left.
    """

    deeds: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    sweeps: int = 0
    sent: int = 0


@dataclass(order=True, slots=True)
class _Turn:
    """Something that somebody will do; ties go to the older dossier, then to the older intention."""

    at: datetime
    number: int
    serial: int
    act: Callable[[], Course | None] = field(compare=False)


class Stage:
    """Everybody's intentions, in the order of their instants."""

    def __init__(self, house: Installation, clock: MovableClock, channel: Channel, seed: int) -> None:
        self.house, self.clock, self.channel, self.seed = house, clock, channel, seed
        self.played = Played()
        self._turns: list[_Turn] = []
        self._serial = 0
        self._courses: dict[str, Course] = {}
        self._charts: dict[str, Chart] = {}
        self._relay_at: datetime | None = None

    def play(self, arrivals: Iterable[Arrival], period: Period, told: Callable[[datetime], None]) -> Played:
        """Let everything happen up to the end of the period; *told* hears of every turn's instant."""
        self._relay_at = period.begins
        for arrival in arrivals:
            self._intend(arrival.at, arrival.number, lambda arrival=arrival: self._open(arrival))
        while self._turns and self._turns[0].at <= period.ends:
            turn = heapq.heappop(self._turns)
            self._pass_time(turn.at)
            self._take(turn)
            told(turn.at)
        self._pass_time(period.ends)
        self._relay(period.ends)
        return self.played

    def _open(self, arrival: Arrival) -> Course:
        course = open_course(self.house, arrival, Random(f"{self.seed}:{arrival.number}"), self._charts)
        self._courses[course.stored.id] = course
        return course

    def _take(self, turn: _Turn) -> None:
        try:
            course = turn.act()
        except DomainError as error:
            self.played.refused[error.code] = self.played.refused.get(error.code, 0) + 1
            return
        if course is not None:
            self.played.deeds += 1
            self._plan(course)

    def _plan(self, course: Course) -> None:
        for deed in deeds_of(self.house, course):
            self._intend(deed.at, course.arrival.number, lambda deed=deed: self._do(course, deed))

    def _do(self, course: Course, deed: Deed) -> Course | None:
        stored = deed.act()
        if stored is None:
            return None
        course.stored = stored
        return course

    def _intend(self, at: datetime, number: int, act: Callable[[], Course | None]) -> None:
        self._serial += 1
        heapq.heappush(self._turns, _Turn(at, number, self._serial, act))

    def _pass_time(self, until: datetime) -> None:
        """Move the clock, stopping wherever something falls due on the way."""
        while (wake := self.house.store.next_wake()) is not None and wake <= until:
            self._relay_before(wake)
            self.clock.move(wake)
            self._sweep()
        self._relay_before(until)
        self.clock.move(until)

    def _sweep(self) -> None:
        touched = self.house.store.due_ids(self.clock.now(), ALL)
        pass_deadlines(self.house)
        self.played.sweeps += 1
        courses = []
        for stored in self.house.store.load_ids(touched):
            course = self._courses[stored.id]
            course.stored = stored
            courses.append(course)
        for course in sorted(courses, key=lambda course: course.arrival.number):
            self._plan(course)

    def _relay_before(self, at: datetime) -> None:
        if self._relay_at is not None and at - self._relay_at >= RELAY_EVERY:
            self._relay(self._relay_at + RELAY_EVERY)

    def _relay(self, at: datetime) -> None:
        self.clock.move(at)
        self.played.sent += deliver_pending(self.house, self.channel).sent
        self._relay_at = self.clock.now()
