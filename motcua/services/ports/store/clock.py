"""What a store knows of time: the clock to write by, and what was seen of it."""

from typing import Protocol

from motcua.services.ports.timekeeping import Beat, ClockHold, Reading
from motcua.services.ports.values import NewRecord


class KeepsTime(Protocol):
    """The clock, its steps, the hold."""

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
