"""What the use cases need from the world outside: the store, the clock, renderer and channel, as protocols.

Every writing method of the store is one transaction: all of it is durable when it returns, or none of it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from states.dossier import Dossier, Task
from states.errors import DomainError, Kind


class DossierNotFound(DomainError):
    """There is no dossier {code}. Check the code on the receipt."""

    kind = Kind.NOT_FOUND
    vi = "Không có hồ sơ {code}. Hãy kiểm tra mã hồ sơ trên giấy tiếp nhận."


class ProcedureNotFound(DomainError):
    """Procedure {procedure} has no version in force on {day}. Publish one: propose it, then have a second person approve."""

    kind = Kind.NOT_FOUND
    vi = "Thủ tục {procedure} chưa có phiên bản nào có hiệu lực ngày {day}. Hãy đề xuất và nhờ người thứ hai phê duyệt."


class DatabaseNotReady(DomainError):
    """The database {database} is not usable: {reason}. {remedy}"""

    kind = Kind.NOT_READY
    vi = "Cơ sở dữ liệu {database} chưa dùng được: {reason}. {remedy_vi}"


class Busy(DomainError):
    """Others kept changing "{what}" while this was being decided; nothing was written. Try again."""

    kind = Kind.CONFLICT
    vi = "«{what}» đang được người khác thay đổi liên tục; chưa ghi gì. Hãy thử lại."


class RungDoubled(DomainError):
    """A rung of {what} has fired already in this epoch; nothing was written. Load the dossiers again, then sweep."""

    kind = Kind.CONFLICT
    vi = "Bậc nhắc hạn của {what} đã được thực hiện trong kỳ này; chưa ghi gì. Hãy đọc lại hồ sơ rồi quét lại."


class AlreadyWritten(DomainError):
    """A row of {table} for {what} exists although its dossier does not count it; nothing was written. Verify the trail."""

    kind = Kind.UNSOUND
    vi = "Bảng {table} đã có dòng của {what} mà hồ sơ chưa tính đến; chưa ghi gì. Hãy kiểm tra nhật ký."


class VersionTaken(DomainError):
    """Version {version} of procedure {code} exists with other content. Raise `version` in the file, then propose it."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {version} của thủ tục {code} đã có với nội dung khác. Hãy tăng `version` trong tệp rồi đề xuất lại."


class OlderVersion(DomainError):
    """Version {version} of procedure {code} is older than {newest}, which is known already. Propose a newer one."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {version} của thủ tục {code} cũ hơn bản {newest} đã có. Hãy đề xuất phiên bản mới hơn."


class VersionNotFound(DomainError):
    """No version with digest {digest} was proposed. Propose the file first, then approve the digest it prints."""

    kind = Kind.NOT_FOUND
    vi = "Chưa có phiên bản nào mang mã băm {digest} được đề xuất. Hãy đề xuất tệp trước, rồi phê duyệt mã băm được in ra."


class AlreadyApproved(DomainError):
    """Version {digest} is in force already; nothing was written. There is nothing left to approve."""

    kind = Kind.CONFLICT
    vi = "Phiên bản {digest} đã có hiệu lực; chưa ghi gì. Không còn gì phải phê duyệt."


class NoteTaken(DomainError):
    """The note {key} of this database says "{value}" for good. Use a new database for another one."""

    kind = Kind.CONFLICT
    vi = "Ghi chú {key} của cơ sở dữ liệu này mãi là «{value}». Hãy dùng cơ sở dữ liệu mới nếu cần giá trị khác."


@dataclass(frozen=True, slots=True)
class Stored:
    """A dossier as the store holds it.

    Attributes:
        id: Opaque id; the stream is `dossier:<id>`.
        seq: Number of its last record.
        head: Leaf hash of its last record.
        at: Instant of its last record.
    """

    id: str
    dossier: Dossier
    seq: int
    head: str
    at: datetime


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
class Change:
    """All that one decision writes; accepted as a whole if the dossier's last record is still `expected_seq`.

    Attributes:
        expected_seq: 0 inserts a new dossier; it is rejected when its code or daily number is taken.
        agency: Lead agency, with `day` and `number` the parts of the code: unique together.
        due: The next promised instant shown in lists (committed, else legal); None while nothing runs.
        wake_at: When the sweep must look again; None when nothing can fall due.
        tasks: Open tasks after the change; None when they did not change.
        delivered: Outbox messages that this change marks as sent.
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
    """A message to send, and how often it was tried."""

    notice: Notice
    attempts: int


class Clock(Protocol):
    """The writing clock: the system's, or the virtual one of a database created for it."""

    def now(self) -> datetime:
        """Return the instant, aware UTC."""
        ...


class Store(Protocol):
    """The memory of the platform."""

    # dossiers
    def load(self, code: str) -> Stored:
        """Return the dossier with this code. Raises: DossierNotFound."""
        ...

    def load_ids(self, ids: Sequence[str]) -> list[Stored]:
        """Return the dossiers with these ids, in the same order, without those that do not exist."""
        ...

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        """Commit all changes in one transaction; a change whose compare-and-set fails is rejected alone."""
        ...

    def next_number(self, agency: str, day: date) -> int:
        """Return the next free daily number of an agency (1 for the first of the day)."""
        ...

    def find_dossiers(
        self, *, procedure: str | None = None, agency: str | None = None, open_only: bool = False, limit: int = 100
    ) -> list[DossierRow]:
        """List dossiers, the nearest due instant first, those without one last."""
        ...

    def iterate(self, *, open_only: bool = False) -> Iterator[Stored]:
        """Walk all dossiers in the order of their codes, with constant memory."""
        ...

    # timers
    def due_ids(self, now: datetime, limit: int) -> list[str]:
        """Return the ids of dossiers whose wake-up is at or before *now*, earliest first."""
        ...

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        ...

    def rearm(self, wakes: Mapping[str, datetime | None]) -> None:
        """Correct wake-ups by dossier id; they are hints, nothing but the sweep depends on them."""
        ...

    # tasks
    def tasks(
        self, *, agency: str | None = None, position: str | None = None, assignee: str | None = None, limit: int = 100
    ) -> list[TaskRow]:
        """List open tasks, the nearest due instant first."""
        ...

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        """Return the number of open tasks by assignee, for the rule `least_loaded`."""
        ...

    # outbox
    def pending(self, now: datetime, limit: int) -> list[OutboxMessage]:
        """Return messages that may be tried at *now*, oldest first, at most one for each dossier."""
        ...

    def failed(self, message: str, retry_at: datetime | None, error: str) -> None:
        """Count a failed attempt; `retry_at` None makes the message a dead letter."""
        ...

    # records
    def records(self, stream: str) -> list[NewRecord]:
        """Return one stream in order."""
        ...

    def all_records(self) -> Iterator[NewRecord]:
        """Walk every record, ordered by stream and seq, with constant memory."""
        ...

    def heads(self) -> Iterator[tuple[str, int, str]]:
        """Walk (stream, seq, head) as the dossier rows claim them, ordered by stream."""
        ...

    def head(self, stream: str) -> NewRecord | None:
        """Return the last record of a stream."""
        ...

    def append(self, records: Sequence[NewRecord]) -> None:
        """Append records of system streams. Raises: Busy, when a sequence number is taken."""
        ...

    # procedures, calendars, directory
    def propose(self, version: PublishedVersion, record: NewRecord) -> None:
        """Store a proposal. Raises: Busy; VersionTaken when code and version exist with another digest."""
        ...

    def approve(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Put a proposal in force."""
        ...

    def version(self, digest: str) -> PublishedVersion | None:
        """Return a proposed or approved version."""
        ...

    def versions(self, code: str | None = None) -> list[PublishedVersion]:
        """Return all versions, oldest first."""
        ...

    def adopt(self, adopted: Adopted, record: NewRecord) -> None:
        """Put a calendar or a directory in force."""
        ...

    def adopted(self, kind: str) -> list[Adopted]:
        """Return what is in force of one kind, one for each name."""
        ...

    def body(self, digest: str) -> str | None:
        """Return the text of any calendar or directory ever adopted."""
        ...

    # the rest
    def nonconformities(self) -> list[Nonconformity]:
        """Return the register, oldest first."""
        ...

    def personal(self, dossier_id: str) -> list[PersonalValue]:
        """Return the values behind a dossier's commitments."""
        ...

    def now(self) -> datetime | None:
        """Return the database's clock, or None where the writing clock of this process is the one to use."""
        ...

    def note(self, key: str) -> str | None:
        """Return a lasting note of this installation, such as `virtual_time` or `log`."""
        ...

    def set_note(self, key: str, value: str) -> None:
        """Leave a lasting note; it cannot be changed afterwards."""
        ...


class Renderer(Protocol):
    """Turns a template and plain data into text."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return the text. Raises: DomainError when the template or a variable is missing."""
        ...


class Channel(Protocol):
    """A way out of the house."""

    name: str

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Deliver *text*; the same *message* id twice must be recognisable. Raises: OSError on failure."""
        ...
