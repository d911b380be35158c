"""An acceptance over there counts from when it was given, whenever it is heard of and whatever clocks say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from two_houses import FIRE, LEAD, TAKES, Houses, two_houses

from audit.escalations import recount
from motcua.services import handoffs
from motcua.services.responsibility import responsibility
from states.events import HandoffAccepted, event_from_wire

MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def houses() -> Iterator[Houses]:
    """Both installations, their doors open."""
    found = two_houses()
    found.start()
    yield found
    found.stop()


def accepted_there(houses: Houses, later: timedelta) -> tuple[str, datetime]:
    """An offer that is accepted over there a while after it came, by the clock there; nothing was heard of it yet."""
    code = houses.offered()
    houses.exchange()
    there = houses.fire
    there.office.pass_time(seconds=later.total_seconds())
    moved = handoffs.accept(there.office.house, there.asked(there.only(TAKES), "offered"))
    return code, moved.at


def heard(houses: Houses, code: str) -> HandoffAccepted:
    """The acceptance as it is recorded here; what it makes due has taken effect."""
    houses.exchange()
    houses.commune.office.sweep()
    events = [event_from_wire(e) for record in houses.commune.office.records(code) for e in record.events]
    [found] = [event for event in events if isinstance(event, HandoffAccepted) and event.receipt is not None]
    return found


def test_it_counts_from_the_acceptance_there(houses: Houses) -> None:
    """Custody, step clock and holder of the clocks go over then; what fired here meanwhile stays fired, marked."""
    here = houses.commune.office
    code, at = accepted_there(houses, timedelta(minutes=10))
    here.pass_time(minutes=125)
    here.sweep()
    event = heard(houses, code)
    assert (at, 0, here.clock.at) == (event.since, 0, event.at)
    assert ("handoff:fire_check/1/due", "handoff:fire_check/1/up") == event.fired
    dossier = here.store.load(code).dossier
    step = dossier.clocks["step:fire_check"]
    assert (at, FIRE, FIRE) == (step.segments[0].at, step.holder, dossier.clocks["legal"].holder)
    assert [] == houses.commune.sound() == houses.fire.sound()


def test_no_second_between_the_two_belongs_to_the_sender(houses: Houses) -> None:
    """Until the acceptance there the time is the sender's, from then on the receiver's; all of it adds up."""
    here = houses.commune.office
    code, at = accepted_there(houses, timedelta(minutes=10))
    here.pass_time(minutes=125)
    here.sweep()
    heard(houses, code)
    here.pass_time(minutes=3)
    stored = here.store.load(code)
    told = responsibility(here.house, stored)
    lead = (here.clock.at - stored.dossier.opened_at) // MICROSECOND
    assert lead == told["microseconds"] == sum(share["microseconds"] for share in told["parties"])
    last = told["spans"][-1]
    assert (FIRE, at.astimezone().timestamp()) == (
        last["party"],
        datetime.fromisoformat(last["from"]).timestamp(),
    )
    assert {LEAD} == {span["party"] for span in told["spans"] if span["stage"] == "handoff"}


def test_a_clock_ahead_is_held_to_when_it_was_heard(houses: Houses) -> None:
    """Nobody can have accepted later than we know of it; by how much their clock was ahead is recorded."""
    code, at = accepted_there(houses, timedelta(hours=5))
    event = heard(houses, code)
    assert (event.at, (at - event.at) // MICROSECOND) == (event.since, event.beyond)
    assert event.beyond > 0
    assert [] == houses.commune.sound()


def test_a_clock_behind_is_held_to_the_offer(houses: Houses) -> None:
    """Nobody can have accepted before it was offered; by how much their clock was behind is recorded."""
    here = houses.commune.office
    here.pass_time(hours=2)
    code, at = accepted_there(houses, timedelta(0))
    here.pass_time(minutes=5)
    event = heard(houses, code)
    offered = here.store.load(code).dossier.handoffs["fire_check"].offered_at
    assert (offered, (at - offered) // MICROSECOND) == (event.since, event.beyond)
    assert event.beyond < 0
    assert [] == houses.commune.sound()


def test_the_auditor_finds_another_instant_and_a_forgotten_mark(houses: Houses) -> None:
    """An acceptance dated otherwise than its receipt allows, and a rung that fired meanwhile and is not marked."""
    here = houses.commune.office
    code, at = accepted_there(houses, timedelta(minutes=10))
    here.pass_time(minutes=125)
    here.sweep()
    heard(houses, code)
    assert {"misdated"} == found(houses, code, since=(at + timedelta(minutes=1)).isoformat())
    assert {"mismarked"} == found(houses, code, fired=[])


def found(houses: Houses, code: str, **changes: object) -> set[str]:
    """The kinds of faults that a changed acceptance brings about."""
    here = houses.commune.office
    records = [
        replace(
            record,
            events=tuple(
                {**event, **changes} if event["kind"] == HandoffAccepted.kind and event["receipt"] else event
                for event in record.events
            ),
        )
        for record in here.records(code)
    ]
    return {fault.kind for fault in recount(records, here.rules, here.clock.at).faults}
