"""The native and the pure parser say the same of every text that both take."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.events import Event, NodeEvent, ScalarEvent

from motcua.adapters.yaml_events import FenceError, SyntaxFault, carefully, events
from motcua.adapters.yaml_text import decode

SHIPPED = sorted((Path(__file__).parents[2] / "config").rglob("*.yaml"))
PIECES = (
    "a", "b: c", "- ", ": ", ", ", "[", "]", "{", "}", "\n", "\n  ", "'", '"', "#", " #", "|\n", ">-\n", "? ", "---\n",
    "...\n", "<<",
    "true", "07:30", "đã nộp", "\\", "a:b", "&x ", "*x", "!!str ", "%YAML 1.1\n", "\t", "- {id: a, b: [c]}",
)  # fmt: skip


def told(found: Iterable[Event]) -> list[tuple[object, ...]]:
    """Return what a reader asks of events: kinds and values, and where those stand that are not empty."""
    return [
        (
            type(event).__name__,
            getattr(event, "value", None),
            getattr(event, "style", None) or None,
            *place(event),
        )
        for event in found
    ]


def place(event: Event) -> tuple[int, int]:
    """Return line and column of a node; a node of nothing stands nowhere in particular."""
    empty = isinstance(event, ScalarEvent) and not event.value
    if empty or not isinstance(event, NodeEvent):
        return 0, 0
    return event.start_mark.line, event.start_mark.column


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_file_that_ships_is_the_same_to_both(path: Path) -> None:
    """Kinds, values, styles and places of all its nodes."""
    text, _ = decode(path.read_bytes())
    assert told(carefully(text)) == told(events(text))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("a: {b:c: d}")
def test_what_both_take_means_the_same(drawn: str) -> None:
    """Whatever the pieces make: a text that the pure parser takes has one meaning."""
    text = f"a: 1\nb: {drawn}"
    try:
        pure = told(carefully(text))
    except (SyntaxFault, FenceError):
        return
    assert pure == told(events(text))
