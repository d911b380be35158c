"""The statechart of a procedure, walked once, configuration by configuration, into a transition table."""

from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from states.chart_library import Library
from states.chart_shape import (
    MAX_CONFIGURATIONS,
    AmbiguousTransition,
    ChartTooLarge,
    InvalidChart,
    OrderDependent,
    Tree,
    check_chart,
)
from states.procedure import Entry, State, StateKind, Transition

__all__ = [
    "MAX_CONFIGURATIONS",
    "AmbiguousTransition",
    "ChartTooLarge",
    "CompiledChart",
    "InvalidChart",
    "OrderDependent",
    "compile_table",
]

Table = dict[str, dict[str, Entry]]


@dataclass(frozen=True, slots=True)
class CompiledChart:
    """What a published version carries: where a dossier starts, and every step from there.

    Attributes:
        initial: The leaves that are active after opening.
        table: By configuration (active leaves in document order joined with `|`), then by event
            (`transition#alternative`, alternatives counted from 0). The end of a dossier has an empty row.
    """

    initial: tuple[str, ...]
    table: Table


@lru_cache(maxsize=128)  # a designer's check, a comparison and a publication walk the same chart again
def compile_table(
    states: tuple[State, ...], transitions: tuple[Transition, ...], initial: str | None = None
) -> CompiledChart:
    """Walk every reachable configuration of the chart once and return what each event does in it.

    Guards are not asked. Branches are walked both ways: the library settles conflicts by their order.

    Args:
        states: In document order: a state before its children, branches as they are written.
        transitions: In any order.
        initial: The state at the top that is entered first; None is the first one.

    Raises:
        InvalidChart: A name points nowhere, or a state has a shape that a chart cannot have.
        AmbiguousTransition: A transition has two sources that can be active together.
        OrderDependent: The two walks differ.
        ChartTooLarge: There may be more than `MAX_CONFIGURATIONS` configurations; nothing was walked.
    """
    tree = Tree(states, initial)
    check_chart(tree, transitions)
    compiled = _walk(Library(tree, transitions, reverse=False))
    branches = any(state.kind is StateKind.PARALLEL for state in states)
    mirrored = _walk(Library(tree, transitions, reverse=True)) if branches else compiled
    for configuration, row in compiled.table.items():
        other = mirrored.table.get(configuration, {})
        if row != other or configuration not in mirrored.table:
            event = next((event for event in row if row[event] != other.get(event)), "*")
            raise OrderDependent(configuration=configuration, event=event)
    return compiled


def _walk(library: Library) -> CompiledChart:
    """Visit every reachable configuration, restoring a fresh machine for each event."""
    initial = library.start().leaves
    table: Table = {}
    queue = deque([initial])
    while queue:
        leaves = queue.popleft()
        here = "|".join(leaves)
        if here not in table:
            events = library.events_in(leaves)
            table[here] = {event: library.restore(leaves).send(id) for event, id in events.items()}
            queue.extend(entry.to for entry in table[here].values())
    return CompiledChart(initial, table)
