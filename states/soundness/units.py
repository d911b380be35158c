"""The chart at one level: resting states, and each parallel block as one unit; where they lead, and in what order."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from states.procedure import Effect, State, StateKind
from states.soundness.context import View
from states.soundness.waiting import applicant_only


class Level:
    """The top of the chart, or one branch of a parallel block, on the way to the stops of a clock."""

    def __init__(self, view: View, branch: str | None, stops: frozenset[str]) -> None:
        self._view = view
        self._branch = branch
        self._stops = stops

    def entered(self, targets: Iterable[str]) -> list[str]:
        """Return the units that are active after entering *targets* and lead to a stop, sorted."""
        return sorted({unit for target in targets for unit in self._unit(target)} & self._useful)

    def holds(self, leaf: str) -> bool:
        """Say whether a leaf lies on this level."""
        return self._branch is None or self._branch in self._view.lineage[leaf]

    def unit_around(self, leaves: Iterable[str]) -> str | None:
        """Return the unit that active leaves belong to; None where it leads to no stop, or they have finished."""
        found = {unit for leaf in leaves if self.holds(leaf) for unit in self._unit(leaf)}
        return min(found & self._useful, default=None)

    def stops(self, target: str) -> bool:
        """Say whether entering *target* stops the clock or finishes the branch."""
        entered = {*(state.id for state in self._view.entered(target)), *self._view.lineage[target]}
        return not entered.isdisjoint(self._stops)

    def states(self) -> frozenset[str]:
        """Return the states that count on some way to a stop, those inside blocks included."""
        inner = [
            level.states()
            for unit, found in self.branches.items()
            if unit in self._useful
            for level, _ in found
        ]
        plain = (unit for unit in self._useful if not self.is_block(unit))
        return frozenset(plain).union(*inner)

    def is_block(self, unit: str) -> bool:
        """Say whether a unit is a parallel block."""
        return self._view.procedure.state[unit].kind is StateKind.PARALLEL

    @cached_property
    def rings(self) -> tuple[tuple[str, ...], ...]:
        """The units that lead to a stop, those that lead to each other together, each ring before those it leads to."""
        rings: dict[frozenset[str], None] = {}
        for unit in sorted(self._useful, key=lambda unit: (-len(self._reach[unit]), unit)):
            rings[frozenset(each for each in self._reach[unit] if unit in self._reach[each])] = None
        return tuple(tuple(sorted(ring & self._useful)) for ring in rings)

    @cached_property
    def branches(self) -> Mapping[str, tuple[tuple["Level", str], ...]]:
        """By block, a level for each of its branches that begins somewhere, and where it begins."""
        return {
            unit: tuple(
                (self._inner(region.id), region.initial)
                for region in self._view.children.get(unit, ())
                if region.initial is not None
            )
            for unit in self._units
            if self.is_block(unit)
        }

    def _inner(self, branch: str) -> "Level":
        children = self._view.children.get(branch, ())
        finals = {child.id for child in children if child.kind is StateKind.FINAL}
        return Level(self._view, branch, self._stops | finals)

    def _unit(self, target: str) -> list[str]:
        """Return the unit that is active after entering *target*; none where the dossier ends or leaves the level."""
        if self._branch is not None and self._branch not in self._view.lineage[target]:
            return []
        within = self._within(target)
        states = self._view.procedure.state
        blocks = [around for around in within if states[around].kind is StateKind.PARALLEL]
        if blocks:
            return [blocks[-1]]
        state = states[target]
        if state.kind is StateKind.FINAL:
            done = states[state.parent].done if state.parent else None
            return [] if done is None or self.stops(done) else self._unit(done)
        return [target] if state.initial is None else self._unit(state.initial)

    def _within(self, id: str) -> tuple[str, ...]:
        lineage = self._view.lineage[id]
        return lineage if self._branch is None else lineage[: lineage.index(self._branch)]

    @cached_property
    def _units(self) -> tuple[str, ...]:
        resting = (
            state.id for state in self._view.atomic if not applicant_only(state) or self._pauses(state)
        )
        return tuple(dict.fromkeys(unit for id in resting for unit in self._unit(id)))

    def _pauses(self, state: State) -> bool:
        """Say whether the clocks stand still in a state and run on afterwards, so that the way goes through it."""
        suspension = self._view.procedure.suspension.get(state.suspends or "")
        return suspension is not None and suspension.effect is Effect.PAUSE

    @cached_property
    def _targets(self) -> Mapping[str, frozenset[str]]:
        """Where each unit leads; a block as a whole, its continuation included."""
        found = {}
        for unit in self._units:
            inside = self._view.inside(unit)
            done = {
                state.done for state in inside if state.kind is StateKind.PARALLEL and state.done is not None
            }
            found[unit] = frozenset(done.union(*(self._view.targets[state.id] for state in inside)))
        return found

    @cached_property
    def following(self) -> Mapping[str, frozenset[str]]:
        """By unit, the units that it leads to without stopping the clock; those that lead to no stop are left out."""
        return {unit: self._next[unit] & self._useful for unit in self._useful}

    @cached_property
    def _next(self) -> Mapping[str, frozenset[str]]:
        known = set(self._units)
        return {
            unit: frozenset(
                following
                for target in targets
                if not self.stops(target)
                for following in self._unit(target)
                if following in known and following != unit
            )
            for unit, targets in self._targets.items()
        }

    @cached_property
    def exits(self) -> frozenset[str]:
        """The units from which one move stops the clock."""
        return frozenset(unit for unit, targets in self._targets.items() if any(map(self._finishes, targets)))

    def _finishes(self, target: str) -> bool:
        """Say whether entering *target* stops the clock, at once or by finishing the block around it."""
        if self.stops(target):
            return True
        state = self._view.procedure.state[target]
        if state.kind is not StateKind.FINAL or state.parent is None:
            return False
        done = self._view.procedure.state[state.parent].done
        return done is not None and self._finishes(done)

    @cached_property
    def _reach(self) -> Mapping[str, frozenset[str]]:
        return {unit: frozenset(_closure(unit, self._next)) for unit in self._units}

    @cached_property
    def _useful(self) -> frozenset[str]:
        return frozenset(unit for unit, reached in self._reach.items() if reached & self.exits)


def _closure(start: str, following: Mapping[str, frozenset[str]]) -> set[str]:
    """Return all that can be reached from *start*, itself included."""
    seen = {start}
    pending = [start]
    while pending:
        fresh = following[pending.pop()] - seen
        seen |= fresh
        pending += fresh
    return seen
