"""What a procedure asks of whoever hands a dossier in: facts, papers, fees, and which agency decides."""

from dataclasses import dataclass
from typing import Any

from motcua.services.installation import Installation
from motcua.services.opening import version_in_force
from motcua.services.presenting_clocks import words_of
from states.events import Facts
from states.procedure import Document, Procedure, Resolve, Transition
from states.world import World

Plain = dict[str, Any]
RECEIPT = "receipt"
"""The notice that goes out with an acceptance; the paper of that name answers it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the counter asks.

    Attributes:
        facts: Ids of the facts that must be there from the start.
        accepting: The transition by which the counter accepts; None where the procedure has none.
        agencies: The agencies that may decide, as code and name.
    """

    procedure: Procedure
    facts: tuple[str, ...]
    accepting: Transition | None
    agencies: tuple[tuple[str, str], ...]

    def needed(self, facts: Facts) -> dict[str, bool | None]:
        """Return by paper whether it is required for these facts; None while a fact that decides it is missing."""
        return {paper.id: _needed(self.procedure, paper, facts) for paper in self.procedure.documents}


def asked(house: Installation, code: str) -> Asked:
    """Return what the version in force today asks. Raises: ProcedureNotFound."""
    now = house.now()
    world = house.worlds.of(version_in_force(house, code, now).digest)
    procedure = world.procedure
    later = {name for transition in procedure.transitions for name in transition.inputs}
    return Asked(
        procedure,
        tuple(fact.id for fact in procedure.facts if fact.id not in later),
        accepting(procedure, procedure.initial),
        _agencies(world, code, house),
    )


def accepting(procedure: Procedure, states: tuple[str, ...]) -> Transition | None:
    """Return the first transition out of a configuration that gives the applicant a receipt."""
    events = procedure.table.get("|".join(states), {})
    names = {event.partition("#")[0] for event in events}
    return next((t for t in procedure.transitions if t.id in names and RECEIPT in t.emits), None)


def described(asked: Asked, facts: Facts) -> Plain:
    """Return papers and fees as pages show them, for what is known of the facts."""
    needed = asked.needed(facts)
    procedure = asked.procedure
    return {
        "papers": [
            {
                "id": p.id,
                "name": words_of(p.label),
                "copies": p.copies,
                "needed": needed[p.id],
                "verified": p.verified,
            }
            for p in procedure.documents
        ],
        "fees": [
            {"name": words_of(fee.label), "amount": fee.amount, "verified": fee.verified}
            for fee in procedure.fees
        ],
    }


def _needed(procedure: Procedure, paper: Document, facts: Facts) -> bool | None:
    if paper.required_if is None:
        return paper.required
    verdict = procedure.guards[paper.required_if].evaluate(facts)
    return None if verdict.missing else verdict.ok


def _agencies(world: World, code: str, house: Installation) -> tuple[tuple[str, str], ...]:
    day = world.calendar.local_date(house.now())
    kinds = [party.kind for party in world.procedure.parties if party.resolve is Resolve.COMPETENT]
    seats = world.directory.seats_of(kinds[0], day, code) if kinds else ()
    return tuple((seat, world.directory.name_of(seat, day)) for seat in seats)
