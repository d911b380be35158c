"""What goes into the store and comes out of it: frozen values, ready to write or just read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.services.ports.figures import Finish
from motcua.services.ports.papers import PaperDraft, PaperSignature
from motcua.services.ports.timekeeping import Reading
from motcua.services.ports.waits import Wait
from states.dossier import Dossier, Task


@dataclass(frozen=True, slots=True)
class Stored:
    """A dossier as the store holds it.

    Attributes:
        id: Opaque id; the stream is `dossier:<id>`.
        seq: Number of its last record.
        head: Leaf hash of its last record.
        at: Instant of its last record.
        reading: What the database said of time when it was loaded; None where it was not asked.
    """

    id: str
    dossier: Dossier
    seq: int
    head: str
    at: datetime
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of all dossiers, as good as equal: their ids are random hexadecimal digits.

    Attributes:
        index: From 0.
    """

    index: int
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.index < self.count:
            raise ValueError(f"there is no part {self.index} of {self.count}")

    @property
    def first(self) -> str:
        """No id of this part sorts before it."""
        return f"{self.index * 16**8 // self.count:08x}"

    @property
    def past(self) -> str:
        """Every id of this part sorts before it; past the last part it is no hexadecimal digit."""
        return "g" if self.index + 1 == self.count else Shard(self.index + 1, self.count).first


WHOLE = Shard(0, 1)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One chained record, ready to store; `raw` is the canonical text that was hashed."""

    stream: str
    seq: int
    type: str
    at: datetime
    raw: str
    leaf_hash: str


@dataclass(frozen=True, slots=True)
class FiredRung:
    """The unique key of an effect of the clock: once per (dossier, clock, epoch, rung)."""

    clock: str
    epoch: int
    rung: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the outbox; `id` is how the receiver deduplicates, `payload` what the template reads."""

    id: str
    dossier_id: str
    template: str
    recipients: tuple[str, ...]
    payload: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Nonconformity:
    """A row of the register."""

    id: str
    dossier_id: str
    code: str
    agency: str
    cause: str
    clock: str | None
    epoch: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A value behind a commitment, kept apart from the records, with its salt (hex)."""

    seq: int
    field: str
    salt: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the answer to a command with an idempotency key stands: a record of a dossier.

    Attributes:
        idem: SHA-256 of who asked and of their key; unique.
        fingerprint: What was asked, under that key; the same key with another one is refused.
    """

    idem: str
    fingerprint: str
    dossier_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class Change:
    """All that one decision writes; accepted as a whole if the dossier's last record is still `expected_seq`.

    Attributes:
        expected_seq: 0 inserts a new dossier; it is rejected when its code or daily number is taken.
        agency: Of the code, with `day` and `number`: unique together; who leads the dossier says `dossier.agency`.
        due: The next promised instant shown in lists (committed, else legal); None while nothing runs.
        wake_at: When the sweep must look again; None when nothing can fall due.
        tasks: Open tasks after the change; None when they did not change.
        waits: What waits for an answer after the change; None when that did not change.
        delivered: Outbox messages that this change marks as sent.
        concerns: Codes of the agencies whose officers may see the dossier after the change.
        mandates: Ids of mandates by which it was done; it is rejected where one of them is not in force at `at`.
        finish: How the appointment was kept; None while the result is not there, or where there was none to keep.
    """

    id: str
    expected_seq: int
    dossier: Dossier
    seq: int
    head: str
    at: datetime
    agency: str
    day: date
    number: int
    due: datetime | None
    wake_at: datetime | None
    records: tuple[NewRecord, ...]
    rungs: tuple[FiredRung, ...] = ()
    notices: tuple[Notice, ...] = ()
    tasks: tuple[Task, ...] | None = None
    nonconformities: tuple[Nonconformity, ...] = ()
    values: tuple[PersonalValue, ...] = ()
    delivered: tuple[str, ...] = ()
    papers: tuple[PaperDraft, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()
    answers: tuple[Answer, ...] = ()
    waits: tuple[Wait, ...] | None = None
    mandates: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A proposed or approved procedure version, insert-only; `digest` is its identity."""

    digest: str
    code: str
    version: str
    compiled: str
    source: bytes
    effective_from: date
    effective_until: date | None
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A calendar (`kind` calendar) or directory of agencies (`kind` directory) put in force, insert-only."""

    kind: str
    name: str
    digest: str
    body: str
    adopted_by: str
    adopted_at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An open task with what a list shows of its dossier."""

    code: str
    procedure: str
    task: Task
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """What the columns of a dossier say beside its snapshot; honest ones follow from it.

    Attributes:
        agency: Of the code.
        lead: Who leads the dossier now; None where that is still `agency`.
        figures: What boards count: `late_at`, `finished`, `promised`, `first_promised`, `parent`, `unseen`.
    """

    id: str
    code: str
    procedure: str
    agency: str
    day: date
    number: int
    version: int
    configuration: str
    public: int
    ended: bool
    lead: str | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DossierRow:
    """What a list shows of one dossier."""

    code: str
    procedure: str
    agency: str
    states: tuple[str, ...]
    public: int
    version: int
    due: datetime | None
    ended: bool


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to send, how often it was tried, and why the last try failed."""

    notice: Notice
    attempts: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What the outbox holds: messages that wait, since when the oldest does, and dead letters."""

    waiting: int
    oldest: datetime | None
    dead: int
