"""The writing clocks: the machine's, and the one of a database that was created for virtual time."""

from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the instant, aware UTC."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved, and never goes back."""

    def __init__(self, at: datetime) -> None:
        """Begin at *at*, an aware instant."""
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was moved to last, aware UTC."""
        return self._at

    def move(self, at: datetime) -> None:
        """Move on to *at*; an earlier instant changes nothing."""
        self._at = max(self._at, at)
