"""What boards ask a store for, and the sums that they get: counted by the database, never by reading dossiers."""

from dataclasses import dataclass
from datetime import date, datetime

Days = tuple[date, date]
LIGHTS = ("late", "soon", "good", "paused")


@dataclass(frozen=True, slots=True)
class Finish:
    """When a result was reached, and for when it was promised, as local days.

    Attributes:
        day: The day that is compared with the appointment.
        promised: The appointment, a new one after an apology included.
        first: The day that was promised first.
    """

    day: date
    promised: date
    first: date


@dataclass(frozen=True, slots=True)
class DossierFilter:
    """Which dossiers are meant.

    Attributes:
        agencies: Those led by one of these; None for all.
        procedure: Those of this procedure.
        state: Those that stand in this state, among others perhaps.
        finished: Those whose result was reached on one of these days, both inclusive; None for those still open.
        late: Those finished late, or late by now.
        whole: Submissions only: a part of one is none, and what a dispatcher routed counts where it went to.
        dispatch: Code of the dispatcher's procedure.
    """

    agencies: frozenset[str] | None = None
    procedure: str | None = None
    state: str | None = None
    finished: Days | None = None
    late: bool = False
    whole: bool = False
    dispatch: str | None = None


@dataclass(frozen=True, slots=True)
class KeptSum:
    """How appointments were kept by an agency in a procedure and a month (`2026-03`).

    Attributes:
        example: Id of one of the dossiers.
    """

    agency: str
    procedure: str
    month: str
    finished: int
    on_time: int
    on_first: int
    example: str


@dataclass(frozen=True, slots=True)
class OpenSum:
    """Open dossiers of an agency in a procedure and a configuration of its chart (`a|b`)."""

    agency: str
    procedure: str
    configuration: str
    open: int
    late: int
    example: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One dossier of a list.

    Attributes:
        handed_in: Local day of its code.
        finish: None while it is open.
        late_at: After that instant an open one is late; None where nothing runs.
    """

    id: str
    code: str
    procedure: str
    agency: str
    configuration: str
    handed_in: date
    finish: Finish | None
    late_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pin:
    """By which configuration a dossier is judged, and its last record.

    Attributes:
        cfg: Digest of its pinned version.
        head: Digest of its last record; another head is another state.
    """

    cfg: str
    head: str


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which open tasks are meant.

    Attributes:
        agencies: Those of one of these; None for all.
        asked: Whether answers to questions are meant; None for both.
        assignee: Empty for those in a pool; None for any.
        light: One of `LIGHTS`.
        before: Those that were created before this instant.
    """

    agencies: frozenset[str] | None = None
    procedure: str | None = None
    state: str | None = None
    asked: bool | None = None
    position: str | None = None
    assignee: str | None = None
    light: str | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskSum:
    """Open tasks of one step that lie with one officer, or in one pool.

    Attributes:
        asked: Whether they are answers to a question.
        oldest: When the oldest was created.
        aged: How many were created before the instant that was named.
        example: Id of one of the dossiers.
    """

    procedure: str
    state: str
    asked: bool
    agency: str
    position: str
    assignee: str | None
    late: int
    soon: int
    good: int
    paused: int
    oldest: datetime
    aged: int
    example: str
