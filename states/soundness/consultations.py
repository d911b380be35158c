"""Rules on consultations: who is asked what, what is enough, what silence means, and where it leads."""

from collections.abc import Iterator

from states.problem import Path, Problem
from states.procedure import SYSTEM, Consultation, Question, Silence, State
from states.soundness.context import View, unknown

Placed = Iterator[tuple[Path, Consultation]]


def placed(view: View) -> Placed:
    """Yield the consultations with where they stand in the file."""
    for index, declared in enumerate(view.procedure.consultations):
        yield ("consultations", index), declared


def questions(view: View) -> Iterator[tuple[Path, Question]]:
    """Yield every question with where it stands in the file."""
    for path, declared in placed(view):
        for at, question in enumerate(declared.questions):
            yield (*path, "ask", at), question


def consulting(view: View) -> Iterator[tuple[State, Consultation]]:
    """Yield the states with the consultation that runs in them."""
    for state in view.procedure.states:
        declared = view.procedure.consultation.get(state.consultation or "")
        if declared is not None:
            yield state, declared


def unknown_names(view: View) -> Iterator[Problem]:
    """A state names a consultation of the file; questions name roles, papers and facts of the file, and no others."""
    procedure = view.procedure
    for state in procedure.states:
        if state.consultation is not None and state.consultation not in procedure.consultation:
            path = (*view.state_paths[state.id], "consultation")
            yield unknown("E-REF-018", path, state.consultation, procedure.consultation)
    papers = {document.id for document in procedure.documents}
    for path, question in questions(view):
        if question.role not in procedure.role:
            yield unknown("E-REF-002", (*path, "role"), question.role, procedure.role)
        for key, rule, named, known in (
            ("documents", "E-REF-014", question.documents, papers),
            ("facts", "E-REF-003", question.facts, set(procedure.fact_specs)),
        ):
            for at, id in enumerate(named):
                if id not in known:
                    yield unknown(rule, (*path, key, at), id, known)


def unknown_steps(view: View) -> Iterator[Problem]:
    """A finished consultation fires a transition of the file."""
    for path, declared in placed(view):
        if declared.then not in view.procedure.transition:
            yield unknown("E-REF-007", (*path, "then"), declared.then, view.procedure.transition)


def quorums(view: View) -> Iterator[Problem]:
    """As many opinions as are asked for can be had, and the number says more than the mandatory set does."""
    for path, declared in placed(view):
        count, quorum = len(declared.questions), declared.quorum
        mandatory = sum(question.mandatory for question in declared.questions)
        facts = {"consultation": declared.id, "quorum": quorum, "count": count, "mandatory": mandatory}
        if quorum is not None and quorum > count:
            yield Problem("E-CONSULT-001", (*path, "quorum"), facts)
        if quorum is not None and quorum < mandatory:
            yield Problem("E-CONSULT-002", (*path, "quorum"), facts)


def silences(view: View) -> Iterator[Problem]:
    """What silence means, where it means something, stands in an instrument of the legal basis."""
    known = {citation.id for citation in view.procedure.citations}
    for path, question in questions(view):
        source = question.silence_source
        if source is None and question.silence is not Silence.NOTHING:
            facts = {"question": question.id, "silence": question.silence.value}
            yield Problem("E-CONSULT-005", (*path, "silence"), facts)
        if source is not None and source not in known:
            yield unknown("E-REF-005", (*path, "silence_source"), source, known)


def own_house(view: View) -> Iterator[Problem]:
    """The lead agency and the party that holds the state are not asked for their own opinion."""
    procedure = view.procedure
    holders = {declared.id: state.holder for state, declared in consulting(view)}
    for path, declared in placed(view):
        holder = procedure.role.get(holders.get(declared.id) or "")
        own = {procedure.parties[0].id, *(() if holder is None else (holder.party,))}
        for at, question in enumerate(declared.questions):
            role = procedure.role.get(question.role)
            if role is not None and role.party in own:
                facts = {"question": question.id, "party": role.party}
                yield Problem("E-CONSULT-006", (*path, "ask", at, "role"), facts)


def homes(view: View) -> Iterator[Problem]:
    """Each consultation has one state, which officers hold."""
    states = [declared.id for _, declared in consulting(view)]
    for path, declared in placed(view):
        count = states.count(declared.id)
        if count != 1:
            yield Problem("E-CONSULT-007", path, {"consultation": declared.id, "count": count})
    for state, _ in consulting(view):
        if state.holder not in view.procedure.role:
            yield Problem("E-CONSULT-008", view.state_paths[state.id], {"state": state.id})


def continuations(view: View) -> Iterator[Problem]:
    """What the system does when enough is known is possible without anybody, leaves the state, and does not return."""
    places = {declared.id: path for path, declared in placed(view)}
    for state, declared in consulting(view):
        move = view.procedure.transition[declared.then]
        facts = {"state": state.id, "transition": move.id}
        leaves = any(source in view.lineage[state.id] for source in move.sources)
        bare = move.guard is None and not move.inputs and not move.reason
        if move.by != (SYSTEM,) or not leaves or not bare:
            yield Problem("E-CONSULT-003", (*places[declared.id], "then"), facts)
        elif state.id in _at_once(view, state):
            yield Problem("E-CONSULT-004", (*places[declared.id], "then"), facts)


def _at_once(view: View, start: State) -> frozenset[str]:
    """Return the consulting states that can follow a state with nobody acting in between."""
    following = {state.id: declared.then for state, declared in consulting(view)}
    seen: set[str] = set()
    pending = [start.id]
    while pending:
        for alternative in view.procedure.transition[following[pending.pop()]].alternatives:
            fresh = [s.id for s in view.entered(alternative.to) if s.id in following and s.id not in seen]
            seen.update(fresh)
            pending += fresh
    return frozenset(seen)
