"""How dossiers belong together: a parent's view of a component, a component's of its parent, where one came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


def child_id(parent: str, component: str) -> str:
    """Return the id of the dossier of a component: it follows from its parent's, so that there can be only one."""
    return sha256(f"{parent}/{component}".encode()).hexdigest()[:32]


class ChildStatus(StrEnum):
    """How far a component has come."""

    OWED = "owed"
    OPEN = "open"
    ENDED = "ended"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Child:
    """A component of this dossier.

    Attributes:
        agency: Which is competent for it.
        dossier: Its code; None until it is known.
        outcome: How it was decided; None until it is.
        recalled: Whether it was asked to end without a decision.
    """

    procedure: str
    agency: str
    status: ChildStatus
    dossier: str | None
    outcome: str | None
    recalled: bool = False

    @property
    def open(self) -> bool:
        """Whether its dossier has not ended; one that is still to be opened counts."""
        return self.status in (ChildStatus.OWED, ChildStatus.OPEN)

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be expected of it for others: decided, ended or not opened at all."""
        return self.outcome is not None or not self.open


@dataclass(frozen=True, slots=True)
class Kin:
    """The dossier that this one is a component of; `results` are the papers it took, by the dossier they come from."""

    dossier: str
    component: str
    results: Mapping[str, str] = field(default_factory=dict)


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
