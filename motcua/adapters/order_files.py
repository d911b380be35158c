"""Reads a mass order from its file: shape, then what each kind of order needs, all problems at once."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from motcua.adapters.checked_files import read_checked, read_sound
from motcua.adapters.yaml_files import LocatedProblem
from states.file_rules import RULES as FILE_RULES
from states.order import Instrument, Order, OrderFilter, OrderKind, Past, Span
from states.order_rules import RULES
from states.problem import Problem, Rule
from states.procedure import Label
from states.procedure_rules import RULES as SHAPE_RULES
from states.term import Term, Unit, parse_term

FOLDER = "orders"
ORDER_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RULES, *FILE_RULES, *SHAPE_RULES)}
_NEEDS = {
    "suspend": frozenset({"clocks", "later", "filter"}),
    "extend": frozenset({"clocks", "later", "filter", "term"}),
    "reverse": frozenset({"reverses", "past"}),
}
_MAY = {"suspend": frozenset({"until"}), "extend": frozenset[str](), "reverse": frozenset[str]()}
_KINDLY = sorted(frozenset[str]().union(*_NEEDS.values(), *_MAY.values()))
_LISTS = ("agencies", "procedures", "states", "public")


def read_order(file: Path) -> Order:
    """Read an order.

    Raises:
        InvalidFile: It has errors; all of them are told.
    """
    return parse_order(read_sound(file, "order", _faults, ORDER_RULES).value)


def check_order(file: Path) -> list[LocatedProblem]:
    """Return all that is wrong with the order in a file, warnings too."""
    return read_checked(file, "order", _faults)[1]


def _faults(value: Any) -> Iterator[Problem]:
    order = value["order"]
    kind = order["kind"]
    for key in _KINDLY:
        given = order.get(key) not in (None, [])
        if given and key not in _NEEDS[kind] | _MAY[kind]:
            yield Problem("E-ORDER-001", ("order", key), {"kind": kind, "key": key})
        if not given and key in _NEEDS[kind]:
            yield Problem("E-ORDER-002", ("order",), {"kind": kind, "key": key})
    yield from _empty("until", ("order", "until"), order["since"], order.get("until"))
    chosen = order.get("filter") or {}
    for key in ("opened", "accepted"):
        span = chosen.get(key) or {}
        yield from _empty(key, ("order", "filter", key), span.get("since"), span.get("before"))
    yield from _twice(("order", "clocks"), order.get("clocks", []))
    for key in _LISTS:
        yield from _twice(("order", "filter", key), chosen.get(key, []))
    if not order["instrument"]["verified"]:
        yield Problem("W-ORDER-001", ("order", "instrument", "verified"), {"id": order["id"]})


def _empty(key: str, path: tuple[str, ...], since: str | None, before: str | None) -> Iterator[Problem]:
    if since is not None and before is not None and _instant(before) <= _instant(since):
        yield Problem("E-ORDER-003", path, {"key": key, "since": since, "before": before})


def _twice(path: tuple[str, ...], values: list[Any]) -> Iterator[Problem]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield Problem("E-ORDER-004", (*path, place), {"key": path[-1], "value": value})


def parse_order(value: Any) -> Order:
    """Build an order from what a file of the right shape says."""
    given = value["order"]
    paper, chosen = given["instrument"], given.get("filter") or {}
    return Order(
        id=given["id"],
        kind=OrderKind(given["kind"]),
        instrument=Instrument(
            paper["number"],
            date.fromisoformat(paper["signed"]),
            paper["signer"],
            paper["basis"],
            paper["source"],
            paper["verified"],
        ),
        cause=Label(given["cause"]["vi"], given["cause"]["en"]),
        since=_instant(given["since"]),
        until=None if given.get("until") is None else _instant(given["until"]),
        term=None if given.get("term") is None else _term(given["term"]),
        clocks=tuple(sorted(given.get("clocks", []))),
        later=bool(given.get("later")),
        filter=_filter(chosen),
        reverses=given.get("reverses"),
        past=None if given.get("past") is None else Past(given["past"]),
        tell=given.get("tell", True),
    )


def _filter(chosen: Any) -> OrderFilter:
    agencies, procedures, states, public = (tuple(sorted(chosen.get(key, []))) for key in _LISTS)
    return OrderFilter(
        agencies=agencies,
        below=chosen.get("below", True),
        procedures=procedures,
        states=states,
        public=public,
        opened=_span(chosen.get("opened") or {}),
        accepted=_span(chosen.get("accepted") or {}),
    )


def _span(given: Any) -> Span:
    since, before = (given.get(key) for key in ("since", "before"))
    return Span(None if since is None else _instant(since), None if before is None else _instant(before))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _term(given: Any) -> Term:
    ((unit, amount),) = given.items()
    return Term(Unit.SAME_DAY, 1) if unit == Unit.SAME_DAY else parse_term(unit, str(Fraction(amount)))
