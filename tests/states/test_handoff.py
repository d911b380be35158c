"""Custody goes over when the receiver accepts: not when it is offered, delivered or acknowledged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import move
from handing_over import Play, handing, handing_ladders, handing_mapping, with_table, world_of
from world import FIRE, LEAD, directory

from states.commands import ConfirmNotice, PassDeadline
from states.custody import custodian
from states.dossier import fold
from states.errors import DomainError, NotAuthorised, TransitionRefused
from states.events import HandoffDelivered, RungReached
from states.handoff import HandoffAnswered, HandoffNotFound
from states.machine import decide
from states.offering import (
    AgencyNotCompetent,
    HandoffNotAccepted,
    HandoffToSelf,
    NothingToReturn,
    ReceiverClosed,
)
from states.parsing import parse_procedure
from states.sendable import enabled_transitions
from states.soundness import check, check_table
from states.speaking import WrongAgency


def held(play: Play) -> str:
    """Who has custody."""
    assert play.dossier is not None
    return custodian(play.world.procedure, play.dossier).party


def clocks(play: Play) -> dict[str, str]:
    """State and holder of each clock that has not ended."""
    assert play.dossier is not None
    found = play.dossier.clocks.items()
    return {name: f"{clock.state} {clock.holder}" for name, clock in found if not clock.stopped}


def test_the_procedure_of_these_tests_is_sound() -> None:
    """The linter finds nothing against its handoffs."""
    found = check(parse_procedure(handing_mapping(), handing_ladders(), "0" * 64)) + check_table(handing())
    assert [] == [p for p in found if not p.rule.startswith("W-")]


def test_an_offer_leaves_custody_and_clocks_with_the_sender() -> None:
    """No task, no step clock, no pause: only the clock of the handoff, which its receiver must answer."""
    play = Play()
    dossier = play.offered()
    assert (LEAD, (), None) == (held(play), dossier.tasks, dossier.suspension)
    assert {
        "legal": f"running {LEAD}",
        "committed": f"running {LEAD}",
        "handoff:fire_check": f"running {FIRE}",
    } == clocks(play)


def test_acceptance_moves_custody_clocks_and_work() -> None:
    """Holder, pause, step clock and task change at one instant."""
    play = Play()
    play.offered()
    dossier = play.accept("fire_check", "firefighter")
    assert (FIRE, "fire", 1) == (held(play), dossier.suspension, dossier.facts["fire_count"])
    assert [("fire_check", FIRE)] == [(task.state, task.agency) for task in dossier.tasks]
    assert {
        "legal": f"paused {FIRE}",
        "committed": f"paused {FIRE}",
        "step:fire_check": f"running {FIRE}",
    } == clocks(play)


def test_a_suspension_lasts_until_the_other_side_has_accepted() -> None:
    """Back at the lead agency the clocks run on when it accepts, not when the dossier is offered to it."""
    play = Play()
    play.offered()
    play.accept("fire_check", "firefighter")
    play.fire("fire_ok", "firefighter")
    offered = (held(play), clocks(play)["legal"])
    play.accept("back", "officer")
    assert ((FIRE, f"paused {FIRE}"), (LEAD, f"running {LEAD}")) == (
        offered,
        (held(play), clocks(play)["legal"]),
    )


def test_a_suspension_that_was_had_as_often_as_may_be_is_not_offered_again() -> None:
    """What begins at acceptance counts then; an offer that would begin it once too often is refused."""
    mapping = handing_mapping()
    mapping["suspensions"][-1]["max_times"] = 1
    mapping["transitions"].append(move("again", ["late"], "fire_check", "officer"))
    play = Play(world=world_of(with_table(mapping)))
    play.offered()
    play.give_back("fire_check", "firefighter")
    play.fire("to_fire", "officer")
    play.accept("fire_check", "firefighter")
    play.now += timedelta(days=1)
    play.do(PassDeadline())
    assert play.dossier is not None
    while play.dossier.states != ("late",):
        play.do(PassDeadline())

    with pytest.raises(TransitionRefused, match="possible 1 time"):
        play.fire("again", "officer")


def test_an_acknowledgement_arms_the_second_allowance() -> None:
    """The clock begins a new epoch; a second acknowledgement changes nothing."""
    play = Play()
    first = play.offered().clocks["handoff:fire_check"]
    play.now += timedelta(minutes=30)
    second = play.acknowledge("fire_check", "firefighter").clocks["handoff:fire_check"]
    assert (1, 2) == (first.epoch, second.epoch)
    assert play.now + timedelta(hours=2) == second.due
    play.acknowledge("fire_check", "firefighter")
    assert () == play.events


def test_a_return_goes_the_declared_way_and_custody_never_left() -> None:
    """The sender has its task again; the clocks of the dossier never noticed."""
    play = Play()
    before = play.offered()
    dossier = play.give_back("fire_check", "firefighter")
    assert (("appraising",), LEAD, "returned") == (
        dossier.states,
        held(play),
        dossier.handoffs["fire_check"].status,
    )
    assert before.clocks["legal"] == dossier.clocks["legal"]
    assert ["appraising"] == [task.state for task in dossier.tasks]


def test_what_is_returned_is_not_offered_again_to_whom_it_never_left() -> None:
    """A returned answer is back at the desk of who gave it, without another handoff."""
    play = Play()
    play.offered()
    play.accept("fire_check", "firefighter")
    play.fire("fire_ok", "firefighter")
    dossier = play.give_back("back", "officer")
    assert (("fire_check",), FIRE, "accepted") == (
        dossier.states,
        held(play),
        dossier.handoffs["fire_check"].status,
    )
    assert ["fire_check"] == [task.state for task in dossier.tasks]
    assert 1 == dossier.facts["fire_count"]


def test_a_return_needs_its_reason() -> None:
    """Nothing is recorded of a return that says no why."""
    play = Play()
    before = play.offered()
    with pytest.raises(TransitionRefused):
        play.give_back("fire_check", "firefighter", reasoned=False)
    assert before == play.dossier


def test_an_offer_is_cancelled_when_the_dossier_moves_on() -> None:
    """A withdrawal ends it, and the receiver comes too late."""
    play = Play()
    play.offered()
    dossier = play.fire("withdraw", None)
    assert ("cancelled", {}) == (dossier.handoffs["fire_check"].status, clocks(play))
    with pytest.raises(HandoffAnswered):
        play.accept("fire_check", "firefighter")


def test_a_notice_that_left_is_a_delivery() -> None:
    """Only of the offer it told of, and only while that waits."""
    play = Play()
    play.offered()
    other = decide(
        play.world, play.dossier, ConfirmNotice("m", "handoff_offer", "mailbox", "fire_check#2"), play.now
    )
    dossier = play.do(ConfirmNotice("m", "handoff_offer", "mailbox", "fire_check#1"))
    assert 1 == len(other)
    assert HandoffDelivered("fire_check", 1, "m", play.now) in play.events
    assert ("delivered", LEAD) == (dossier.handoffs["fire_check"].status, held(play))


def test_a_silent_receiver_is_escalated_to_both_sides() -> None:
    """First its own people, then who sent it."""
    play = Play()
    play.offered()
    play.now += timedelta(days=1)
    reached = []
    while events := decide(play.world, play.dossier, PassDeadline(), play.now):
        play.dossier = fold(play.dossier, events, by_person=False)
        reached += [(e.rung, e.agency, e.recipients) for e in events if isinstance(e, RungReached)]
    handed = [one for one in reached if one[0] in ("due", "up")]
    assert [("due", FIRE, ("firefighter",)), ("up", LEAD, ("officer",))] == handed


@pytest.mark.parametrize(
    ("error", "act"),
    [
        (WrongAgency, lambda play: play.acknowledge("fire_check", "officer")),
        (WrongAgency, lambda play: play.accept("fire_check", "counter")),
        (WrongAgency, lambda play: play.accept("fire_check", None)),
        (HandoffNotFound, lambda play: play.accept("signing", "firefighter")),
        (HandoffNotAccepted, lambda play: play.fire("fire_ok", "firefighter")),
        (HandoffNotAccepted, lambda play: play.fire("refuse_fire", "firefighter")),
    ],
)
def test_an_offer_is_answered_by_its_receiver_alone(
    error: type[DomainError], act: Callable[[Play], object]
) -> None:
    """Others are told whose it is; the receiver, that it must answer before it acts."""
    play = Play()
    before = play.offered()
    with pytest.raises(error):
        act(play)
    assert before == play.dossier


def test_an_answer_is_final() -> None:
    """No second acceptance, no return after it, no acceptance after a return."""
    play = Play()
    play.offered()
    play.accept("fire_check", "firefighter")
    for act in (play.accept, play.give_back, play.acknowledge):
        with pytest.raises(HandoffAnswered):
            act("fire_check", "firefighter")
    with pytest.raises(NothingToReturn):
        play.fire("refuse_fire", "firefighter")
    returned = Play()
    returned.offered()
    returned.give_back("fire_check", "firefighter")
    with pytest.raises(HandoffAnswered):
        returned.accept("fire_check", "firefighter")


def test_what_nobody_can_do_is_not_offered() -> None:
    """While it is offered the receiver's moves are not listed; a way back never is."""
    play = Play()
    waiting = enabled_transitions(play.world, play.offered())
    accepted = enabled_transitions(play.world, play.accept("fire_check", "firefighter"))
    assert ({"withdraw", "fire_late"}, {"fire_ok", "withdraw", "fire_late"}) == (
        set(waiting) - {"extend"},
        set(accepted) - {"extend"},
    )


@pytest.mark.parametrize("what", ["self", "gone", "closed", "kind", "nobody"])
def test_there_must_be_somebody_else_to_take_over(what: str) -> None:
    """An offer to oneself, to a closed agency, or to one without competence is refused before it is made."""
    play = Play()
    play.open()
    dossier = play.fire("accept", "counter")
    known = directory("firefighter") if what == "nobody" else directory()
    agencies = [a for a in known.agencies if what != "gone" or a.code != FIRE]
    if what == "closed":
        agencies = [replace(a, until=date(2026, 3, 2)) if a.code == FIRE else a for a in agencies]
    if what == "kind":
        agencies = [replace(a, kind="bakery") if a.code == FIRE else a for a in agencies]
    play.world = replace(play.world, directory=replace(known, agencies=tuple(agencies)))
    if what == "self":
        play.dossier = replace(dossier, parties={"lead": LEAD, "fire": LEAD})
    refusal = {"self": HandoffToSelf, "closed": ReceiverClosed, "gone": ReceiverClosed}.get(
        what, AgencyNotCompetent
    )
    with pytest.raises(refusal):
        play.fire("to_fire", "officer")


def test_a_post_that_neither_hands_over_nor_takes_over_may_not() -> None:
    """To be in the agency is not enough: the role of the state or its desk takes over."""
    play = Play()
    play.offered()
    play.accept("fire_check", "firefighter")
    play.fire("fire_ok", "firefighter")
    with pytest.raises(NotAuthorised):
        play.accept("back", "unit_head")
    assert LEAD == custodian(play.world.procedure, play.accept("back", "counter")).party


def test_who_had_no_time_is_late_by_the_clock() -> None:
    """A step that ran out at the receiver brings custody and clocks back without a handoff."""
    play = Play()
    play.offered()
    play.accept("fire_check", "firefighter")
    play.now += timedelta(days=1)
    while events := decide(play.world, play.dossier, PassDeadline(), play.now):
        play.dossier = fold(play.dossier, events, by_person=False)
    assert (("late",), LEAD) == (play.dossier and play.dossier.states, held(play))
    assert f"running {LEAD}" == clocks(play)["legal"]
