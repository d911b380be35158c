"""The text of a guard before Python's parser may see it: length, words, signs and nesting."""

import ast
import keyword
import re
from typing import NoReturn

from states.errors import DomainError
from states.problem import Problem

MAX_LENGTH = 1_000
MAX_NESTING = 30
LITERAL_WORDS = {"true": True, "false": False, "True": True, "False": False}

_FACT_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<text>'[^'\\\r\n]*'|"[^"\\\r\n]*")
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<number>[0-9][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]*)?)
    |(?P<open>[(\[])
    |(?P<close>[)\]])
    |(?P<sign>==|!=|<=|>=|<|>|,|-)
    """,
    re.VERBOSE | re.ASCII,
)
_INTEGER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_OPERATORS = frozenset({"and", "or", "not", "in"})
_PREFIXES = frozenset({"not", "-"})


class InvalidGuard(DomainError):
    """The guard "{text}" is refused: {rule}, column {column}. Run "motcua explain {rule}"."""

    vi = "Điều kiện «{text}» không dùng được: {rule}, cột {column}. Xem «motcua explain {rule}»."

    def __init__(self, rule: str, text: str, column: int, **facts: object) -> None:
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        self.problem = Problem(rule, (), {"column": column, **facts})
        super().__init__(rule=rule, text=shown, column=column)


def parse_tree(text: str) -> ast.expr:
    """Return the syntax tree of *text*, which holds nothing but words, numbers, texts and signs.

    Args:
        text: Without white space at its ends.

    Raises:
        InvalidGuard: It is empty, too long, too deep, has a sign or word that guards lack, or is
            not an expression.
    """
    if not text:
        raise InvalidGuard("E-GUARD-010", text, 1)
    if len(text) > MAX_LENGTH:
        raise InvalidGuard("E-GUARD-001", text, 1, limit=MAX_LENGTH)
    flat = _checked(text)
    try:
        return ast.parse(flat, mode="eval").body
    except SyntaxError as fault:
        raise InvalidGuard("E-GUARD-003", text, fault.offset or len(text)) from None
    except (ValueError, RecursionError, MemoryError):
        raise InvalidGuard("E-GUARD-003", text, 1) from None


def is_fact_name(name: str) -> bool:
    """Say whether guards can speak of a fact of that name: `a-z`, digits, `_`, and no reserved word."""
    return bool(_FACT_NAME.fullmatch(name)) and not keyword.iskeyword(name) and name not in LITERAL_WORDS


def _checked(text: str) -> str:
    """Return *text* on one line, after looking at each token. Offsets stay the same."""
    nesting = prefixes = position = 0
    last = ""
    flat: list[str] = []
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            _refuse(text, position)
        kind, token = str(match.lastgroup), match.group()
        nesting += (kind == "open") - (kind == "close")
        if kind != "space":
            prefixes = prefixes + 1 if token in _PREFIXES else 0
            if kind == last == "text":  # Python would join the two, and hide a forgotten comma
                raise InvalidGuard("E-GUARD-003", text, position + 1)
            last = kind
        if nesting + prefixes > MAX_NESTING:
            raise InvalidGuard("E-GUARD-002", text, position + 1, limit=MAX_NESTING)
        _check_token(text, position, kind, token)
        flat.append(" " * len(token) if kind == "space" else token)
        position = match.end()
    return "".join(flat)


def _check_token(text: str, position: int, kind: str, token: str) -> None:
    if kind == "number" and not _INTEGER.fullmatch(token):
        raise InvalidGuard("E-GUARD-009", text, position + 1, literal=token[:40])
    if kind != "word":
        return
    if token.startswith("__") or (keyword.iskeyword(token) and token not in _OPERATORS | set(LITERAL_WORDS)):
        raise InvalidGuard("E-GUARD-004", text, position + 1, what=token[:40])
    if text[position + len(token) : position + len(token) + 1] in ("'", '"') and token not in _OPERATORS:
        raise InvalidGuard("E-GUARD-004", text, position + 1, what=f"{token[:40]}'…'")


def _refuse(text: str, position: int) -> NoReturn:
    sign = text[position]
    if sign in "'\"":
        raise InvalidGuard("E-GUARD-003", text, position + 1)
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    raise InvalidGuard("E-GUARD-004", text, position + 1, what=shown)
