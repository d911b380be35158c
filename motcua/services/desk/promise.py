"""The date that would be promised if a dossier were accepted now: decided as in earnest, recorded nowhere."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.services.appointments import promised
from motcua.services.choosing import choose_officers
from motcua.services.desk.asking import accepting
from motcua.services.installation import Installation
from motcua.services.intake import Submission
from motcua.services.opening import version_in_force
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import explained
from states.commands import Actor, Command, FireTransition, OpenDossier
from states.dossier import Dossier, fold
from states.errors import DomainError
from states.events import Facts
from states.guards import FactType
from states.machine import decide
from states.opening import bind_parties
from states.procedure import Procedure
from states.world import World

Plain = dict[str, Any]
_CODE = "-"


def foreseen(house: Installation, wanted: Submission, actor: Actor, inputs: Facts) -> Plain:
    """Return what would become of a dossier that is accepted now.

    Args:
        house: The installation.
        wanted: What would be handed in.
        actor: The officer at the counter.
        inputs: What is given with the acceptance.

    Returns:
        `refused`: why it would not be accepted as it stands, or None. `clock`: the clock that the promise rests on,
        day by day, for the dossier made complete; None where it cannot be told. `by`: the agency that accepts.

    Raises:
        DomainError: It cannot be opened as it stands.
    """
    now = house.now()
    world = house.worlds.of(version_in_force(house, wanted.procedure, now).digest)
    opened = _opened(world, wanted, actor, now)
    told: Plain = {"refused": None, "clock": None, "by": opened.agency}
    if accepting(world.procedure, opened.states) is None:
        return told
    accepted: Dossier | None
    try:
        accepted = _accepted(house, world, opened, actor, inputs, now)
    except DomainError as error:
        told["refused"] = error
        accepted = _completed(house, world, wanted, inputs, now)
    clock = None if accepted is None else promised(accepted)
    if accepted is not None and clock is not None:
        lines = explained(house, Stored("", accepted, 1, "", now))
        told["clock"] = next(line for line in lines if line["id"] == clock.id)
    return told


def _opened(world: World, wanted: Submission, actor: Actor, now: datetime) -> Dossier:
    day = world.calendar.local_date(now)
    competent = wanted.agency or ""
    parties = bind_parties(world.procedure, world.directory, competent, wanted.received, day)
    command = OpenDossier(_CODE, wanted.channel, parties, actor, wanted.facts, wanted.documents)
    return _after(world, None, command, now)


def _accepted(
    house: Installation, world: World, opened: Dossier, actor: Actor, inputs: Facts, now: datetime
) -> Dossier:
    transition = accepting(world.procedure, opened.states)
    assert transition is not None
    events = world.procedure.table[opened.configuration]
    entered = {
        s for event, entry in events.items() if event.startswith(f"{transition.id}#") for s in entry.entered
    }
    chosen = choose_officers(house, world, opened.parties, entered, world.calendar.local_date(now))
    command = FireTransition(transition.id, actor, opened.version, inputs, assignees=chosen)
    return _after(world, opened, command, now)


def _completed(
    house: Installation, world: World, wanted: Submission, inputs: Facts, now: datetime
) -> Dossier | None:
    """Accept it with every paper and every yes, by whoever may accept it; None where that is refused too."""
    procedure = world.procedure
    papers = tuple(paper.id for paper in procedure.documents)
    anybody = Actor("officer", None)
    try:
        whole = _opened(world, replace(wanted, documents=papers), anybody, now)
        transition = accepting(procedure, whole.states)
        names = () if transition is None else transition.inputs
        given = {**{name: True for name in names if _is_yes(procedure, name)}, **inputs}
        given |= {"fee_paid": True} if "fee_paid" in names else {}
        by = () if transition is None else transition.by
        return _accepted(house, world, whole, _somebody(world, whole, by, now), given, now)
    except DomainError:
        return None


def _is_yes(procedure: Procedure, name: str) -> bool:
    spec = procedure.fact_specs.get(name)
    return spec is not None and spec.type is FactType.BOOLEAN


def _somebody(world: World, dossier: Dossier, roles: tuple[str, ...], now: datetime) -> Actor:
    """Return an officer who plays one of the roles today."""
    day = world.calendar.local_date(now)
    for role in (world.procedure.role[name] for name in roles if name in world.procedure.role):
        agency = dossier.parties[role.party]
        for officer in world.directory.holders(agency, role.position, day):
            return Actor("officer", officer, position=role.position, agency=agency)
    return Actor("officer", None)


def _after(world: World, dossier: Dossier | None, command: Command, now: datetime) -> Dossier:
    return fold(dossier, decide(world, dossier, command, now), by_person=True)
