"""The YAML event stream: a native parser for what is well formed and plain, a pure one for all else.

The native one takes a twentieth of the time, and its events come without recursion. It has no say where a text is
wrong, or uses what we refuse: then the pure parser reads from the start, with a fence around it, and its complaints
are those that a person sees. ADR 0020 says how far the two were held against each other.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, cast

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from yaml import YAMLError
from yaml import events as kinds
from yaml.cyaml import CParser
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

MAX_DEPTH = 32
SyntaxFault = MarkedYAMLError
_BRACKETS = re.compile(r"[\[\]{}]")
_ROOT = 2  # after the start of the stream and of the document


class FenceError(Exception):
    """The text uses something that is refused while it is still being scanned.

    Attributes:
        rule: Code of the rule.
        line: 1-based.
        column: 1-based, in characters.
        facts: What the rule's messages need.
    """

    def __init__(self, rule: str, line: int, column: int, **facts: object) -> None:
        super().__init__(rule)
        self.facts = facts
        self.rule = rule
        self.line = line
        self.column = column


def events(text: str) -> Iterator[Event]:
    """Return the parsing events of *text*, one by one, so that a reader may stop at any of them.

    Args:
        text: Printable characters only, line breaks as line feeds.

    Raises:
        SyntaxFault: The text is not YAML.
        FenceError: Brackets nest too deep, a directive is used, or the library failed.
    """
    plain = _plain_events(text)
    return carefully(text) if plain is None else iter(plain)


def _plain_events(text: str) -> list[Event] | None:
    """Return the events of one well-formed mapping without tabs, directives, tags and anchors; None of all else."""
    if "\t" in text or text.startswith("%") or "\n%" in text or _bracketed(text) > MAX_DEPTH:
        return None
    parser, found, depth = CParser(text), list[Event](), 0
    try:
        while parser.check_event():
            event = parser.get_event()
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH or _marked(event):
                return None
            found.append(event)
    except YAMLError:
        return None
    return found if len(found) > _ROOT and isinstance(found[_ROOT], MappingStartEvent) else None


def _bracketed(text: str) -> int:
    """Return how deep brackets nest at most, those in quotes too: a native parser takes its time over each open one."""
    return max(accumulate(1 if found in "[{" else -1 for found in _BRACKETS.findall(text)), default=0)


def _marked(event: Event) -> bool:
    return isinstance(event, NodeEvent) and bool(event.anchor or getattr(event, "tag", None))


def carefully(text: str) -> Iterator[Event]:
    """Yield the same events by the pure parser, whatever the text is like; see `events`."""
    scanner = _Scanner(_Reader(text))
    parser = _Parser(scanner)
    try:
        while parser.check_event():
            yield _translated(parser.get_event())
    except (SyntaxFault, FenceError):
        raise
    except Exception as fault:  # the library lets a few of its own slips through, such as ValueError
        raise scanner.fence("E-YAML-021", kind=type(fault).__name__) from fault


def _translated(event: Any) -> Event:
    """Return a pure parser's event as one of the native parser's, with what a reader asks of it."""
    kind = getattr(kinds, type(event).__name__)
    marks = {"start_mark": event.start_mark, "end_mark": event.end_mark}
    if kind is ScalarEvent:
        tag = _tag(event)
        return ScalarEvent(event.anchor, tag, event.implicit, event.value, style=event.style, **marks)
    if issubclass(kind, CollectionStartEvent):
        return cast(Event, kind(event.anchor, _tag(event), event.implicit, **marks))
    if issubclass(kind, NodeEvent):
        return cast(Event, kind(event.anchor, **marks))
    return cast(Event, kind(**marks))


def _tag(event: Any) -> str | None:
    return None if event.ctag is None else str(event.ctag)


class _Loader:
    """What the library's parts expect of each other: YAML 1.2, comments dropped."""

    processing_version = (1, 2)
    comment_handling = None


class _Mark:
    """Where the reader stands, from 0."""

    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int, column: int) -> None:
        self.index = index
        self.line = line
        self.column = column


class _Reader(Reader):
    """The library's reader, quicker: the whole text is at hand, so nothing is ever read again."""

    def peek(self, index: int = 0) -> str:
        try:
            return self.buffer[self.pointer + index]
        except IndexError:
            return "\0"

    def get_mark(self) -> "_Mark":
        return _Mark(self.index, self.line, self.column)

    def prefix(self, length: int = 1) -> str:
        return self.buffer[self.pointer : self.pointer + length]

    def forward(self, length: int = 1) -> None:
        passed = self.buffer[self.pointer : self.pointer + length]
        self.pointer += length
        self.index += length
        if "\n" in passed:
            self.line += passed.count("\n")
            self.column = len(passed) - passed.rfind("\n") - 1
        else:
            self.column += length


class _Scanner(Scanner):
    """The library's scanner, with the fence, and with short cuts where no key can be pending."""

    reader: Any = None

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        super().__init__(_Loader())

    def check_token(self, *choices: Any) -> bool:
        if self.possible_simple_keys or not self.tokens:
            while self.need_more_tokens():
                self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def need_more_tokens(self) -> bool:
        if self.tokens and not self.possible_simple_keys:
            return False
        return bool(super().need_more_tokens())

    def stale_possible_simple_keys(self) -> None:
        if self.possible_simple_keys:
            super().stale_possible_simple_keys()

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803
        # Here and not at the event: the scanner reads up to 1,024 characters ahead of it.
        if len(self.flow_context) >= MAX_DEPTH:
            raise self.fence("E-YAML-008", limit=MAX_DEPTH)
        super().fetch_flow_collection_start(TokenClass, to_push)

    def fetch_directive(self) -> None:
        raise self.fence("E-YAML-019")

    def fence(self, rule: str, **facts: object) -> FenceError:
        """Return the refusal for the place that is being read."""
        return FenceError(rule, self.reader.line + 1, self.reader.column + 1, **facts)


class _Parser(Parser):
    """The library's parser, its parts joined directly."""

    scanner: Any = None
    resolver: Any = None

    def __init__(self, scanner: _Scanner) -> None:
        self.scanner = scanner
        self.resolver = _Loader
        super().__init__(_Loader())
