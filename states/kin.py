"""How dossiers belong together: a parent's view of a component, a component's of its parent, where one came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

NOT_OPENED = "not_opened"
"""The outcome of a component that could not be opened, and that its group goes on without."""
MISDIRECTED = "misdirected"
"""The outcome of a dossier whose agency found that it is not competent: whoever routed it names another one."""


def child_id(parent: str, component: str, attempt: int = 1) -> str:
    """Return the id of the dossier of a component: it follows from its parent's, so that there can be only one.

    Where an agency gave a component back as not its own, the next *attempt* is a dossier of its own.
    """
    told = component if attempt == 1 else f"{component}#{attempt}"
    return sha256(f"{parent}/{told}".encode()).hexdigest()[:32]


class ChildStatus(StrEnum):
    """How far a component has come."""

    OWED = "owed"
    OPEN = "open"
    ENDED = "ended"
    RETURNED = "returned"
    SKIPPED = "skipped"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class Child:
    """A component of this dossier.

    Attributes:
        agency: Which is competent for it.
        dossier: Its code; None until it is known.
        outcome: How it was decided; None until it is.
        recalled: Whether it was asked to end without a decision.
        former: Codes of the dossiers that agencies gave back as not theirs, before this one.
        given_up: How many agencies were named before this one at which it could not be opened.
    """

    procedure: str
    agency: str
    status: ChildStatus
    dossier: str | None
    outcome: str | None
    recalled: bool = False
    former: tuple[str, ...] = ()
    given_up: int = 0

    @property
    def attempt(self) -> int:
        """Which dossier of the component this is."""
        return len(self.former) + self.given_up + 1

    @property
    def returned(self) -> bool:
        """Whether its agency gave it back as not its own, and no other one was named yet."""
        return self.status is ChildStatus.RETURNED

    @property
    def open(self) -> bool:
        """Whether its dossier has not ended; one that is still to be opened counts."""
        return self.status in (ChildStatus.OWED, ChildStatus.OPEN)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be expected of it for others: decided, ended or not opened at all."""
        return self.outcome is not None or not (self.open or self.returned)


@dataclass(frozen=True, slots=True)
class Kin:
    """The dossier that this one is a component of; `results` are the papers it took, by the dossier they come from.

    `again` says that it goes to another agency where this one is not competent.
    """

    dossier: str
    component: str
    results: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """How the applicant filed on the national portal: under which id there, and when."""

    submission: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """Agencies at which the applicant was helped, handed the dossier in, and gets the result."""

    helped: str
    received: str
    returns: str
