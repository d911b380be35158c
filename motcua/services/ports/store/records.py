"""What a store knows of the trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.values import NewRecord


class KeepsRecords(Protocol):
    """The records of all streams."""

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
