"""Carry an approved order, or a reversal, to every open dossier that it is about: in batches, through the one door."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.services.batches import open_batches
from motcua.services.enacting import Request, owed, step_of
from motcua.services.installation import Installation
from motcua.services.ordering.approving import OrderNotApproved, find, next_of_order, order_of, reversal_of
from motcua.services.ports import FiredRung, OrderRow, Stored
from motcua.services.recording import Decided, record
from states.commands import SYSTEM_ACTOR
from states.dossier import Dossier, covers, fold
from states.errors import DomainError
from states.events import Event, RungReached
from states.machine import decide
from states.order import ApplyOrder, Order, OrderKind, ReverseOrder
from states.ordering import matches, under

PASSES = 20
CARRIED_OUT = "order_carried_out"

Ask = Callable[[Dossier, tuple[str, ...], datetime], ApplyOrder | ReverseOrder | None]
"""What is asked of a dossier as it is then, with the rungs that fired since the order is in effect."""


@dataclass(slots=True)
class Carried:
    """What carrying out an order did in one go.

    Attributes:
        matched: Open dossiers that it is about.
        applied: Those that it reached now, each with a record.
        already: Those that it had reached before.
        outrun: Those that others kept changing; the next go reaches them.
        waiting: Whether it is approved, and takes effect later.
        failed: By dossier code, why it could not be decided.
        codes: The dossiers it reached, or with a dry run would reach.
    """

    matched: int = 0
    applied: int = 0
    already: int = 0
    outrun: int = 0
    waiting: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)


def carry_out(house: Installation, name: str, dry_run: bool = False) -> Carried:
    """Apply an approved order, or reversal, to every open dossier that it is about and has not reached.

    Whatever was reached stays as it is, so it may be sent, or begun again after a crash, as often as one likes.
    With *dry_run* nothing is written, and the order need not be approved.

    Raises:
        OrderNotFound: No such order.
        OrderNotApproved: Nobody approved it.
    """
    house.worlds.refresh()
    row = find(house, name)
    if row.approved_at is None and not dry_run:
        raise OrderNotApproved(id=row.id)
    order, done = order_of(row), Carried()
    if order.since > house.now():
        done.waiting = True
        return done
    if order.kind is not OrderKind.REVERSE and reversal_of(house, order.id) is not None:
        return done
    ask = _reversal(row, order, house) if order.kind is OrderKind.REVERSE else _application(house, row, order)
    for number in range(PASSES):
        seen = done if number == 0 else Carried()
        for batch in open_batches(house):
            _batch(house, batch, ask, order, seen, dry_run)
        done.applied += 0 if seen is done else seen.applied
        done.codes += [] if seen is done else seen.codes
        done.outrun = seen.outrun
        if not seen.outrun:
            break
    if not dry_run and not done.outrun and not done.failed and not _carried_out(house, row):
        facts = {"applied": done.applied + done.already}
        house.store.append([next_of_order(house, row, CARRIED_OUT, house.now(), None, None, **facts)])
    return done


def continue_orders(house: Installation) -> int:
    """Carry on with approved orders that are not carried out, or reach dossiers opened later; count the reached."""
    reached, now = 0, house.now()
    for row in house.store.orders():
        order = order_of(row)
        lasts = order.later and (order.until is None or now < order.until)
        if row.approved_at is not None and (lasts or not _carried_out(house, row)):
            reached += carry_out(house, row.digest).applied
    return reached


def _carried_out(house: Installation, row: OrderRow) -> bool:
    last = house.store.head(f"order:{row.id}")
    return last is not None and json.loads(last.raw)["events"][0]["kind"] == CARRIED_OUT


def _batch(
    house: Installation, batch: list[Stored], ask: Ask, order: Order, done: Carried, dry_run: bool
) -> None:
    decided: list[Decided] = []
    before = _fired_before(house, batch, order)
    for stored in batch:
        try:
            item = _decided(house, stored, ask, order, done, before.get(stored.id, ()))
        except DomainError as error:
            done.failed[stored.dossier.code] = error.message("en")
            continue
        if item is not None:
            decided.append(item)
    results = [] if dry_run else record(house, decided)
    for number, item in enumerate(decided):
        outrun = not dry_run and results[number] is None
        done.outrun += outrun
        if not outrun and item.before is not None:
            done.applied += not dry_run
            done.codes.append(item.before.dossier.code)


def _fired_before(
    house: Installation, batch: list[Stored], order: Order
) -> Mapping[str, tuple[FiredRung, ...]]:
    """Return the rungs that fired since an order is in effect, looked up for a whole batch at once."""
    if order.kind is OrderKind.REVERSE:
        return {}
    marked = [s.id for s in batch if s.dossier.epochs or any(c.fired for c in s.dossier.clocks.values())]
    return house.store.rungs_since(marked, order.since) if marked else {}


def _decided(
    house: Installation,
    stored: Stored,
    ask: Ask,
    order: Order,
    done: Carried,
    before: tuple[FiredRung, ...],
) -> Decided | None:
    """What fell due before takes effect first; a dossier that this ends is left alone."""
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    subject = order.reverses or order.id
    entry = under(stored.dossier, subject)
    if entry is not None and (order.reverses is None or entry.reversed_by is not None):
        done.matched += 1
        done.already += 1
        return None
    if entry is None and (order.reverses is not None or not matches(order, world.directory, stored.dossier)):
        return None
    steps = owed(world, stored.dossier, now)
    dossier = fold(stored.dossier, [event for step in steps for event in step.events], by_person=False)
    marked = (*_covered(before, order), *(rung for step in steps for rung in _rungs(step.events, order)))
    command = ask(dossier, marked, now)
    if command is None:
        return None
    done.matched += 1
    events = decide(world, dossier, command, now)
    return Decided(world, stored, (*steps, step_of(Request(command, SYSTEM_ACTOR), events, now)))


def _application(house: Installation, row: OrderRow, order: Order) -> Ask:
    def ask(dossier: Dossier, marked: tuple[str, ...], now: datetime) -> ApplyOrder | None:
        if not matches(order, house.worlds.directory, dossier):
            return None
        return ApplyOrder(
            order=order.id,
            digest=row.digest,
            action=order.kind.value,
            clocks=order.clocks,
            since=order.since,
            until=order.until,
            term=order.term,
            basis=order.basis,
            during_order=marked,
            notice=order.announcement,
        )

    return ask


def _covered(fired: Iterable[FiredRung], order: Order) -> Iterator[str]:
    for rung in fired:
        if covers(order.clocks, rung.clock):
            yield f"{rung.clock}/{rung.epoch}/{rung.rung}"


def _rungs(events: Iterable[Event], order: Order) -> Iterator[str]:
    for event in events:
        if isinstance(event, RungReached) and covers(order.clocks, event.clock):
            yield f"{event.clock}/{event.epoch}/{event.rung}"


def _reversal(row: OrderRow, order: Order, house: Installation) -> Ask:
    """What nobody was told of is taken back without a word."""
    since = max(order.since, row.approved_at or house.now())
    told = order.announcement if order.reverses and order_of(find(house, order.reverses)).tell else None

    def ask(dossier: Dossier, marked: tuple[str, ...], now: datetime) -> ReverseOrder | None:
        if dossier.ended or order.reverses is None or order.past is None:
            return None
        return ReverseOrder(order.reverses, order.id, row.digest, since, order.past.value, order.basis, told)

    return ask
