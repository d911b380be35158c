"""The writing clocks: the machine's, and those of a database that was created for virtual time; and the uptime."""

import os
import platform
import secrets
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from motcua.services.ports import Uptime
from states.calendar import BusinessCalendar


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


def read_uptime() -> Uptime:
    """Tell how long this machine has been up, sleep included; where it cannot say, how long this process has."""
    if sys.platform == "linux":
        elapsed = time.clock_gettime(time.CLOCK_BOOTTIME)
    else:
        elapsed = time.monotonic()
    return Uptime(*_machine(), os.getpid(), timedelta(seconds=elapsed))


@cache
def _machine() -> tuple[str, str]:
    """Name this start of the machine, or of this process, and the machine."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        boot = secrets.token_hex(16)
    return boot, platform.node()


@dataclass(frozen=True, slots=True)
class PacedClock:
    """A virtual clock that runs faster than the machine's; every process that reads it sees the same time.

    Attributes:
        began: Where it began, an aware instant.
        since: The machine's instant then.
        pace: So many seconds pass in one of the machine's.
        end: Where it stands still for good; None while that is open.
    """

    began: datetime
    since: datetime
    pace: int
    end: datetime | None = None

    def now(self) -> datetime:
        """Return the instant, aware UTC."""
        now = (self.began + (datetime.now(UTC) - self.since) * self.pace).astimezone(UTC)
        return now if self.end is None else min(now, self.end)


@dataclass(frozen=True, slots=True)
class OfficeHoursClock:
    """A virtual clock that runs faster than the machine's and leaves out the hours in which offices are closed.

    Attributes:
        began: Where it began, an aware instant.
        since: The machine's instant then.
        pace: So many seconds pass in one of the machine's.
        calendar: Whose working time it runs through.
    """

    began: datetime
    since: datetime
    pace: int
    calendar: BusinessCalendar

    def now(self) -> datetime:
        """Return the instant, aware UTC; within the working minute that has begun."""
        passed = (datetime.now(UTC) - self.since) * self.pace
        minutes, rest = divmod(passed, timedelta(minutes=1))
        return (self.calendar.add(self.began, minutes) + rest).astimezone(UTC)
