"""What a mass order did to a dossier and to its clocks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class OrderApplied:
    """A signed order reached the dossier; its clocks follow in the same record.

    Attributes:
        order: Id of the order.
        digest: SHA-256 of its text.
        action: `suspend` or `extend`.
        clocks: What it covers: `legal`, `committed`, `steps` (every clock that is not of the whole dossier).
        since, until: When it is in effect; `until` None: until it is reversed.
        during_order: Rungs that fired since it is in effect, before it was applied, as `clock/epoch/rung`.
    """

    kind: ClassVar[str] = "order_applied"
    order: str
    digest: str
    action: str
    clocks: tuple[str, ...]
    since: datetime
    until: datetime | None
    basis: str
    during_order: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderLifted:
    """The last instant of a suspension by order has come (`until`); recorded at `at`, counted from `until`."""

    kind: ClassVar[str] = "order_lifted"
    order: str
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderReversed:
    """Another order (`reversal`, with its `digest`) took the order back from `since` on."""

    kind: ClassVar[str] = "order_reversed"
    order: str
    reversal: str
    digest: str
    past: str
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderAnnounced:
    """The applicant is told of an order, or of its reversal, with the paper that it rests on.

    Attributes:
        action: `suspend`, `extend`, or `reverse` where the order is taken back.
        number, signer: Of the signed paper.
        since: From when it counts, or no longer does.
        previous: What was promised before; None where nothing was, or where the clock stood still.
        due: What is promised now, or will be once the order ends by itself; None where nobody knows yet.
    """

    kind: ClassVar[str] = "order_announced"
    order: str
    action: str
    number: str
    signer: str
    cause_vi: str
    cause_en: str
    since: datetime
    until: datetime | None
    previous: datetime | None
    due: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockCredited:
    """An order gave back what the clock ran from `since` to `until`: `minutes`, as the clock counts; same epoch."""

    kind: ClassVar[str] = "clock_credited"
    clock: str
    cause: str
    basis: str | None
    since: datetime
    until: datetime
    minutes: int
    remaining: int | None
    at: datetime
    due: datetime | None
    due_date: date | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockWithdrawn:
    """What an order gave the clock was taken back; same epoch. `fired` rungs stay fired."""

    kind: ClassVar[str] = "clock_withdrawn"
    clock: str
    cause: str
    basis: str | None
    fired: tuple[str, ...]
    remaining: int | None
    at: datetime
    due: datetime | None
    due_date: date | None
    provisional: bool
