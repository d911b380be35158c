"""What the store and the machine say of time, and what is believed of it while a step of the clock is in doubt."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Uptime:
    """How long a machine has been up, sleep included; no setting of its clock changes that.

    Attributes:
        boot: Names this start of the machine; instants of uptime compare within one boot only.
    """

    boot: str
    host: str
    process: int
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class Beat:
    """What the writing clock said at an uptime of one boot: what the next look is compared with."""

    boot: str
    host: str
    wall: datetime
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class ClockHold:
    """The clock stepped, and nobody has said yet whether it is right now.

    Attributes:
        trusted_at: The instant it was by the clock before the step and the uptime since.
        seen_at: What the clock said at that instant.
    """

    trusted_at: datetime
    seen_at: datetime

    @property
    def ahead(self) -> timedelta:
        """By how much the clock is in doubt; negative where it was put back too far."""
        return self.seen_at - self.trusted_at

    def vouched(self, now: datetime) -> datetime:
        """Return the instant that can be vouched for when the clock says *now*: the step does not count."""
        return self.trusted_at + max(now - self.seen_at, timedelta())


@dataclass(frozen=True, slots=True)
class Reading:
    """What the database says of time: its clock, where it has one of its own, and whether a hold stands."""

    now: datetime | None = None
    hold: ClockHold | None = None
