"""What an inbox is asked for and gives back."""

from dataclasses import dataclass
from datetime import datetime

from motcua.services.ports.values import Stored
from states.dossier import Task


@dataclass(frozen=True, slots=True)
class Pile:
    """Open tasks that lie together: all of one officer, or those of a position that nobody has taken yet.

    Attributes:
        desk: Agency and position; None for the tasks of *assignee*, wherever they were handed to them.
        assignee: The officer; None for the pool of the desk.
    """

    desk: tuple[str, str] | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of an inbox ended; the next one begins behind it."""

    urgency: str
    dossier_id: str
    task: str


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """Which of the open tasks in some piles are wanted.

    Attributes:
        until: Those that must be done at or before this instant only.
        public: Those of dossiers with this public status only.
        procedure: Those of dossiers of this procedure only.
    """

    piles: tuple[Pile, ...]
    until: datetime | None = None
    public: int | None = None
    procedure: str | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An open task with its dossier; `mark` tells its place in the inbox."""

    task: Task
    stored: Stored
    mark: Mark
