"""What the linter may know besides the file, and a view of the procedure that the rules share."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from states.calendar import BusinessCalendar
from states.problem import Path, Problem
from states.procedure import Procedure, State, StateKind, Transition


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a procedure; None means not known, so nothing is held against them.

    Attributes:
        day_minutes: Working minutes of one working day, where the calendar of a procedure is not known.
        calendars: By id.
        positions: By id, whether a person holds it.
        party_kinds: Kinds of agency in the registry.
        templates: Ids of notices and papers that can be sent.
    """

    day_minutes: int = 480
    calendars: Mapping[str, BusinessCalendar] | None = None
    positions: Mapping[str, bool] | None = None
    party_kinds: Collection[str] | None = None
    templates: Collection[str] | None = None


@dataclass(frozen=True)
class View:
    """A procedure as the rules look at it. Ids are unique; names may still point nowhere."""

    procedure: Procedure
    context: Context

    @cached_property
    def day_minutes(self) -> int:
        """Working minutes of one working day in the procedure's calendar."""
        calendar = (self.context.calendars or {}).get(self.procedure.calendar)
        return self.context.day_minutes if calendar is None else calendar.definition.day_minutes

    @cached_property
    def children(self) -> Mapping[str | None, tuple[State, ...]]:
        """Child states by the id of their parent, None for the top."""
        found: dict[str | None, list[State]] = {}
        for state in self.procedure.states:
            found.setdefault(state.parent, []).append(state)
        return {parent: tuple(states) for parent, states in found.items()}

    @cached_property
    def lineage(self) -> Mapping[str, tuple[str, ...]]:
        """By state, itself and all that enclose it, from the inside out."""
        found: dict[str, tuple[str, ...]] = {}
        for state in self.procedure.states:
            found[state.id] = (state.id, *(found[state.parent] if state.parent else ()))
        return found

    @cached_property
    def leaving(self) -> Mapping[str, tuple[Transition, ...]]:
        """Transitions possible in a state, its own and those of the states around it."""
        own: dict[str, list[Transition]] = {}
        for transition in self.procedure.transitions:
            for source in transition.sources:
                own.setdefault(source, []).append(transition)
        return {
            id: tuple(transition for around in lineage for transition in own.get(around, ()))
            for id, lineage in self.lineage.items()
        }

    @cached_property
    def targets(self) -> Mapping[str, frozenset[str]]:
        """By state, where the transitions possible in it lead."""
        return {
            id: frozenset(alternative.to for move in moves for alternative in move.alternatives)
            for id, moves in self.leaving.items()
        }

    @cached_property
    def atomic(self) -> tuple[State, ...]:
        """The states in which the dossier rests: neither enclosing nor final."""
        return tuple(state for state in self.procedure.states if state.kind is StateKind.ATOMIC)

    @cached_property
    def state_paths(self) -> Mapping[str, Path]:
        """Where each state stands in the file."""
        found: dict[str, Path] = {}
        seats: dict[str | None, int] = {}
        for state in self.procedure.states:
            seat = seats.get(state.parent, 0)
            seats[state.parent] = seat + 1
            above = found[state.parent] if state.parent else ()
            found[state.id] = (*above, "states", seat)
        return found

    def entered(self, id: str) -> Iterator[State]:
        """Yield the leaves that are active after entering a state, and every state entered on the way down."""
        state = self.procedure.state[id]
        yield state
        if state.kind is StateKind.PARALLEL:
            for region in self.children.get(id, ()):
                yield from self.entered(region.id)
        elif state.initial is not None:
            yield from self.entered(state.initial)

    def inside(self, id: str) -> tuple[State, ...]:
        """Return a state and all states inside it."""
        return tuple(state for state in self.procedure.states if id in self.lineage[state.id])

    def region_of(self, id: str) -> str | None:
        """Return the innermost region of a parallel block around a state, or the state itself if it is one."""
        states = self.procedure.state
        for around in self.lineage[id]:
            parent = states[around].parent
            if parent is not None and states[parent].kind is StateKind.PARALLEL:
                return around
        return None


def unknown(rule: str, path: Path, id: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that points nowhere, with the known name that looks most like it."""
    names = sorted(set(known))
    near = get_close_matches(id, names[:500], n=1) or [", ".join(names[:8]) or "-"]
    return Problem(rule, path, {"id": id, "near": near[0]})
