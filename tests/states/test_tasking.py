"""Tasks: created by the role's rule, claimed, released, reassigned, and done with their state."""

from dataclasses import replace

import pytest
from builders import compiled, procedure_mapping
from desk import Desk, accepted, checking, rules, seated, signing, with_roles
from world import LEAD, Office, actor_of, directory

from states.commands import APPLICANT_ACTOR, ClaimTask
from states.errors import NotAuthorised, StaleDossier
from states.events import TaskClaimed, TaskCreated, TaskDone, TaskReleased
from states.tasking import TaskInPool, TaskNotFound, UnfitOfficer


def holders(desk: Desk) -> list[tuple[str, str | None]]:
    """The open tasks, with who has them."""
    return [(task.id, task.assignee) for task in desk.dossier.tasks]


def test_a_pool_task_belongs_to_nobody_yet() -> None:
    """The task carries the role, position and agency that must act, and no officer."""
    [task] = Desk().open().of(TaskCreated)
    assert ("submitted", "counter", "one_stop_officer", LEAD, None) == (
        task.state,
        task.role,
        task.position,
        task.agency,
        task.assignee,
    )


def test_the_choice_for_least_loaded_is_used() -> None:
    """Whom the service chose gets the task; where it chose nobody the task lies in the pool."""
    world = rules(with_roles(officer="least_loaded"))
    chosen = Desk(world).open().fire("accept", "counter", assignees={"appraising": "colleague"})
    assert [("appraising#2", "colleague")] == holders(chosen)
    assert [("appraising#2", None)] == holders(accepted(world))


def test_a_choice_is_ignored_where_the_rule_is_another() -> None:
    """Neither a pool nor a head gives way to a choice that nobody asked for."""
    for rule in ("pool", "head_assigns"):
        desk = Desk(rules(with_roles(officer=rule))).open()
        desk.fire("accept", "counter", assignees={"appraising": "colleague"})
        assert [("appraising#2", None)] == holders(desk)


def test_the_least_loaded_officer_is_chosen_in_the_office() -> None:
    """The second dossier goes to the colleague, because the first one already lies with the officer."""
    office = Office()
    mapping = procedure_mapping()
    mapping["procedure"]["code"] = "9.000003"
    mapping["roles"][1]["assign"] = "least_loaded"
    office.publish(compiled(mapping))
    codes = [office.accepted("9.000003") for _ in range(3)]
    assert ["officer", "colleague", "officer"] == [
        office.store.load(code).dossier.tasks[0].assignee for code in codes
    ]


def test_nobody_is_chosen_for_what_they_may_not_do() -> None:
    """A task does not go to somebody whom separation of duties keeps from doing it: it waits in the pool."""
    world = rules(with_roles(leader="least_loaded"), seated(("officer", LEAD, "head")))
    desk = checking(world).fire("visit", "officer")
    desk.fire("answer", "firefighter", assignees={"signing": "officer"})
    assert [("signing#5", None)] == holders(desk)


def test_the_same_officer_gets_the_dossier_back() -> None:
    """After the supplement it returns to who appraised it, whomever else the service would choose."""
    desk = accepted(rules(with_roles(officer="same_officer"))).fire("ask_more", "colleague")
    desk.fire("resubmit", None, assignees={"appraising": "officer"})
    assert [("appraising#3", "colleague")] == holders(desk)


def test_the_same_officer_only_while_in_office() -> None:
    """Once that officer has left the position, the one who was chosen gets it."""
    desk = accepted(rules(with_roles(officer="same_officer"))).fire("ask_more", "colleague")
    desk.world = replace(desk.world, directory=directory("colleague"))
    desk.fire("resubmit", None, assignees={"appraising": "officer"})
    assert [("appraising#3", "officer")] == holders(desk)


def test_nobody_has_a_task_while_the_applicant_is_to_act() -> None:
    """Waiting for the applicant is no officer's task."""
    assert [] == holders(accepted().fire("ask_more", "officer"))


def test_a_claim_takes_a_task_out_of_the_pool_once() -> None:
    """Claiming again what one has changes nothing, not even the version."""
    desk = accepted().claim("officer")
    assert [TaskClaimed("appraising#2", "officer", desk.now)] == list(desk.last)
    assert ((), desk.dossier.version) == (desk.claim("officer").last, 3)


@pytest.mark.parametrize("officer", ["counter", "head", "firefighter", "unit_head"])
def test_only_the_position_of_the_task_may_claim_it(officer: str) -> None:
    """Nobody else takes it, the head included."""
    with pytest.raises(NotAuthorised):
        accepted().claim(officer)


def test_only_who_has_a_task_releases_it() -> None:
    """A colleague cannot put it back; its holder can, and then the colleague may take it."""
    desk = accepted().claim("officer")
    with pytest.raises(NotAuthorised):
        desk.release("colleague")
    desk.release("officer")
    assert [TaskReleased("appraising#2", "officer", desk.now)] == list(desk.last)
    assert [("appraising#2", "colleague")] == holders(desk.claim("colleague"))


def test_a_head_reassigns_to_somebody_who_holds_the_position() -> None:
    """The task changes hands even when somebody has it; somebody without the position is refused."""
    desk = accepted().claim("officer").reassign("colleague")
    assert [("appraising#2", "colleague")] == holders(desk)
    with pytest.raises(UnfitOfficer):
        desk.reassign("counter")
    assert [("appraising#2", "colleague")] == holders(desk)


def test_tasks_are_for_officers() -> None:
    """The applicant cannot claim one."""
    desk = accepted()
    with pytest.raises(NotAuthorised):
        desk.do(ClaimTask("appraising#2", APPLICANT_ACTOR, desk.dossier.version))


def test_a_task_that_is_not_open_is_not_found() -> None:
    """A task of a state that was left is gone; what is open is named."""
    desk = accepted()
    with pytest.raises(TaskNotFound) as refusal:
        desk.claim("counter", "submitted#1")
    assert "appraising#2" == refusal.value.facts["open"]


def test_a_claim_on_an_old_version_is_stale() -> None:
    """Whoever saw another version is told to look again."""
    desk = accepted()
    with pytest.raises(StaleDossier):
        desk.do(ClaimTask("appraising#2", actor_of("officer"), desk.dossier.version - 1))


def test_a_task_is_done_by_whoever_left_its_state() -> None:
    """Not the holder but the one who acted is credited; where nobody acted, the holder."""
    desk = accepted().claim("officer").fire("withdraw", "counter")
    assert [TaskDone("appraising#2", "counter", desk.now)] == desk.of(TaskDone)
    desk = accepted().claim("officer").fire("withdraw", None)
    assert [TaskDone("appraising#2", "officer", desk.now)] == desk.of(TaskDone)


def test_each_branch_of_a_parallel_block_has_its_task() -> None:
    """Two agencies get a task each; the first to finish leaves the other's open, joining opens the next."""
    desk = checking()
    assert [("visiting#3", None), ("asking#4", None)] == holders(desk)
    assert [("asking#4", None)] == holders(desk.fire("visit", "officer"))
    assert [("signing#5", None)] == holders(desk.fire("answer", "firefighter"))


def test_numbers_of_tasks_are_never_used_twice() -> None:
    """A state entered again gets a task with another id."""
    desk = signing()
    created = [event.task for event in desk.log if isinstance(event, TaskCreated)]
    again = accepted().fire("ask_more", "officer").fire("resubmit", None).dossier.tasks[0].id
    assert (len(created), "appraising#3") == (len(set(created)), again)


def test_a_task_in_the_pool_cannot_be_given_back() -> None:
    """Nobody has it, so nothing is recorded and the officer is told."""
    with pytest.raises(TaskInPool):
        accepted().release("colleague")
