"""Gives tasks to other officers: each by itself, each with its own result."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from motcua.services.access import Visitor, looked_at
from motcua.services.installation import Installation
from motcua.services.ports import DossierNotFound
from motcua.services.presenting_clocks import words_of
from motcua.services.tasks import reassign
from states.authority import work_of
from states.errors import DomainError

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One task that is to go to an officer.

    Attributes:
        version: Of the dossier, as the page showed it.
    """

    code: str
    task: str
    version: int
    officer: str


def hand_out(
    house: Installation, visitor: Visitor, choices: Iterable[Choice], key: str
) -> list[dict[str, Any]]:
    """Give each task to its officer; what cannot be done leaves the others alone.

    Args:
        house: The installation.
        visitor: Who hands them out.
        choices: In the order in which they are done.
        key: Of the form: sent twice, it is done once.

    Returns:
        For each `code`, `task`, its `label` (None where it is gone), `officer` and `error`, the refusal or None.
    """
    # Two tasks of one dossier were seen at one version, which the first of them raises.
    moved: dict[tuple[str, int], int] = {}
    return [_one(house, visitor, choice, key, moved) for choice in choices]


def _theirs(house: Installation, visitor: Visitor, choice: Choice) -> Plain | None:
    """Check that the task is for the visitor to look at, and return what it is called. Raises: DossierNotFound."""
    sight = looked_at(house, visitor, choice.code)
    task = sight.stored.dossier.task(choice.task)
    if not sight.whole and (task is None or not sight.covers(task.agency)):
        raise DossierNotFound(code=choice.code)
    world = house.worlds.of(sight.stored.dossier.cfg)
    return None if task is None else words_of(work_of(world, task))


def _one(
    house: Installation, visitor: Visitor, choice: Choice, key: str, moved: dict[tuple[str, int], int]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": choice.code,
        "task": choice.task,
        "label": None,
        "officer": choice.officer,
        "error": None,
    }
    version = moved.get((choice.code, choice.version), choice.version)
    own = f"{key}-{choice.code}-{choice.task}"
    try:
        told["label"] = _theirs(house, visitor, choice)
        done = reassign(
            house, choice.code, choice.task, choice.officer, visitor.actor, visitor.auth, own, expect=version
        )
        moved[choice.code, choice.version] = done.dossier.version
    except DomainError as error:
        told["error"] = error
    return told
