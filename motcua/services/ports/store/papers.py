"""What a store knows of official papers and of the register of nonconformities."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.papers import OwedPaper, PaperRow
from motcua.services.ports.register import NonconformityStep, Recurrences
from motcua.services.ports.values import NewRecord, Nonconformity, Stored


class KeepsPapers(Protocol):
    """Papers, and the register."""

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

    def papers_owed_by(self, dossier_id: str, seq: int) -> list[OwedPaper]:
        """Return the messages of one record that owe a paper, whether somebody has drafted it or not."""
        ...

    def received_in(self, agency: str, year: int) -> Iterator[Stored]:
        """Walk the dossiers that an agency took in during a year, in the order of their numbers."""
        ...

    def nonconformities(self) -> list[Nonconformity]:
        """Return the register, oldest first."""
        ...

    def nonconformity_steps(self, nonconformity: str | None = None) -> list[NonconformityStep]:
        """Return the steps of one entry, or of all, by entry and number."""
        ...

    def add_nonconformity_step(self, step: NonconformityStep, record: NewRecord) -> None:
        """Store a step with its record. Raises: Busy, when the number of either is taken."""
        ...

    def add_nonconformity(self, row: Nonconformity, step: NonconformityStep, record: NewRecord) -> None:
        """Store an entry that a person raised, its first step, and the record. Raises: Busy."""
        ...

    def recurrences(
        self, cause: str, procedure: str, agencies: Sequence[str], since: datetime, until: datetime
    ) -> Recurrences:
        """Find what was opened after *since* up to *until* where one of *agencies* led, and what they handled."""
        ...
