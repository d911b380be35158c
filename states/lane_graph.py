"""A procedure as boxes and arrows for a lane drawing: resting states only, with their lane and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from states.procedure import APPLICANT, SYSTEM, Label, Procedure, State, StateKind, Transition

END = "end"
MANY_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A transition told in its target's box, because an arrow from each of its sources would hide the rest."""

    label: Label
    sources: int


@dataclass(frozen=True, slots=True)
class Node:
    """A state in which a dossier rests.

    Attributes:
        lane: The role, `applicant` or `system` that must act; `end` where nobody must.
        column: Steps from the start on the longest way without turning back, from 0.
    """

    id: str
    label: Label
    lane: str
    column: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """One transition out of one box, to one box or to several at once; `back` are those it returns to."""

    source: str
    label: Label
    onward: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaneGraph:
    """What a lane drawing shows; lanes from top to bottom, empty ones left out."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...]


def lane_graph(procedure: Procedure) -> LaneGraph:
    """Reduce a procedure to what a lane drawing shows.

    The final state of a branch is not drawn where it leads on: arrows to it go to where its block goes. A
    transition from an enclosing state starts at the box inside whose holder performs it.
    """
    reading = _Reading(procedure)
    arrows = reading.arrows()
    columns, returns = _columns(reading.first(), reading.resting, arrows)
    targets = {target for _, _, reached in arrows for target in reached}
    _spread(columns, [id for id in reading.resting if reading.lane(id) == END and id not in targets], reading)
    nodes = tuple(
        Node(id, procedure.state[id].label, reading.lane(id), columns[id], reading.notes(id))
        for id in reading.resting
    )
    flows = tuple(
        Flow(
            source,
            transition.label,
            tuple(target for target in reached if (source, target) not in returns),
            tuple(target for target in reached if (source, target) in returns),
        )
        for source, transition, reached in arrows
    )
    used = {node.lane for node in nodes}
    order = (APPLICANT, *(role.id for role in procedure.roles), SYSTEM, END)
    return LaneGraph(nodes, flows, tuple(lane for lane in order if lane in used))


_Arrow = tuple[str, Transition, tuple[str, ...]]


class _Reading:
    """The procedure read as a drawing."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._children: dict[str, list[State]] = {}
        for state in procedure.states:
            self._children.setdefault(state.parent or "", []).append(state)
        leaves = [state.id for state in procedure.states if state.id not in self._children]
        self.resting = [id for id in leaves if (id,) == self.entered(id)]
        self._noted = [each for each in procedure.transitions if self._is_noted(each)]

    def first(self) -> tuple[str, ...]:
        """Return the boxes that a dossier opens in."""
        return tuple(id for named in self._procedure.initial for id in self.entered(named))

    def lane(self, id: str) -> str:
        """Return whose lane a box stands in."""
        return self._procedure.state[id].holder or END

    def entered(self, id: str) -> tuple[str, ...]:
        """Return the boxes that a dossier rests in after it was sent to a state."""
        pending, seen, found = [id], {""}, []
        while pending:
            here = pending.pop(0)
            onward = self._onward(self._procedure.state[here])
            if not onward:
                found.append(here)
            pending = [each for each in onward if each not in seen] + pending
            seen.update(onward)
        return tuple(dict.fromkeys(found))

    def _onward(self, state: State) -> list[str]:
        """Return the states that one leads to by itself: its first children, or the way out when it is final."""
        children = [child.id for child in self._children.get(state.id, [])]
        if state.kind is StateKind.PARALLEL:
            return children
        if children:
            return [state.initial or children[0]]
        if state.kind is not StateKind.FINAL or state.parent is None:
            return []
        parent = self._procedure.state[state.parent]
        around = self._procedure.state.get(parent.parent or "")
        block = around if around is not None and around.kind is StateKind.PARALLEL else None
        done = parent.done or (block.done if block else None)
        return [done] if done else []

    def _is_noted(self, transition: Transition) -> bool:
        """Whether arrows would be too many (many sources, one end) or would lead nowhere else."""
        targets = {target for each in transition.alternatives for target in self.entered(each.to)}
        itself = set(transition.sources) == targets
        return itself or (
            len(transition.sources) >= MANY_SOURCES and all(self.lane(target) == END for target in targets)
        )

    def notes(self, id: str) -> tuple[Note, ...]:
        """Return the transitions that are told in the box of their target."""
        return tuple(
            Note(each.label, len(each.sources))
            for each in self._noted
            if any(id in self.entered(alternative.to) for alternative in each.alternatives)
        )

    def arrows(self) -> list[_Arrow]:
        """Return all other transitions, once for each box that they start from."""
        return [
            (source, transition, targets)
            for transition in self._procedure.transitions
            if transition not in self._noted
            for source in dict.fromkeys(self._start(each, transition) for each in transition.sources)
            if (targets := tuple(dict.fromkeys(self._targets(transition))))
        ]

    def _targets(self, transition: Transition) -> Iterator[str]:
        for alternative in transition.alternatives:
            yield from self.entered(alternative.to)

    def _start(self, source: str, transition: Transition) -> str:
        inside = [id for id in self.resting if source in self._around(id)] or list(self.entered(source))
        return next((id for id in inside if self.lane(id) in transition.by), inside[0])

    def _around(self, id: str) -> Iterator[str]:
        here: str | None = id
        while here is not None:
            yield here
            here = self._procedure.state[here].parent


def _columns(
    first: tuple[str, ...], nodes: list[str], arrows: list[_Arrow]
) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """Return each box's column, and the arrows that turn back (found depth first from the start)."""
    onward: dict[str, list[str]] = {node: [] for node in nodes}
    for source, _, targets in arrows:
        onward[source] += targets
    returns: set[tuple[str, str]] = set()
    finished: list[str] = []
    for root in dict.fromkeys([*first, *nodes]):
        if root not in finished:
            _descend(root, onward, finished, returns)
    _return_together(arrows, onward, returns)
    columns = dict.fromkeys(nodes, 0)
    for source in reversed(finished):
        for target in onward[source]:
            if (source, target) not in returns:
                columns[target] = max(columns[target], columns[source] + 1)
    return columns, returns


def _return_together(
    arrows: list[_Arrow], onward: Mapping[str, list[str]], returns: set[tuple[str, str]]
) -> None:
    """Let a way back into a block with branches go back to all of them; a choice may still lead to an end."""
    for source, _, targets in arrows:
        if any((source, target) in returns for target in targets):
            returns.update((source, target) for target in targets if onward[target])


def _descend(
    root: str, onward: Mapping[str, list[str]], finished: list[str], returns: set[tuple[str, str]]
) -> None:
    """Go depth first from a box; what leads to a box on the way down turns back."""
    down = {root: iter(onward[root])}
    done = set(finished)
    while down:
        here = next(reversed(down))
        target = next(down[here], None)
        if target is None:
            finished.append(here)
            done.add(here)
            del down[here]
        elif target in down:
            returns.add((here, target))
        elif target not in done:
            down[target] = iter(onward[target])


def _spread(columns: dict[str, int], loose: list[str], reading: _Reading) -> None:
    """Give ends that no arrow leads to the first free columns of their lane."""
    taken = {columns[id] for id in reading.resting if reading.lane(id) == END and id not in loose}
    free = (column for column in range(len(columns) + len(loose)) if column not in taken)
    for id, column in zip(loose, free, strict=False):
        columns[id] = column
