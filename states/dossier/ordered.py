"""What mass orders leave on a dossier: which hold its clocks, and how their events change it.

A clock runs if and only if neither a suspension of the dossier's state nor any order holds it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from states import events as happened
from states.deadline import Segment, SegmentKind
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier, UnderOrder
from states.events import Event

CASE_CLOCKS = ("legal", "committed")
STEPS = "steps"
SUSPEND = "suspend"


def order_cause(order: str) -> str:
    """Return how a ledger names an order."""
    return f"order:{order}"


def covers(clocks: tuple[str, ...], clock_id: str) -> bool:
    """Tell whether an order over *clocks* reaches a clock; `steps` is every clock not of the whole dossier."""
    return (clock_id if clock_id in CASE_CLOCKS else STEPS) in clocks


def held_by_order(dossier: Dossier, clock_id: str | None = None) -> tuple[UnderOrder, ...]:
    """Return the orders that hold the dossier, or one clock of it, in the order in which they came."""
    if dossier.ended:
        return ()
    return tuple(
        entry
        for entry in dossier.orders
        if entry.holds and (clock_id is None or covers(entry.clocks, clock_id))
    )


def _applied(dossier: Dossier, event: happened.OrderApplied) -> Dossier:
    fired = {name: clock.fired for name, clock in dossier.clocks.items() if covers(event.clocks, name)}
    entry = UnderOrder(
        id=event.order,
        digest=event.digest,
        action=event.action,
        clocks=event.clocks,
        since=event.since,
        until=event.until,
        basis=event.basis,
        holds=event.action == SUSPEND and (event.until is None or event.until > event.at),
        during_order=event.during_order,
        fired=fired if event.action != SUSPEND else {},
        reversed_by=None,
    )
    return revise(dossier, orders=(*dossier.orders, entry))


def _lifted(dossier: Dossier, event: happened.OrderLifted) -> Dossier:
    return _entry(dossier, event.order, holds=False)


def _reversed(dossier: Dossier, event: happened.OrderReversed) -> Dossier:
    return _entry(dossier, event.order, holds=False, reversed_by=event.reversal)


def _entry(dossier: Dossier, order: str, **changes: Any) -> Dossier:
    entries = tuple(revise(entry, **changes) if entry.id == order else entry for entry in dossier.orders)
    return revise(dossier, orders=entries)


def _announced(dossier: Dossier, event: happened.OrderAnnounced) -> Dossier:
    """What is told changes nothing."""
    return dossier


def _credited(dossier: Dossier, event: happened.ClockCredited) -> Dossier:
    line = Segment(
        SegmentKind.CREDIT, event.at, event.cause, event.basis, since=event.since, until=event.until
    )
    return _moved(dossier, event, line)


def _withdrawn(dossier: Dossier, event: happened.ClockWithdrawn) -> Dossier:
    line = Segment(SegmentKind.WITHDRAW, event.at, event.cause, event.basis)
    return _moved(dossier, event, line, fired=event.fired)


def _moved(
    dossier: Dossier, event: happened.ClockCredited | happened.ClockWithdrawn, line: Segment, **more: Any
) -> Dossier:
    clock = dossier.clocks[event.clock]
    changed = revise(
        clock,
        segments=(*clock.segments, line),
        remaining=event.remaining,
        due=event.due,
        due_date=event.due_date,
        provisional=event.provisional,
        **more,
    )
    return revise(dossier, clocks={**dossier.clocks, event.clock: changed})


ORDERED: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.OrderApplied: _applied,
    happened.OrderAnnounced: _announced,
    happened.OrderLifted: _lifted,
    happened.OrderReversed: _reversed,
    happened.ClockCredited: _credited,
    happened.ClockWithdrawn: _withdrawn,
}
