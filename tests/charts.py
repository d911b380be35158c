"""Charts for tests: short ways to write states and transitions, and small random charts from a seed."""

from itertools import count, pairwise
from random import Random

from states.procedure import Alternative, Label, State, StateKind, Transition

BRANCH_DEPTHS = {1: (1,), 2: (1, 2)}
MOST_STATES = 17
KINDS = (StateKind.ATOMIC, StateKind.ATOMIC, StateKind.COMPOUND, StateKind.PARALLEL)


def label(text: str) -> Label:
    """The same text in both languages."""
    return Label(text, text)


def state(
    id: str,
    parent: str | None = None,
    *,
    kind: StateKind = StateKind.ATOMIC,
    initial: str | None = None,
    done: str | None = None,
) -> State:
    """A state that has a shape and nothing else."""
    return State(id, label(id), kind, parent, initial, done, None, None, None, None, None, None)


def final(id: str, parent: str | None = None) -> State:
    """A final state."""
    return state(id, parent, kind=StateKind.FINAL)


def compound(id: str, initial: str, parent: str | None = None, done: str | None = None) -> State:
    """A state whose children follow each other."""
    return state(id, parent, kind=StateKind.COMPOUND, initial=initial, done=done)


def parallel(id: str, parent: str | None = None, done: str | None = None) -> State:
    """A state whose children are active together."""
    return state(id, parent, kind=StateKind.PARALLEL, done=done)


def transition(id: str, sources: str, *targets: str) -> Transition:
    """A transition from states named in one text, with an alternative for each target."""
    alternatives = tuple(Alternative(None, target) for target in targets)
    return Transition(id, label(id), tuple(sources.split()), alternatives, (), None, (), False, ())


def block(branches: int, length: int) -> tuple[tuple[State, ...], tuple[Transition, ...]]:
    """A parallel block of equal branches between a first and a last state, each going forth and back."""
    states = [state("first"), parallel("block", done="last")]
    transitions = [transition("open", "first", "block"), transition("withdraw", "first block", "last")]
    for branch in range(branches):
        states.append(compound(f"b{branch}", f"b{branch}_0", "block"))
        states += [state(f"b{branch}_{step}", f"b{branch}") for step in range(length - 1)]
        states.append(final(f"b{branch}_{length - 1}", f"b{branch}"))
        for step in range(length - 1):
            here, there = f"b{branch}_{step}", f"b{branch}_{step + 1}"
            transitions += [transition(f"go_{here}", here, there, f"b{branch}_0")]
    return (*states, final("last")), tuple(transitions)


def random_chart(seed: int) -> tuple[tuple[State, ...], tuple[Transition, ...]]:
    """A small chart with nested and parallel blocks, their joins, jumps into and out of them, and choices."""
    random = Random(seed)
    while True:
        draft = _Draft(random)
        draft.fill(None, draft.names(3), depth=2)
        if len(draft.states) <= MOST_STATES:
            draft.jump()
            return tuple(draft.states), tuple(draft.transitions)


class _Draft:
    """A random chart while it grows."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.states: list[State] = []
        self.transitions: list[Transition] = []
        self._numbers = count()

    def names(self, most: int) -> list[str]:
        """New ids of two siblings at least."""
        return [f"n{next(self._numbers)}" for _ in range(self.random.randint(2, most))]

    def fill(self, parent: str | None, ids: list[str], depth: int) -> None:
        """Put siblings under a parent: each leads to the next, the last is final."""
        for here, after in pairwise(ids):
            self._add(here, parent, after, self.random.choice(KINDS) if depth else StateKind.ATOMIC, depth)
            choice = self.random.choices(ids, k=self.random.randint(0, 1))
            self._move(here, after, *choice)
        self.states.append(final(ids[-1], parent))
        self._move(" ".join(ids[:-1]), self.random.choice(ids))

    def _add(self, id: str, parent: str | None, done: str, kind: StateKind, depth: int) -> None:
        if kind is StateKind.COMPOUND:
            self._add_compound(id, parent, done, depth)
        elif kind is StateKind.PARALLEL:
            self.states.append(parallel(id, parent, done))
            for branch in self.names(2):
                self._add_compound(branch, id, None, self.random.choice(BRANCH_DEPTHS[depth]))
        else:
            self.states.append(state(id, parent))

    def _add_compound(self, id: str, parent: str | None, done: str | None, depth: int) -> None:
        children = self.names(3)
        first = children[0] if self.random.random() < 0.9 else children[-1]
        self.states.append(compound(id, first, parent, done))
        self.fill(id, children, depth - 1)

    def _move(self, source: str, *targets: str) -> None:
        self.transitions.append(transition(f"t{len(self.transitions)}", source, *targets))

    def jump(self) -> None:
        """Add two transitions from anywhere, outer states included, to anywhere."""
        sources = [each.id for each in self.states if each.kind is not StateKind.FINAL]
        for _ in range(2):
            self._move(self.random.choice(sources), self.random.choice(self.states).id)
