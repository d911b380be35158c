"""One dossier on its way: what is planned for it, and the throws of its own dice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from motcua.services.demonstrating.plan import Arrival
from motcua.services.demonstrating.temper import ODDS
from motcua.services.demonstrating.ways import Chart, staff
from motcua.services.ports import Stored
from states.calendar import BusinessCalendar
from states.commands import APPLICANT_ACTOR, Actor
from states.deadline import Clock
from states.dossier import STEP, Dossier
from states.procedure import APPLICANT
from states.world import World

AT_THE_COUNTER = (20, 960)
"""Working minutes after which somebody comes for a result."""
PAST_DUE = (20, 600)
"""Working minutes past the appointment that a slow dossier is left lying."""
AWAKE = (7, 21)


@dataclass(slots=True)
class Course:
    """A dossier under way.

    Attributes:
        dice: Its own, so that what happens to others never changes its throws.
        stored: As it was seen last.
        visits: By active state, the number of the visit that is planned for.
        seen: Configurations it has been in.
        slowed: Whether it was left lying already.
        letters: Whether somebody thought about signing the apology already.
        heard_of: Questions, by consultation and round, that somebody thought about answering already.
        heard: Escalations that somebody thought about acknowledging already.
        offers: Handoffs that somebody thought about answering already.
    """

    arrival: Arrival
    chart: Chart
    dice: Random
    stored: Stored
    visits: dict[str, int] = field(default_factory=dict)
    visit: int = 0
    seen: frozenset[str] = frozenset()
    slowed: bool = False
    letters: bool = False
    heard: set[tuple[str, int, str]] = field(default_factory=set)
    heard_of: set[tuple[str, str, int]] = field(default_factory=set)
    offers: set[tuple[str, int]] = field(default_factory=set)

    @property
    def dossier(self) -> Dossier:
        """The dossier as it was seen last."""
        return self.stored.dossier

    def entered(self) -> list[str]:
        """Note where the dossier is now, and return the states it entered, or was accepted in, since the last look."""
        leaves = [leaf for leaf in self.dossier.states if not self.dossier.offered(leaf)]
        self.seen |= {self.dossier.configuration}
        self.visits = {leaf: visit for leaf, visit in self.visits.items() if leaf in leaves}
        new = [leaf for leaf in leaves if leaf not in self.visits]
        for leaf in new:
            self.visit += 1
            self.visits[leaf] = self.visit
        return new


def when_done(course: Course, world: World, leaf: str, now: datetime) -> datetime | None:
    """Draw when the officer of *leaf* will be done with it; None when nobody ever comes for it.

    Most tasks fit their budget; some overrun it; a slow dossier is left lying past its appointment once.
    """
    calendar, dice = world.calendar, course.dice
    step = course.dossier.clocks.get(f"{STEP}{leaf}")
    if step is None or step.due is None:
        minutes = dice.randint(*AT_THE_COUNTER)
        return None if dice.random() < ODDS.uncollected else _worked(calendar, now, minutes)
    appointment = _appointment(course.dossier)
    if course.arrival.temper.slow and not course.slowed and appointment is not None:
        course.slowed = True
        return _worked(calendar, appointment, dice.randint(*PAST_DUE))
    budget = max(1, calendar.between(now, step.due))
    share = dice.uniform(1.05, 2.0) if dice.random() < ODDS.overrun else dice.betavariate(2, 2.5) * 0.95
    return _worked(calendar, now, max(1, int(budget * share)))


def _appointment(dossier: Dossier) -> datetime | None:
    clocks: list[Clock | None] = [dossier.clocks.get(name) for name in ("committed", "legal")]
    return next((clock.due for clock in clocks if clock is not None and clock.running), None)


def _worked(calendar: BusinessCalendar, start: datetime, minutes: int) -> datetime:
    return calendar.add(max(start, calendar.add(start, 0)), minutes)


def when_answered(course: Course, world: World, leaf: str, now: datetime) -> datetime | None:
    """Draw when the applicant will answer, at a time of day when people are awake; None when they never do."""
    dice = course.dice
    share, throw = dice.betavariate(1.3, 3), dice.random()
    if course.arrival.temper.silent or throw < ODDS.silent:
        return None
    step = course.dossier.clocks.get(f"{STEP}{leaf}")
    due = None if step is None else step.due
    wait = timedelta(days=10) if due is None else due - now
    local = world.calendar.local(world.calendar.whole_minute(now + wait * share))
    hour = min(max(local.hour, AWAKE[0]), AWAKE[1])
    at = world.calendar.whole_minute(local.replace(hour=hour))
    return max(at, now + timedelta(minutes=10))


def somebody(course: Course, world: World, role: str, leaf: str | None) -> Actor | None:
    """Draw who acts in *role*, in a state or on a question's clock; None where nobody may."""
    if role == APPLICANT:
        return APPLICANT_ACTOR
    people = staff(world, course.dossier, role, leaf)
    if not people:
        return None
    declared = world.procedure.role[role]
    agency = course.dossier.parties[declared.party]
    return Actor("officer", course.dice.choice(people), agency, declared.position)
