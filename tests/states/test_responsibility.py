"""Whose time it was where several act at once, where a body is consulted, and where offices differ in hours."""

from dataclasses import replace
from datetime import timedelta

from builders import compiled
from handing_over import Play, world_of
from opinions import consulting
from world import FIRE, LEAD, actor_of, definition

from states.calendar import BusinessCalendar
from states.commands import AnswerConsultation
from states.custody import Custody
from states.responsibility import most_late, shares, spans
from states.world import World

MINUTE = 60_000_000


def _charged(play: Play) -> list[tuple[str, str, int]]:
    found = spans(play.world.procedure, play.moments, play.now)
    return [(span.who.party, span.state, span.microseconds // MINUTE) for span in found]


def _in_checks() -> Play:
    """A dossier in its parallel block since the last moment: a site visit, and the opinion of the fire police."""
    play = Play(world_of(compiled()))
    play.open()
    play.fire("accept", "counter")
    play.fire("appraise", "officer")
    return play


def test_a_block_is_of_the_branch_that_finished_last() -> None:
    """The visit took longer than the opinion, so all of the block's time is the visitor's."""
    play = _in_checks()
    play.now += timedelta(minutes=20)
    play.fire("answer", "firefighter")
    play.now += timedelta(minutes=30)
    play.fire("visit", "officer")
    play.now += timedelta(minutes=5)
    assert [(LEAD, "visiting", 50), (LEAD, "signing", 5)] == _charged(play)


def test_what_finished_first_is_not_charged() -> None:
    """The other way about it is the fire police's, from the beginning of the block."""
    play = _in_checks()
    play.now += timedelta(minutes=20)
    play.fire("visit", "officer")
    play.now += timedelta(minutes=30)
    play.fire("answer", "firefighter")
    assert [(FIRE, "asking", 50)] == _charged(play)


def test_an_open_block_is_of_the_branch_that_is_due_last() -> None:
    """The visit has sixteen hours, the opinion eight."""
    play = _in_checks()
    play.now += timedelta(minutes=20)
    assert [(LEAD, "visiting", 20)] == _charged(play)


def test_nobody_is_late_within_budgets() -> None:
    """Whoever kept theirs made nothing late; whoever exceeded theirs the most did."""
    play = _in_checks()
    play.now += timedelta(hours=2)
    play.fire("answer", "firefighter")
    within = shares(play.world, spans(play.world.procedure, play.moments, play.now))
    play.now += timedelta(days=10)
    beyond = shares(play.world, spans(play.world.procedure, play.moments, play.now))
    culprit = most_late(beyond)
    assert (None, LEAD) == (most_late(within), culprit and culprit.party)


def test_a_consulted_body_is_responsible_while_its_opinion_is_waited_for() -> None:
    """Its time is planned by the term of its question; the agency that asked answers again once it has come."""
    play = Play(world_of(consulting()))
    play.open()
    play.fire("accept", "counter")
    play.fire("appraise", "officer")
    play.fire("visit", "officer")
    play.now += timedelta(hours=1)
    for question in ("water", "safety"):
        play.do(AnswerConsultation("opinions", question, "agree", actor_of("firefighter")))
    play.now += timedelta(minutes=10)
    found = spans(play.world.procedure, play.moments, play.now)
    assert [(Custody.CONSULTED, FIRE, 60), (Custody.AGENCY, LEAD, 10)] == [
        (span.who.kind, span.who.party, span.microseconds // MINUTE) for span in found
    ]
    assert [240, 240] == [share.planned for share in shares(play.world, found)]


def _afternoons() -> World:
    """The same world, but the lead agency works in the afternoon only."""
    hours = (((780, 1020),),) * 5 + ((),) * 2
    late = BusinessCalendar(replace(definition(), id="late", hours=hours))
    world = world_of(compiled())
    known = world.directory
    agencies = tuple(replace(a, calendar="late") if a.code == LEAD else a for a in known.agencies)
    return replace(
        world,
        calendars={**world.calendars, "late": late},
        directory=replace(known, agencies=agencies),
    )


def test_working_minutes_are_those_of_the_holder() -> None:
    """An hour of the morning is an hour of the lead time, and none of the office's working time."""
    play = Play(_afternoons())
    play.open()
    play.fire("accept", "counter")
    play.now += timedelta(hours=1)
    [lead] = shares(play.world, spans(play.world.procedure, play.moments, play.now))
    assert (60, 0, 0) == (lead.microseconds // MINUTE, lead.actual, lead.over)
