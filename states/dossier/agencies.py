"""Every place of a dossier that names an agency, in one list: what asks for agencies or replaces them uses it.

A part that names agencies adds one function here. Documents, facts, stopped clocks, where a dossier came in and the
code itself are history and stay as they are; components are dossiers of their own and follow by themselves.
"""

from collections.abc import Callable, Mapping
from typing import Any

from states.dossier.revision import revise
from states.dossier.snapshot import Dossier
from states.procedure import APPLICANT

Swap = Callable[[str], str]
Part = Callable[[Dossier, Swap], Mapping[str, Any]]


def _parties(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    bound = {party: swap(agency) for party, agency in dossier.parties.items()}
    return {"agency": swap(dossier.agency), "parties": bound}


def _tasks(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    return {"tasks": tuple(revise(task, agency=swap(task.agency)) for task in dossier.tasks)}


def _awaited(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    return {"awaited": tuple(revise(one, agency=swap(one.agency)) for one in dossier.awaited)}


def _clocks(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    kept = {
        name: clock
        if clock.stopped or clock.holder == APPLICANT
        else revise(clock, holder=swap(clock.holder))
        for name, clock in dossier.clocks.items()
    }
    return {"clocks": kept}


def _places(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    """The result is returned by whoever took over."""
    places = dossier.places
    return {} if places is None else {"places": revise(places, returns=swap(places.returns))}


def _consultations(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    """Whoever took over answers what is still open; what was answered stays as it was."""
    return {
        "consultations": {
            name: revise(
                held,
                asked=tuple(revise(one, agency=swap(one.agency)) if one.open else one for one in held.asked),
            )
            for name, held in dossier.consultations.items()
        }
    }


def _handoffs(dossier: Dossier, swap: Swap) -> Mapping[str, Any]:
    """Whoever took over sends or answers what is still under way; what was answered stays as it was."""
    return {
        "handoffs": {
            state: revise(passage, sender=_held(passage.sender, swap), receiver=_held(passage.receiver, swap))
            if passage.open
            else passage
            for state, passage in dossier.handoffs.items()
        }
    }


def _held(code: str, swap: Swap) -> str:
    return code if code == APPLICANT else swap(code)


PARTS: tuple[Part, ...] = (_parties, _tasks, _awaited, _clocks, _places, _consultations, _handoffs)


def with_agencies(dossier: Dossier, swap: Swap) -> Dossier:
    """Return the dossier with every agency in it replaced by what *swap* gives for its code."""
    changes: dict[str, Any] = {}
    for part in PARTS:
        changes |= part(dossier, swap)
    return revise(dossier, **changes)


def agencies_of(dossier: Dossier) -> frozenset[str]:
    """Return the codes of all agencies that a dossier names."""
    seen: set[str] = set()

    def note(code: str) -> str:
        seen.add(code)
        return code

    with_agencies(dossier, note)
    return frozenset(seen - {""})
