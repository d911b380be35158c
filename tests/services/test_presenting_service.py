"""What a dossier looks like to people and programs: the contract, what is left, who may do what, and why."""

from datetime import timedelta

import pytest
from world import FIRE, PAUSING, Office

from motcua.services.appointments import is_late
from motcua.services.identity import UnknownOfficer, officer
from motcua.services.listing import any_late, listed, open_tasks
from motcua.services.presenting import describe, summary
from motcua.services.presenting_clocks import explained


def test_the_summary_is_what_programs_rely_on() -> None:
    """Its keys, with the committed appointment in local time and what may be sent next."""
    office = Office()
    code = office.accepted()

    assert {
        "code": code,
        "version": 2,
        "states": ["appraising"],
        "public_status": 4,
        "due": "2026-03-09T17:00:00+07:00",
        "provisional": False,
        "allowed": ["ask_more", "appraise", "withdraw", "extend"],
    } == summary(office.house, office.store.load(code))


def test_what_only_the_clock_does_is_not_offered() -> None:
    """While the applicant is waited for, the lapse is not among what may be sent."""
    office = Office()
    code = office.accepted()

    stored = office.send(code, "ask_more", "officer")

    assert ["resubmit", "withdraw"] == summary(office.house, stored)["allowed"][:2]
    assert "lapse" not in summary(office.house, stored)["allowed"]


def test_a_paused_clock_shows_what_it_keeps_and_a_running_one_what_is_left() -> None:
    """Minutes as the term counts them: after half an hour's work a pause keeps five days less as much."""
    office = Office()
    code = office.accepted(PAUSING)
    office.pass_time(days=1)
    stored = office.send(code, "ask_more", "officer")
    office.pass_time(days=2)

    clocks = {clock["id"]: clock for clock in describe(office.house, stored)["clocks"]}

    assert ("paused", None, 5 * 480 - 30) == (
        clocks["committed"]["state"],
        clocks["committed"]["due"],
        clocks["committed"]["remaining_minutes"],
    )
    assert "running" == clocks["step:waiting"]["state"]
    assert not clocks["step:waiting"]["working_time"]


def test_the_view_says_who_may_do_what_and_what_is_blocked() -> None:
    """Actions name role, agency and officers; a guard that fails says why in two languages."""
    office = Office()
    code = office.accepted(PAUSING)
    stored = office.send(code, "appraise", "officer")

    actions = {action["id"]: action for action in describe(office.house, stored)["actions"]}

    assert [(FIRE, ["firefighter"])] == [(by["agency"], by["officers"]) for by in actions["answer"]["by"]]
    assert (["objects"], None) == (actions["answer"]["inputs"], actions["answer"]["blocked"])
    assert ("extension", True) == (actions["extend"]["kind"], actions["extend"]["reason_required"])


def test_an_explanation_adds_up_to_the_due_instant() -> None:
    """For every clock the minutes of its days sum up to its term, with the reason of each day in two languages."""
    office = Office()

    clocks = explained(office.house, office.store.load(office.accepted()))

    assert {"legal": 7 * 480, "committed": 5 * 480, "step:appraising": 480} == {
        c["id"]: c["minutes"] for c in clocks
    }
    assert all(day["reason"]["vi"] and day["reason"]["en"] for clock in clocks for day in clock["days"])
    assert all(str(clock["due"]).startswith(clock["days"][-1]["date"]) for clock in clocks)


def test_late_is_a_running_appointment_that_has_passed() -> None:
    """To the instant it is in time; afterwards it is late, until the result is there."""
    office = Office()
    code = office.accepted()
    dossier = office.store.load(code).dossier
    due = dossier.clocks["committed"].due
    assert due is not None

    assert (False, True) == (is_late(dossier, due), is_late(dossier, due + timedelta(microseconds=1)))
    office.clock.at = due + timedelta(hours=1)
    assert [code] == [row["code"] for row in listed(office.house, late_only=True)]
    assert any_late(office.house)
    office.send(code, "withdraw", None)
    assert ([], False) == (listed(office.house, late_only=True), any_late(office.house))


def test_lists_show_dossiers_and_tasks_by_their_appointment() -> None:
    """The nearest appointment comes first, and every filter narrows."""
    office = Office()
    waiting, accepted = office.open(), office.accepted()

    assert [waiting, accepted] == [row["code"] for row in listed(office.house)]
    assert [accepted] == [row["code"] for row in open_tasks(office.house, position="officer")]
    assert [] == listed(office.house, procedure=PAUSING)


def test_an_officer_acts_from_their_post_and_a_stranger_not_at_all() -> None:
    """Agency and position come from the registry of the day."""
    office = Office()

    actor = officer(office.house, "firefighter")

    assert ("officer", "firefighter", FIRE, "officer") == (
        actor.kind,
        actor.person,
        actor.agency,
        actor.position,
    )
    with pytest.raises(UnknownOfficer):
        officer(office.house, "stranger")
