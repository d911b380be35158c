"""From a syntax tree to a typed condition: only what is allowed, over facts that are declared."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from states.guards.syntax import LITERAL_WORDS, InvalidGuard

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


class FactType(StrEnum):
    """What a fact is."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A declared fact.

    Attributes:
        type: What it is.
        values: For a text, the values it may have; empty when any text will do.
    """

    type: FactType
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, read by its name."""

    name: str
    type: FactType
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the guard."""

    value: bool | int | str
    type: FactType


@dataclass(frozen=True, slots=True)
class Truth:
    """A boolean fact or literal, used bare."""

    operand: Fact | Literal
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands of one type."""

    left: Fact | Literal
    sign: str
    right: Fact | Literal
    source: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether an operand is among literals of its type."""

    left: Fact | Literal
    items: tuple[Literal, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    inner: "Condition"


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions, of which all or any must hold."""

    parts: tuple["Condition", ...]
    needs_all: bool


Condition = Truth | Comparison | Membership | Not | Group


class Typing:
    """Turns the tree of one guard into a condition.

    Attributes:
        used: The facts that the guard names, in the order they were met.
    """

    def __init__(self, text: str, facts: Mapping[str, FactSpec]) -> None:
        self.used: dict[str, Fact] = {}
        self._text = text
        self._bytes = text.encode()
        self._facts = facts

    def condition(self, node: ast.expr) -> Condition:
        """Return the condition that *node* states.

        Raises:
            InvalidGuard: A construct is not allowed, a fact not declared, or types do not fit.
        """
        match node:
            case ast.BoolOp():
                return Group(tuple(map(self.condition, node.values)), isinstance(node.op, ast.And))
            case ast.UnaryOp(op=ast.Not()):
                return Not(self.condition(node.operand))
            case ast.Compare():
                return self._compare(node)
        operand = self._operand(node)
        if operand.type is not FactType.BOOLEAN:
            raise self._refusal("E-GUARD-008", node, part=self._source(node), type=operand.type)
        return Truth(operand, self._source(node))

    def _compare(self, node: ast.Compare) -> Condition:
        parts = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._pair(left, op, right))
            left = right
        return parts[0] if len(parts) == 1 else Group(tuple(parts), needs_all=True)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        source = self._source(left, right)
        first = self._operand(left)
        if isinstance(op, ast.In | ast.NotIn):
            found = Membership(first, self._items(first, left, right), source)
            return found if isinstance(op, ast.In) else Not(found)
        sign = _SIGNS.get(type(op))
        if sign is None:
            raise self._refusal("E-GUARD-004", left, what=source)
        second = self._operand(right)
        self._same_type(left, first, right, second)
        if sign not in ("==", "!=") and first.type is not FactType.INTEGER:
            raise self._refusal("E-GUARD-011", left, part=source, type=first.type)
        return Comparison(first, sign, second, source)

    def _items(self, first: Fact | Literal, left: ast.expr, right: ast.expr) -> tuple[Literal, ...]:
        if not isinstance(right, ast.List | ast.Tuple) or not right.elts:
            raise self._refusal("E-GUARD-012", right, part=self._source(right))
        items = []
        for element in right.elts:
            item = self._operand(element)
            if not isinstance(item, Literal):
                raise self._refusal("E-GUARD-012", element, part=self._source(element))
            self._same_type(left, first, element, item)
            items.append(item)
        return tuple(items)

    def _operand(self, node: ast.expr) -> Fact | Literal:
        match node:
            case ast.Name(id=word) if word in LITERAL_WORDS:
                return Literal(LITERAL_WORDS[word], FactType.BOOLEAN)
            case ast.Name(id=name):
                return self._fact(node, name)
            case ast.Constant(value=bool() as truth):
                return Literal(truth, FactType.BOOLEAN)
            case ast.Constant(value=int() as number):
                return Literal(number, FactType.INTEGER)
            case ast.Constant(value=str() as text):
                return Literal(text, FactType.TEXT)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as n)) if type(n) is int:
                return Literal(-n, FactType.INTEGER)
        raise self._refusal("E-GUARD-004", node, what=self._source(node))

    def _fact(self, node: ast.expr, name: str) -> Fact:
        spec = self._facts.get(name)
        if spec is None:
            known = ", ".join(sorted(self._facts)) or "-"
            raise self._refusal("E-GUARD-005", node, name=name, known=known)
        return self.used.setdefault(name, Fact(name, spec.type, spec.values))

    def _same_type(
        self, left: ast.expr, first: Fact | Literal, right: ast.expr, second: Fact | Literal
    ) -> None:
        if first.type is not second.type:
            raise self._refusal(
                "E-GUARD-006",
                right,
                left=self._source(left),
                left_type=first.type,
                right=self._source(right),
                right_type=second.type,
            )
        self._listed(right, first, second)
        self._listed(left, second, first)

    def _listed(self, node: ast.expr, fact: Fact | Literal, literal: Fact | Literal) -> None:
        if isinstance(fact, Literal) or isinstance(literal, Fact) or not fact.values:
            return
        if literal.value not in fact.values:
            values = ", ".join(fact.values)
            raise self._refusal("E-GUARD-007", node, value=literal.value, name=fact.name, values=values)

    def _source(self, first: ast.expr, last: ast.expr | None = None) -> str:
        end = (last or first).end_col_offset
        return " ".join(self._bytes[first.col_offset : end].decode().split())

    def _refusal(self, rule: str, node: ast.expr, **facts: object) -> InvalidGuard:
        column = len(self._bytes[: node.col_offset].decode()) + 1
        return InvalidGuard(rule, self._text, column, **facts)
