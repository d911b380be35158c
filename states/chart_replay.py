"""Replays a transition table on machines of the library, to tell whether it says what the library does."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from states.chart import CompiledChart, Table
from states.chart_library import Library
from states.chart_shape import Tree
from states.procedure import Entry, State, Transition

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An entry on which table and library differ; None stands for an event that one of them does not know."""

    configuration: str
    event: str
    expected: Entry | None
    actual: Entry | None


def replay_on_library(
    states: tuple[State, ...], transitions: tuple[Transition, ...], compiled: CompiledChart
) -> list[Mismatch]:
    """Replay every entry of a table on machines of the library that were only ever driven from the start.

    A machine takes the shortest way to the nearest entry not yet replayed until none lies ahead; then another
    one starts. Entries that no machine can reach are mismatches too, and so is what the table lacks.
    """
    table, first = compiled.table, "|".join(compiled.initial)
    tree = Tree(states, None)
    library = Library(Tree(states, tree.path(compiled.initial[0])[0]), transitions, reverse=False)
    opened = library.start().leaves
    if opened != compiled.initial:
        return [Mismatch("|".join(opened), "", None, None)]
    unseen = {(here, event) for here, row in table.items() for event in row}
    wrong: dict[Step, Mismatch] = {}
    while _way(table, first, unseen, wrong):
        _tour(library, table, unseen, wrong)
    unreached = [Mismatch(here, event, table[here][event], None) for here, event in sorted(unseen)]
    return [*wrong.values(), *unreached, *_lacking(library, table, first, unseen | wrong.keys())]


def _lacking(library: Library, table: Table, first: str, untrue: set[Step]) -> Iterator[Mismatch]:
    """Yield what the library can do in a configuration it was driven to, and the table does not know."""
    entries = [(here, event, entry) for here, row in table.items() for event, entry in row.items()]
    arrived = ["|".join(entry.to) for here, event, entry in entries if (here, event) not in untrue]
    for here in dict.fromkeys([first, *arrived]):
        if here not in table:
            yield Mismatch(here, "", None, None)
        for event in library.events_in(tuple(here.split("|"))).keys() - table.get(here, {}).keys():
            yield Mismatch(here, event, None, None)


def _tour(library: Library, table: Table, unseen: set[Step], wrong: dict[Step, Mismatch]) -> None:
    """Drive one new machine over unseen entries until none lies ahead, or until it leaves the table."""
    machine = library.start()
    while way := _way(table, "|".join(machine.leaves), unseen, wrong):
        for here, event in way:
            unseen.discard((here, event))
            known = library.events_in(machine.leaves)
            actual = machine.send(known[event]) if event in known else None
            if actual != table[here][event]:
                wrong[here, event] = Mismatch(here, event, table[here][event], actual)
                return


def _way(table: Table, start: str, unseen: set[Step], wrong: dict[Step, Mismatch]) -> list[Step]:
    """Return the steps up to and including the nearest unseen one, avoiding wrong ones; maybe none."""
    ways: dict[str, list[Step]] = {start: []}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for event, entry in table.get(here, {}).items():
            if (here, event) in unseen:
                return [*ways[here], (here, event)]
            there = "|".join(entry.to)
            if (here, event) not in wrong and there not in ways:
                ways[there] = [*ways[here], (here, event)]
                queue.append(there)
    return []
