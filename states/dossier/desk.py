"""What lies on desks: tasks created, claimed, handed on and done."""

from collections.abc import Callable, Mapping
from typing import Any

from states import events as happened
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier, Task
from states.events import Event


def _task_created(dossier: Dossier, event: happened.TaskCreated) -> Dossier:
    task = Task(
        event.task, event.state, event.role, event.position, event.agency, event.assignee, created_at=event.at
    )
    return revise(dossier, tasks=(*dossier.tasks, task), tasks_created=dossier.tasks_created + 1)


def _assigned(dossier: Dossier, event: happened.TaskClaimed | happened.TaskReassigned) -> Dossier:
    return _assign(dossier, event.task, event.officer)


def _released(dossier: Dossier, event: happened.TaskReleased) -> Dossier:
    return _assign(dossier, event.task, None)


def _assign(dossier: Dossier, task_id: str, officer: str | None) -> Dossier:
    tasks = tuple(revise(task, assignee=officer) if task.id == task_id else task for task in dossier.tasks)
    return revise(dossier, tasks=tasks)


def _task_done(dossier: Dossier, event: happened.TaskDone) -> Dossier:
    return revise(dossier, tasks=tuple(task for task in dossier.tasks if task.id != event.task))


DESK: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.TaskCreated: _task_created,
    happened.TaskClaimed: _assigned,
    happened.TaskReleased: _released,
    happened.TaskReassigned: _assigned,
    happened.TaskDone: _task_done,
}
"""What each event of a task makes of a dossier."""
