"""What a reorganisation of agencies did to a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TaskRebound:
    """An open task that lies with another agency now; `assignee` is None where the officer does not follow."""

    task: str
    agency: str
    assignee: str | None


@dataclass(frozen=True, slots=True)
class AwaitedRebound:
    """An acknowledgement that another agency owes now, by officers who hold a post."""

    clock: str
    rung: str
    agency: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockRebound:
    """A clock that another agency holds now.

    `previous` and `previous_remaining` are what was due or left before. They differ from `due` and `remaining`
    only where the calendar does: then the whole ledger was counted anew on the new one.
    """

    clock: str
    holder: str
    calendar: str
    previous: datetime | None
    previous_remaining: int | None
    due: datetime | None
    due_date: date | None
    remaining: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class PartiesRebound:
    """A reorganisation took effect on the dossier: by former agency (`agencies`) the one that answers now.

    `change` is the digest of the reviewed change. The code stays, and so do epochs, fired rungs, ledgers.
    """

    kind: ClassVar[str] = "parties_rebound"
    change: str
    agencies: Mapping[str, str]
    agency: str
    parties: Mapping[str, str]
    tasks: tuple[TaskRebound, ...]
    awaited: tuple[AwaitedRebound, ...]
    clocks: tuple[ClockRebound, ...]
    at: datetime
