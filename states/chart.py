"""The statechart of a procedure, built with python-statemachine and walked once into a transition table."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from statemachine import StateChart
from statemachine.io import create_machine_class_from_definition
from statemachine.orderedset import OrderedSet

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
    "Mismatch",
    "OrderDependent",
    "compile_table",
    "replay_on_library",
]

Table = dict[str, dict[str, Entry]]
Step = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An entry on which table and library differ; None stands for an event that one of them does not know."""

    configuration: str
    event: str
    expected: Entry | None
    actual: Entry | None


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
    compiled = _walk(_Library(tree, transitions, reverse=False))
    branches = any(state.kind is StateKind.PARALLEL for state in states)
    mirrored = _walk(_Library(tree, transitions, reverse=True)) if branches else compiled
    for configuration, row in compiled.table.items():
        other = mirrored.table.get(configuration, {})
        if row != other or configuration not in mirrored.table:
            event = next((event for event in row if row[event] != other.get(event)), "*")
            raise OrderDependent(configuration=configuration, event=event)
    return compiled


def replay_on_library(
    states: tuple[State, ...], transitions: tuple[Transition, ...], compiled: CompiledChart
) -> list[Mismatch]:
    """Replay every entry of a table on machines of the library that were only ever driven from the start.

    A machine takes the shortest way to the nearest entry not yet replayed until none lies ahead; then another
    one starts. Entries that no machine can reach are mismatches too, and so is what the table lacks.
    """
    table, first = compiled.table, "|".join(compiled.initial)
    tree = Tree(states, None)
    library = _Library(Tree(states, tree.path(compiled.initial[0])[0]), transitions, reverse=False)
    opened = library.start().leaves
    if opened != compiled.initial:
        return [Mismatch("|".join(opened), "", None, None)]
    unseen = {(here, event) for here, row in table.items() for event in row}
    wrong: dict[Step, Mismatch] = {}
    while _way(table, first, unseen, wrong):
        _tour(library, table, unseen, wrong)
    unreached = [Mismatch(here, event, table[here][event], None) for here, event in sorted(unseen)]
    return [*wrong.values(), *unreached, *_lacking(library, table, first, unseen | wrong.keys())]


def _lacking(library: "_Library", table: Table, first: str, untrue: set[Step]) -> Iterator[Mismatch]:
    """Yield what the library can do in a configuration it was driven to, and the table does not know."""
    entries = [(here, event, entry) for here, row in table.items() for event, entry in row.items()]
    arrived = ["|".join(entry.to) for here, event, entry in entries if (here, event) not in untrue]
    for here in dict.fromkeys([first, *arrived]):
        if here not in table:
            yield Mismatch(here, "", None, None)
        for event in library.events_in(tuple(here.split("|"))).keys() - table.get(here, {}).keys():
            yield Mismatch(here, event, None, None)


def _tour(library: "_Library", table: Table, unseen: set[Step], wrong: dict[Step, Mismatch]) -> None:
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


def _walk(library: "_Library") -> CompiledChart:
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


class _Trail:
    """The model of one machine: it notes every configuration on the way, so a state entered again shows."""

    def __init__(self, active: OrderedSet[str] | None) -> None:
        self._active: OrderedSet[str] | str | None = active
        self.noted: list[frozenset[str]] = []

    @property
    def state(self) -> OrderedSet[str] | str | None:
        """What the library keeps here: a set of ids, one id, or None before the start."""
        return self._active

    @state.setter
    def state(self, active: OrderedSet[str] | str | None) -> None:
        self._active = active
        self.noted.append(self.active)

    @property
    def active(self) -> frozenset[str]:
        """The ids of all active states."""
        match self._active:
            case None:
                return frozenset()
            case str(alone):
                return frozenset({alone})
            case several:
                return frozenset(several)


class _Library:
    """The chart as a class of the library, under generated ids: a procedure's could clash with its names."""

    def __init__(self, tree: Tree, transitions: tuple[Transition, ...], *, reverse: bool) -> None:
        self._tree = tree
        self._ids = {id: f"s{place}" for id, place in tree.place.items()}
        self._names = {made: id for id, made in self._ids.items()}
        self._events: dict[str, list[tuple[Transition, int, str]]] = {}
        for transition in transitions:
            for source in transition.sources:
                self._add_events(transition, source)
        self._reverse = reverse
        self._machines = create_machine_class_from_definition(
            "Chart",
            self._define(tree.tops, tree.initial),
            allow_event_without_transition=False,
            catch_errors_as_events=False,
            validate_disconnected_states=False,
            validate_trap_states=False,
            validate_final_reachability=False,
        )

    def _add_events(self, transition: Transition, source: str) -> None:
        """Give every alternative of a transition from one source an event of its own."""
        events = self._events.setdefault(source, [])
        for number, _ in enumerate(transition.alternatives):
            events.append((transition, number, f"e{self._ids[source]}x{len(events)}"))

    def _define(self, states: list[State], initial: str | None) -> dict[str, Any]:
        """Describe sibling states and all below them the way the library reads them."""
        ordered = reversed(states) if self._reverse else states
        return {self._ids[state.id]: self._define_one(state, state.id == initial) for state in ordered}

    def _define_one(self, state: State, initial: bool) -> dict[str, Any]:
        moves = {
            event: [{"target": self._ids[transition.alternatives[number].to]}]
            for transition, number, event in self._events.get(state.id, [])
        }
        if state.done is not None:
            moves[f"done_state_{self._ids[state.id]}"] = [{"target": self._ids[state.done]}]
        return {
            "initial": initial,
            "final": state.kind is StateKind.FINAL,
            "parallel": state.kind is StateKind.PARALLEL,
            "states": self._define(self._tree.under(state), state.initial),
            "on": moves,
        }

    def start(self) -> "_Machine":
        """Open a chart: the machine has entered its initial states."""
        trail = _Trail(None)
        return _Machine(self, self._machines(trail), trail)

    def restore(self, leaves: tuple[str, ...]) -> "_Machine":
        """Put a new machine into a configuration, without a history."""
        active = {id for leaf in leaves for id in self._tree.path(leaf)}
        ordered = sorted(active, key=self._tree.place.__getitem__, reverse=self._reverse)
        trail = _Trail(OrderedSet(self._ids[id] for id in ordered))
        return _Machine(self, self._machines(trail), trail)

    def leaves(self, active: frozenset[str]) -> tuple[str, ...]:
        """Return the leaves among active states of the library, by their own names."""
        return self._tree.leaves(self._names[made] for made in active)

    def events_in(self, leaves: tuple[str, ...]) -> dict[str, str]:
        """Return the library's event for each `transition#alternative` that is possible in a configuration.

        Raises:
            AmbiguousTransition: Two active states are sources of one transition.
        """
        found: dict[str, str] = {}
        for source in dict.fromkeys(id for leaf in leaves for id in self._tree.path(leaf)):
            for transition, number, event in self._events.get(source, []):
                name = f"{transition.id}#{number}"
                if name in found:
                    raise AmbiguousTransition(transition=transition.id, configuration="|".join(leaves))
                found[name] = event
        return found


class _Machine:
    """One machine of the library, and what it went through."""

    def __init__(self, library: _Library, chart: "StateChart[_Trail]", trail: _Trail) -> None:
        self._library = library
        self._chart = chart
        self._trail = trail

    @property
    def leaves(self) -> tuple[str, ...]:
        """The active leaves, in document order."""
        return self._library.leaves(self._trail.active)

    def send(self, event: str) -> Entry:
        """Send one event of the library, let all that follows from it happen, and tell what changed."""
        before = self._trail.active
        self._trail.noted.clear()
        self._chart.send(event)
        stayed = before.intersection(*self._trail.noted)
        exited = self._library.leaves(before - stayed)
        return Entry(self.leaves, exited, self._library.leaves(self._trail.active - stayed))
