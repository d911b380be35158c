"""Which agencies a dossier concerns: who leads or holds it, is offered it or asked about it, acted or may act."""

from collections.abc import Iterator

from states.dossier import Dossier
from states.procedure import APPLICANT, SYSTEM, Procedure

_NOBODY = frozenset({APPLICANT, SYSTEM, ""})


def concerned(procedure: Procedure, dossier: Dossier) -> frozenset[str]:
    """Return the codes of the agencies whose officers have reason to look at a dossier.

    A party that is bound but was never asked, and is not next, is none of them.
    """
    return frozenset((dossier.agency, *_at_work(dossier), *_by_role(procedure, dossier))) - _NOBODY


def _at_work(dossier: Dossier) -> Iterator[str]:
    yield from (task.agency for task in dossier.tasks)
    yield from (clock.holder for clock in dossier.clocks.values())
    yield from (one.agency for one in dossier.awaited)
    for held in dossier.consultations.values():
        yield from (one.agency for one in held.asked)
    for passage in dossier.handoffs.values():
        yield from (passage.sender, passage.receiver)
    if dossier.places is not None:
        yield from (dossier.places.helped, dossier.places.received, dossier.places.returns)


def _by_role(procedure: Procedure, dossier: Dossier) -> Iterator[str]:
    """Parties of roles that acted, hold an active state, or may fire what is possible in it."""
    for name in (*dossier.acted, *procedure.acting.get(dossier.configuration, ())):
        role = procedure.role.get(name)
        if role is not None:
            yield dossier.parties[role.party]
