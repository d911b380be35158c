"""The longest way through a chart: the latest moment at which it can be finished, hostile charts included.

A moment is an amount of working time, or an instant on a calendar. Whoever begins a state later does not finish it
earlier, so of all ways into a state only the latest counts, and the chart is walked once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Generic, TypeVar

from states.procedure import CaseClock
from states.soundness.context import View
from states.soundness.units import Level

MAX_PATHS = 5_000
Moment = TypeVar("Moment", Fraction, datetime)
Pace = Callable[[str | None, str, Moment], Moment]
"""The state before, the state, and when it is entered, to when it is left at the latest."""


@dataclass(frozen=True, slots=True)
class Way(Generic[Moment]):
    """States in order, and the moment at which the last of them is left at the latest."""

    states: tuple[str, ...]
    end: Moment


def longest_way(view: View, clock: CaseClock, start: Moment, pace: Pace[Moment]) -> Way[Moment]:
    """Return the longest way from where *clock* starts to one of its stops, each state at most once.

    Where states return to each other in so many ways that they cannot all be tried, all of these states are
    counted: the result is then too long rather than too short.
    """
    targets = [alternative.to for alternative in view.procedure.transition[clock.starts].alternatives]
    return longest_on(stops_of(view, clock), targets, Way((), start), pace)


def stops_of(view: View, clock: CaseClock) -> Level:
    """Return the chart on the way to the stops of a clock, to be asked as often as one likes."""
    return Level(view, None, frozenset(clock.stops))


def longest_on(level: Level, targets: Iterable[str], so_far: Way[Moment], pace: Pace[Moment]) -> Way[Moment]:
    """Return the longest way on from entering one of *targets*; *so_far* itself where none leads to a stop."""
    entered = level.entered(target for target in targets if not level.stops(target))
    return _longest(level, dict.fromkeys(entered, so_far), so_far, pace)


def longest_onward(level: Level, until: Mapping[str, Moment], pace: Pace[Moment]) -> Way[Moment] | None:
    """Return the longest way on from where a dossier is: in the leaves of *until*, each left then at the latest.

    None where it leads to no stop, or where the dossier waits outside all that counts.
    """
    unit = level.unit_around(until)
    if unit is None:
        return None
    way = _later(Way((leaf,), end) for leaf, end in until.items())
    for inner, _ in level.branches.get(unit, ()):
        branch = _inner(inner, until, pace)
        if branch is not None and branch.end > way.end:
            way = branch
    onward = _longest(level, dict.fromkeys(level.following[unit], way), way, pace, frozenset({unit}))
    if unit not in level.exits and onward is way:
        return None
    return onward if onward.end > way.end else way


def _later(ways: Iterable[Way[Moment]]) -> Way[Moment]:
    return max(ways, key=lambda way: way.end)


def _inner(level: Level, until: Mapping[str, Moment], pace: Pace[Moment]) -> Way[Moment] | None:
    own = {leaf: end for leaf, end in until.items() if level.holds(leaf)}
    return longest_onward(level, own, pace) if own else None


def _longest(
    level: Level,
    arrivals: dict[str, Way[Moment]],
    nowhere: Way[Moment],
    pace: Pace[Moment],
    passed: frozenset[str] = frozenset(),
) -> Way[Moment]:
    best: Way[Moment] | None = None
    for whole in level.rings:
        ring = tuple(unit for unit in whole if unit not in passed)
        for unit, way in _through(level, ring, arrivals, pace):
            if unit in level.exits and (best is None or best.end < way.end):
                best = way
            for after in level.following[unit].difference(whole):
                known = arrivals.get(after)
                if known is None or (known.end, way.states) < (way.end, known.states):
                    arrivals[after] = way
    return nowhere if best is None else best


def _through(
    level: Level, ring: tuple[str, ...], arrivals: dict[str, Way[Moment]], pace: Pace[Moment]
) -> Iterator[tuple[str, Way[Moment]]]:
    """Yield each unit of a ring with the ways on which it is left, every way that passes no unit twice."""
    pending = [(unit, frozenset(ring), arrivals[unit]) for unit in ring if unit in arrivals]
    found: list[tuple[str, Way[Moment]]] = []
    while pending:
        if len(found) == MAX_PATHS:
            yield from _all_of(level, ring, arrivals, pace)
            return
        unit, free, way = pending.pop()
        left, way = free - {unit}, _spent(level, unit, way, pace)
        found.append((unit, way))
        pending += [(after, left, way) for after in sorted(level.following[unit] & left)]
    yield from found


def _all_of(
    level: Level, ring: tuple[str, ...], arrivals: dict[str, Way[Moment]], pace: Pace[Moment]
) -> Iterator[tuple[str, Way[Moment]]]:
    way = max((arrivals[unit] for unit in ring if unit in arrivals), key=lambda way: way.end)
    for unit in ring:
        way = _spent(level, unit, way, pace)
    yield from ((unit, way) for unit in ring)


def _spent(level: Level, unit: str, way: Way[Moment], pace: Pace[Moment]) -> Way[Moment]:
    """Go on through a unit: its own time, or that of the longest branch of a block."""
    if not level.is_block(unit):
        before = way.states[-1] if way.states else None
        return Way((*way.states, unit), pace(before, unit, way.end))
    through = [longest_on(inner, [initial], way, pace) for inner, initial in level.branches[unit]]
    return max(through, key=lambda way: way.end, default=way)
