"""Whether the writing clock still goes with the machine's uptime, asked at every decision."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.services.ports import Uptime


@dataclass
class Watch:
    """Remembers when this process looked last.

    Attributes:
        uptime: Reads the machine's uptime; None, where time is not watched.
        limit: By how much clock and uptime may part before the clock is doubted, exclusive.
    """

    uptime: Callable[[], Uptime] | None = None
    limit: timedelta = timedelta.max
    _last: tuple[datetime, timedelta] | None = field(default=None, init=False)

    def doubts(self, now: datetime) -> bool:
        """Tell whether the clock, which says *now*, must be compared with what the database remembers."""
        if self.uptime is None:
            return False
        last, elapsed = self._last, self.uptime().elapsed
        if last is None or abs(now - last[0] - (elapsed - last[1])) > self.limit:
            return True
        self._last = (now, elapsed)
        return False

    def note(self, now: datetime, elapsed: timedelta) -> None:
        """Remember what was looked at."""
        self._last = (now, elapsed)

    def forget(self) -> None:
        """Remember nothing, so that the next decision looks."""
        self._last = None
