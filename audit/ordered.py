"""Mass orders: does what a record says of an order agree with the order's text, and was the dossier meant by it?"""

from collections.abc import Iterator

from audit.finding import Finding
from audit.replay import Turn
from audit.rulebook import Rulebook, UnknownRules
from states.dossier import Dossier
from states.order import Order
from states.ordering import matches, under
from states.wire import to_wire
from states.world import World


def ordered(world: World, turn: Turn, rules: Rulebook) -> Iterator[Finding]:
    """Yield where a record of an order says something else than the order that it cites by digest."""
    command = turn.record.command or {}
    if command.get("kind") not in ("apply_order", "reverse_order") or turn.before is None:
        return
    try:
        order = rules.order(str(command.get("digest")))
    except UnknownRules as error:
        yield _finding(turn, str(error.facts["digest"]), str(error.facts["reason"]))
        return
    try:
        expected = {**_said(order), "notice": _told(turn.before, order, rules)}
    except UnknownRules as error:
        yield _finding(turn, str(error.facts["digest"]), str(error.facts["reason"]))
        return
    found = {name: command.get(name) for name in expected}
    if expected != found:
        yield _finding(turn, str(expected), str(found))
    if order.reverses is None and not matches(order, world.directory, turn.before):
        yield _finding(turn, f"a dossier that {order.id} is about", turn.before.code)


def _said(order: Order) -> dict[str, object]:
    """What the command must repeat of the order's text."""
    if order.reverses is not None:
        past = None if order.past is None else order.past.value
        return {"order": order.reverses, "reversal": order.id, "past": past, "basis": order.basis}
    wire = to_wire(order)
    same = {name: wire[name] for name in ("clocks", "since", "until", "term")}
    return {"order": order.id, "action": order.kind.value, "basis": order.basis, **same}


def _told(before: Dossier, order: Order, rules: Rulebook) -> object:
    """What the applicant must be told: what nobody was told of is taken back without a word."""
    entry = None if order.reverses is None else under(before, order.reverses)
    quiet = entry is not None and not rules.order(entry.digest).tell
    return None if quiet or order.announcement is None else to_wire(order.announcement)


def _finding(turn: Turn, expected: str, found: str) -> Finding:
    return Finding(turn.record.stream, turn.record.seq, "order", expected, found)
