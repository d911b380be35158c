"""Escalation ladders: rungs, what they do and whom they reach."""

from dataclasses import dataclass
from enum import StrEnum

from states.procedure.law import Label
from states.term import Term


class Side(StrEnum):
    """Where a rung stands relative to the due instant."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"


class RungAction(StrEnum):
    """What reaching a rung does, besides being recorded."""

    NOTIFY = "notify"
    DRAFT_APOLOGY = "draft_apology"
    REASSIGN = "reassign"
    OPEN_NONCONFORMITY = "open_nonconformity"


SIDES = ("sender", "receiver")
"""Where a recipient may stand on the ladder of a handoff."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a rung reaches: `assignee`, or a position `at` the holder's agency, a party, `parent` or `province`.

    On the ladder of a handoff it may stand at the `sender` or the `receiver`, and `assignee@sender` is who sent it.
    """

    position: str
    at: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder; recipients are tried in order until one resolves to a person.

    Attributes:
        offset: Working time before or after the due instant; None on the due instant itself.
        acknowledge: Working time within which a recipient must acknowledge; None when none is asked.
        unacknowledged: Whom the silence is escalated to.
    """

    id: str
    side: Side
    offset: Term | None
    actions: tuple[RungAction, ...]
    to: tuple[Recipient, ...]
    acknowledge: Term | None
    unacknowledged: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named escalation ladder, its rungs in the order of their instants."""

    id: str
    label: Label
    rungs: tuple[Rung, ...]
