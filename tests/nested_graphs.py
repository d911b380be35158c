"""Random well-nested graphs as procedure files, and a simulation that takes every run of their compiled table."""

from collections.abc import Iterator
from itertools import count

from builders import LAW, OWN, Raw, label, move, procedure_mapping, state
from hypothesis import strategies as st

from states.procedure import Procedure
from states.soundness.longest import Moment, Pace

Tree = tuple[str, object]
WORKING = st.builds(lambda n: {"working_hours": n / 4}, st.integers(1, 40))
MIXED = st.one_of(
    WORKING,
    st.builds(lambda n: {"working_days": n / 4}, st.integers(1, 8)),
    st.builds(lambda n: {"hours": n}, st.integers(1, 40)),
    st.builds(lambda n: {"calendar_days": n}, st.integers(1, 4)),
    st.just({"same_day": True}),
)


def trees(budgets: st.SearchStrategy[Raw]) -> st.SearchStrategy[Tree]:
    """Draw steps in sequence, choices between ways, and parallel blocks, nested in each other."""
    leaf = st.tuples(st.just("step"), budgets)
    return st.recursive(
        leaf,
        lambda inner: st.tuples(
            st.sampled_from(["then", "either", "both"]), st.lists(inner, min_size=2, max_size=3)
        ),
        max_leaves=7,
    )


def procedure_of(tree: Tree, **changes: object) -> Raw:
    """Write a graph as a procedure file: accepted into its first steps, stopped when its last one is done."""
    draft = _Draft()
    entry = draft.add(tree, draft.top, ["ended"])
    draft.top.append(state("ended", public=9, final=True))
    draft.top.insert(0, state("submitted", public=1, holder="counter", initial=True, no_clock=label("quick")))
    draft.go("accept", "submitted", entry, "counter")
    terms = {"starts": "accept", "stops": ["ended"]}
    clocks = {"legal": {"term": {"working_days": 900}, **terms, **LAW}}
    base = procedure_mapping(suspensions=[], extensions=[], clocks=clocks, separation_of_duties=[])
    return {**base, "states": draft.top, "transitions": draft.transitions, **changes}


class _Draft:
    """A procedure file while it grows."""

    def __init__(self) -> None:
        self.top: list[Raw] = []
        self.transitions: list[Raw] = []
        self._numbers = count()

    def add(self, tree: Tree, level: list[Raw], after: list[str]) -> list[str]:
        """Put a graph on a level before what comes *after* it; return where it can be entered."""
        kind, inner = tree
        if kind == "step":
            return self._step(inner, level, after)
        parts: list[Tree] = list(inner)  # type: ignore[call-overload]  # only a step holds no trees
        if kind == "then":
            for part in reversed(parts):
                after = self.add(part, level, after)
            return after
        if kind == "either":
            return [entry for part in parts for entry in self.add(part, level, after)]
        return [self._block(parts, level, after)]

    def _step(self, budget: object, level: list[Raw], after: list[str]) -> list[str]:
        id = f"n{next(self._numbers)}"
        clock = {"budget": budget, **OWN}
        level.append(state(id, public=4, holder="officer", clock=clock))
        self.go(f"leave_{id}", id, after, "officer")
        return [id]

    def _block(self, parts: list[Tree], level: list[Raw], after: list[str]) -> str:
        id = f"b{next(self._numbers)}"
        regions = []
        for number, part in enumerate(parts):
            end, children = f"{id}_{number}_end", list[Raw]()
            first = self._single(self.add(part, children, [end]), children)
            next(child for child in children if child["id"] == first)["initial"] = True
            children.append(state(end, final=True))
            regions.append(state(f"{id}_{number}", states=children))
        level.append(state(id, public=4, parallel=True, done=self._single(after, level), states=regions))
        return id

    def _single(self, entries: list[str], level: list[Raw]) -> str:
        """Where several ways begin, a short step stands before them."""
        return entries[0] if len(entries) == 1 else self._step({"working_hours": 0.25}, level, entries)[0]

    def go(self, id: str, source: str, targets: list[str], by: str) -> None:
        """Lead on to one target, or let facts choose."""
        if len(targets) == 1:
            self.transitions.append(move(id, [source], targets[0], by))
            return
        chosen = [*({"when": "objects", "to": target} for target in targets[1:]), {"otherwise": targets[0]}]
        self.transitions.append(move(id, [source], None, by, choose=chosen))


def last_end(procedure: Procedure, start: Moment, pace: Pace[Moment]) -> Moment:
    """Take every run of the compiled table in which everybody takes all the time they have; return the last end."""
    return max(
        end for until in accepted(procedure, start, pace) for end in runs(procedure, until, start, pace)
    )


def accepted(procedure: Procedure, start: Moment, pace: Pace[Moment]) -> list[dict[str, Moment]]:
    """Return every way in which a dossier can stand right after acceptance: its leaves, and until when each lasts."""
    return [
        {leaf: _until(procedure, None, leaf, start, pace) for leaf in entry.to}
        for event, entry in procedure.table["submitted"].items()
        if event.startswith("accept#")
    ]


def runs(procedure: Procedure, until: dict[str, Moment], now: Moment, pace: Pace[Moment]) -> Iterator[Moment]:
    """Yield the end of every run from where a dossier stands."""
    busy = [leaf for leaf in until if _lasts(procedure, leaf)]
    if not busy:
        yield now
        return
    for after in moved(procedure, until, pace):
        yield from runs(procedure, after, min(until[leaf] for leaf in busy), pace)


def moved(procedure: Procedure, until: dict[str, Moment], pace: Pace[Moment]) -> list[dict[str, Moment]]:
    """Let the leaf whose time is up first go each way that it can."""
    leaf = min((leaf for leaf in until if _lasts(procedure, leaf)), key=lambda leaf: (until[leaf], leaf))
    return [
        {
            each: until[each]
            if each in until and each not in entry.entered
            else _until(procedure, leaf, each, until[leaf], pace)
            for each in entry.to
        }
        for event, entry in procedure.table["|".join(until)].items()
        if event.startswith(f"leave_{leaf}#")
    ]


def _lasts(procedure: Procedure, leaf: str) -> bool:
    return procedure.state[leaf].clock is not None


def _until(procedure: Procedure, before: str | None, leaf: str, at: Moment, pace: Pace[Moment]) -> Moment:
    return pace(before, leaf, at) if _lasts(procedure, leaf) else at
