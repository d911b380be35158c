"""Rules on names: whatever a procedure names must exist, in the file or around it."""

from collections.abc import Iterable, Iterator

from states.problem import Path, Problem
from states.procedure import APPLICANT, SIDES, SYSTEM
from states.soundness.consultations import questions
from states.soundness.context import View, unknown

# Kept by the platform: nobody types them in.


def unknown_states(view: View) -> Iterator[Problem]:
    """Sources, targets, `done` and `stops` are states."""
    known = view.procedure.state
    for path, id in _named_states(view):
        if id not in known:
            yield unknown("E-REF-001", path, id, known)


def _named_states(view: View) -> Iterator[tuple[Path, str]]:
    for index, transition in enumerate(view.procedure.transitions):
        here: Path = ("transitions", index)
        yield from (((*here, "from", at), id) for at, id in enumerate(transition.sources))
        for number, alternative in enumerate(transition.alternatives):
            yield (*here, *target_path(view, index, number)), alternative.to
    for state in view.procedure.states:
        if state.done is not None:
            yield (*view.state_paths[state.id], "done"), state.done
    for clock in view.procedure.clocks:
        yield from ((("clocks", clock.id, "stops", at), id) for at, id in enumerate(clock.stops))


def target_path(view: View, index: int, number: int) -> Path:
    """Return where in a transition its *number*-th target is written: `to`, or in `choose`."""
    alternatives = view.procedure.transitions[index].alternatives
    only = len(alternatives) == 1 and alternatives[0].when is None
    return ("to",) if only else ("choose", number)


def unknown_roles(view: View) -> Iterator[Problem]:
    """Holders, actors, signers and separated roles are roles of the file, or one of the two fixed actors."""
    roles = set(view.procedure.role)
    actors = roles | {APPLICANT, SYSTEM}
    yield from _missing("E-REF-002", _actors(view), actors)
    yield from _missing("E-REF-002", _officers(view), roles)


def _actors(view: View) -> Iterator[tuple[Path, str]]:
    for state in view.procedure.states:
        if state.holder is not None:
            yield (*view.state_paths[state.id], "holder"), state.holder
    for index, transition in enumerate(view.procedure.transitions):
        yield from ((("transitions", index, "by", at), id) for at, id in enumerate(transition.by))


def _officers(view: View) -> Iterator[tuple[Path, str]]:
    for index, extension in enumerate(view.procedure.extensions):
        yield ("extensions", index, "role"), extension.role
    for index, roles in enumerate(view.procedure.separation):
        yield from ((("separation_of_duties", index, at), id) for at, id in enumerate(roles))


def unknown_facts(view: View) -> Iterator[Problem]:
    """What a transition asks for is a declared fact, or one that an officer may set."""
    provided = {"channel", *view.procedure.counts, *view.procedure.outcome_facts}
    settable = {*view.procedure.fact_specs} - provided
    for index, transition in enumerate(view.procedure.transitions):
        for at, id in enumerate(transition.inputs):
            path = ("transitions", index, "inputs", at)
            if id in provided:
                yield Problem("E-FACT-001", path, {"fact": id})
            elif id not in settable:
                yield unknown("E-REF-003", path, id, settable)


def unused_facts(view: View) -> Iterator[Problem]:
    """A declared fact is read by some guard, asked for by some transition, or goes to a component."""
    if view.procedure.components:
        return
    used = {name for transition in view.procedure.transitions for name in transition.inputs}
    texts = " ".join(guard for _, guard in guard_texts(view))
    words = set("".join(char if char.isalnum() or char == "_" else " " for char in texts).split())
    for index, fact in enumerate(view.procedure.facts):
        if fact.id not in used | words:
            yield Problem("W-FACT-002", ("facts", index), {"fact": fact.id})


def fact_values(view: View) -> Iterator[Problem]:
    """Only a text fact lists its values, each once."""
    for index, fact in enumerate(view.procedure.facts):
        if fact.values and (fact.type.value != "text" or len(set(fact.values)) < len(fact.values)):
            yield Problem("E-FACT-003", ("facts", index, "values"), {"fact": fact.id})


def guard_texts(view: View) -> Iterator[tuple[Path, str]]:
    """Yield every guard of the file with its path."""
    for path, text in _conditions(view):
        if text is not None:
            yield path, text


def _conditions(view: View) -> Iterator[tuple[Path, str | None]]:
    for index, transition in enumerate(view.procedure.transitions):
        yield ("transitions", index, "when"), transition.guard
        for number, alternative in enumerate(transition.alternatives):
            yield ("transitions", index, "choose", number, "when"), alternative.when
    for index, document in enumerate(view.procedure.documents):
        yield ("documents", index, "required_if"), document.required_if
    for index, component in enumerate(view.procedure.components):
        yield ("components", index, "if"), component.opens_if
    yield from (((*path, "ask_if"), question.ask_if) for path, question in questions(view))


def unknown_ladders(view: View) -> Iterator[Problem]:
    """Clocks name ladders that exist, with their version."""
    known = set(view.procedure.ladder)
    yield from _missing("E-REF-004", _named_ladders(view), known)


def _named_ladders(view: View) -> Iterator[tuple[Path, str]]:
    named: list[tuple[Path, str | None]] = [
        (("clocks", clock.id, "ladder"), clock.ladder) for clock in view.procedure.clocks
    ]
    for state in view.procedure.states:
        if state.clock is not None:
            named.append(((*view.state_paths[state.id], "clock", "ladder"), state.clock.ladder))
        if state.handoff is not None:
            named.append(((*view.state_paths[state.id], "handoff", "ladder"), state.handoff.ladder))
    named += [((*path, "ladder"), question.ladder) for path, question in questions(view)]
    named += [
        (("stages", index, "ladder"), stage.ladder) for index, stage in enumerate(view.procedure.stages)
    ]
    yield from ((path, ladder) for path, ladder in named if ladder is not None)


def unknown_suspensions(view: View) -> Iterator[Problem]:
    """A state suspends for a declared cause."""
    known = set(view.procedure.suspension)
    for state in view.procedure.states:
        if state.suspends is not None and state.suspends not in known:
            yield unknown("E-REF-006", (*view.state_paths[state.id], "suspends"), state.suspends, known)


def unknown_transitions(view: View) -> Iterator[Problem]:
    """Clocks start with, and run out into, transitions that exist."""
    known = set(view.procedure.transition)
    named: list[tuple[Path, str]] = [
        (("clocks", clock.id, "starts"), clock.starts) for clock in view.procedure.clocks
    ]
    for state in view.procedure.states:
        if state.clock and state.clock.on_due is not None:
            named.append(((*view.state_paths[state.id], "clock", "on_due"), state.clock.on_due))
        if state.handoff and state.handoff.returns is not None:
            named.append(((*view.state_paths[state.id], "handoff", "returns"), state.handoff.returns))
    yield from _missing("E-REF-007", named, known)


def unknown_parties(view: View) -> Iterator[Problem]:
    """Roles belong to parties, and ladders reach parties, that take part in the procedure."""
    known = {party.id for party in view.procedure.parties}
    roles: Iterable[tuple[Path, str]] = (
        (("roles", index, "party"), role.party) for index, role in enumerate(view.procedure.roles)
    )
    yield from _missing("E-REF-008", roles, known)
    reachable = known | {"", "holder", "parent", "province"}
    for path, id in _ladder_uses(view):
        near = reachable.union(SIDES) if "handoff" in path else reachable
        for rung in view.procedure.ladder[id].rungs:
            for recipient in (*rung.to, *rung.unacknowledged):
                if recipient.at not in near:
                    yield unknown("E-REF-008", path, recipient.at, known)


def _ladder_uses(view: View) -> Iterator[tuple[Path, str]]:
    return ((path, id) for path, id in _named_ladders(view) if id in view.procedure.ladder)


def unknown_clocks(view: View) -> Iterator[Problem]:
    """An extension moves clocks that the procedure has."""
    known = {clock.id for clock in view.procedure.clocks}
    named = (
        (("extensions", index, "clocks", at), id)
        for index, extension in enumerate(view.procedure.extensions)
        for at, id in enumerate(extension.clocks)
    )
    yield from _missing("E-REF-013", named, known)


def unknown_surroundings(view: View) -> Iterator[Problem]:
    """Positions, kinds of agency, the calendar and the templates exist, as far as they are known."""
    context, procedure = view.context, view.procedure
    if context.positions is not None:
        positions = ((("roles", at, "position"), role.position) for at, role in enumerate(procedure.roles))
        yield from _missing("E-REF-009", positions, context.positions)
    if context.calendars is not None:
        yield from _missing("E-REF-010", [(("calendar", "use"), procedure.calendar)], context.calendars)
    if context.party_kinds is not None:
        kinds = ((("parties", at, "kind"), party.kind) for at, party in enumerate(procedure.parties))
        yield from _missing("E-REF-011", kinds, context.party_kinds)
    if context.templates is not None:
        emits = (
            (("transitions", index, "emits", at), id)
            for index, transition in enumerate(procedure.transitions)
            for at, id in enumerate(transition.emits)
        )
        yield from _missing("E-REF-012", emits, context.templates)


def idle_positions(view: View) -> Iterator[Problem]:
    """A role is held by people."""
    for index, role in enumerate(view.procedure.roles):
        if view.context.positions and view.context.positions.get(role.position) is False:
            yield Problem(
                "E-ROLE-002", ("roles", index, "position"), {"role": role.id, "position": role.position}
            )


def separated_roles(view: View) -> Iterator[Problem]:
    """A separation of duties keeps at least two different roles apart."""
    for index, roles in enumerate(view.procedure.separation):
        if len(set(roles)) < 2 or len(set(roles)) < len(roles):
            yield Problem("E-ROLE-001", ("separation_of_duties", index), {"roles": ", ".join(roles) or "-"})


def unused_roles(view: View) -> Iterator[Problem]:
    """Every role does something."""
    used = {state.holder for state in view.procedure.states}
    used |= {role for transition in view.procedure.transitions for role in transition.by}
    used |= {extension.role for extension in view.procedure.extensions}
    used |= {question.role for _, question in questions(view)}
    for index, role in enumerate(view.procedure.roles):
        if role.id not in used:
            yield Problem("W-ROLE-003", ("roles", index), {"role": role.id})


def document_needs(view: View) -> Iterator[Problem]:
    """A paper is required always, never, or under a condition; not two of these at once."""
    for index, document in enumerate(view.procedure.documents):
        if document.required and document.required_if is not None:
            yield Problem("E-DOC-001", ("documents", index, "required_if"), {"document": document.id})


def _missing(rule: str, named: Iterable[tuple[Path, str]], known: Iterable[str]) -> Iterator[Problem]:
    names = set(known)
    return (unknown(rule, path, id, names) for path, id in named if id not in names)
