"""The clock of a dossier as a ledger: typed segments with their cause, and what was derived from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from states.counting import Cutoff
from states.errors import DomainError, Kind
from states.term import Term


class InvalidLedger(DomainError):
    """A clock that is {state} cannot "{kind}".

    Look at its ledger: it is armed once, then paused and run in turn, and nothing follows a stop.
    """

    kind = Kind.CONFLICT
    vi = (
        "Đồng hồ đang ở trạng thái {state} nên không thể «{kind}». Hãy xem lại sổ ghi của đồng hồ: "
        "khởi chạy một lần, rồi tạm dừng và chạy tiếp xen kẽ; sau khi dừng hẳn không ghi thêm."
    )


class SegmentKind(StrEnum):
    """What a segment of the ledger does: the first `run` arms the clock, a later one resumes it.

    A `credit` gives back what the clock ran while a mass order was in effect but not yet applied; a `withdraw` makes
    every extension and credit of its cause above it as if it had never been written.
    """

    RUN = "run"
    PAUSE = "pause"
    RESTART = "restart"
    EXTEND = "extend"
    CREDIT = "credit"
    WITHDRAW = "withdraw"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of the ledger, in force from `at` until the next line.

    Attributes:
        at: An instant before the line above counts as the instant of the line above.
        basis: Id of the legal basis.
        term: What an `extend` adds; None for the other kinds.
        since, until: The stretch that a `credit` gives back, its end not included; None for the other kinds.
    """

    kind: SegmentKind
    at: datetime
    cause: str
    basis: str | None = None
    term: Term | None = None
    since: datetime | None = None
    until: datetime | None = None


GIVING = frozenset({SegmentKind.EXTEND, SegmentKind.CREDIT})
"""The kinds that give time, and that a `withdraw` takes back."""
_STATELESS = GIVING | {SegmentKind.WITHDRAW}


def in_force(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the lines that count: without those that a later line withdrew, and without the withdrawing ones."""
    lines = tuple(segments)
    last = {line.cause: n for n, line in enumerate(lines) if line.kind is SegmentKind.WITHDRAW}
    if not last:
        return lines
    return tuple(
        line
        for n, line in enumerate(lines)
        if line.kind is not SegmentKind.WITHDRAW and not (line.kind in GIVING and n < last.get(line.cause, 0))
    )


STATE_AFTER = {
    None: "unarmed",
    SegmentKind.RUN: "running",
    SegmentKind.RESTART: "running",
    SegmentKind.PAUSE: "paused",
    SegmentKind.STOP: "stopped",
}
ALLOWED_SEGMENTS = {
    "unarmed": frozenset({SegmentKind.RUN}),
    "running": frozenset(
        {SegmentKind.PAUSE, SegmentKind.RESTART, SegmentKind.EXTEND, SegmentKind.CREDIT, SegmentKind.STOP}
    ),
    "paused": frozenset({SegmentKind.RUN, SegmentKind.RESTART, SegmentKind.CREDIT, SegmentKind.STOP}),
    "stopped": frozenset[SegmentKind](),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with what was derived from its ledger when its last segment was written.

    Attributes:
        epoch: Grows with every arming, restart and extension.
        calendar: Id of the calendar.
        cutoff_minute: Local minute of the day, or None where the procedure has no cut-off.
        remaining: Minutes left while paused (working or clock minutes, as the term counts), else None.
        original_due: The first due of this arming, before extensions.
        fired: Rungs that fired in this epoch.
        from_instant: Whether working days count from the instant, as in a step budget.
        ladder: Id of the escalation ladder that hangs on it.
        on_due: The transition that the system fires when it runs out.
        holder: Code of the agency that holds it, or `applicant`.
    """

    id: str
    epoch: int
    term: Term
    calendar: str
    cutoff_minute: int | None
    segments: tuple[Segment, ...]
    due: datetime | None
    due_date: date | None
    provisional: bool
    remaining: int | None
    original_due: datetime | None
    fired: tuple[str, ...] = ()
    from_instant: bool = False
    ladder: str | None = None
    on_due: str | None = None
    holder: str = ""

    @property
    def cutoff(self) -> Cutoff | None:
        """The cut-off of acceptance, if there is one."""
        return None if self.cutoff_minute is None else Cutoff(self.cutoff_minute)

    @property
    def state(self) -> str:
        """`unarmed`, `running`, `paused` or `stopped`."""
        last = self.segments[-1].kind if self.segments else None
        if last in _STATELESS:  # seldom, and this is asked more than anything else
            last = next((s.kind for s in reversed(self.segments) if s.kind not in _STATELESS), None)
        return STATE_AFTER[last]

    @property
    def running(self) -> bool:
        """Whether time counts."""
        return self.state == "running"

    @property
    def paused(self) -> bool:
        """Whether time is held for a legal cause."""
        return self.state == "paused"

    @property
    def stopped(self) -> bool:
        """Whether the clock has ended."""
        return self.state == "stopped"
