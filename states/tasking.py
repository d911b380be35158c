"""Tasks: created when a position must act, claimed, released, reassigned, done when the state is left."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from states import called
from states.authority import acted_apart, free_for, holds_position, must_assign, role_of
from states.commands import ClaimTask, ReassignTask, ReleaseTask
from states.dossier import Dossier, Task
from states.errors import DomainError, Kind, NotAuthorised, Spoken
from states.events import Event, TaskClaimed, TaskCreated, TaskDone, TaskReassigned, TaskReleased
from states.procedure import APPLICANT, SYSTEM, Assign, Role
from states.world import World


class TaskNotFound(DomainError):
    """Dossier {code} has no open task {task}. Open tasks: {open}."""

    kind = Kind.NOT_FOUND
    vi = "Hồ sơ {code} không có việc đang mở {task}. Việc đang mở: {open}."


class TaskInPool(DomainError):
    """Dossier {code}: nobody has the task {task}, so there is nothing to give back. Claim it to work on it."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: việc {task} chưa ai nhận nên không có gì để trả lại. Hãy nhận việc nếu cần xử lý."


class UnfitOfficer(DomainError):
    """Officer {officer} does not hold the position {position} in {agency}. Choose someone who does."""

    vi = "Cán bộ {officer} không giữ vị trí {position} tại {agency}. Hãy chọn người khác."


def tasks_for(
    world: World, dossier: Dossier, entered: Iterable[str], chosen: Mapping[str, str], now: datetime
) -> list[Event]:
    """Return a task for each entered state that an officer must act on, assigned by its role's rule."""
    events: list[Event] = []
    for state_id in entered:
        holder = world.procedure.state[state_id].holder
        if holder is None or holder in (APPLICANT, SYSTEM):
            continue
        role = world.procedure.role[holder]
        agency = dossier.parties[role.party]
        number = dossier.tasks_created + len(events) + 1
        assignee = assignee_for(world, dossier, role, agency, chosen.get(state_id), now)
        events.append(
            TaskCreated(f"{state_id}#{number}", state_id, role.id, role.position, agency, assignee, now)
        )
    return events


def assignee_for(
    world: World, dossier: Dossier, role: Role, agency: str, chosen: str | None, now: datetime
) -> str | None:
    """Return who gets a task of a role, by the role's rule and the officer that a service chose; None: the pool."""
    if role.assign in (Assign.POOL, Assign.HEAD_ASSIGNS):
        return None
    day = world.calendar_of(agency).local_date(now)
    before = dossier.officers.get(role.id)
    if role.assign is Assign.SAME_OFFICER and before and holds_position(world, role, agency, before, day):
        return before
    # Who may not act in the role any more must not get its task either: it would lie there.
    return None if acted_apart(world, dossier, chosen, role.id) else chosen


def done(dossier: Dossier, exited: Iterable[str], officer: str | None, now: datetime) -> list[Event]:
    """Return the end of every task whose state was left."""
    left = frozenset(exited)
    return [TaskDone(task.id, officer or task.assignee, now) for task in dossier.tasks if task.state in left]


def claim(world: World, dossier: Dossier, command: ClaimTask, now: datetime) -> tuple[Event, ...]:
    """Decide a claim: only a holder of the task's position, only from the pool."""
    task, officer = _open(dossier, command.task), _person(world, dossier, command)
    day = world.calendar_of(task.agency).local_date(now)
    role_of(world, dossier, command.actor, (task.role,), "claim", day)
    free_for(world, dossier, command.actor, (task,), "claim")
    return () if task.assignee == officer else (TaskClaimed(task.id, officer, now),)


def release(world: World, dossier: Dossier, command: ReleaseTask, now: datetime) -> tuple[Event, ...]:
    """Decide a release: only by the officer who has the task."""
    task, officer = _open(dossier, command.task), _person(world, dossier, command)
    free_for(world, dossier, command.actor, (task,), "release")
    if task.assignee is None:
        raise TaskInPool(code=dossier.code, task=task.id)
    return (TaskReleased(task.id, officer, now),)


def reassign(world: World, dossier: Dossier, command: ReassignTask, now: datetime) -> tuple[Event, ...]:
    """Decide a reassignment: by a position that hands out work, to a holder of the task's position."""
    task = _open(dossier, command.task)
    day = world.calendar_of(task.agency).local_date(now)
    must_assign(world, dossier, command.actor, task.agency, "reassign", day)
    role = world.procedure.role[task.role]
    if not holds_position(world, role, task.agency, command.officer, day):
        position = Spoken(role.position, role.label.vi, role.label.en)
        agency = called.agency(world, task.agency, day)
        raise UnfitOfficer(officer=command.officer, position=position, agency=agency)
    return (TaskReassigned(task.id, command.officer, _person(world, dossier, command), now),)


def _open(dossier: Dossier, task_id: str) -> Task:
    task = dossier.task(task_id)
    if task is None:
        raise TaskNotFound(
            code=dossier.code, task=task_id, open=", ".join(t.id for t in dossier.tasks) or "-"
        )
    return task


def _person(world: World, dossier: Dossier, command: ClaimTask | ReleaseTask | ReassignTask) -> str:
    if command.actor.person is None:
        raise NotAuthorised(
            code=dossier.code,
            actor=called.who(command.actor),
            action=called.act(world.procedure, command.kind),
            reason="tasks are for officers",
            reason_vi="chỉ cán bộ được giao việc",
            roles=called.holders(world.procedure, ("officer",)),
        )
    return command.actor.person
