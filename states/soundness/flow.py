"""Rules on the way of a dossier: every state is reached, can be left by its holder, and leads to an end."""

from collections.abc import Iterator

from states.problem import Problem
from states.procedure import State, StateKind
from states.soundness.context import View


def unreachable(view: View) -> Iterator[Problem]:
    """Every state can be reached from the first one, guards aside."""
    reached = reachable(view)
    for state in view.procedure.states:
        if state.id not in reached and (state.parent is None or state.parent in reached):
            yield Problem("E-FLOW-001", view.state_paths[state.id], {"state": state.id})


def reachable(view: View) -> frozenset[str]:
    """Return every state that some way from the first one makes active; guards count as true."""
    procedure = view.procedure
    active: set[str] = set()
    pending = list(procedure.initial)
    while pending:
        for state in _activated(view, pending.pop()):
            if state.id not in active:
                active.add(state.id)
                pending += view.targets[state.id]
                pending += _completed(view, state, active)
    return frozenset(active)


def _activated(view: View, id: str) -> Iterator[State]:
    yield from view.entered(id)
    for around in view.lineage[id][1:]:
        yield view.procedure.state[around]


def _completed(view: View, state: State, active: set[str]) -> list[str]:
    """Return where the dossier goes when entering *state*, a final one, finishes the block around it."""
    if state.kind is not StateKind.FINAL or state.parent is None:
        return []
    block = view.procedure.state[state.parent]
    parent = view.procedure.state[block.parent] if block.parent else None
    if parent is not None and parent.kind is StateKind.PARALLEL:
        done = [_finished(view, region, active) for region in view.children[parent.id]]
        return [parent.done] if all(done) and parent.done else []
    return [block.done] if block.done else []


def _finished(view: View, region: State, active: set[str]) -> bool:
    return any(c.kind is StateKind.FINAL and c.id in active for c in view.children.get(region.id, ()))


def dead_ends(view: View) -> Iterator[Problem]:
    """From every state some way leads to the end of the dossier, whatever the states around it allow."""
    ending = _ending(view)
    reached = reachable(view)
    for state in view.procedure.states:
        resting = state.kind in (StateKind.ATOMIC, StateKind.FINAL)
        if resting and state.id in reached and state.id not in ending:
            yield Problem("E-FLOW-002", view.state_paths[state.id], {"state": state.id})


def _ending(view: View) -> frozenset[str]:
    """Return the states from which the end can be reached, found backwards from the final states at the top."""
    ending = {s.id for s in view.children.get(None, ()) if s.kind is StateKind.FINAL}
    grown = True
    while grown:
        more = {
            state.id
            for state in view.procedure.states
            if state.id not in ending and _leads(view, state, ending)
        }
        ending |= more
        grown = bool(more)
    return frozenset(ending)


def _leads(view: View, state: State, ending: set[str]) -> bool:
    if not view.targets[state.id].isdisjoint(ending):
        return True
    if state.kind is StateKind.COMPOUND:
        return state.initial in ending
    if state.kind is StateKind.PARALLEL:
        return all(region.id in ending for region in view.children.get(state.id, ()))
    if state.kind is StateKind.FINAL and state.parent is not None:
        return _continuation(view, state.parent) in ending
    return False


def _continuation(view: View, block: str) -> str | None:
    """Return where the dossier goes after a block, or after the parallel one that the block is a branch of."""
    state = view.procedure.state[block]
    parent = view.procedure.state[state.parent] if state.parent else None
    return parent.done if parent is not None and parent.kind is StateKind.PARALLEL else state.done


def stuck_holders(view: View) -> Iterator[Problem]:
    """Whoever holds a state can do something in it; where others are asked, they can pass over who is late."""
    for state in view.atomic:
        if state.holder is None:
            yield Problem("E-FLOW-008", view.state_paths[state.id], {"state": state.id})
        elif state.consultation is None and not any(
            state.holder in move.by for move in view.leaving[state.id]
        ):
            facts = {"state": state.id, "holder": state.holder}
            yield Problem("E-FLOW-004", view.state_paths[state.id], facts)


def public_status(view: View) -> Iterator[Problem]:
    """The public sees one of the ten national codes in every state, its own or that of the state around it."""
    for state in view.procedure.states:
        if state.public is None and state.kind in (StateKind.ATOMIC, StateKind.FINAL):
            yield Problem("E-PUBLIC-001", view.state_paths[state.id], {"state": state.id})


def dead_configurations(view: View) -> Iterator[Problem]:
    """From every configuration of the compiled table the end can be reached."""
    table = view.procedure.table
    finals = {s.id for s in view.children.get(None, ()) if s.kind is StateKind.FINAL}
    before: dict[str, set[str]] = {}
    for here, row in table.items():
        for entry in row.values():
            before.setdefault("|".join(entry.to), set()).add(here)
    pending = [here for here in table if here in finals]
    ending = set(pending)
    while pending:
        fresh = before.get(pending.pop(), set()) - ending
        ending |= fresh
        pending += fresh
    for here in [here for here in table if here not in ending][:20]:
        path = view.state_paths[here.split("|")[0]]
        yield Problem("E-FLOW-003", path, {"configuration": here.replace("|", " + ")})


def idle_moves(view: View) -> Iterator[Problem]:
    """Every state and every alternative of every transition takes part in some configuration."""
    rows = view.procedure.table.values()
    entered = {id for row in rows for entry in row.values() for id in (*entry.entered, *entry.to)}
    entered |= {around for leaf in view.procedure.initial for around in view.lineage[leaf]}
    for state in view.procedure.states:
        if state.kind is not StateKind.FINAL and not any(
            inner.id in entered for inner in view.inside(state.id)
        ):
            yield Problem("E-FLOW-001", view.state_paths[state.id], {"state": state.id})
    events = {event.split("#")[0] for row in rows for event in row}
    for index, transition in enumerate(view.procedure.transitions):
        if transition.id not in events:
            yield Problem("E-FLOW-007", ("transitions", index), {"transition": transition.id})
