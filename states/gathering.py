"""A group gathers its components: which are to be opened now, which need not be, and whether all are decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from states.dossier import Dossier, fold
from states.errors import DomainError, Kind
from states.events import ChildOwed, ChildRecalled, ChildSkipped, Event
from states.guards import Verdict
from states.kin import MISDIRECTED, Child
from states.opening import invalid
from states.procedure import Component, Procedure, State, StateKind
from states.world import World

GRANTED = "granted"


class NotRouted(DomainError):
    """Dossier {code} was not routed by a dispatcher, so "{transition}" would give it back to nobody.

    Refuse the intake with its reason, or hand it over to the competent agency.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code} không do điều phối chuyển đến nên không thể «{transition}»: không có nơi nhận lại. "
        "Hãy từ chối tiếp nhận kèm lý do, hoặc bàn giao cho cơ quan có thẩm quyền."
    )


def given_back_to_somebody(dossier: Dossier, transition: str, outcome: str | None) -> None:
    """Check that what ends as misdirected goes back to whoever routed it. Raises: NotRouted."""
    if outcome == MISDIRECTED and not dossier.goes_again:
        raise NotRouted(code=dossier.code, transition=transition)


def gathering(procedure: Procedure, dossier: Dossier) -> State | None:
    """Return the active state that gathers components; None where none does."""
    return next((state for leaf in dossier.states if (state := procedure.state[leaf]).gathers), None)


def complete(procedure: Procedure, dossier: Dossier, state: State) -> bool:
    """Tell whether the group can leave *state*: what it awaits was decided or not opened at all.

    Where the group itself ends by that, those that were opened have ended too.
    """
    then, awaited = str(state.gathers), state.awaits or tuple(procedure.component)
    targets = [procedure.state[alternative.to] for alternative in procedure.transition[then].alternatives]
    ending = any(state.kind is StateKind.FINAL and state.parent is None for state in targets)
    children = [dossier.children.get(name) for name in awaited]
    return all(child is not None and child.settled and not (ending and child.open) for child in children)


def open_children(dossier: Dossier) -> tuple[str, ...]:
    """Return the components whose dossiers have not ended, as people know them."""
    return tuple(_told(name, child) for name, child in sorted(dossier.children.items()) if child.open)


def _told(name: str, child: Child) -> str:
    return name if child.dossier is None else f"{name} ({child.dossier})"


def owing(world: World, dossier: Dossier, now: datetime) -> tuple[Event, ...]:
    """Return which components are to be opened or passed over now, in the file's order.

    Raises:
        InvalidFacts: A condition or an address cannot be judged for want of a fact.
        AgencyNotFound: A fact names no agency.
    """
    events: list[Event] = []
    pending = True
    while pending:
        fresh = [
            _decided(world, dossier, component, now)
            for component in world.procedure.components
            if _unopened(dossier, component) and _ready(dossier, component)
        ]
        events += fresh
        dossier = fold(dossier, fresh, by_person=False)
        pending = bool(fresh)
    return tuple(events)


def _unopened(dossier: Dossier, component: Component) -> bool:
    """Tell whether nobody has it: it was not its turn yet, or its agency gave it back as not its own."""
    child = dossier.children.get(component.id)
    return child is None or child.returned


def _ready(dossier: Dossier, component: Component) -> bool:
    children = dossier.children
    return all(name in children and children[name].settled for name in component.after)


def _decided(world: World, dossier: Dossier, component: Component, now: datetime) -> Event:
    if not _wanted(world.procedure, dossier, component):
        return ChildSkipped(component.id, now)
    before = dossier.children.get(component.id)
    takes = {take.document: dossier.children[take.component].dossier for take in component.takes}
    return ChildOwed(
        component=component.id,
        procedure=component.procedure or _fact(world.procedure, dossier, component.procedure_fact),
        agency=_agency(world, dossier, component),
        facts={fact.id: dossier.facts[fact.id] for fact in world.procedure.facts if fact.id in dossier.facts},
        documents=dossier.documents,
        results={document: code for document, code in takes.items() if code is not None},
        at=now,
        attempt=1 if before is None else before.attempt + 1,
    )


def _wanted(procedure: Procedure, dossier: Dossier, component: Component) -> bool:
    """A paper that a component takes must have been granted; then its own condition counts."""
    if any(dossier.children[take.component].outcome != GRANTED for take in component.takes):
        return False
    if component.opens_if is None:
        return True
    verdict: Verdict = procedure.guards[component.opens_if].evaluate(dossier.facts)
    if verdict.missing or verdict.unfit:
        raise invalid(procedure, f"component {component.id}: {verdict.reason_en}", "", f"{verdict.reason_vi}")
    return verdict.ok


def _agency(world: World, dossier: Dossier, component: Component) -> str:
    if component.party is not None:
        return dossier.parties[component.party]
    return world.directory.get(_fact(world.procedure, dossier, component.agency_fact)).code


def _fact(procedure: Procedure, dossier: Dossier, name: str | None) -> str:
    found = dossier.facts.get(name or "")
    if not isinstance(found, str) or not found:
        raise invalid(procedure, f"fact {name}", "is missing", "còn thiếu")
    return found


def recalling(procedure: Procedure, dossier: Dossier, now: datetime) -> tuple[Event, ...]:
    """Ask the open components to end, and give up those that were not opened."""
    children: Mapping[str, Child] = dossier.children
    return tuple(_recalled(procedure.components, children, now))


def _recalled(
    components: Iterable[Component], children: Mapping[str, Child], now: datetime
) -> Iterable[Event]:
    for component in components:
        child = children.get(component.id)
        if child is None:
            yield ChildSkipped(component.id, now)
        elif child.open and not child.recalled:
            yield ChildRecalled(component.id, now)
