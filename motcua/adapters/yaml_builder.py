"""Builds plain values from parsing events, collecting every breach instead of stopping at the first."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from motcua.adapters.yaml_events import MAX_DEPTH
from motcua.adapters.yaml_text import Finding, refused_character
from states.problem import Path

MAX_NODES = 20_000
MAX_FINDINGS = 100
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})", re.ASCII)
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]


class StopReading(Exception):
    """Enough is known to refuse the file; the last finding says why."""


class Builder:
    """One pass over the events of a stream.

    Attributes:
        value: The document's value, once `run` has returned.
        findings: Breaches in the order they were met.
        marks: Line and column, both 1-based, of each key and item by its path.
    """

    def __init__(self, stream: Iterator[Event]) -> None:
        self.value: Value = None
        self.findings: list[Finding] = []
        self.marks: dict[Path, tuple[int, int]] = {}
        self._stream = stream
        self._nodes = 0

    def run(self) -> None:
        """Read the stream to its end.

        Raises:
            StopReading: A limit is passed; the findings say which.
        """
        documents = 0
        for event in self._stream:
            if not isinstance(event, DocumentStartEvent):
                continue
            documents += 1
            if documents > 1:
                self._stop("E-YAML-018", event, ())
            self.value = self._node(next(self._stream), (), 0)
        if not documents:
            self.findings.append(Finding("E-YAML-020", 1, 1))

    def _node(self, event: Event, path: Path, depth: int) -> Value:
        self._count(event, path)
        if isinstance(event, ScalarEvent):
            self._properties(event, path)
            return self._scalar(event, path)
        if isinstance(event, AliasEvent):
            self._find("E-YAML-011", event, path, name=event.anchor)
            return None
        if depth >= MAX_DEPTH:
            self._stop("E-YAML-008", event, path, limit=MAX_DEPTH)
        if isinstance(event, CollectionStartEvent):
            self._properties(event, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path, depth + 1)
        return self._sequence(path, depth + 1)

    def _sequence(self, path: Path, depth: int) -> list[Value]:
        items: list[Value] = []
        for event in self._stream:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*path, len(items))
            self.marks[here] = _mark(event)
            items.append(self._node(event, here, depth))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Value]:
        entries: dict[str, Value] = {}
        for event in self._stream:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, path, depth)
            if key is None:
                self._node(next(self._stream), path, depth)
                continue
            here = (*path, key)
            if key in entries:
                self._find("E-YAML-014", event, here, key=abbreviated(key), first=self.marks[here][0])
                self._node(next(self._stream), here, depth)
                continue
            self.marks[here] = _mark(event)
            entries[key] = self._node(next(self._stream), here, depth)
        return entries

    def _key(self, event: Event, path: Path, depth: int) -> str | None:
        """Return a text key in normal form, or nothing when the key is none."""
        if not isinstance(event, ScalarEvent):
            self._find("E-YAML-017", event, path)
            self._node(event, path, depth)
            return None
        self._count(event, path)
        self._properties(event, path)
        if event.value == "<<" and not event.style:
            self._find("E-YAML-013", event, path)
            return None
        if not event.style and not isinstance(plain_value(event.value), str):
            self._find("E-YAML-017", event, path)
            return None
        self._characters(event, path)
        return unicodedata.normalize("NFC", event.value)

    def _scalar(self, event: ScalarEvent, path: Path) -> Value:
        if not event.style:
            value = plain_value(event.value)
            if not isinstance(value, str):
                return value
        self._characters(event, path)
        return str(event.value)

    def _characters(self, event: ScalarEvent, path: Path) -> None:
        # Only an escape in double quotes can bring in what the raw text does not show.
        refused = refused_character(event.value) if event.style == '"' else None
        if refused:
            self._find(refused[0], event, path, char=refused[1])
        if not event.value.isascii() and not unicodedata.is_normalized("NFC", event.value):
            self._find("E-YAML-016", event, path, text=abbreviated(event.value))

    def _properties(self, event: ScalarEvent | CollectionStartEvent, path: Path) -> None:
        if event.anchor is not None:
            self._find("E-YAML-010", event, path, name=event.anchor)
        if event.tag is not None:
            self._find("E-YAML-012", event, path, tag=abbreviated(event.tag))

    def _count(self, event: Event, path: Path) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop("E-YAML-009", event, path, limit=MAX_NODES)

    def _find(self, rule: str, event: Event, path: Path, **facts: object) -> None:
        self.findings.append(Finding(rule, *_mark(event), facts, path))
        if len(self.findings) >= MAX_FINDINGS:
            raise StopReading

    def _stop(self, rule: str, event: Event, path: Path, **facts: object) -> None:
        self.findings.append(Finding(rule, *_mark(event), facts, path))
        raise StopReading


def plain_value(text: str) -> str | int | bool | None:
    """Return what an unquoted scalar means: a word of the core schema, a whole number, or text."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def abbreviated(text: str) -> str:
    """Return *text* short and visible enough for a message."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:60])
    return shown if len(text) <= 60 else f"{shown}…"


def _mark(event: Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
