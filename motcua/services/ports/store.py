"""The memory of the platform, as use cases see it.

Every writing method is one transaction: all of it is durable when it returns, or none of it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from motcua.services.ports.orders import OrderRow
from motcua.services.ports.papers import OwedPaper, PaperRow
from motcua.services.ports.register import NonconformityStep, Recurrences
from motcua.services.ports.timekeeping import Beat, ClockHold, Reading
from motcua.services.ports.values import (
    WHOLE,
    Adopted,
    Answer,
    Change,
    DossierRow,
    InboxQuery,
    InboxRow,
    Mark,
    NewRecord,
    Nonconformity,
    OutboxMessage,
    OutboxState,
    PersonalValue,
    PublishedVersion,
    Row,
    Shard,
    Stored,
    TaskRow,
)


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

    def answer(self, idem: str) -> Answer | None:
        """Return where the answer to a command with this key stands; None when it was never stored."""
        ...

    def next_number(self, agency: str, day: date) -> int:
        """Return the next free daily number of an agency (1 for the first of the day)."""
        ...

    def find_dossiers(
        self,
        *,
        procedure: str | None = None,
        agency: str | None = None,
        open_only: bool = False,
        limit: int = 100,
    ) -> list[DossierRow]:
        """List dossiers, the nearest due instant first, those without one last."""
        ...

    def iterate(self, *, open_only: bool = False) -> Iterator[Stored]:
        """Walk all dossiers in the order of their codes, with constant memory."""
        ...

    def rows(self) -> Iterator[Row]:
        """Walk what the columns say of every dossier, ordered by id, for who checks them against the snapshots."""
        ...

    # timers
    def due_ids(self, now: datetime, limit: int, shard: Shard = WHOLE) -> list[str]:
        """Return the ids of dossiers in *shard* whose wake-up is at or before *now*, earliest first."""
        ...

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        ...

    def wakes(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        """Return the wake-ups of dossiers, without those that have none."""
        ...

    # tasks
    def tasks(
        self,
        *,
        agency: str | None = None,
        position: str | None = None,
        assignee: str | None = None,
        limit: int = 100,
    ) -> list[TaskRow]:
        """List open tasks, the nearest due instant first."""
        ...

    def inbox(self, query: InboxQuery, after: Mark | None, limit: int) -> list[InboxRow]:
        """Return a page of open tasks, the most urgent first, those that nothing presses last."""
        ...

    def count_inbox(self, query: InboxQuery, most: int) -> int:
        """Return how many tasks a query finds; *most* stands for as many and more."""
        ...

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        """Return the number of open tasks by assignee, for the rule `least_loaded`."""
        ...

    # outbox
    def claim_messages(
        self,
        now: datetime,
        limit: int,
        until: datetime,
        without: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
    ) -> list[OutboxMessage]:
        """Take messages that may be tried at *now*, oldest first, at most one for each dossier.

        Nobody else is given them before *until* (exclusive), by when they are confirmed, failed, or tried again. Those
        of the templates *without* stay, and hold up nothing; where *only* names some, so do all others.
        """
        ...

    def failed(self, message: str, retry_at: datetime | None, error: str) -> None:
        """Count a failed attempt; `retry_at` None makes the message a dead letter."""
        ...

    def waiting(self, limit: int) -> list[OutboxMessage]:
        """Return messages that are still to be sent, the oldest first, also while they wait for another try."""
        ...

    def dead(self, limit: int) -> list[OutboxMessage]:
        """Return dead letters, the oldest first."""
        ...

    def retry(self, message: str, at: datetime) -> bool:
        """Let a dead letter be tried anew from *at* on, as if never tried; False when there is no such one."""
        ...

    def readdress(self, recipients: Mapping[str, Sequence[str]]) -> int:
        """Give messages that were not sent other recipients, by message id; return how many there were."""
        ...

    def outbox_state(self) -> OutboxState:
        """Count what the outbox holds."""
        ...

    # records
    def records(self, stream: str) -> list[NewRecord]:
        """Return one stream in order."""
        ...

    def all_records(self) -> Iterator[NewRecord]:
        """Walk every record, ordered by stream and seq, with constant memory."""
        ...

    def records_between(self, since: datetime, until: datetime) -> Iterator[NewRecord]:
        """Walk the records from *since* (inclusive) to *until* (exclusive), by stream and seq, constant memory."""
        ...

    def heads(self) -> Iterator[tuple[str, int, str]]:
        """Walk (stream, seq, head) as the dossier rows claim them, ordered by stream."""
        ...

    def head(self, stream: str) -> NewRecord | None:
        """Return the last record of a stream."""
        ...

    def last_instant(self) -> datetime | None:
        """Return the latest instant that a dossier or the system stream was recorded at; None before any."""
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

    # mass orders
    def propose_order(self, row: OrderRow, record: NewRecord) -> None:
        """Store an order; the same one again changes nothing. Raises: Busy; OrderTaken: the id has another text."""
        ...

    def approve_order(self, digest: str, by: str, at: datetime, record: NewRecord) -> None:
        """Approve a proposed order. Raises: Busy; AlreadyApproved."""
        ...

    def orders(self) -> list[OrderRow]:
        """Return all orders, oldest first."""
        ...

    def order_body(self, digest: str) -> str | None:
        """Return the text of an order."""
        ...

    # papers
    def next_paper_number(self, agency: str, form: str, year: int) -> int:
        """Return the next free number of an agency's series of a form in a year (1 for the first)."""
        ...

    def papers(self, dossier_id: str) -> list[PaperRow]:
        """Return the papers of a dossier, in the order of their drafting."""
        ...

    def papers_owed(self, since: datetime, limit: int, skip: int, once: Mapping[str, str]) -> list[OwedPaper]:
        """Return messages from *since* on that owe a paper which nobody has drafted, oldest first.

        Args:
            since: Inclusive.
            limit: At most so many.
            skip: Without so many of the oldest.
            once: By template, the form that a dossier gets once: where it has one, it is owed no other.
        """
        ...

    def received_in(self, agency: str, year: int) -> Iterator[Stored]:
        """Walk the dossiers that an agency took in during a year, in the order of their numbers."""
        ...

    # the register of nonconformities
    def nonconformities(self) -> list[Nonconformity]:
        """Return the register, oldest first."""
        ...

    def nonconformity_steps(self, nonconformity: str | None = None) -> list[NonconformityStep]:
        """Return the steps of one entry, or of all, by entry and number."""
        ...

    def add_nonconformity_step(self, step: NonconformityStep, record: NewRecord) -> None:
        """Store a step with its record. Raises: Busy, when the number of either is taken."""
        ...

    def recurrences(
        self, cause: str, procedure: str, agency: str, since: datetime, until: datetime
    ) -> Recurrences:
        """Find what was opened after *since* up to *until*, that included, for a cause, procedure and lead agency."""
        ...

    # time
    def reading(self) -> Reading:
        """Return the database's clock, where it has one to write by, and the hold that stands."""
        ...

    def beat(self, boot: str) -> Beat | None:
        """Return what the clock said when a machine looked last since it was started."""
        ...

    def set_beat(self, known: Beat | None, new: Beat) -> None:
        """Remember a look. Raises: Busy, when *known* is not the last one any more."""
        ...

    def step_clock(self, known: Beat | None, new: Beat, hold: ClockHold | None, record: NewRecord) -> None:
        """Store a step of the clock with its record and the hold that stands then; other machines' looks are forgotten.

        Raises:
            Busy: *known* is not the last look any more, or the record's number is taken.
        """
        ...

    def release_clock(self, record: NewRecord) -> None:
        """End the hold, with its record, and forget every look. Raises: Busy, when somebody else did."""
        ...

    # the rest

    def personal(self, dossier_id: str) -> list[PersonalValue]:
        """Return the values behind a dossier's commitments."""
        ...

    def note(self, key: str) -> str | None:
        """Return a lasting note of this installation, such as `virtual_time` or `log`."""
        ...

    def set_note(self, key: str, value: str) -> None:
        """Leave a lasting note; it cannot be changed afterwards."""
        ...
