"""What happened to a dossier, in the past tense; the only things a record holds and `evolve` understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from states.term import Term
from states.wire import from_wire, to_wire

Facts = Mapping[str, bool | int | str]


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier got its code; `parties` binds the procedure's parties to agency codes, `agency` is the lead."""

    kind: ClassVar[str] = "opened"
    code: str
    procedure: str
    cfg: str
    channel: str
    agency: str
    parties: Mapping[str, str]
    facts: Facts
    documents: tuple[str, ...]
    states: tuple[str, ...]
    public: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TransitionFired:
    """The chart moved from the leaves `source` to the leaves `target`, by the alternative chosen.

    `by` is the role used (`applicant`, `system`), `officer` the person; `suspended` and `lifted` name a suspension
    that began or ended here; `due_at` is set when a clock ran out.
    """

    kind: ClassVar[str] = "transition_fired"
    transition: str
    alternative: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    exited: tuple[str, ...]
    entered: tuple[str, ...]
    public: int
    by: str
    officer: str | None
    facts: Facts
    documents: tuple[str, ...]
    emits: tuple[str, ...]
    outcome: str | None
    ended: bool
    suspended: str | None
    lifted: str | None
    at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockArmed:
    """A clock started at zero: a clock of the whole dossier (`legal`, `committed`) or `step:<state>`."""

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


Event = (
    Opened
    | TransitionFired
    | ClockArmed
    | ClockPaused
    | ClockResumed
    | ClockRestarted
    | ClockExtended
    | ClockStopped
    | ClockRecomputed
    | TaskCreated
    | TaskClaimed
    | TaskReleased
    | TaskReassigned
    | TaskDone
    | RungReached
    | RungAcknowledged
    | ApologyDrafted
    | ApologyIssued
    | NonconformityOpened
    | NoticeSent
)

KINDS: Mapping[str, type[Event]] = {kind.kind: kind for kind in Event.__args__}


def event_to_wire(event: Event) -> dict[str, Any]:
    """Return the event as JSON values with its `kind`."""
    return {"kind": event.kind, **to_wire(event)}


def event_from_wire(data: Mapping[str, Any]) -> Event:
    """Build an event from what `event_to_wire` wrote.

    Raises:
        KeyError: Unknown kind, or a field is missing.
    """
    return from_wire(KINDS[data["kind"]], data)
