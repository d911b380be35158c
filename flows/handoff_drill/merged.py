"""What the trails of two installations say together: of every handoff, who held the dossier from when to when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audit.record import AuditRecord, from_raw
from motcua.services.ports import NewRecord
from states import events as happened
from states.events import Event, event_from_wire
from states.peer import Origin, Receipt

Key = tuple[str, str, str, int]
"""A handoff: the log and the code of the sender's dossier, the state, and which offer of it."""


@dataclass(slots=True)
class Sent:
    """A handoff as its sender's trail tells it; instants are of the sender, receipts name the receiver's records.

    Attributes:
        counts, heard: Of the acceptance: from when custody counts as the receiver's, and when that was recorded.
    """

    offered: datetime
    hash: str
    delivered: Receipt | None = None
    accepted: Receipt | None = None
    ended: Receipt | None = None
    acceptances: int = 0
    moved_on: datetime | None = None
    counts: datetime | None = None
    heard: datetime | None = None


@dataclass(slots=True)
class Taken:
    """A handoff as the trail of its receiver tells it: the records with their instants."""

    origin: Origin
    opened: str
    accepted: tuple[str, datetime] | None = None
    ended: tuple[str, datetime] | None = None


@dataclass(slots=True)
class Trail:
    """What one installation's records say of handoffs; `steps` are the moves of each dossier after its opening."""

    sent: dict[Key, Sent] = field(default_factory=dict)
    taken: dict[Key, list[Taken]] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    keys: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Verdict:
    """What is wrong with two trails that should fit together, each thing once."""

    handoffs: int = 0
    lost: set[str] = field(default_factory=set)
    double: set[str] = field(default_factory=set)
    conflicts: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)


def read_trail(log: str, rows: Iterable[NewRecord]) -> Trail:
    """Read what a log says of handoffs; rows are ordered by stream and seq."""
    trail, code, taken = Trail(), "", None
    for row in rows:
        trail.hashes.add(row.leaf_hash)
        if not row.stream.startswith("dossier:"):
            continue
        record = from_raw(row.raw)
        if record.idem is not None:
            trail.keys[record.idem] += 1
        events = tuple(map(event_from_wire, record.events))
        if isinstance(events[0], happened.Opened):
            code, taken = events[0].code, None
            trail.codes.add(code)
        fired = sum(isinstance(event, happened.TransitionFired) for event in events)
        trail.steps[code] += fired * (row.seq > 1)
        for event in events:
            if isinstance(event, happened.OriginNamed):
                taken = Taken(event.origin, row.leaf_hash)
                key = (
                    event.origin.receipt.trail,
                    event.origin.dossier,
                    event.origin.state,
                    event.origin.number,
                )
                trail.taken.setdefault(key, []).append(taken)
        if taken is not None:
            _of_receiver(taken, row, record, events)
        else:
            _of_sender(trail, log, code, row, record, events)
    return trail


def _of_receiver(taken: Taken, row: NewRecord, record: AuditRecord, events: Sequence[Event]) -> None:
    for event in events:
        if isinstance(event, happened.HandoffAccepted):
            taken.accepted = (row.leaf_hash, record.at)
        elif isinstance(event, happened.TransitionFired) and event.ended:
            taken.ended = (row.leaf_hash, record.at)


def _of_sender(
    trail: Trail, log: str, code: str, row: NewRecord, record: AuditRecord, events: Sequence[Event]
) -> None:
    for event in events:
        state, number = getattr(event, "state", None), getattr(event, "number", None)
        if state is None or number is None:
            continue
        key = (log, code, str(state), int(number))
        if isinstance(event, happened.HandoffOffered):
            trail.sent[key] = Sent(record.at, row.leaf_hash)
        else:
            _further(trail.sent[key], event, record.at)


def _further(sent: Sent, event: Event, at: datetime) -> None:
    if isinstance(event, happened.HandoffDelivered):
        sent.delivered = event.receipt or sent.delivered
    elif isinstance(event, happened.HandoffAccepted):
        sent.accepted, sent.acceptances = event.receipt, sent.acceptances + 1
        sent.counts, sent.heard = event.since or at, at
    elif isinstance(event, happened.HandoffReturned | happened.HandoffFinished):
        sent.ended, sent.moved_on = event.receipt, at
    elif isinstance(event, happened.HandoffCancelled):
        sent.moved_on = at


def compare(told: Iterable[str], one: Trail, other: Trail) -> Verdict:
    """Put both trails together; *told* are the dossiers whose opening somebody was told of."""
    verdict = Verdict(handoffs=len(one.sent) + len(other.sent))
    verdict.lost |= {f"dossier {code}" for code in told if code not in one.codes | other.codes}
    verdict.double |= {
        f"key {key}" for trail in (one, other) for key, times in trail.keys.items() if times > 1
    }
    for here, there in ((one, other), (other, one)):
        for key in here.sent.keys() | there.taken.keys():
            _handoff(verdict, key, here, there)
    return verdict


def _handoff(verdict: Verdict, key: Key, here: Trail, there: Trail) -> None:
    name, sent, found = "/".join(map(str, key)), here.sent.get(key), there.taken.get(key, [])
    if sent is None or not found:
        verdict.lost.add(name)
        return
    if len(found) > 1 or sent.acceptances > 1:
        verdict.double.add(name)
    [taken] = found[:1]
    if taken.ended is None or sent.ended is None:
        verdict.lost.add(f"{name} has no end")
        return
    verdict.conflicts |= {f"{name}: {reason}" for reason in _conflicts(sent, taken)}
    if not _named(sent, taken, there):
        verdict.unnamed.add(name)


def _conflicts(sent: Sent, taken: Taken) -> Iterator[str]:
    """The receiver holds it from its acceptance to its end, the sender before and after: no gap and no overlap."""
    ours = None if sent.accepted is None else (sent.accepted.hash, sent.accepted.at)
    if ours != taken.accepted:
        yield "the sides do not agree on the acceptance"
    if taken.accepted is not None and not sent.offered <= taken.accepted[1]:
        yield "accepted before it was offered"
    if taken.accepted is not None and sent.counts != taken.accepted[1]:
        yield "the sender counts from another instant than that of the acceptance"
    if sent.heard is not None and sent.counts is not None and not sent.offered <= sent.counts <= sent.heard:
        yield "the acceptance counts from before the offer, or from after it was heard of"
    end = taken.ended
    if end is None or sent.ended is None or (sent.ended.hash, sent.ended.at) != end:
        yield "the sides do not agree on the end"
    elif sent.moved_on is None or sent.moved_on < end[1]:
        yield "the sender moved on while the receiver had it"


def _named(sent: Sent, taken: Taken, there: Trail) -> bool:
    """Tell whether each trail names records that the other one has."""
    receipts = [receipt for receipt in (sent.delivered, sent.accepted, sent.ended) if receipt is not None]
    if taken.origin.receipt.hash != sent.hash:
        return False
    return all(receipt.hash in there.hashes for receipt in receipts)
