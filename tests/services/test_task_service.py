"""Tasks: claimed by one, released, reassigned by the head, and escalations acknowledged."""

import pytest
from world import Office, actor_of

from motcua.services.tasks import acknowledge, claim, reassign, release
from states.commands import APPLICANT_ACTOR
from states.errors import NotAuthorised
from states.tasking import TaskNotFound, UnfitOfficer

TASK = "appraising#2"


def holder(office: Office, code: str) -> str | None:
    """Who has the only open task."""
    [task] = office.store.load(code).dossier.tasks
    return task.assignee


def test_a_task_goes_from_the_pool_into_one_hand_and_back() -> None:
    """Claimed, it is refused to a colleague, also its transition; released, anybody may take it."""
    office = Office()
    code = office.accepted()

    claim(office.house, code, TASK, actor_of("officer"))
    with pytest.raises(NotAuthorised):
        claim(office.house, code, TASK, actor_of("colleague"))
    with pytest.raises(NotAuthorised):
        office.send(code, "appraise", "colleague")
    held = holder(office, code)
    release(office.house, code, TASK, actor_of("officer"))

    assert ("officer", None) == (held, holder(office, code))


def test_claiming_again_what_is_in_hand_changes_nothing() -> None:
    """No record is written for it."""
    office = Office()
    code = office.accepted()
    first = claim(office.house, code, TASK, actor_of("officer"))

    assert first.seq == claim(office.house, code, TASK, actor_of("officer")).seq


def test_only_who_holds_the_position_may_claim() -> None:
    """Neither another position nor the applicant takes a task, and an unknown one is not found."""
    office = Office()
    code = office.accepted()

    for actor in (actor_of("counter"), actor_of("firefighter"), APPLICANT_ACTOR):
        with pytest.raises(NotAuthorised):
            claim(office.house, code, TASK, actor)
    with pytest.raises(TaskNotFound):
        claim(office.house, code, "appraising#9", actor_of("officer"))


def test_the_head_hands_a_task_to_a_fit_officer_only() -> None:
    """Reassigning is for who hands out work, to who holds the position."""
    office = Office()
    code = office.accepted()
    claim(office.house, code, TASK, actor_of("officer"))

    with pytest.raises(NotAuthorised):
        reassign(office.house, code, TASK, "colleague", actor_of("officer"))
    with pytest.raises(UnfitOfficer):
        reassign(office.house, code, TASK, "counter", actor_of("unit_head"))
    reassign(office.house, code, TASK, "colleague", actor_of("unit_head"))

    assert "colleague" == holder(office, code)


def test_an_acknowledged_escalation_is_not_escalated_further() -> None:
    """Only a recipient may acknowledge, and then the silence is broken for good."""
    office = Office()
    code = office.accepted()
    office.wait(days=3)
    [awaited] = office.store.load(code).dossier.awaited

    with pytest.raises(NotAuthorised):
        acknowledge(office.house, code, awaited.clock, awaited.rung, actor_of("counter"))
    acknowledge(office.house, code, awaited.clock, awaited.rung, actor_of(awaited.recipients[0]))
    office.clock.at = awaited.by
    office.sweep()

    dossier = office.store.load(code).dossier
    assert (awaited.clock, awaited.rung) not in [(a.clock, a.rung) for a in dossier.awaited]
    assert f"{awaited.rung}.unacknowledged" not in dossier.clocks[awaited.clock].fired
