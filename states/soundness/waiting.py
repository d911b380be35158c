"""Rules on clocks of states: who waits, how long, how often, and what happens when time runs out."""

import ast
from collections.abc import Iterator

from states.guards import InvalidGuard, parse_guard
from states.guards.syntax import parse_tree
from states.problem import Path, Problem
from states.procedure import APPLICANT, SYSTEM, State, Transition
from states.soundness.context import View


def clocks_or_reasons(view: View) -> Iterator[Problem]:
    """Where somebody must act a clock runs, its own or those of its questions, or the file says why none does."""
    for state in view.atomic:
        if state.clock is None and state.no_clock is None and state.consultation is None:
            yield Problem("E-CLOCK-001", view.state_paths[state.id], {"state": state.id})
        if state.clock is not None and state.no_clock is not None:
            yield Problem("E-CLOCK-002", (*view.state_paths[state.id], "no_clock"), {"state": state.id})


def endless_waiting(view: View) -> Iterator[Problem]:
    """Waiting that stops the clocks of the dossier ends by itself after some time."""
    for state in view.atomic:
        if state.suspends is None:
            continue
        if state.clock is None or state.clock.on_due is None:
            yield Problem("E-CLOCK-003", view.state_paths[state.id], {"state": state.id})
        elif state.clock.budget is None:
            yield Problem(
                "W-CLOCK-012", (*view.state_paths[state.id], "clock", "budget"), {"state": state.id}
            )


def expirations(view: View) -> Iterator[Problem]:
    """What the system does when time runs out is possible without anybody: unconditional, and out of the state."""
    for state, path, move in _expiring(view):
        facts = {"state": state.id, "transition": move.id}
        leaves = any(source in view.lineage[state.id] for source in move.sources)
        bare = move.guard is None and not move.inputs and not move.reason
        if move.by != (SYSTEM,) or not leaves or not bare:
            yield Problem("E-CLOCK-004", path, facts)
        if any(_returns(view, alternative.to, state) for alternative in move.alternatives):
            yield Problem("E-CLOCK-005", path, facts)


def _returns(view: View, target: str, state: State) -> bool:
    return any(entered.id == state.id for entered in view.entered(target))


def _expiring(view: View) -> Iterator[tuple[State, Path, Transition]]:
    moves = view.procedure.transition
    for state in view.procedure.states:
        if state.clock is not None and state.clock.on_due is not None:
            path = (*view.state_paths[state.id], "clock", "on_due")
            yield state, path, moves[state.clock.on_due]


def unfired(view: View) -> Iterator[Problem]:
    """Only a clock, a group or a consultation makes the system act, so what it alone does belongs to one of them."""
    fired: set[str | None] = {move.id for _, _, move in _expiring(view)}
    fired |= {view.procedure.recall, *(state.gathers for state in view.procedure.states)}
    fired |= {component.returned for component in view.procedure.components}
    fired |= {declared.then for declared in view.procedure.consultations}
    for index, transition in enumerate(view.procedure.transitions):
        if transition.by == (SYSTEM,) and transition.id not in fired:
            yield Problem("E-CLOCK-006", ("transitions", index), {"transition": transition.id})


def endless_supplements(view: View) -> Iterator[Problem]:
    """A dossier cannot be sent back to the applicant for ever: a cap, or a guard on `supplement_count`."""
    for state in view.atomic:
        if state.suspends is None or not _comes_back(view, state.id):
            continue
        if view.procedure.suspension[state.suspends].max_times is not None:
            continue
        for index, transition in enumerate(view.procedure.transitions):
            if any(_free(view, transition, number, state) for number in range(len(transition.alternatives))):
                facts = {"state": state.id, "transition": transition.id}
                yield Problem("E-FLOW-006", ("transitions", index), facts)


def _comes_back(view: View, start: str) -> bool:
    """Say whether some way out of the state leads into it again."""
    seen: set[str] = set()
    pending = list(view.targets[start])
    while pending:
        target = pending.pop()
        if target in seen:
            continue
        seen.add(target)
        for state in view.entered(target):
            if state.id == start:
                return True
            done = [view.procedure.state[around].done for around in view.lineage[state.id]]
            pending += [*view.targets[state.id], *(id for id in done if id is not None)]
    return False


def _free(view: View, transition: Transition, number: int, state: State) -> bool:
    """Say whether an alternative enters the suspending state without a bound on how often."""
    alternative = transition.alternatives[number]
    if not _returns(view, alternative.to, state):
        return False
    count, texts = f"{state.suspends}_count", (transition.guard, alternative.when)
    return not any(text is not None and _bounds(view, text, count) for text in texts)


def _bounds(view: View, text: str, count: str) -> bool:
    """Say whether a guard cannot hold once the suspension's count has passed some number."""
    try:
        parse_guard(text, view.procedure.fact_specs)
        return _bounded(parse_tree(text), count)
    except InvalidGuard:
        return True  # its own problem is enough


def _bounded(tree: ast.expr, count: str) -> bool:
    if isinstance(tree, ast.BoolOp):
        parts = [_bounded(part, count) for part in tree.values]
        return any(parts) if isinstance(tree.op, ast.And) else all(parts)
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1:
        return False
    left, sign, right = tree.left, tree.ops[0], tree.comparators[0]
    if _is_count(left, count):
        return isinstance(sign, ast.Lt | ast.LtE | ast.Eq | ast.In) and not _is_count(right, count)
    return _is_count(right, count) and isinstance(sign, ast.Gt | ast.GtE | ast.Eq)


def _is_count(tree: ast.expr, count: str) -> bool:
    return isinstance(tree, ast.Name) and tree.id == count


def applicant_only(state: State) -> bool:
    """Say whether the agency's time does not run in a state: the applicant's turn, or a suspension."""
    return state.suspends is not None or state.holder == APPLICANT
