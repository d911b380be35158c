"""Dossiers that belong together: what a parent owes and hears, what a child knows of its parent, where it came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from states.events.moves import Facts


@dataclass(frozen=True, slots=True)
class ParentNamed:
    """This dossier was opened as `component` of another one; `results` names the dossier behind each paper it took.

    `again` as in `Kin`.
    """

    kind: ClassVar[str] = "parent_named"
    dossier: str
    component: str
    results: Mapping[str, str]
    at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class IntakePlaced:
    """Where the applicant was helped, where the dossier was handed in, and where the result is returned."""

    kind: ClassVar[str] = "intake_placed"
    helped: str
    received: str
    returns: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildOwed:
    """A component is to be opened at `agency`, with what it gets from here; `results` are papers by their dossier.

    `attempt` counts the agencies that were named for it.
    """

    kind: ClassVar[str] = "child_owed"
    component: str
    procedure: str
    agency: str
    facts: Facts
    documents: tuple[str, ...]
    results: Mapping[str, str]
    at: datetime
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class ChildSkipped:
    """A component is not opened: its condition does not hold, or what it needs was not granted."""

    kind: ClassVar[str] = "child_skipped"
    component: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildOpened:
    """The dossier of a component has its code."""

    kind: ClassVar[str] = "child_opened"
    component: str
    dossier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildResulted:
    """A component was decided; its result goes on to those that wait for it."""

    kind: ClassVar[str] = "child_resulted"
    component: str
    dossier: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """The dossier of a component has ended."""

    kind: ClassVar[str] = "child_ended"
    component: str
    dossier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildReturned:
    """The agency of a component is not competent: its dossier has ended, and another agency is to be named.

    The reason is personal data, hence elsewhere.
    """

    kind: ClassVar[str] = "child_returned"
    component: str
    dossier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildGivenUp:
    """A component could not be opened at `agency`, and the lead agency gave that up; the reason is personal data.

    `again` says that another agency is to be named for it; else the group goes on without, and the applicant is told.
    """

    kind: ClassVar[str] = "child_given_up"
    component: str
    agency: str
    officer: str | None
    again: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildRecalled:
    """A component that was opened, or is about to be, is asked to end without a decision."""

    kind: ClassVar[str] = "child_recalled"
    component: str
    at: datetime
