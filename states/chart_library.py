"""The statechart of a procedure as a machine of python-statemachine, the one place that knows the library."""

from typing import Any

from statemachine import StateChart
from statemachine.io import create_machine_class_from_definition
from statemachine.orderedset import OrderedSet

from states.chart_shape import AmbiguousTransition, Tree
from states.procedure import Entry, State, StateKind, Transition


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


class Library:
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

    def start(self) -> "Machine":
        """Open a chart: the machine has entered its initial states."""
        trail = _Trail(None)
        return Machine(self, self._machines(trail), trail)

    def restore(self, leaves: tuple[str, ...]) -> "Machine":
        """Put a new machine into a configuration, without a history."""
        active = {id for leaf in leaves for id in self._tree.path(leaf)}
        ordered = sorted(active, key=self._tree.place.__getitem__, reverse=self._reverse)
        trail = _Trail(OrderedSet(self._ids[id] for id in ordered))
        return Machine(self, self._machines(trail), trail)

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


class Machine:
    """One machine of the library, and what it went through."""

    def __init__(self, library: Library, chart: "StateChart[_Trail]", trail: _Trail) -> None:
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
