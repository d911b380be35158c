"""The longest way through a chart, in minutes of step budgets, hostile charts included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from states.procedure import CaseClock, Effect, State, StateKind
from states.soundness.context import View
from states.soundness.waiting import applicant_only

MAX_PATHS = 5_000
Weights = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Way:
    """States in order, and the budgets along them in working minutes."""

    states: tuple[str, ...]
    minutes: Fraction


NOWHERE = Way((), Fraction(0))


def longest_way(view: View, clock: CaseClock, weights: Weights) -> Way:
    """Return the longest way from where *clock* starts to one of its stops, each state at most once.

    Where states return to each other in so many ways that they cannot all be tried, all of these states are
    counted: the result is then too long rather than too short.
    """
    level = _Level(view, None, frozenset(clock.stops), weights)
    targets = [alternative.to for alternative in view.procedure.transition[clock.starts].alternatives]
    return level.longest_from([target for target in targets if not level.stops(target)])


class _Level:
    """The chart at one level: resting states, and each parallel block as one unit."""

    def __init__(self, view: View, branch: str | None, stops: frozenset[str], weights: Weights) -> None:
        self._view = view
        self._branch = branch
        self._stops = stops
        self._weights = weights
        self._dense: set[frozenset[str]] = set()

    def longest_from(self, targets: list[str]) -> Way:
        """Return the longest way that begins by entering one of *targets*."""
        units = {unit for target in targets for unit in self._unit(target)}
        ways = [self._ways[unit] for unit in sorted(units & self._ways.keys())]
        return max(ways, key=lambda way: way.minutes, default=NOWHERE)

    def stops(self, target: str) -> bool:
        """Say whether entering *target* stops the clock or finishes the branch."""
        entered = {*(state.id for state in self._view.entered(target)), *self._view.lineage[target]}
        return not entered.isdisjoint(self._stops)

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
    def _exits(self) -> frozenset[str]:
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
    def _ways(self) -> Mapping[str, Way]:
        """The longest way on from each unit that leads to a stop, found from the last units to the first."""
        ways: dict[str, Way] = {}
        for unit in sorted(self._units, key=lambda unit: len(self._reach[unit])):
            found = self._search(unit, ways)
            if found is not None:
                ways[unit] = found
        return ways

    def _search(self, start: str, ways: Mapping[str, Way]) -> Way | None:
        ring = frozenset(unit for unit in self._reach[start] if start in self._reach[unit]) | {start}
        best: Way | None = None
        if ring in self._dense:
            return self._all_of(ring, ways)
        for count, path in enumerate(_paths(start, ring, self._next)):
            if count == MAX_PATHS:
                self._dense.add(ring)
                return self._all_of(ring, ways)
            last = path[-1]
            tails = [ways[unit] for unit in self._next[last] - ring if unit in ways]
            if last in self._exits:
                tails.append(NOWHERE)
            if tails:
                best = self._longer(best, path, max(tails, key=lambda way: way.minutes))
        return best

    def _all_of(self, ring: frozenset[str], ways: Mapping[str, Way]) -> Way | None:
        tails = [ways[unit] for inner in ring for unit in self._next[inner] - ring if unit in ways]
        tail = max(tails, key=lambda way: way.minutes, default=NOWHERE)
        return self._longer(None, tuple(sorted(ring)), tail)

    def _longer(self, best: Way | None, path: tuple[str, ...], tail: Way) -> Way:
        own = [self._own[unit] for unit in path]
        total = sum((way.minutes for way in own), tail.minutes)
        if best is not None and best.minutes >= total:
            return best
        return Way((*(id for way in own for id in way.states), *tail.states), total)

    @cached_property
    def _own(self) -> Mapping[str, Way]:
        """What each unit takes: its budget, or that of the longest branch of a block."""
        return {unit: self._of_unit(unit) for unit in self._units}

    def _of_unit(self, unit: str) -> Way:
        if self._view.procedure.state[unit].kind is not StateKind.PARALLEL:
            return Way((unit,), self._weights.get(unit, Fraction(0)))
        branches = [self._of_branch(region.id) for region in self._view.children.get(unit, ())]
        return max(branches, key=lambda way: way.minutes, default=NOWHERE)

    def _of_branch(self, branch: str) -> Way:
        children = self._view.children.get(branch, ())
        finals = {child.id for child in children if child.kind is StateKind.FINAL}
        initial = self._view.procedure.state[branch].initial
        level = _Level(self._view, branch, self._stops | finals, self._weights)
        return NOWHERE if initial is None else level.longest_from([initial])


def _closure(start: str, following: Mapping[str, frozenset[str]]) -> set[str]:
    """Return all that can be reached from *start*, itself included."""
    seen = {start}
    pending = [start]
    while pending:
        fresh = following[pending.pop()] - seen
        seen |= fresh
        pending += fresh
    return seen


def _paths(
    start: str, ring: frozenset[str], following: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, ...]]:
    """Yield every way from *start* inside *ring* that passes no unit twice."""
    pending: list[tuple[str, ...]] = [(start,)]
    while pending:
        path = pending.pop()
        yield path
        pending += [(*path, unit) for unit in sorted(following[path[-1]] & ring) if unit not in path]
