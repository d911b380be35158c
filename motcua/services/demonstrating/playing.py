"""Plays a plan through the doors that everybody uses, by a clock that jumps from one instant to the next."""

import heapq
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating.course import Course
from motcua.services.demonstrating.deeds import Deed, deeds_of, members, open_course
from motcua.services.demonstrating.informing import Informed, Informing, MovableClock
from motcua.services.demonstrating.plan import BEAT, Arrival, Period
from motcua.services.demonstrating.ways import Chart
from motcua.services.installation import Installation
from motcua.services.outbox import deliver_pending
from motcua.services.ports import Channel, Stored
from motcua.services.transitions import Sending, send_many
from states.errors import DomainError
from states.gathering import open_children

RELAY_EVERY = timedelta(hours=1)
ALL = 1_000_000


@dataclass(slots=True)
class Played:
    """What happened on stage; everything else is read from the trail.

    Attributes:
        deeds: What people did.
        refused: By error code, how often the platform refused them.
        sweeps: How often something fell due.
        sent: Messages that left.
        informed: How the national portal was told, where there is one.
    """

    deeds: int = 0
    informed: Informed | None = None
    refused: Counter[str] = field(default_factory=Counter)
    sweeps: int = 0
    sent: int = 0


@dataclass(order=True, slots=True)
class _Turn:
    """Something that somebody will do; ties go to the older dossier, then to the older intention."""

    at: datetime
    number: int
    serial: int
    course: Course = field(compare=False)
    deed: Deed = field(compare=False)


class Stage:
    """Everybody's intentions, in the order of their instants."""

    def __init__(
        self,
        house: Installation,
        clock: MovableClock,
        channel: Channel,
        seed: int,
        informing: Informing | None = None,
    ) -> None:
        self.house, self.clock, self.channel, self.seed = house, clock, channel, seed
        self.informing = informing
        self.played = Played()
        self._arrivals: deque[Arrival] = deque()
        self._turns: list[_Turn] = []
        self._serial = 0
        self._courses: dict[str, Course] = {}
        self._charts: dict[str, Chart] = {}
        self._relayed_at = clock.now()
        self._wake: datetime | None = None
        self._born = 0

    def play(self, arrivals: Iterable[Arrival], period: Period, told: Callable[[datetime], None]) -> Played:
        """Let everything happen up to the end of the period; *told* hears where the clock has come to."""
        self._arrivals.extend(arrivals)
        self._born = len(self._arrivals)
        while (at := self._next_instant()) is not None and at <= period.ends:
            self._inform_before(at)
            self._relay_before(at)
            self.clock.move(at)
            told(at)
            if self._wake == at:
                self._sweep()
            self._welcome(at)
            self._take_turns(at)
        self._inform_before(period.ends)
        self.clock.move(period.ends)
        self._relay()
        if self.informing is not None:
            self.played.informed = self.informing.finish(self.house)
        return self.played

    def _next_instant(self) -> datetime | None:
        """Return when the next thing falls due, arrives or is intended."""
        self._wake = self.house.store.next_wake()
        arrival = self._arrivals[0].at if self._arrivals else None
        turn = self._turns[0].at if self._turns else None
        return min((at for at in (self._wake, arrival, turn) if at is not None), default=None)

    def _sweep(self) -> None:
        """Let what is due take effect, and people see what it did."""
        touched = self.house.store.due_ids(self.clock.now(), ALL)
        pass_deadlines(self.house)
        self.played.sweeps += 1
        known = [id for id in touched if id in self._courses]
        moved = [(self._courses[stored.id], stored) for stored in self.house.store.load_ids(known)]
        for course, stored in sorted(moved, key=lambda pair: pair[0].arrival.number):
            course.stored = stored
            self._plan(course)

    def _welcome(self, at: datetime) -> None:
        while self._arrivals and self._arrivals[0].at <= at:
            arrival = self._arrivals.popleft()
            course = open_course(self.house, arrival, self.seed, self._charts)
            self._courses[course.stored.id] = course
            self._settle(course, course.stored)

    def _take_turns(self, at: datetime) -> None:
        """Let everybody act whose turn it is; what is sent at one instant goes in one transaction."""
        pile: dict[int, tuple[Course, Sending]] = {}
        while self._turns and self._turns[0].at <= at:
            turn = heapq.heappop(self._turns)
            if turn.number in pile:
                self._send(pile)
            answer = _answer_of(turn.deed, self.house)
            if isinstance(answer, Sending):
                pile[turn.number] = turn.course, answer
            else:
                self._settle(turn.course, answer)
        self._send(pile)

    def _send(self, pile: dict[int, tuple[Course, Sending]]) -> None:
        waiting = list(pile.values())
        pile.clear()
        answers = send_many(self.house, [sending for _, sending in waiting])
        for (course, _), answer in zip(waiting, answers, strict=True):
            self._settle(course, answer)

    def _settle(self, course: Course, answer: Stored | DomainError | None) -> None:
        if isinstance(answer, DomainError):
            self.played.refused[answer.code] += 1
        elif answer is not None:
            self.played.deeds += 1
            course.stored = answer
            self._plan(course)

    def _plan(self, course: Course) -> None:
        """Note what people intend now; they look at the clock every quarter of an hour, and never act at once."""
        now = self.clock.now()
        for deed in deeds_of(self.house, course):
            self._serial += 1
            beats = max(1, round((deed.at - now) / BEAT))
            turn = _Turn(now + beats * BEAT, course.arrival.number, self._serial, course, deed)
            heapq.heappush(self._turns, turn)

    def _inform_before(self, at: datetime) -> None:
        if self.informing is not None:
            self.house = self.informing.before(self.house, at)

    def _relay_before(self, at: datetime) -> None:
        """Let what waits leave within the hour, before the clock goes on to *at*."""
        if at - self._relayed_at >= RELAY_EVERY:
            self.clock.move(self._relayed_at + RELAY_EVERY)
            self._relay()
            self._relayed_at = at

    def _relay(self) -> None:
        self.played.sent += deliver_pending(self.house, self.channel).sent
        self._meet()

    def _meet(self) -> None:
        """People see what the relay brought: groups that went on, and components that were opened."""
        groups = [c for c in self._courses.values() if c.chart.procedure.components and not c.dossier.ended]
        fresh = {stored.id: stored for stored in self.house.store.load_ids([c.stored.id for c in groups])}
        for course in groups:
            stored = fresh[course.stored.id]
            if stored.seq != course.stored.seq:
                course.stored = stored
                if not open_children(stored.dossier):
                    course.visits.clear()
                self._plan(course)
            for child in members(self.house, course, self.seed, self._charts, known=self._courses.keys()):
                self._born += 1
                child.arrival = replace(child.arrival, number=self._born)
                self._courses[child.stored.id] = child
                self._plan(child)


def _answer_of(deed: Deed, house: Installation) -> Stored | Sending | DomainError | None:
    try:
        return deed.act(house)
    except DomainError as error:
        return error
