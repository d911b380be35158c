"""Rules on groups of procedures: an order without circles, known addresses, one place that waits for all of it."""

from collections.abc import Iterator, Mapping

from states.guards import FactType, InvalidGuard, parse_guard
from states.problem import Path, Problem
from states.procedure import SYSTEM, Component, Procedure, State, StateKind
from states.soundness.context import Context, View, unknown


def unknown_moves(view: View) -> Iterator[Problem]:
    """What a gathering and a recall fire are transitions."""
    known = view.procedure.transition
    for path, name in _moves(view):
        if name not in known:
            yield unknown("E-REF-007", path, name, known)


def _moves(view: View) -> Iterator[tuple[Path, str]]:
    for state in _gathering(view.procedure):
        yield (*view.state_paths[state.id], "gathers"), str(state.gathers)
    if view.procedure.recall is not None:
        yield ("recall",), view.procedure.recall
    for index, component in enumerate(view.procedure.components):
        if component.returned is not None:
            yield ("components", index, "returned"), component.returned


def _gathering(procedure: Procedure) -> list[State]:
    return [state for state in procedure.states if state.gathers is not None]


def unknown_components(view: View) -> Iterator[Problem]:
    """What a component waits for and takes from are components."""
    known = view.procedure.component
    for state in view.procedure.states:
        for at, id in enumerate(state.awaits):
            if id not in known:
                yield unknown("E-GROUP-011", (*view.state_paths[state.id], "awaits", at), id, known)
    for index, component in enumerate(view.procedure.components):
        named: list[tuple[Path, str]] = [(("after", at), id) for at, id in enumerate(component.after)]
        named += [(("takes", at, "from"), take.component) for at, take in enumerate(component.takes)]
        for path, id in named:
            if id not in known:
                yield unknown("E-GROUP-011", ("components", index, *path), id, known)


def before(procedure: Procedure, component: Component) -> frozenset[str]:
    """Return the components that are decided before one, however many lie between."""
    found: set[str] = set()
    pending = list(component.after)
    while pending:
        name = pending.pop()
        if name not in found and name in procedure.component:
            found.add(name)
            pending += procedure.component[name].after
    return frozenset(found)


def circles(view: View) -> Iterator[Problem]:
    """No component waits for itself: else it would never be opened."""
    for index, component in enumerate(view.procedure.components):
        if component.id in before(view.procedure, component):
            yield Problem("E-GROUP-001", ("components", index, "after"), {"component": component.id})


def early_papers(view: View) -> Iterator[Problem]:
    """A result is taken of a component that is decided before."""
    for index, component in enumerate(view.procedure.components):
        earlier = before(view.procedure, component)
        for at, take in enumerate(component.takes):
            if take.component not in earlier:
                facts = {"component": component.id, "other": take.component}
                yield Problem("E-GROUP-002", ("components", index, "takes", at, "from"), facts)


def early_outcomes(view: View) -> Iterator[Problem]:
    """A condition reads what is known by then: facts that came with the dossier, outcomes of earlier components."""
    for index, component in enumerate(view.procedure.components):
        if component.opens_if is None:
            continue
        known = {f"{name}_outcome" for name in before(view.procedure, component)}
        for name in sorted(_read(view.procedure, component.opens_if) & view.procedure.outcome_facts - known):
            facts = {"component": component.id, "fact": name}
            yield Problem("E-GROUP-003", ("components", index, "if"), facts)


def _read(procedure: Procedure, text: str) -> frozenset[str]:
    try:
        return frozenset(parse_guard(text, procedure.fact_specs).evaluate({}).missing)
    except InvalidGuard:
        return frozenset()  # its own problem is enough


def addresses(view: View) -> Iterator[Problem]:
    """A component goes to a party that takes part, or where a text fact says."""
    parties = {party.id for party in view.procedure.parties}
    texts = {fact.id for fact in view.procedure.facts if fact.type is FactType.TEXT}
    for index, component in enumerate(view.procedure.components):
        if component.party is not None and component.party not in parties:
            yield unknown("E-REF-008", ("components", index, "party"), component.party, parties)
        named: Mapping[str, str | None] = {
            "procedure": component.procedure_fact,
            "party": component.agency_fact,
        }
        for key, fact in named.items():
            if fact is not None and fact not in texts:
                yield Problem("E-GROUP-004", ("components", index, key, "fact"), {"fact": fact})


def gatherings(view: View) -> Iterator[Problem]:
    """Components need a state that opens them and waits for them; such a state needs components."""
    procedure = view.procedure
    waiting = _gathering(procedure)
    if procedure.components and not waiting:
        yield Problem("E-GROUP-005", ("components",), {})
    for state in waiting:
        path = (*view.state_paths[state.id], "gathers")
        if not procedure.components or state.kind is not StateKind.ATOMIC or state.id in procedure.initial:
            yield Problem("E-GROUP-006", path, {"state": state.id})


def recalled_into_waiting(view: View) -> Iterator[Problem]:
    """Who recalls the components waits for their end; none can be recalled where there are none."""
    for index, transition in enumerate(view.procedure.transitions):
        if not transition.recalls:
            continue
        targets = [view.procedure.state[alternative.to] for alternative in transition.alternatives]
        if not view.procedure.components or any(state.gathers is None for state in targets):
            yield Problem("E-GROUP-007", ("transitions", index, "recalls"), {"transition": transition.id})


def told_and_recalled(view: View) -> Iterator[Problem]:
    """Who recalls the components knows their procedures: what a fact names cannot be proved to end."""
    if not any(transition.recalls for transition in view.procedure.transitions):
        return
    for index, component in enumerate(view.procedure.components):
        if component.procedure is None:
            yield Problem("E-GROUP-013", ("components", index, "procedure"), {"component": component.id})


def bare_moves(view: View) -> Iterator[Problem]:
    """What the system fires for a group is possible without anybody, and leads out of the gathering."""
    for path, name in _moves(view):
        move = view.procedure.transition[name]
        bare = move.by == (SYSTEM,) and move.guard is None and not move.inputs and not move.reason
        if not bare:
            yield Problem("E-GROUP-008", path, {"transition": name})
    for state in _gathering(view.procedure):
        if not _leads_out(view, state, str(state.gathers)):
            path = (*view.state_paths[state.id], "gathers")
            yield Problem("E-GROUP-009", path, {"state": state.id, "transition": str(state.gathers)})
    yield from _ways_back(view)


def _leads_out(view: View, state: State, name: str) -> bool:
    move = view.procedure.transition[name]
    leaves = any(source in view.lineage[state.id] for source in move.sources)
    return leaves and all(alternative.to != state.id for alternative in move.alternatives)


def _ways_back(view: View) -> Iterator[Problem]:
    """What a component whose agency is not competent brings about ends nothing, and leaves the gathering."""
    waiting = _gathering(view.procedure)
    for index, component in enumerate(view.procedure.components):
        if component.returned is None:
            continue
        move = view.procedure.transition[component.returned]
        targets = [view.procedure.state[alternative.to] for alternative in move.alternatives]
        waits = all(state.kind is not StateKind.FINAL and state.gathers is None for state in targets)
        if not waits or not any(_leads_out(view, state, move.id) for state in waiting):
            facts = {"component": component.id, "transition": move.id}
            yield Problem("E-GROUP-014", ("components", index, "returned"), facts)


def check_members(group: Procedure, known: Mapping[str, Procedure]) -> Iterator[Problem]:
    """Judge a group against the procedures of its components, as far as they are *known*, by code.

    A component's procedure declares the papers it takes, asks at the start for no fact that the group lacks, and can
    end wherever it waits undecided, if the group can be withdrawn.
    """
    recalled = any(transition.recalls for transition in group.transitions)
    facts = {fact.id for fact in group.facts}
    for index, component in enumerate(group.components):
        procedure = known.get(component.procedure or "")
        if procedure is None:
            continue
        papers = {document.id for document in procedure.documents}
        for at, take in enumerate(component.takes):
            if take.document not in papers:
                path: Path = ("components", index, "takes", at, "document")
                yield unknown("E-REF-014", path, take.document, papers)
        asked = {name for transition in procedure.transitions for name in transition.inputs}
        for fact in procedure.facts:
            if fact.id not in facts | asked:
                told = {"component": component.id, "fact": fact.id, "procedure": procedure.code}
                yield Problem("E-GROUP-010", ("components", index, "procedure"), told)
        if recalled and (stuck := list(_not_recalled(View(procedure, Context())))):
            told = {"component": component.id, "procedure": procedure.code, "states": ", ".join(stuck)}
            yield Problem("E-GROUP-012", ("components", index, "procedure"), told)


def _not_recalled(view: View) -> Iterator[str]:
    """Yield the states in which a dossier rests undecided and cannot be recalled."""
    undecided = _undecided(view)
    for state in view.atomic:
        moves = {move.id for move in view.leaving[state.id]}
        if state.id in undecided and view.procedure.recall not in moves:
            yield state.id


def _undecided(view: View) -> frozenset[str]:
    """Return the states that are reached before any that has an outcome."""
    states, seen = view.procedure.state, set[str]()
    pending = list(view.procedure.initial)
    while pending:
        for state in view.entered(pending.pop()):
            lineage = view.lineage[state.id]
            if state.id in seen or any(states[around].outcome for around in lineage):
                continue
            seen.add(state.id)
            pending += view.targets[state.id]
            pending += (done for around in lineage if (done := states[around].done) is not None)
    return frozenset(seen)
