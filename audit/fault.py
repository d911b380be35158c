"""What the recount finds: one escalation that went wrong, and the sums of one dossier."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """One escalation that did not happen as it should.

    Attributes:
        kind: `missed`, `doubled`, `early`, `misdated`, `out_of_order` or `mismarked`.
        seq: The record at fault; of a missed one, the last record looked at.
        rung: Id of the rung, with `.unacknowledged` for its silence; `on_due` for the clock's own end.
        due_at: When it was due; None when it never could be.
    """

    kind: str
    stream: str
    seq: int
    clock: str
    epoch: int
    rung: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recount:
    """What one dossier owed and what it did; rungs and silences count together, ends of clocks apart."""

    due: int
    fired: int
    ends_due: int
    ends_fired: int
    faults: tuple[Fault, ...]
