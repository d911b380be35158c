"""What happened to a clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from states.term import Term


@dataclass(frozen=True, slots=True)
class ClockArmed:
    """A clock started at zero: a clock of the whole dossier (`legal`, `committed`), of a state or of a question."""

    kind: ClassVar[str] = "clock_armed"
    clock: str
    epoch: int
    term: Term
    calendar: str
    from_instant: bool
    cutoff_minute: int | None
    ladder: str | None
    on_due: str | None
    holder: str
    at: datetime
    due: datetime
    due_date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockPaused:
    """The clock stopped counting for a legal cause; `remaining` minutes are kept."""

    kind: ClassVar[str] = "clock_paused"
    clock: str
    cause: str
    basis: str | None
    remaining: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockResumed:
    """The clock counts on with what was left."""

    kind: ClassVar[str] = "clock_resumed"
    clock: str
    cause: str
    at: datetime
    due: datetime
    due_date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockRestarted:
    """The clock began again at zero, as the law of a supplement says; a new epoch."""

    kind: ClassVar[str] = "clock_restarted"
    clock: str
    epoch: int
    cause: str
    basis: str | None
    at: datetime
    due: datetime
    due_date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockExtended:
    """The clock got more time by an apology; a new epoch. `late`: the letter left after its last day."""

    kind: ClassVar[str] = "clock_extended"
    clock: str
    epoch: int
    extension: str
    by: Term
    basis: str | None
    late: bool
    at: datetime
    due: datetime
    due_date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """The clock ended for good, or until its state is entered again."""

    kind: ClassVar[str] = "clock_stopped"
    clock: str
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockRecomputed:
    """A changed calendar moved an open due instant; the epoch stays, fired rungs stay fired."""

    kind: ClassVar[str] = "clock_recomputed"
    clock: str
    calendar_digest: str
    previous: datetime | None
    remaining: int | None
    due: datetime | None
    due_date: date | None
    provisional: bool
    at: datetime
