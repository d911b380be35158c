"""How an order stands: how many dossiers it reached, holds, left alone."""

from dataclasses import dataclass

from motcua.services.installation import Installation
from motcua.services.ordering.approving import order_of
from motcua.services.ports import OrderRow
from states.ordering import matches, under


@dataclass(frozen=True, slots=True)
class Survey:
    """How an order stands, counted over all dossiers.

    Attributes:
        reached: Dossiers under it, ended since or not.
        holding: Those whose clocks it holds now.
        reversed: Those on which it was taken back.
        outstanding: Open ones that it is about and has not reached.
        untouched: Ended ones that it never reached.
        marked: Rungs that fired while it was in effect, before it was applied.
    """

    reached: int
    holding: int
    reversed: int
    outstanding: int
    untouched: int
    marked: int


def survey(house: Installation, row: OrderRow) -> Survey:
    """Count how an order stands on every dossier."""
    house.worlds.refresh()
    order = order_of(row)
    subject = order.reverses or order.id
    counts = dict.fromkeys(("reached", "holding", "reversed", "outstanding", "untouched", "marked"), 0)
    for stored in house.store.iterate():
        dossier, entry = stored.dossier, under(stored.dossier, subject)
        if entry is None:
            about = order.reverses is None and matches(order, house.worlds.directory, dossier)
            counts["untouched"] += dossier.ended
            counts["outstanding"] += about
            continue
        counts["reached"] += 1
        counts["holding"] += entry.holds and not dossier.ended
        counts["reversed"] += entry.reversed_by is not None
        counts["marked"] += len(entry.during_order)
    return Survey(**counts)
