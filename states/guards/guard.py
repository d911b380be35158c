"""A guard: a condition checked and compiled once, and its verdict on the facts of a dossier."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from states.guards.conditions import (
    Comparison,
    Condition,
    Fact,
    FactSpec,
    FactType,
    Group,
    Literal,
    Membership,
    Not,
    Truth,
    Typing,
)
from states.guards.reasons import Holds, Values, why_not
from states.guards.syntax import parse_tree

_CLASSES: Mapping[FactType, type] = {FactType.BOOLEAN: bool, FactType.INTEGER: int, FactType.TEXT: str}
_Test = Callable[[Any, Any], bool]
_TESTS: Mapping[str, _Test] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a guard lets a dossier pass.

    Attributes:
        ok: True when it does.
        reason_vi: Why it does not, in Vietnamese; empty when it does.
        reason_en: The same in English.
        missing: Facts that the guard names and the dossier lacks (absent or None), by name.
        unfit: Facts whose value is of another type than declared, or not among its values.
    """

    ok: bool
    reason_vi: str = ""
    reason_en: str = ""
    missing: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


_PASSES = Verdict(True)


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition, checked and compiled.

    Two guards are equal when their texts and facts are.

    Attributes:
        text: As written, without white space at its ends.
        facts: The facts that it names, each with its declaration, by name.
    """

    text: str
    facts: tuple[Fact, ...]
    _condition: Condition = field(repr=False, compare=False)
    _holds: Holds = field(repr=False, compare=False)
    _parts: Mapping[int, Holds] = field(repr=False, compare=False)
    _needs: tuple[tuple[str, type, frozenset[str]], ...] = field(repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the facts that must be recorded before the guard can be judged, in order of name."""
        return tuple(fact.name for fact in self.facts)

    def evaluate(self, facts: Mapping[str, bool | int | str | None]) -> Verdict:
        """Judge the recorded facts of a dossier.

        All facts that the guard names are looked at first: one that is missing refuses, even
        when the rest alone would decide, so the verdict never depends on the order of words.
        """
        for name, expected, values in self._needs:
            value = facts.get(name)
            if type(value) is not expected or (values and value not in values):
                return self._unready(facts)
        known = cast(Values, facts)  # the loop has shown that none is None
        if self._holds(known):
            return _PASSES
        return Verdict(False, *why_not(self._condition, self._parts, known))

    def _unready(self, facts: Mapping[str, bool | int | str | None]) -> Verdict:
        missing = tuple(name for name in self.names if facts.get(name) is None)
        unfit = tuple(
            name
            for name, expected, values in self._needs
            if name not in missing and not _fits(facts[name], expected, values)
        )
        vi = _listed(("chưa ghi nhận", missing), ("giá trị không đúng khai báo:", unfit))
        en = _listed(("not recorded yet:", missing), ("value not as declared:", unfit))
        return Verdict(False, vi, en, missing, unfit)


def _fits(value: object, expected: type, values: frozenset[str]) -> bool:
    return type(value) is expected and (not values or value in values)


def _listed(*told: tuple[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{words} {', '.join(names)}" for words, names in told if names)


def parse_guard(text: str, facts: Mapping[str, FactSpec]) -> Guard:
    """Check and compile a guard.

    Args:
        text: `and or not`, comparisons, `in [..]`, whole numbers, texts in quotes, `true`,
            `false`, and names of facts; at most 1,000 characters, nested at most 30 deep.
        facts: The declared facts by name.

    Raises:
        InvalidGuard: With a problem whose rule is one of `E-GUARD-...`.
    """
    text = text.strip()
    typing = Typing(text, facts)
    condition = typing.condition(parse_tree(text))
    used = tuple(typing.used[name] for name in sorted(typing.used))
    needs = tuple((fact.name, _CLASSES[fact.type], frozenset(fact.values)) for fact in used)
    parts: dict[int, Holds] = {}
    return Guard(text, used, condition, _compiled(condition, parts), parts, needs)


def _compiled(condition: Condition, parts: dict[int, Holds]) -> Holds:
    """Return the test of *condition*, and put it and those of its parts into *parts*."""
    match condition:
        case Group(members, needs_all):
            holds = _group(tuple(_compiled(each, parts) for each in members), needs_all)
        case Not(inner):
            holds = _contrary(_compiled(inner, parts))
        case Truth(operand, _):
            holds = _value_of(operand)
        case Comparison(left, sign, right, _):
            holds = _comparison(left, _TESTS[sign], right)
        case Membership(left, items, _):
            holds = _membership(_value_of(left), frozenset(item.value for item in items))
    parts[id(condition)] = holds
    return holds


def _group(members: tuple[Holds, ...], needs_all: bool) -> Holds:
    def every(facts: Values) -> bool:
        for member in members:  # noqa: SIM110  (a loop is twice as fast as all() over a generator)
            if not member(facts):
                return False
        return True

    def some(facts: Values) -> bool:
        for member in members:  # noqa: SIM110  (as above: any() over a generator is half as fast)
            if member(facts):
                return True
        return False

    return every if needs_all else some


def _contrary(inner: Holds) -> Holds:
    return lambda facts: not inner(facts)


def _comparison(left: Fact | Literal, test: _Test, right: Fact | Literal) -> Holds:
    if isinstance(left, Fact) and isinstance(right, Literal):
        name, value = left.name, right.value
        return lambda facts: test(facts[name], value)
    first, second = _value_of(left), _value_of(right)
    return lambda facts: test(first(facts), second(facts))


def _membership(value: Callable[[Values], bool | int | str], items: frozenset[bool | int | str]) -> Holds:
    return lambda facts: value(facts) in items


def _value_of(operand: Fact | Literal) -> Callable[[Values], bool]:
    """Return how to get an operand's value; typed as a test, which it is for a boolean operand."""
    if isinstance(operand, Fact):
        return operator.itemgetter(operand.name)
    value = cast(bool, operand.value)
    return lambda facts: value
