"""Use cases of the auditor: verify the trail, replay dossiers, recount what the clock owed them."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from audit.chain import StoredRecord, first_break
from audit.escalations import recount
from audit.fault import Fault
from audit.finding import Finding
from audit.record import AuditRecord, UnreadableRecord, from_raw
from audit.relations import Relations
from audit.replay import Moment, Turn, Unreplayable, lines, replay, snapshot_text, turns
from audit.rulebook import Rulebook, UnknownRules
from audit.verify import DOSSIER, Claim, Level, Report, snapshot_digest, verify
from motcua.services.installation import Installation
from motcua.services.ports import Store
from motcua.services.register_steps import digest_of
from motcua.services.row_checks import approvals, dossier_rows, order_claims, record_row
from states.calendar import BusinessCalendar

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class DossierReplay:
    """One dossier, replayed.

    Attributes:
        lines: A line of state after each record.
        equal: Whether its chain is whole and the last state is, to the byte, the one that is stored.
    """

    lines: list[dict[str, Any]]
    equal: bool


@dataclass(slots=True)
class Replayed:
    """How many dossiers replay to the state that is stored, and the streams of those that do not, with a reason."""

    equal: int = 0
    different: dict[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Examined:
    """The whole trail, read once: verified, replayed and recounted."""

    report: Report
    replayed: Replayed
    reconciled: Reconciled


def verify_store(
    house: Installation, level: Level = Level.LEGAL, on_record: Progress | None = None
) -> Report:
    """Verify the whole trail of an installation against its own tables.

    The end of a dossier's stream is known from the dossier's row. A stream of rules has no such row: that its
    end was cut off shows by rules that are in force, or cited by a dossier, and that no record put in force.
    Whoever deletes a proposal that nobody approved, record and row alike, is not found here.

    Args:
        house: The installation.
        level: How much to check.
        on_record: Called with the number of records read so far.
    """
    snapshots = {} if level is Level.CHAIN else _snapshots(house.store)
    return _verified(house.store, house.log, level, rulebook(house.store), snapshots, on_record)


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
    rules, snapshots = rulebook(store), _snapshots(store)

    def count(stream: str, records: Sequence[AuditRecord]) -> None:
        _add(sums, stream, records, rules, until, house.worlds.calendars)

    report = _verified(store, house.log, level, rules, snapshots, on_record, count)
    wrong = {
        finding.stream: finding.en for finding in reversed(report.findings) if finding.stream in snapshots
    }
    unequal = {stream: wrong[stream] for stream in snapshots if stream in wrong}
    return Examined(report, Replayed(len(snapshots) - len(unequal), unequal), sums)


def _verified(
    store: Store,
    log: str,
    level: Level,
    rules: Rulebook,
    snapshots: dict[str, str],
    on_record: Progress | None,
    on_dossier: Callable[[str, Sequence[AuditRecord]], None] | None = None,
) -> Report:
    rows: list[Finding] = []
    relations = Relations()

    def relate(stream: str, records: Sequence[AuditRecord]) -> None:
        relations.take(stream, records)
        if on_dossier is not None:
            on_dossier(stream, records)

    def read() -> Iterator[StoredRecord]:
        for record in store.all_records():
            rows.extend(record_row(record, log))
            yield StoredRecord(record.stream, record.seq, record.raw, record.leaf_hash)

    report = verify(
        read(),
        {stream: (seq, head) for stream, seq, head in store.heads()},
        level=level,
        rules=rules,
        snapshots=snapshots,
        claims=_claims(store),
        on_record=on_record,
        on_dossier=relate,
    )
    if level is not Level.CHAIN:
        rows += [*relations.findings(), *dossier_rows(store), *approvals(store)]
    return replace(report, findings=(*report.findings, *rows))


def replay_dossier(house: Installation, code: str) -> DossierReplay:
    """Replay one dossier from its records.

    Raises:
        DossierNotFound: No such dossier.
        UnreadableRecord, Unreplayable: Its records cannot be replayed.
    """
    stored = house.store.load(code)
    stream = f"{DOSSIER}{stored.id}"
    rows = [StoredRecord(r.stream, r.seq, r.raw, r.leaf_hash) for r in house.store.records(stream)]
    moments: list[Moment] = list(replay(row.raw for row in rows))
    procedure = house.worlds.procedure(stored.dossier.cfg)
    whole = first_break(stream, rows, (stored.seq, stored.head)) is None
    equal = whole and bool(moments) and snapshot_text(moments[-1].dossier) == snapshot_text(stored.dossier)
    return DossierReplay(lines(moments, procedure, house.worlds.calendars), equal)


def replay_all(house: Installation, on_dossier: Progress | None = None) -> Replayed:
    """Replay every dossier and compare it with the state that is stored, one at a time in memory."""
    snapshots, done = _snapshots(house.store), Replayed()
    for number, (stream, raws) in enumerate(_dossiers(house.store), 1):
        reason = _difference(raws, snapshots.pop(stream, ""))
        if reason is None:
            done.equal += 1
        else:
            done.different[stream] = reason
        if on_dossier is not None:
            on_dossier(number)
    done.different.update(dict.fromkeys(snapshots, "it has no record"))
    return done


def _difference(raws: list[str], stored: str) -> str | None:
    last: Turn | None = None
    try:
        last = next(iter(deque(turns(map(from_raw, raws)), maxlen=1)), None)
    except (UnreadableRecord, Unreplayable) as error:
        return error.message("en")
    same = last is not None and snapshot_digest(last.after) == stored
    return None if same else "the replayed state differs from the stored one"


def reconcile(house: Installation, until: datetime, on_dossier: Progress | None = None) -> Reconciled:
    """Count again, without the code that fires them, which escalations were due up to *until*, that included."""
    house.worlds.refresh()
    rules, sums = rulebook(house.store), Reconciled()
    for number, (stream, raws) in enumerate(_dossiers(house.store), 1):
        try:
            _add(sums, stream, list(map(from_raw, raws)), rules, until, house.worlds.calendars)
        except UnreadableRecord as error:
            sums.unreadable[stream] = error.message("en")
        if on_dossier is not None:
            on_dossier(number)
    return sums


def _add(
    sums: Reconciled,
    stream: str,
    records: Sequence[AuditRecord],
    rules: Rulebook,
    until: datetime,
    in_force: Mapping[str, BusinessCalendar],
) -> None:
    try:
        one = recount(records, rules, until, in_force)
    except (UnknownRules, KeyError, ValueError) as error:
        sums.unreadable[stream] = f"{type(error).__name__} {error}"
        return
    sums.due, sums.fired = sums.due + one.due, sums.fired + one.fired
    sums.ends_due, sums.ends_fired = sums.ends_due + one.ends_due, sums.ends_fired + one.ends_fired
    sums.faults += one.faults


def _dossiers(store: Store) -> Iterator[tuple[str, list[str]]]:
    for stream, rows in groupby(store.all_records(), attrgetter("stream")):
        if stream.startswith(DOSSIER):
            yield stream, [row.raw for row in rows]


def _snapshots(store: Store) -> dict[str, str]:
    """Digests of the stored states by stream: a few dozen bytes for each dossier."""
    return {f"{DOSSIER}{stored.id}": snapshot_digest(stored.dossier) for stored in store.iterate()}


def rulebook(store: Store) -> Rulebook:
    """Return the rules that records cite, read from the store by digest."""

    def text_of(digest: str) -> str | None:
        known = store.version(digest)
        return known.compiled if known is not None else store.body(digest) or store.order_body(digest)

    return Rulebook(text_of)


def _claims(store: Store) -> Iterator[Claim]:
    for version in store.versions():
        yield Claim(f"procedure:{version.code}", "proposed", version.digest)
        if version.approved_at is not None:
            yield Claim(f"procedure:{version.code}", "approved", version.digest)
    for kind, prefix in (("calendar", "calendar"), ("directory", "registry")):
        for adopted in store.adopted(kind):
            yield Claim(f"{prefix}:{adopted.name}", "adopted", adopted.digest)
    yield from order_claims(store)
    yield from (Claim(step.stream, step.kind, digest_of(step)) for step in store.nonconformity_steps())


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
