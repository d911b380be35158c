"""Counts again what the clock owed dossiers, and which numbers are missing between those that exist."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audit.escalations import recount
from audit.fault import Fault
from audit.record import AuditRecord, UnreadableRecord, from_raw
from audit.rulebook import Rulebook, UnknownRules
from motcua.services.auditing.reading import Progress, dossiers, rulebook
from motcua.services.installation import Installation
from states.calendar import BusinessCalendar


@dataclass(slots=True)
class Reconciled:
    """What the clock owed all dossiers and what it did.

    Attributes:
        due, fired: Rungs, escalated silences included.
        ends_due, ends_fired: Clocks that had to move their dossier by running out.
        faults: Every escalation that went wrong.
        unreadable: By stream, why nothing could be counted.
    """

    due: int = 0
    fired: int = 0
    ends_due: int = 0
    ends_fired: int = 0
    faults: list[Fault] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """Faults by kind: `missed`, `doubled`, `early`, `misdated`, `out_of_order`."""
        return Counter(fault.kind for fault in self.faults)

    @property
    def missed(self) -> int:
        """What fell due and never fired."""
        return self.counts["missed"]

    @property
    def doubled(self) -> int:
        """What fired twice in one epoch of its clock."""
        return self.counts["doubled"]

    @property
    def ok(self) -> bool:
        """Tell whether everything could be counted and nothing went wrong."""
        return not self.faults and not self.unreadable


def reconcile(house: Installation, until: datetime, on_dossier: Progress | None = None) -> Reconciled:
    """Count again, without the code that fires them, which escalations were due up to *until*, that included."""
    house.worlds.refresh()
    rules, sums = rulebook(house.store), Reconciled()
    for number, (stream, raws) in enumerate(dossiers(house.store), 1):
        try:
            add(sums, stream, list(map(from_raw, raws)), rules, until, house.worlds.calendars)
        except UnreadableRecord as error:
            sums.unreadable[stream] = error.message("en")
        if on_dossier is not None:
            on_dossier(number)
    return sums


def add(
    sums: Reconciled,
    stream: str,
    records: Sequence[AuditRecord],
    rules: Rulebook,
    until: datetime,
    in_force: Mapping[str, BusinessCalendar],
) -> None:
    """Add what one dossier was owed and got; what cannot be counted is kept with its reason."""
    try:
        one = recount(records, rules, until, in_force)
    except (UnknownRules, KeyError, ValueError) as error:
        sums.unreadable[stream] = f"{type(error).__name__} {error}"
        return
    sums.due, sums.fired = sums.due + one.due, sums.fired + one.fired
    sums.ends_due, sums.ends_fired = sums.ends_due + one.ends_due, sums.ends_fired + one.ends_fired
    sums.faults += one.faults


def missing_numbers(house: Installation) -> list[str]:
    """Return the dossier codes that are missing between those that exist.

    Daily numbers of an agency have no gaps: a gap is a dossier that was taken away, unless it was its day's last.
    """
    seen: dict[str, set[int]] = {}
    for stored in house.store.iterate():
        series, _, number = stored.dossier.code.rpartition("-")
        seen.setdefault(series, set()).add(int(number))
    return [
        f"{series}-{number:04d}"
        for series, numbers in sorted(seen.items())
        for number in range(1, max(numbers))
        if number not in numbers
    ]
