"""May this actor do this to this dossier, in which role, and does nobody else's hand lie on the task?"""

from collections.abc import Iterable
from datetime import date, datetime

from states import called
from states.commands import CLIENT, Actor
from states.dossier import CONSULT, Dossier, Task
from states.errors import NotAuthorised
from states.peer import PARTNER
from states.procedure import APPLICANT, SYSTEM, Assign, Label, Role
from states.world import World


def role_of(
    world: World, dossier: Dossier, actor: Actor, roles: Iterable[str], action: str, day: date
) -> str:
    """Return the first of *roles* that the actor may act in, on a local *day*.

    An officer needs the role's position in the agency bound to its party, or the task of the role in hand; a client
    system, whose posts no directory knows, that position and agency in its own name.

    Raises:
        NotAuthorised: None of the roles is theirs, or separation of duties forbids it.
    """
    allowed = tuple(roles)
    barred: tuple[str, str] | None = None
    for role in allowed:
        if _plays(world, dossier, actor, role, day):
            other = _hands_apart(world, dossier, actor, role)
            if other is None:
                return role
            barred = barred or (role, other)
    if barred is None:
        reason = "they hold none of the roles it needs", "không giữ vai trò được phép"
        raise _refused(world, dossier, actor, action, reason, allowed)
    label = world.procedure.role[barred[1]].label
    reason = f"they already acted as {label.en}", f"đã tham gia với vai trò {label.vi}"
    raise _refused(world, dossier, actor, action, reason, (barred[0],))


def _hands_apart(world: World, dossier: Dossier, actor: Actor, role: str) -> str | None:
    """Of a mandate both hands count: who acts, and whose authority it is."""
    other = acted_apart(world, dossier, actor.person, role)
    return other if actor.mandate is None else other or acted_apart(world, dossier, actor.on_behalf, role)


def _plays(world: World, dossier: Dossier, actor: Actor, role_id: str, day: date) -> bool:
    """A task in hand stands for the position, as after a reassignment, but not for somebody who left office."""
    if role_id in (APPLICANT, SYSTEM):
        return actor.kind == role_id
    if actor.kind == PARTNER:
        return dossier.parties[world.procedure.role[role_id].party] == actor.agency
    if actor.kind == CLIENT:
        role = world.procedure.role[role_id]
        return (actor.agency, actor.position) == (dossier.parties[role.party], role.position)
    who = actor.authority
    if actor.person is None or who is None:
        return False
    role = world.procedure.role[role_id]
    agency = dossier.parties[role.party]
    held = actor.agency in (None, agency) and actor.position in (None, role.position)
    if held and world.directory.holds(who, agency, role.position, day):
        return True
    there = actor.agency if actor.mandate is not None else None  # a mandate is of one agency alone
    in_hand = any(
        (task.role, task.assignee) == (role_id, who) and there in (None, task.agency)
        for task in dossier.tasks
    )
    return in_hand and bool(world.directory.posts_of(who, day))


def acted_apart(world: World, dossier: Dossier, person: str | None, role: str) -> str | None:
    """Return a role, to be kept apart from *role*, in which the person ever acted on the dossier."""
    if person is None:
        return None
    for group in world.procedure.separation:
        for other in group if role in group else ():
            if other != role and person in dossier.acted.get(other, ()):
                return other
    return None


def free_for(world: World, dossier: Dossier, actor: Actor, tasks: Iterable[Task], action: str) -> None:
    """Check that the tasks are the actor's to take: in their own hand, or in the pool if the rule allows that.

    Raises:
        NotAuthorised: Another officer has one of them, or the head has not assigned it yet.
    """
    for task in tasks:
        if actor.person is None or task.assignee in (actor.person, actor.authority):
            continue
        work = work_of(world, task)
        if task.assignee is not None:
            reason = (
                f'{task.assignee} has the task "{work.en}"',
                f"việc «{work.vi}» do {task.assignee} giữ",
            )
            raise _refused(world, dossier, actor, action, reason, (task.role,))
        if world.procedure.role[task.role].assign is Assign.HEAD_ASSIGNS:
            reason = (
                f'the head has not assigned "{work.en}"',
                f"việc «{work.vi}» chưa được phân công",
            )
            raise _refused(world, dossier, actor, action, reason, world.directory.assigners)


def work_of(world: World, task: Task) -> Label:
    """Return what a task is about: a question to answer, or a state to act in."""
    if task.clock.startswith(CONSULT):
        return world.procedure.question[task.clock.removeprefix(CONSULT)][1].label
    return world.procedure.state[task.state].label


def holds_position(world: World, role: Role, agency: str, officer: str, day: date) -> bool:
    """Tell whether *officer* could be given a task of the role on a local *day*."""
    return world.directory.holds(officer, agency, role.position, day)


def must_assign(world: World, dossier: Dossier, actor: Actor, agency: str, action: str, day: date) -> None:
    """Check that the actor holds a position of the agency that hands out work.

    Raises:
        NotAuthorised: They do not.
    """
    if actor.person is not None:
        for position in world.directory.assigners:
            if world.directory.holds(actor.person, agency, position, day):
                return
    reason = "handing out work is for the head", "chỉ người phụ trách được phân công"
    raise _refused(world, dossier, actor, action, reason, world.directory.assigners)


def _refused(
    world: World, dossier: Dossier, actor: Actor, action: str, reason: tuple[str, str], roles: Iterable[str]
) -> NotAuthorised:
    return NotAuthorised(
        code=dossier.code,
        actor=called.who(actor),
        action=called.act(world.procedure, action),
        reason=reason[0],
        reason_vi=reason[1],
        roles=called.holders(world.procedure, roles),
    )


def serves(world: World, dossier: Dossier, actor: Actor, now: datetime) -> bool:
    """Tell whether a person, or whose authority they use, holds a post in an agency of the dossier."""
    who = actor.authority
    if actor.person is None or who is None:
        return False
    day = world.calendar.local_date(now)
    agencies = {dossier.agency, *dossier.parties.values()}
    if actor.mandate is not None:
        agencies = {code for code in agencies if code == actor.agency}
    return any(post.agency in agencies for post in world.directory.posts_of(who, day))
