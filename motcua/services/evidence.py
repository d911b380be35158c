"""Use cases of the auditor of a management standard: the records that evidence a clause, and what is covered."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from audit.record import RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Clause, ClauseMap, EvidenceKind, NewRecord
from motcua.services.register_steps import StepKind
from motcua.services.system_records import SYSTEM_EVENTS
from states.errors import DomainError, Kind
from states.events import KINDS

RECORDS = frozenset(RecordType)
EVENTS = frozenset(KINDS) | SYSTEM_EVENTS | frozenset(StepKind)
"""Every kind of event that a record of the platform can hold."""

Raw = Mapping[str, Any]


class UnknownClause(DomainError):
    """The map of {standard} has no clause {clause}. Known: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Bảng đối chiếu {standard} không có điều khoản {clause}. Hiện có: {known}."


class InvalidPeriod(DomainError):
    """The period from {since} to {until} is empty. Give the earlier day first."""

    vi = "Khoảng thời gian từ {since} đến {until} không có ngày nào. Hãy ghi ngày sớm hơn trước."


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both inclusive, and the instants they are: *start* inclusive, *end* exclusive."""

    since: date
    until: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a piece of evidence is; `procedure` None where the record is of none, `event` where it counts whole."""

    stream: str
    seq: int
    at: datetime
    procedure: str | None
    event: str | None
    leaf_hash: str


@dataclass(slots=True)
class Gathered:
    """What was found of one kind of evidence.

    Attributes:
        procedures: How many by procedure; None for those of no procedure.
        references: The first of them, in the order of streams.
    """

    kind: EvidenceKind
    count: int = 0
    procedures: Counter[str | None] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What evidences a clause, and all clauses below it, in a period.

    Attributes:
        records: Distinct records; one of them may be evidence of several kinds.
        sha256: Over stream, seq and hash of each of those records in order: the same evidence gives the same.
    """

    clauses: tuple[Clause, ...]
    period: Period
    gathered: tuple[Gathered, ...]
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Covered:
    """How a clause is evidenced in a period; without kinds its evidence lies elsewhere."""

    clause: Clause
    counts: tuple[tuple[EvidenceKind, int], ...]

    @property
    def state(self) -> str:
        """`evidenced`, `none` (there was nothing of the kind), or `elsewhere`."""
        if not self.counts:
            return "elsewhere"
        return "evidenced" if any(count for _, count in self.counts) else "none"


def period(house: Installation, since: date, until: date) -> Period:
    """Return the period of local days of the province. Raises: InvalidPeriod."""
    if until < since:
        raise InvalidPeriod(since=since, until=until)
    directory = house.worlds.directory
    zone = house.worlds.calendars[directory.get(directory.province).calendar].zone
    start, end = (datetime.combine(day, time(), zone) for day in (since, until))
    return Period(since, until, start.astimezone(UTC), end.astimezone(UTC) + timedelta(days=1))


def gather(house: Installation, clauses: ClauseMap, clause: str, of: Period, limit: int) -> Evidence:
    """List and count what evidences a clause.

    Args:
        house: The installation.
        clauses: The map of the standard.
        clause: Such as `8.5.1`; `8.5` takes in all below it.
        of: When it was recorded.
        limit: At most so many references of each kind; all are counted.

    Raises:
        UnknownClause: The map does not list it.
    """
    wanted = clauses.within(clause)
    if not wanted:
        known = ", ".join(item.id for item in clauses.clauses)
        raise UnknownClause(standard=clauses.standard, clause=clause[:20], known=known)
    names = {item.id for item in wanted}
    found = {kind.id: Gathered(kind) for kind in clauses.evidence if names & set(kind.clauses)}
    seal, records = sha256(), 0
    for record, raw, matches in _walk(house, [each.kind for each in found.values()], of):
        seal.update(f"{record.stream} {record.seq} {record.leaf_hash}\n".encode())
        records += 1
        for kind, event in matches:
            _add(found[kind.id], record, raw["procedure"], event, limit)
    return Evidence(wanted, of, tuple(found.values()), records, seal.hexdigest())


def coverage(house: Installation, clauses: ClauseMap, of: Period) -> tuple[Covered, ...]:
    """Return, for every clause of the standard, how much evidence of which kinds a period holds."""
    counts: Counter[str] = Counter()
    for _, _, matches in _walk(house, clauses.evidence, of):
        counts.update(kind.id for kind, _ in matches)
    return tuple(
        Covered(
            clause, tuple((kind, counts[kind.id]) for kind in clauses.evidence if clause.id in kind.clauses)
        )
        for clause in clauses.clauses
    )


def _add(found: Gathered, record: NewRecord, procedure: str | None, event: str | None, limit: int) -> None:
    found.count += 1
    found.procedures[procedure] += 1
    if len(found.references) < limit:
        place = (record.stream, record.seq, record.at)
        found.references.append(Reference(*place, procedure, event, record.leaf_hash))


def _walk(
    house: Installation, kinds: Iterable[EvidenceKind], of: Period
) -> Iterator[tuple[NewRecord, Raw, list[tuple[EvidenceKind, str | None]]]]:
    """Yield each record of the period that is evidence, with the kinds it is evidence of, once for each event."""
    whole: dict[str | None, list[EvidenceKind]] = {}
    by_event: dict[str, list[EvidenceKind]] = {}
    for kind in kinds:
        if kind.event is None:
            whole.setdefault(kind.record, []).append(kind)
        else:
            by_event.setdefault(kind.event, []).append(kind)
    for record in house.store.records_between(of.start, of.end):
        raw: Raw = json.loads(record.raw)
        matches: list[tuple[EvidenceKind, str | None]] = [(kind, None) for kind in whole.get(record.type, ())]
        for event in (event["kind"] for event in raw["events"]):
            matches += [
                (kind, event) for kind in by_event.get(event, ()) if kind.record in (None, record.type)
            ]
        if matches:
            yield record, raw, matches
