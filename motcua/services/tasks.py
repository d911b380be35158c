"""Tasks of officers: list, claim, release, reassign, and acknowledge an escalation."""

from audit.record import Auth
from motcua.services.enacting import Request, enact
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.commands import AcknowledgeRung, Actor, ClaimTask, ReassignTask, ReleaseTask


def claim(house: Installation, code: str, task: str, actor: Actor, auth: Auth | None = None) -> Stored:
    """Take a task from the pool. Raises: TaskNotFound, NotAuthorised."""
    return enact(
        house,
        code,
        lambda world, stored, now: Request(ClaimTask(task, actor, stored.dossier.version), actor, auth=auth),
    )


def release(house: Installation, code: str, task: str, actor: Actor, auth: Auth | None = None) -> Stored:
    """Give a task back to the pool. Raises: TaskNotFound, NotAuthorised."""
    return enact(
        house,
        code,
        lambda world, stored, now: Request(
            ReleaseTask(task, actor, stored.dossier.version), actor, auth=auth
        ),
    )


def reassign(
    house: Installation, code: str, task: str, officer: str, actor: Actor, auth: Auth | None = None
) -> Stored:
    """Give a task to another officer. Raises: TaskNotFound, NotAuthorised, UnfitOfficer."""
    return enact(
        house,
        code,
        lambda world, stored, now: Request(
            ReassignTask(task, officer, actor, stored.dossier.version), actor, auth=auth
        ),
    )


def acknowledge(
    house: Installation, code: str, clock: str, rung: str, actor: Actor, auth: Auth | None = None
) -> Stored:
    """Confirm that an escalation was seen. Raises: NotAuthorised."""
    return enact(
        house,
        code,
        lambda world, stored, now: Request(
            AcknowledgeRung(clock, rung, actor, stored.dossier.version), actor, auth=auth
        ),
    )
