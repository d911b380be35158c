"""Plays a plan through the doors that everybody uses, by a clock that jumps from one instant to the next."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
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

RELAY_EVERY = timedelta(hours=1)
BEAT = 5
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
        self._relay_at = self.ends = clock.now()

    def play(self, arrivals: Iterable[Arrival], period: Period, told: Callable[[datetime], None]) -> Played:
        """Let everything happen up to the end of the period; *told* hears where the clock stands."""
        self._relay_at, self.ends = period.begins, period.ends
        for arrival in arrivals:
            self._intend(arrival.at, arrival.number, partial(self._open, arrival))
        while (at := self._next_instant()) is not None and at <= period.ends:
            told(at)
            while self._turns and self._turns[0].at <= at:
                self._take(heapq.heappop(self._turns))
        self._relay(period.ends)
        return self.played

    def _next_instant(self) -> datetime | None:
        """Go on to the next thing that somebody intends or that falls due, which is swept."""
        wake = self.house.store.next_wake()
        intended = self._turns[0].at if self._turns else None
        at = min((at for at in (wake, intended) if at is not None), default=None)
        if at is not None and at <= self.ends:
            self._relay_before(at)
            self.clock.move(at)
            if wake is not None and wake <= at:
                self._sweep()
        return at

    def _open(self, arrival: Arrival) -> Course:
        course = open_course(self.house, arrival, Random(f"{self.seed}:{arrival.number}"), self._charts)
        self._courses[course.stored.id] = course
        return course

    def _take(self, turn: _Turn) -> None:
        try:
            course = turn.act()
        except DomainError as error:
            print(error.message("en"))
            self.played.refused[error.code] = self.played.refused.get(error.code, 0) + 1
            return
        if course is not None:
            self.played.deeds += 1
            self._plan(course)

    def _plan(self, course: Course) -> None:
        for deed in deeds_of(self.house, course):
            self._intend(deed.at, course.arrival.number, partial(self._do, course, deed))

    def _do(self, course: Course, deed: Deed) -> Course | None:
        stored = deed.act()
        if stored is None:
            return None
        course.stored = stored
        return course

    def _intend(self, at: datetime, number: int, act: Callable[[], Course | None]) -> None:
        """People look at the clock every five minutes."""
        self._serial += 1
        at += timedelta(minutes=-at.minute % BEAT, seconds=-at.second, microseconds=-at.microsecond)
        heapq.heappush(self._turns, _Turn(at, number, self._serial, act))

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
        if at - self._relay_at >= RELAY_EVERY:
            self._relay(self._relay_at + RELAY_EVERY)
            self._relay_at = at

    def _relay(self, at: datetime) -> None:
        self.clock.move(at)
        self.played.sent += deliver_pending(self.house, self.channel).sent
