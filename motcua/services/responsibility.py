"""Whose time it was, per dossier and in total: every second belongs to one party, and the parts add up."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import Any, TypeVar

from audit.canonical import canonical, digest
from audit.replay import replay
from motcua.services.appointments import promised
from motcua.services.batches import BATCH
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import KeptShares, NewRecord, Stored
from states.custody import Custodian, Custody
from states.dossier import Dossier
from states.responsibility import Moment, Share, Span, calendar_of, most_late, shares, spans
from states.wire import from_wire, to_wire
from states.world import World

Plain = dict[str, Any]
T = TypeVar("T")
Progress = Callable[[int], None]
_STREAM = "dossier:"
AGENCIES = (Custody.AGENCY, Custody.CONSULTED)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a dossier adds to the sums."""

    late: bool
    microseconds: int
    culprit: Custodian | None
    parts: tuple[Share, ...]


@dataclass(slots=True)
class Blame:
    """What one party had of all dossiers.

    Attributes:
        dossiers: In which it had any time.
        microseconds: Of their lead times.
        actual, planned, over: Working minutes on its own calendar: taken, allowed for, and taken too much in stays
            that exceeded their budget.
        made_late: Late dossiers whose stays with it exceeded their budgets the most.
    """

    dossiers: int = 0
    microseconds: int = 0
    actual: int = 0
    planned: int = 0
    over: int = 0
    made_late: int = 0


@dataclass(slots=True)
class Blames:
    """Of all dossiers: their lead time, and what each party had of it."""

    dossiers: int = 0
    late: int = 0
    microseconds: int = 0
    parties: dict[Custodian, Blame] = field(default_factory=dict)


def responsibility(house: Installation, stored: Stored) -> Plain:
    """Return the spans and shares of one dossier, from its records alone.

    `microseconds` of the spans, and of the shares, add up to those of the dossier.
    """
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    moments = _moments(row.raw for row in house.store.records(f"{_STREAM}{stored.id}"))
    found = spans(world.procedure, moments, now)
    parts = shares(world, found)
    late = is_or_was_late(stored.dossier, now)
    culprit = most_late(parts) if late else None
    return {
        "code": stored.dossier.code,
        "since": local_text(world.calendar, stored.dossier.opened_at),
        "until": local_text(world.calendar, found[-1].end if found else stored.dossier.opened_at),
        "ended": stored.dossier.ended,
        "microseconds": _lead(found),
        "late": late,
        "made_late_by": None if culprit is None else named(world, culprit),
        "parties": [_share(world, share) for share in parts],
        "spans": [_span(world, span) for span in found],
    }


def blames(house: Installation, on_dossier: Progress | None = None, anew: bool = False) -> Blames:
    """Add up all dossiers, in memory that grows with the parties only.

    What an ended dossier adds is kept, and counted again only where a record, a calendar or the directory changed;
    with *anew* everything is counted from the records, and what was kept is put right.
    """
    sums, rules = Blames(), _rules(house)
    found = _from_records(house, rules) if anew else _as_kept(house, rules)
    for batch in _batches(found):
        for counted, _ in batch:
            _sum_up(sums, counted)
            if on_dossier is not None:
                on_dossier(sums.dossiers)
        if fresh := [kept for _, kept in batch if kept is not None]:
            house.store.keep_shares(fresh)
    return sums


Found = tuple[Counted, KeptShares | None]
"""What a dossier adds, and what is to be kept of it."""


def _as_kept(house: Installation, rules: str) -> Iterator[Found]:
    for batch in _batches(house.store.walk_shares()):
        for id, head, kept in batch:
            if kept is not None and (kept.head, kept.rules) == (head, rules):
                yield from_wire(Counted, json.loads(kept.body)), None
            else:
                yield _counted(house, house.store.records(f"{_STREAM}{id}"), rules)


def _from_records(house: Installation, rules: str) -> Iterator[Found]:
    for stream, rows in groupby(house.store.all_records(), key=lambda row: row.stream):
        if stream.startswith(_STREAM):
            yield _counted(house, list(rows), rules)


def _batches(found: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _rules(house: Installation) -> str:
    """Identify what else than records the figures follow from: working time, and who is whose."""
    house.worlds.refresh()
    return digest([sorted(house.worlds.calendar_digests.items()), house.worlds.directory_digest])


def _counted(house: Installation, rows: list[NewRecord], rules: str) -> Found:
    moments, last = _moments(row.raw for row in rows), rows[-1]
    at, dossier = moments[-1]
    world, now = house.worlds.of(dossier.cfg), max(house.now(), at)
    found = spans(world.procedure, moments, now)
    parts, late = shares(world, found), is_or_was_late(dossier, now)
    counted = Counted(late, _lead(found), most_late(parts) if late else None, tuple(parts))
    if not dossier.ended:
        return counted, None
    body, id = canonical(to_wire(counted)), last.stream.removeprefix(_STREAM)
    return counted, KeptShares(id, last.leaf_hash, rules, body)


def _sum_up(sums: Blames, counted: Counted) -> None:
    sums.dossiers += 1
    sums.late += counted.late
    sums.microseconds += counted.microseconds
    for share in counted.parts:
        _add(sums.parties.setdefault(share.who, Blame()), share, share.who == counted.culprit)


def report(house: Installation, on_dossier: Progress | None = None, anew: bool = False) -> Plain:
    """Return what `blames` found as plain values, whoever made most dossiers late first."""
    sums, known = blames(house, on_dossier, anew), house.worlds.directory.agency
    rows = [
        {
            "kind": who.kind.value,
            "party": who.party,
            "name": known[who.party].name if who.party in known else None,
            "dossiers": one.dossiers,
            "microseconds": one.microseconds,
            "working_minutes": one.actual,
            "planned_minutes": one.planned,
            "over_minutes": one.over,
            "made_late": one.made_late,
        }
        for who, one in sorted(sums.parties.items(), key=_worst_first)
    ]
    return {
        "dossiers": sums.dossiers,
        "late": sums.late,
        "microseconds": sums.microseconds,
        "parties": rows,
    }


def _worst_first(party: tuple[Custodian, Blame]) -> tuple[int, int, str]:
    who, one = party
    return -one.made_late, -one.over, who.party


def is_or_was_late(dossier: Dossier, now: datetime) -> bool:
    """Tell whether the result came after its appointment, or has not come though that has passed."""
    clock = promised(dossier)
    if clock is None or clock.due is None or (dossier.ended and dossier.completed_at is None):
        return False
    return (dossier.completed_at or now) > clock.due


def _add(blame: Blame, share: Share, culprit: bool) -> None:
    blame.dossiers += 1
    blame.microseconds += share.microseconds
    blame.actual += share.actual
    blame.planned += share.planned or 0
    blame.over += share.over
    blame.made_late += culprit


def _lead(found: list[Span]) -> int:
    return sum(span.microseconds for span in found)


def _moments(raws: Iterator[str]) -> list[Moment]:
    return [(moment.at, moment.dossier) for moment in replay(raws)]


def lives(house: Installation) -> Iterator[tuple[Dossier, list[Moment], datetime]]:
    """Yield each dossier as its records leave it, as it was after each of them, and when the last was written."""
    for stream, rows in groupby(house.store.all_records(), key=lambda row: row.stream):
        if stream.startswith(_STREAM):
            moments = _moments(row.raw for row in rows)
            at, dossier = moments[-1]
            yield dossier, moments, at


def named(world: World, who: Custodian) -> Plain:
    """Return a party as plain values, with the name of an agency."""
    agency = world.directory.agency.get(who.party) if who.kind in AGENCIES else None
    return {"kind": who.kind.value, "party": who.party, "name": None if agency is None else agency.name}


def _share(world: World, share: Share) -> Plain:
    return {
        **named(world, share.who),
        "microseconds": share.microseconds,
        "working_minutes": share.actual,
        "planned_minutes": share.planned,
        "over_minutes": share.over,
    }


def _span(world: World, span: Span) -> Plain:
    return {
        **named(world, span.who),
        "from": local_text(world.calendar, span.start),
        "until": local_text(world.calendar, span.end),
        "state": span.state,
        "stage": span.stage,
        "awaits": span.awaits,
        "microseconds": span.microseconds,
        "working_minutes": calendar_of(world, span.who).between(span.start, span.end),
    }
