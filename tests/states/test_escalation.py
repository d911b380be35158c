"""Ladders: rungs in order, once in an epoch, to the first who can be reached; silence climbs; clocks run out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import Raw, clock, procedure_mapping, state
from desk import Desk, accepted, checking, laddered, names, rules, rungs, with_moves
from office_time import at
from world import LEAD, PROVINCE, directory, pausing

from states.commands import RecomputeClocks
from states.directory import Directory
from states.errors import NotAuthorised
from states.events import (
    ApologyDrafted,
    Event,
    NonconformityOpened,
    RungReached,
    TaskReassigned,
)
from states.procedure import Procedure

STEP = "step:appraising"


def reached(happened: list[Event], rung: str) -> RungReached:
    """The one time that a rung fired."""
    [found] = [e for e in happened if isinstance(e, RungReached) and e.rung == rung]
    return found


def step_of(hours: int) -> Procedure:
    """The default procedure with another budget for the first state."""
    states = procedure_mapping()["states"]
    states[0] = state("submitted", public=1, holder="counter", initial=True, clock=clock(hours))
    return with_moves(states=states)


def test_rungs_stand_before_on_and_after_the_due_instant() -> None:
    """In working time: two hours before, on it, one day and three days after."""
    desk = accepted().claim("officer").until("2026-03-06T08:30")
    assert [("warn", "2026-03-02T15:30"), ("due", "2026-03-03T08:30"), ("up", "2026-03-04T08:30"),
            ("top", "2026-03-06T08:30")] == rungs(desk.sweep())  # fmt: skip


def test_a_rung_fires_at_its_instant_and_not_a_moment_earlier() -> None:
    """A microsecond before, nothing; on the instant, the rung, once."""
    desk = accepted().claim("officer").until("2026-03-02T15:30")
    desk.now -= timedelta(microseconds=1)
    assert [] == desk.sweep()
    desk.now += timedelta(microseconds=1)
    assert (["warn"], []) == (names(desk.sweep()), desk.sweep())


def test_after_an_outage_everything_fires_in_the_order_it_fell_due() -> None:
    """Rungs of all clocks of the dossier are interleaved by their instants, dated as they were due."""
    desk = checking().until("2026-03-20T09:00")
    fired = [e for e in desk.sweep() if isinstance(e, RungReached) and "." not in e.rung]
    assert [e.due_at for e in fired] == sorted(e.due_at for e in fired)
    assert {"legal", "step:visiting", "step:asking"} == {e.clock for e in fired}
    assert {desk.now} == {e.at for e in fired}


@pytest.mark.parametrize(("hours", "warned"), [(1, False), (2, False), (3, True)])
def test_a_warning_at_or_before_the_beginning_is_void(hours: int, warned: bool) -> None:
    """A step of two hours is not warned of two hours before its end."""
    desk = Desk(rules(step_of(hours))).open().until("2026-03-02T16:00")
    assert (["warn", "due"] if warned else ["due"]) == names(desk.sweep(), "step:submitted")


def test_the_first_who_can_be_reached_is_told() -> None:
    """The holder of the task; while it lies in the pool, the head of the unit; else the next in the chain."""
    seen = [accepted().claim("colleague"), accepted(), accepted(rules(people=directory("unit_head")))]
    told = [reached(desk.until("2026-03-03T08:30").sweep(), "due").recipients for desk in seen]
    assert [("colleague",), ("unit_head",), ()] == told


def test_nobody_to_tell_is_a_nonconformity() -> None:
    """A warning to a holder that there is not is recorded, with whom it should have reached."""
    desk = accepted().until("2026-03-02T15:30")
    happened = desk.sweep()
    assert ((), "assignee", LEAD) == (
        (rung := reached(happened, "warn")).recipients, rung.position, rung.agency
    )  # fmt: skip
    assert (f"nobody_reached:{STEP}:1:warn",) == desk.dossier.nonconformities
    assert ["nobody_reached"] == [e.cause for e in happened if isinstance(e, NonconformityOpened)]


def test_a_chain_climbs_over_vacant_seats() -> None:
    """Without a head of unit the head is told; without a head, the chairman of the province."""
    desk = accepted(rules(people=directory("unit_head"))).until("2026-03-04T08:30")
    assert (("head",), "head", LEAD) == (
        (rung := reached(desk.sweep(), "up")).recipients, rung.position, rung.agency
    )  # fmt: skip
    desk.world = rules(people=directory("unit_head", "head"))
    silence = reached(desk.until("2026-03-04T13:30").sweep(), "up.unacknowledged")
    assert (("chairman",), "chairman", PROVINCE) == (silence.recipients, silence.position, silence.agency)


def test_seats_are_looked_up_on_the_day_the_rung_fires() -> None:
    """Who held the seat when the clock was armed, and has left, is not told."""
    desk = accepted().until("2026-03-03T08:30")
    posts = tuple(
        replace(p, until=date(2026, 3, 3)) if p.officer == "unit_head" else p for p in directory().posts
    )
    desk.world = rules(people=replace(directory(), posts=posts))
    assert () == reached(desk.sweep(), "due").recipients


def test_who_left_office_is_not_told_though_the_task_lies_with_them() -> None:
    """The chain goes on to the head of the unit."""
    desk = accepted().claim("colleague")
    desk.world = rules(people=directory("colleague"))
    assert ("unit_head",) == reached(desk.until("2026-03-03T08:30").sweep(), "due").recipients


def test_an_agency_that_is_no_more_holds_nobody_up() -> None:
    """A dossier of a dissolved agency escalates past it, and says that nobody was there."""
    up: Raw = {"id": "up", "at": "due", "do": ["notify"], "to": ["head@parent", "chairman@province"]}
    desk = accepted(rules(laddered(up)))
    rest = Directory(tuple(a for a in directory().agencies if a.code != LEAD), directory().posts)
    desk.world = rules(laddered(up), rest)
    assert ("head",) == reached(desk.until("2026-03-03T08:30").sweep(), "up").recipients


def test_acknowledged_in_time_is_settled() -> None:
    """No silence follows, and the same thing is not acknowledged twice."""
    desk = accepted().until("2026-03-04T08:30")
    desk.sweep()
    desk.until("2026-03-04T13:29").acknowledge(STEP, "up", "unit_head")
    assert () == desk.dossier.awaited
    with pytest.raises(NotAuthorised):
        desk.acknowledge(STEP, "up", "unit_head")
    assert ["top"] == names(desk.until("2026-03-06T08:30").sweep())


def test_only_who_was_told_acknowledges() -> None:
    """Neither another officer nor the right one for another rung."""
    desk = accepted().until("2026-03-04T08:30")
    desk.sweep()
    for officer, rung in (("head", "up"), ("unit_head", "due")):
        with pytest.raises(NotAuthorised):
            desk.acknowledge(STEP, rung, officer)


def test_silence_is_escalated_once() -> None:
    """After four working hours the head is told; on that instant it is too late to acknowledge."""
    desk = accepted().until("2026-03-04T08:30")
    desk.sweep()
    happened = desk.until("2026-03-04T13:30").sweep()
    assert [("up.unacknowledged", "2026-03-04T13:30")] == rungs(happened)
    assert ("head",) == reached(happened, "up.unacknowledged").recipients
    with pytest.raises(NotAuthorised):
        desk.acknowledge(STEP, "up", "unit_head")
    assert [] == names(desk.until("2026-03-05T17:00").sweep())


def test_silence_that_reaches_nobody_is_a_nonconformity() -> None:
    """With all seats above vacant the breach is all that is left."""
    desk = accepted().until("2026-03-04T08:30")
    desk.sweep()
    desk.world = rules(people=directory("head", "chairman"))
    desk.until("2026-03-04T13:30").sweep()
    assert f"nobody_reached:{STEP}:1:up.unacknowledged" in desk.dossier.nonconformities


def test_a_rung_hands_the_task_over() -> None:
    """The task goes to the one who was told, and nowhere when they have it already."""
    desk = accepted().claim("officer").until("2026-03-04T08:30")
    happened = desk.sweep()
    assert [TaskReassigned("appraising#2", "unit_head", "rung:up", desk.now)] == [
        e for e in happened if isinstance(e, TaskReassigned)
    ]
    assert "unit_head" == desk.dossier.tasks[0].assignee


def test_a_rung_drafts_an_apology_and_opens_a_nonconformity() -> None:
    """Each action of a rung leaves its own trace; the breach is numbered by clock, epoch and rung."""
    rung: Raw = {"id": "fault", "at": "due", "do": ["draft_apology", "open_nonconformity"], "to": ["head"]}
    desk = accepted(rules(laddered(rung))).until("2026-03-03T08:30")
    [_, drafted, opened] = desk.sweep()
    assert ApologyDrafted(STEP, 1, at("2026-03-03T08:30"), desk.now) == drafted
    assert NonconformityOpened(f"overdue:{STEP}:1:fault", "overdue", STEP, 1, desk.now) == opened


def test_a_paused_clock_fires_no_rung() -> None:
    """Two weeks of waiting for the applicant warn nobody about the dossier's own terms."""
    desk = accepted(rules(pausing())).fire("ask_more", "officer").until("2026-03-17T23:59")
    assert [] == names(desk.sweep(), "legal")


def test_pause_and_resumption_begin_no_epoch() -> None:
    """What fired before the pause does not fire again after it."""
    desk = accepted(rules(pausing())).until("2026-03-11T16:00")
    assert ["warn"] == names(desk.sweep(), "legal")
    desk.fire("ask_more", "unit_head").until("2026-03-16T09:00").fire("resubmit", None)
    assert ["due"] == names(desk.until("2026-03-16T17:00").sweep(), "legal")


def test_a_restart_and_an_extension_begin_one() -> None:
    """The new term has all its rungs, and what waited for an acknowledgement is settled."""
    desk = accepted().until("2026-03-11T16:00")
    assert ["warn"] == names(desk.sweep(), "legal")
    desk.fire("ask_more", "unit_head").fire("resubmit", None)
    assert (2, ()) == (desk.dossier.clocks["legal"].epoch, desk.dossier.clocks["legal"].fired)
    desk.until("2026-03-25T09:00")
    assert ["warn", "due", "up"] == names(desk.sweep(), "legal")
    desk.extend("5 working_days")
    assert (3, []) == (
        desk.dossier.clocks["legal"].epoch,
        [a for a in desk.dossier.awaited if a.clock == "legal"],
    )
    assert ["warn", "due"] == names(desk.until("2026-03-30T17:00").sweep(), "legal")


def test_a_recomputation_begins_none() -> None:
    """A day off declared later moves the due instant; the warning that was given stays given."""
    desk = accepted().claim("officer").until("2026-03-02T16:00")
    assert ["warn"] == names(desk.sweep())
    desk.world = rules(None, None, date(2026, 3, 3))
    desk.do(RecomputeClocks("digest"), by_person=False)
    assert [("due", "2026-03-04T08:30")] == rungs(desk.until("2026-03-04T08:30").sweep())


def test_leaving_the_state_settles_what_was_to_be_acknowledged() -> None:
    """Nobody is reported as silent about a step that is done."""
    desk = accepted().until("2026-03-04T08:30")
    desk.sweep()
    desk.fire("appraise", "unit_head")
    assert () == desk.dossier.awaited


def test_an_agency_may_say_who_hears_of_what_reaches_nobody() -> None:
    """Where nobody of the chain is there, the first held position of its own list is reached, and no breach opens."""
    usual = directory("officer", "colleague", "unit_head", "head")
    told = replace(usual.get(LEAD), escalations=("deputy_head", "one_stop_officer"))
    people = replace(usual, agencies=tuple(told if a.code == LEAD else a for a in usual.agencies))
    silent, heard = (
        next(
            e
            for e in accepted(rules(people=one)).until("2026-03-05T10:00").sweep()
            if isinstance(e, RungReached)
        )
        for one in (usual, people)
    )
    assert ((), ("counter",)) == (silent.recipients, heard.recipients)
