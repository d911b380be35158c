"""Who is responsible for a dossier at an instant: derived from where it stands, never stored beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from states.dossier import CONSULT, HANDOFF, STEP, Dossier, held_by_order
from states.procedure import APPLICANT, SYSTEM, Procedure, StateKind

_NO_TERM = datetime.max.replace(tzinfo=UTC)


class Custody(StrEnum):
    """What kind of party is responsible."""

    AGENCY = "agency"
    APPLICANT = "applicant"
    CONSULTED = "consulted"
    CARRIER = "carrier"
    SYSTEM = "system"
    FORCE_MAJEURE = "force_majeure"


@dataclass(frozen=True, slots=True)
class Custodian:
    """The one party that is responsible.

    Attributes:
        party: Code of the agency, name of the carrier, or the kind itself where there is only one.
    """

    kind: Custody
    party: str


class Consulted(NamedTuple):
    """An open question: when it is due, whom it was put to, and which it is, as `<consultation>/<question>`."""

    due: datetime
    agency: str
    question: str


NOBODY_ELSE = Custodian(Custody.SYSTEM, SYSTEM)
NOBODYS = Custodian(Custody.FORCE_MAJEURE, Custody.FORCE_MAJEURE.value)


def custodian(procedure: Procedure, dossier: Dossier) -> Custodian:
    """Return who is responsible for the dossier as it stands.

    In a parallel block it is who holds the branch that is due last; an ended dossier is nobody's but the system's.
    """
    leaf = charged(dossier, unfinished(procedure, dossier.states))
    return NOBODY_ELSE if leaf is None else holder_of(procedure, dossier, leaf)


def unfinished(procedure: Procedure, leaves: Iterable[str]) -> tuple[str, ...]:
    """Return the leaves in which somebody has still to act: a final one has finished its branch."""
    return tuple(leaf for leaf in leaves if procedure.state[leaf].kind is not StateKind.FINAL)


def charged(dossier: Dossier, leaves: Iterable[str]) -> str | None:
    """Return the leaf that is due last, one without a term before all others; ties go to the first in the chart."""
    return max(leaves, key=lambda leaf: _due(dossier, leaf), default=None)


def _due(dossier: Dossier, leaf: str) -> datetime:
    asked = consulted_in(dossier, leaf)
    if asked is not None:
        return asked.due
    clock = dossier.clocks.get(f"{STEP}{leaf}") or dossier.clocks.get(f"{HANDOFF}{leaf}")
    return _NO_TERM if clock is None or clock.due is None else clock.due


def consulted_in(dossier: Dossier, state: str) -> Consulted | None:
    """Return the open question of a state that is due last.

    A question without a term is waited for longest; of equals the first that was put counts. None while no
    question is open.
    """
    waiting = [
        Consulted(
            _NO_TERM if clock is None or clock.due is None else clock.due,
            asked.agency,
            f"{name}/{asked.question}",
        )
        for name, held in dossier.consultations.items()
        if held.state == state and not held.over
        for asked in held.asked
        if asked.open
        for clock in (dossier.clocks.get(f"{CONSULT}{name}/{asked.question}"),)
    ]
    return max(waiting, key=lambda found: found.due, default=None)


def holder_of(procedure: Procedure, dossier: Dossier, leaf: str) -> Custodian:
    """Return who is responsible for one branch.

    While a mass order holds its clocks nobody is. Of a handoff it is the sender, until the receiver has accepted it;
    of a consultation the body whose answer is waited for longest.
    """
    if held_by_order(dossier):
        return NOBODYS
    waited = dossier.consultations and dossier.offered(leaf) is None
    asked = consulted_in(dossier, leaf) if waited else None
    if asked is not None:
        return Custodian(Custody.CONSULTED, asked.agency)
    return keeper_of(procedure, dossier, leaf)


def keeper_of(procedure: Procedure, dossier: Dossier, leaf: str) -> Custodian:
    """Return who has a branch in hand, whoever else the time is charged to: it hands over, and holds the clocks."""
    passage = dossier.offered(leaf)
    if passage is None:
        return party_of(receiver_of(procedure, dossier, leaf))
    if passage.travelling:
        return Custodian(Custody.CARRIER, passage.carrier or "")
    return party_of(passage.sender)


def receiver_of(procedure: Procedure, dossier: Dossier, state: str) -> str:
    """Return who must act in a state: an agency's code, `applicant` or `system`."""
    holder = procedure.state[state].holder
    role = procedure.role.get(holder or "")
    return dossier.parties[role.party] if role is not None else holder or SYSTEM


def party_of(code: str) -> Custodian:
    """Return the custodian that an agency code, `applicant` or `system` stands for."""
    if code == APPLICANT:
        return Custodian(Custody.APPLICANT, APPLICANT)
    return NOBODY_ELSE if code == SYSTEM else Custodian(Custody.AGENCY, code)
