"""Which agencies a dossier concerns, and how much of it each needs to see."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from states.dossier import CONSULT, HANDOFF, Dossier, Passage
from states.procedure import APPLICANT, SYSTEM, Procedure

_NOBODY = frozenset({APPLICANT, SYSTEM, ""})


class Extent(StrEnum):
    """How much of a dossier an agency needs: all of it, the packet that is offered to it, or a question to it."""

    WHOLE = "whole"
    OFFERED = "offered"
    ASKED = "asked"


def concerned(procedure: Procedure, dossier: Dossier) -> frozenset[str]:
    """Return the codes of the agencies whose officers have reason to look at a dossier.

    A party that is bound but was never asked, and is not next, is none of them.
    """
    return frozenset((dossier.agency, *_at_work(dossier), *_by_role(procedure, dossier))) - _NOBODY


def extents(procedure: Procedure, dossier: Dossier) -> Mapping[str, Extent]:
    """Return by the code of each agency that a dossier concerns how much of it that agency needs to see.

    Whole it is for whoever leads it, has or had custody, sent it on, acted on it, or may act now. Whoever is only
    offered it has no custody yet; whoever is only asked never gets any.
    """
    asked = {one.agency for held in dossier.consultations.values() for one in held.asked}
    asked |= {one.agency for one in dossier.awaited if one.clock.startswith(CONSULT)}
    whole = frozenset((dossier.agency, *_in_charge(dossier), *_acting(procedure, dossier)))
    return {
        agency: Extent.WHOLE
        if agency in whole
        else Extent.ASKED
        if agency in asked and agency not in _receivers(dossier)
        else Extent.OFFERED
        for agency in concerned(procedure, dossier)
    }


def questions_to(dossier: Dossier, agency: str) -> tuple[str, ...]:
    """Return the questions that an agency was asked, or has to see to, as `<consultation>/<question>`."""
    put = [
        f"{name}/{one.question}"
        for name, held in dossier.consultations.items()
        for one in held.asked
        if one.agency == agency
    ]
    late = [
        one.clock.removeprefix(CONSULT)
        for one in dossier.awaited
        if one.clock.startswith(CONSULT) and one.agency == agency
    ]
    return tuple(dict.fromkeys((*put, *late)))


def shared_papers(procedure: Procedure, dossier: Dossier, agencies: Collection[str]) -> frozenset[str]:
    """Return the papers that go to agencies which do not see the whole dossier.

    They are those of the questions that these were asked, and those that go along with what is offered to them now.
    """
    asked = (name for agency in agencies for name in questions_to(dossier, agency))
    found = {paper for name in asked for paper in procedure.question[name][1].documents}
    for passage in dossier.handoffs.values():
        if passage.open and passage.receiver in agencies:
            found.update(papers_along(procedure, dossier, passage))
    return frozenset(found)


def papers_along(procedure: Procedure, dossier: Dossier, passage: Passage) -> tuple[str, ...]:
    """Return the papers that go along with a handoff: those which the procedure names, else all that were handed in."""
    handoff = procedure.state[passage.state].handoff
    return dossier.documents if handoff is None or not handoff.documents else handoff.documents


def _at_work(dossier: Dossier) -> Iterator[str]:
    yield from (task.agency for task in dossier.tasks)
    yield from (clock.holder for clock in dossier.clocks.values())
    yield from (one.agency for one in dossier.awaited)
    for held in dossier.consultations.values():
        yield from (one.agency for one in held.asked)
    for passage in dossier.handoffs.values():
        yield from (passage.sender, passage.receiver)
    yield from _places(dossier)


def _places(dossier: Dossier) -> Iterator[str]:
    if dossier.places is not None:
        yield from (dossier.places.helped, dossier.places.received, dossier.places.returns)


def _by_role(procedure: Procedure, dossier: Dossier) -> Iterator[str]:
    """Parties of roles that acted, hold an active state, or may fire what is possible in it."""
    for name in (*dossier.acted, *procedure.acting.get(dossier.configuration, ())):
        role = procedure.role.get(name)
        if role is not None:
            yield dossier.parties[role.party]


def _in_charge(dossier: Dossier) -> Iterator[str]:
    """Agencies with a task, a clock or an escalation that is not of a question or an offer, and who had custody."""
    passing = (CONSULT, HANDOFF)
    yield from (task.agency for task in dossier.tasks if not task.clock.startswith(CONSULT))
    yield from (clock.holder for name, clock in dossier.clocks.items() if not name.startswith(passing))
    yield from (one.agency for one in dossier.awaited if not one.clock.startswith(passing))
    for passage in dossier.handoffs.values():
        yield passage.sender
        if passage.status == "accepted":
            yield passage.receiver
    yield from _places(dossier)


def _acting(procedure: Procedure, dossier: Dossier) -> Iterator[str]:
    """Parties of roles that moved it, or may move it now; who must first accept it, or only answers, may not."""
    waiting = {passage.receiver for passage in dossier.handoffs.values() if passage.open}
    possible = procedure.acting.get(dossier.configuration, frozenset())
    for name in (*dossier.officers, *possible):
        role = procedure.role.get(name)
        if role is not None and (name in dossier.officers or dossier.parties[role.party] not in waiting):
            yield dossier.parties[role.party]


def _receivers(dossier: Dossier) -> set[str]:
    return {passage.receiver for passage in dossier.handoffs.values() if passage.open}
