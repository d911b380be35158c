"""The whole trail read once: verified, replayed and recounted in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.record import AuditRecord
from audit.verify import Level, Report
from motcua.services.auditing.reading import Progress, rulebook, snapshots_of
from motcua.services.auditing.recounting import Reconciled, add
from motcua.services.auditing.replaying import Replayed
from motcua.services.auditing.verifying import verified
from motcua.services.installation import Installation


@dataclass(frozen=True, slots=True)
class Examined:
    """The whole trail, read once: verified, replayed and recounted."""

    report: Report
    replayed: Replayed
    reconciled: Reconciled


def examine(
    house: Installation, until: datetime, level: Level = Level.REPLAY, on_record: Progress | None = None
) -> Examined:
    """Verify, replay and recount in one pass; for `replay` and `legal`, as `verify_store` and `reconcile` would.

    Args:
        house: The installation.
        until: Up to when every escalation must have fired, that instant included.
        level: How much to check; with `chain` nothing is replayed.
        on_record: Called with the number of records read so far.
    """
    house.worlds.refresh()
    store, sums = house.store, Reconciled()
    rules, snapshots = rulebook(store), snapshots_of(store)

    def count(stream: str, records: Sequence[AuditRecord]) -> None:
        add(sums, stream, records, rules, until, house.worlds.calendars)

    report = verified(store, house.log, level, rules, snapshots, on_record, count)
    wrong = {
        finding.stream: finding.en for finding in reversed(report.findings) if finding.stream in snapshots
    }
    unequal = {stream: wrong[stream] for stream in snapshots if stream in wrong}
    return Examined(report, Replayed(len(snapshots) - len(unequal), unequal), sums)
