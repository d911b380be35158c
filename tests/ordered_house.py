"""Mass orders in a house: a storm, its reversal, and short ways to carry them out and to look at the outcome."""

from dataclasses import replace
from typing import Any

from ordered import EVERY_CLOCK, times
from world import START, Office

from audit.verify import Level
from motcua.services.auditing import reconcile, verify_store
from motcua.services.ordering import approve_order, carry_out, propose_order
from states.order import Instrument, Order, OrderFilter, OrderKind, Past
from states.procedure import Label

PAPER = Instrument("15/QĐ-UBND", START.date(), "Chairman", "law", "gazette", False)
STORM = Order(
    "storm", OrderKind.SUSPEND, PAPER, Label("Bão", "Storm"), START, None, None, EVERY_CLOCK, False,
    OrderFilter(), None, None,
)  # fmt: skip
BACK = replace(
    STORM, id="storm-back", kind=OrderKind.REVERSE, clocks=(), reverses="storm", past=Past.WITHDRAWN
)


def told(office: Office, order: Order) -> Any:
    """Propose and approve an order, and carry it out."""
    row = propose_order(office.house, order, "an")
    approve_order(office.house, row.digest, "binh")
    return carry_out(office.house, row.digest)


def all_times(office: Office) -> dict[str, Any]:
    """What people are told of every clock of every dossier."""
    return {stored.dossier.code: times(stored.dossier) for stored in office.store.iterate()}


def sound(office: Office) -> None:
    """The whole trail is legal and nothing that was owed is missing."""
    assert () == verify_store(office.house, Level.LEGAL).findings
    assert [] == reconcile(office.house, office.clock.at).faults
