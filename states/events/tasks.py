"""What happened to a task."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TaskCreated:
    """A position must act on a state; `assignee` is None while the task lies in the pool."""

    kind: ClassVar[str] = "task_created"
    task: str
    state: str
    role: str
    position: str
    agency: str
    assignee: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskClaimed:
    """An officer took the task."""

    kind: ClassVar[str] = "task_claimed"
    task: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskReleased:
    """The officer gave the task back to the pool."""

    kind: ClassVar[str] = "task_released"
    task: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskReassigned:
    """The task went to another officer, by a person or by a rung (`by`)."""

    kind: ClassVar[str] = "task_reassigned"
    task: str
    officer: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskDone:
    """The state was left; whoever held the task is finished with it."""

    kind: ClassVar[str] = "task_done"
    task: str
    officer: str | None
    at: datetime
