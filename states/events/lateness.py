"""Escalations, apologies, nonconformities, and the notices that left."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RungReached:
    """A rung of an escalation ladder fired, once in the clock's epoch.

    `rung` ends in `.unacknowledged` when the silence of an earlier rung was escalated; `due_at` is the instant it
    was due, `at` when it fired; `recipients` are officers, resolved at firing.
    """

    kind: ClassVar[str] = "rung_reached"
    clock: str
    epoch: int
    rung: str
    due_at: datetime
    recipients: tuple[str, ...]
    position: str
    agency: str
    actions: tuple[str, ...]
    acknowledge_by: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RungAcknowledged:
    """A recipient confirmed a rung."""

    kind: ClassVar[str] = "rung_acknowledged"
    clock: str
    epoch: int
    rung: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ApologyDrafted:
    """A rung asked for the apology letter; a person must sign it by an extension."""

    kind: ClassVar[str] = "apology_drafted"
    clock: str
    epoch: int
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class ApologyIssued:
    """The apology letter with the new appointment left; `late` when after its last day."""

    kind: ClassVar[str] = "apology_issued"
    extension: str
    previous_due: datetime
    due: datetime
    officer: str
    late: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NonconformityOpened:
    """A breach went into the register; `nonconformity` is unique in the dossier."""

    kind: ClassVar[str] = "nonconformity_opened"
    nonconformity: str
    cause: str
    clock: str | None
    epoch: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A message of the outbox left; `message` is the id by which the receiver can deduplicate."""

    kind: ClassVar[str] = "notice_sent"
    message: str
    template: str
    channel: str
    at: datetime
