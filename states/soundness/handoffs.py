"""Rules on handoffs: somebody else accepts, in time, and a return leads back to who sent it."""

from collections.abc import Iterator

from states.problem import Path, Problem
from states.procedure import APPLICANT, Handoff, State, StateKind, Transition, Via
from states.soundness.context import View, unknown


def receivers(view: View) -> Iterator[Problem]:
    """A handoff leads into a resting state that a role holds, or by post to the applicant."""
    for state, handoff, path in _handoffs(view):
        held = state.holder in view.procedure.role or (state.holder == APPLICANT and handoff.via is Via.POST)
        if state.kind is not StateKind.ATOMIC or not held:
            yield Problem("E-HAND-001", path, {"state": state.id})
        if state.consultation is not None:
            yield Problem("E-HAND-005", path, {"state": state.id})
        if handoff.acknowledge is None and handoff.accept is None:
            yield Problem("W-HAND-006", path, {"state": state.id})


def papers(view: View) -> Iterator[Problem]:
    """The papers that go along are papers of the procedure."""
    known = {document.id for document in view.procedure.documents}
    for _, handoff, path in _handoffs(view):
        for index, id in enumerate(handoff.documents):
            if id not in known:
                yield unknown("E-REF-014", (*path, "documents", index), id, known)


def senders(view: View) -> Iterator[Problem]:
    """Who hands over is of another party than who takes over; a return hands nothing over."""
    backs = {handoff.returns for _, handoff, _ in _handoffs(view)}
    for state, handoff, path in _handoffs(view):
        party = _party(view, state)
        for transition in _leading_to(view, state):
            if transition.id in backs or party is None:
                continue
            if any(_party(view, left) == party for left in _left(view, transition)):
                facts = {"state": state.id, "transition": transition.id, "party": party}
                yield Problem("E-HAND-002", path, facts)
        yield from _way_back(view, state, handoff, path)


def _way_back(view: View, state: State, handoff: Handoff, path: Path) -> Iterator[Problem]:
    transition = view.procedure.transition.get(handoff.returns or "")
    if transition is None:
        return
    here, facts = (*path, "returns"), {"state": state.id, "transition": transition.id}
    if transition.sources != (state.id,) or state.holder not in transition.by or transition.guard is not None:
        yield Problem("E-HAND-003", here, facts)
        return
    acting = [move for move in view.leaving[state.id] if state.holder in move.by]
    if acting == [transition]:
        yield Problem("E-HAND-007", here, facts)
    sent = {_party(view, left) for move in _leading_to(view, state) for left in _left(view, move)}
    for alternative in transition.alternatives:
        entered = [s for s in view.entered(alternative.to) if s.kind is StateKind.ATOMIC]
        if any(_party(view, target) not in sent for target in entered):
            yield Problem("E-HAND-004", here, {**facts, "target": alternative.to})


def _handoffs(view: View) -> Iterator[tuple[State, Handoff, Path]]:
    for state in view.procedure.states:
        if state.handoff is not None:
            yield state, state.handoff, (*view.state_paths[state.id], "handoff")


def _party(view: View, state: State) -> str | None:
    """Return the party that holds a state, None for the applicant and the system."""
    role = view.procedure.role.get(state.holder or "")
    return None if role is None else role.party


def _leading_to(view: View, state: State) -> Iterator[Transition]:
    """Yield the transitions that enter a state, at once or by going into what encloses it."""
    for transition in view.procedure.transitions:
        targets = (alternative.to for alternative in transition.alternatives)
        if any(entered.id == state.id for target in targets for entered in view.entered(target)):
            yield transition


def _left(view: View, transition: Transition) -> Iterator[State]:
    """Yield the resting states in which a transition is possible."""
    for source in transition.sources:
        for state in view.inside(source):
            if state.kind is StateKind.ATOMIC:
                yield state
