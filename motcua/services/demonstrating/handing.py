"""What receiving agencies do with what is handed over to them: acknowledge, accept, now and then return."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.services.demonstrating.course import Course
from motcua.services.demonstrating.temper import ODDS
from motcua.services.demonstrating.ways import staff
from motcua.services.handoffs import Asked, accept, acknowledge, give_back
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.commands import Actor
from states.dossier import HANDOFF, Passage
from states.world import World

WHY_RETURNED = "Phiếu chuyển thiếu thông tin, đề nghị bổ sung rồi gửi lại."
SLOW = (1.1, 4.0)
"""By how much a receiver that lets an offer lie overruns the first allowance."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver will do at an instant: `acknowledge`, `accept` or `return`."""

    at: datetime
    what: str
    passage: Passage


def answers_of(course: Course, world: World, now: datetime) -> Iterator[Answer]:
    """Yield what the receivers of new offers intend, each offer once."""
    for passage in course.dossier.handoffs.values():
        key = (passage.state, passage.number)
        if not passage.open or key in course.offers:
            continue
        course.offers.add(key)
        clock = course.dossier.clocks.get(f"{HANDOFF}{passage.state}")
        allowance = 60 if clock is None or clock.due is None else world.calendar.between(now, clock.due)
        first, second, third = (course.dice.random() for _ in range(3))
        share = course.dice.uniform(*SLOW) if first < ODDS.overrun else course.dice.uniform(0.1, 0.9)
        at = world.calendar.add(now, max(1, int(allowance * share)))
        handoff = world.procedure.state[passage.state].handoff
        if passage.number == 1 and second < ODDS.returned and handoff is not None and handoff.returns:
            yield Answer(at, "return", passage)
            continue
        if third < ODDS.claimed:
            yield Answer(world.calendar.add(now, max(1, int(allowance * share / 2))), "acknowledge", passage)
        yield Answer(at, "accept", passage)


def answer(house: Installation, course: Course, world: World, given: Answer) -> Stored | None:
    """Do it, where the offer still waits and somebody is there."""
    waiting = course.dossier.offered(given.passage.state)
    people = staff(world, course.dossier, given.passage.role)
    if waiting is None or waiting.number != given.passage.number or not people:
        return None
    declared = world.procedure.role[given.passage.role]
    actor = Actor("officer", people[0], waiting.receiver, declared.position)
    asked = Asked(course.dossier.code, waiting.state, actor)
    if given.what == "return":
        return give_back(house, asked, WHY_RETURNED)
    return accept(house, asked) if given.what == "accept" else acknowledge(house, asked)
