"""Rules on the chart as a drawing: blocks well nested, one way to read every arrow."""

from collections.abc import Iterator
from itertools import pairwise
from math import prod

from states.chart import MAX_CONFIGURATIONS
from states.problem import Path, Problem
from states.procedure import State, StateKind
from states.soundness.context import View
from states.soundness.references import target_path

# The time to walk a chart grows with the square of this; at the limit it is a few seconds.
MAX_ENTRIES = 600


def branches(view: View) -> Iterator[Problem]:
    """A branch of a parallel block is a compound state that can finish, and does not say where to go."""
    for state in view.procedure.states:
        if not _is_branch(view, state):
            continue
        children = view.children.get(state.id, ())
        finishes = any(child.kind is StateKind.FINAL for child in children)
        if state.kind is not StateKind.COMPOUND or not finishes:
            yield Problem("E-SHAPE-004", view.state_paths[state.id], {"state": state.id})
        if state.done is not None:
            yield Problem("E-SHAPE-005", (*view.state_paths[state.id], "done"), {"state": state.id})


def continuations(view: View) -> Iterator[Problem]:
    """A block that can finish says where the dossier goes then, and one that cannot does not."""
    for state in view.procedure.states:
        if state.kind in (StateKind.ATOMIC, StateKind.FINAL) or _is_branch(view, state):
            continue
        children = view.children.get(state.id, ())
        finishes = state.kind is StateKind.PARALLEL or any(c.kind is StateKind.FINAL for c in children)
        if finishes != (state.done is not None):
            yield Problem("E-SHAPE-005", view.state_paths[state.id], {"state": state.id})


def _is_branch(view: View, state: State) -> bool:
    return state.parent is not None and view.procedure.state[state.parent].kind is StateKind.PARALLEL


def crossings(view: View) -> Iterator[Problem]:
    """A branch is entered by entering its block; no arrow leads into it from outside or from its sister."""
    for path, sources, target in _arrows(view):
        region = view.region_of(target)
        while region is not None:
            if any(region not in view.lineage[source] for source in sources):
                yield Problem("E-SHAPE-006", path, {"target": target, "branch": region})
                break
            region = view.region_of(view.procedure.state[region].parent or "")


def _arrows(view: View) -> Iterator[tuple[Path, tuple[str, ...], str]]:
    for index, transition in enumerate(view.procedure.transitions):
        for number, alternative in enumerate(transition.alternatives):
            path = ("transitions", index, *target_path(view, index, number))
            yield path, transition.sources, alternative.to
    for state in view.procedure.states:
        if state.done is not None:
            yield (*view.state_paths[state.id], "done"), (state.id,), state.done


def ambiguous_sources(view: View) -> Iterator[Problem]:
    """Two sources of one transition are never active together, so it is always plain which one it leaves."""
    for index, transition in enumerate(view.procedure.transitions):
        branch: dict[str, tuple[str, str]] = {}
        for at, source in enumerate(transition.sources):
            other = _together(view, source, transition.sources, branch)
            if other is not None:
                facts = {"transition": transition.id, "one": other, "other": source}
                yield Problem("E-SHAPE-007", ("transitions", index, "from", at), facts)


def _together(
    view: View, source: str, sources: tuple[str, ...], branch: dict[str, tuple[str, str]]
) -> str | None:
    """Return another source that can be active with this one: around it, or in a sister branch.

    *branch* keeps, by parallel block, the branch that a source was seen in and that source.
    """
    lineage = view.lineage[source]
    for region, block in pairwise(lineage):
        if block in sources:
            return block
        if view.procedure.state[block].kind is StateKind.PARALLEL:
            seen, other = branch.setdefault(block, (region, source))
            if seen != region:
                return other
    return None


def final_exits(view: View) -> Iterator[Problem]:
    """Nothing can be done in a final state."""
    for index, transition in enumerate(view.procedure.transitions):
        for at, source in enumerate(transition.sources):
            if view.procedure.state[source].kind is StateKind.FINAL:
                facts = {"transition": transition.id, "state": source}
                yield Problem("E-SHAPE-008", ("transitions", index, "from", at), facts)


def endings(view: View) -> Iterator[Problem]:
    """A dossier can end: there is a final state at the top."""
    if not any(state.kind is StateKind.FINAL for state in view.children.get(None, ())):
        yield Problem("E-SHAPE-010", ("states",), {})


def explosions(view: View) -> Iterator[Problem]:
    """The configurations of a parallel block, the product of its branches, stay within the limit."""
    sizes: dict[str, int] = {}
    for state in reversed(view.procedure.states):
        below = [sizes[child.id] for child in view.children.get(state.id, ())]
        sizes[state.id] = max(1, prod(below) if state.kind is StateKind.PARALLEL else sum(below))
        if state.kind is StateKind.PARALLEL and sizes[state.id] > MAX_CONFIGURATIONS:
            facts = {"block": state.id, "count": sizes[state.id], "limit": MAX_CONFIGURATIONS}
            yield Problem("E-SIZE-002", view.state_paths[state.id], facts)
            sizes[state.id] = 1


def crowds(view: View) -> Iterator[Problem]:
    """The table that this chart compiles to stays of a size that can be walked."""
    count = sum(len(move.alternatives) for state in view.atomic for move in view.leaving[state.id])
    if count > MAX_ENTRIES:
        facts = {"what": "from × choose", "count": count, "limit": MAX_ENTRIES}
        yield Problem("E-SIZE-001", ("transitions",), facts)


def choices(view: View) -> Iterator[Problem]:
    """A choice ends with `otherwise`, which stands nowhere else, so that some alternative always holds."""
    for index, transition in enumerate(view.procedure.transitions):
        *conditional, last = transition.alternatives
        if last.when is not None:
            yield Problem("E-FLOW-005", ("transitions", index, "choose"), {"transition": transition.id})
        for number, alternative in enumerate(conditional):
            if alternative.when is None:
                path = ("transitions", index, "choose", number)
                yield Problem("E-FLOW-005", path, {"transition": transition.id})
