"""Tasks of officers: list, claim, release, reassign, and acknowledge an escalation."""

from collections.abc import Callable

from audit.record import Auth
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.trying import theirs
from states.commands import AcknowledgeRung, Actor, ClaimTask, ReassignTask, ReleaseTask
from states.wire import to_wire


def claim(
    house: Installation,
    code: str,
    task: str,
    actor: Actor,
    auth: Auth | None = None,
    key: str | None = None,
    expect: int | None = None,
) -> Stored:
    """Take a task from the pool. Raises: TaskNotFound, NotAuthorised, StaleDossier."""
    return _enact(house, code, lambda seen: ClaimTask(task, actor, seen), actor, auth, key, expect)


def release(
    house: Installation,
    code: str,
    task: str,
    actor: Actor,
    auth: Auth | None = None,
    key: str | None = None,
    expect: int | None = None,
) -> Stored:
    """Give a task back to the pool. Raises: TaskNotFound, NotAuthorised, StaleDossier."""
    return _enact(house, code, lambda seen: ReleaseTask(task, actor, seen), actor, auth, key, expect)


def reassign(
    house: Installation,
    code: str,
    task: str,
    officer: str,
    actor: Actor,
    auth: Auth | None = None,
    key: str | None = None,
    expect: int | None = None,
) -> Stored:
    """Give a task to another officer. Raises: TaskNotFound, NotAuthorised, UnfitOfficer, StaleDossier."""
    return _enact(
        house, code, lambda seen: ReassignTask(task, officer, actor, seen), actor, auth, key, expect
    )


def acknowledge(
    house: Installation,
    code: str,
    clock: str,
    rung: str,
    actor: Actor,
    auth: Auth | None = None,
    key: str | None = None,
    expect: int | None = None,
) -> Stored:
    """Confirm that an escalation was seen. Raises: NotAuthorised, StaleDossier."""
    return _enact(
        house, code, lambda seen: AcknowledgeRung(clock, rung, actor, seen), actor, auth, key, expect
    )


def claimable(house: Installation, stored: Stored, actor: Actor) -> frozenset[str]:
    """Return the ids of the tasks in a pool that somebody may take now."""
    seen = stored.dossier.version
    return frozenset(
        task.id
        for task in stored.dossier.tasks
        if task.assignee is None and theirs(house, stored, actor, ClaimTask(task.id, actor, seen))
    )


def _enact(
    house: Installation,
    code: str,
    command: Callable[[int], ClaimTask | ReleaseTask | ReassignTask | AcknowledgeRung],
    actor: Actor,
    auth: Auth | None,
    key: str | None,
    expect: int | None = None,
) -> Stored:
    """Carry out a command on the version that was seen, or is there; a key makes it one that is done once."""
    asked = command(0)
    idem = once(key, actor, auth, [code, asked.kind, to_wire(asked)])
    return enact(
        house,
        code,
        lambda _, stored, __: Request(
            command(stored.dossier.version if expect is None else expect), actor, auth=auth, idem=idem
        ),
    )
