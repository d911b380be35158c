"""Short ways to put a dossier at a desk under mass orders, and to take them back."""

from datetime import datetime
from typing import Any

from desk import Desk
from office_time import at

from states.dossier import Dossier
from states.order import ApplyOrder, OrderKind, ReverseOrder
from states.term import Term, Unit

EVERY_CLOCK = ("legal", "committed", "steps")
FOUR_DAYS = Term(Unit.WORKING_DAYS, 16)
SHA = "a" * 64


def ordering(order: str = "storm", since: str | datetime = "2026-03-02T08:30", **changes: Any) -> ApplyOrder:
    """The command of a suspension of every clock without end, unless told otherwise."""
    begins = at(since) if isinstance(since, str) else since
    until = changes.pop("until", None)
    given: dict[str, Any] = {
        "action": OrderKind.SUSPEND.value,
        "clocks": EVERY_CLOCK,
        "since": begins,
        "until": at(until) if isinstance(until, str) else until,
        "term": None,
        "basis": "15/QĐ-UBND",
    }
    return ApplyOrder(order, SHA, **{**given, **changes})


def extending(
    order: str = "more_time", since: str | datetime = "2026-03-02T08:30", **changes: Any
) -> ApplyOrder:
    """The command of an extension by four working days."""
    return ordering(order, since, **{"action": OrderKind.EXTEND.value, "term": FOUR_DAYS, **changes})


def reversing(
    order: str = "storm", since: str | datetime = "2026-03-02T08:30", past: str = "withdrawn"
) -> ReverseOrder:
    """The command that takes an order back, with what it gave."""
    return ReverseOrder(
        order, f"{order}_back", SHA, at(since) if isinstance(since, str) else since, past, "16/QĐ-UBND"
    )


def told(desk: Desk, command: ApplyOrder | ReverseOrder) -> Desk:
    """Let an order reach the dossier as the system brings it."""
    return desk.do(command, by_person=False)


def times(dossier: Dossier) -> dict[str, Any]:
    """What people are told of each clock: due, day, minutes left, whether the calendar is a draft."""
    return {
        name: (clock.state, clock.due, clock.due_date, clock.remaining, clock.provisional)
        for name, clock in sorted(dossier.clocks.items())
    }
