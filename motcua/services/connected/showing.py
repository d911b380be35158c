"""What a client system is shown of procedures and dossiers: plain values, instants local, no personal data.

What a dossier looks like follows from its records alone: the same records give the same answer at any time, so that
an answer can be given again under its key, and named by an ETag. What passes with time is told with its clocks.
"""

from collections.abc import Iterable
from typing import Any

from motcua.services.access import may_see, narrowed
from motcua.services.catalogue import catalogue, in_force
from motcua.services.clients import Caller
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.ports import DossierQuery, ProcedureNotFound, Stored
from motcua.services.presenting import describe, summary
from motcua.services.presenting_clocks import words_of
from motcua.services.timeline import timeline
from states.dossier import Dossier
from states.procedure import Procedure

Plain = dict[str, Any]
_SAME = (
    "code", "version", "procedure", "agency", "channel", "public_status", "opened_at", "accepted_at", "completed_at",
    "due", "provisional", "outcome", "ended", "custody", "handoffs", "tasks", "facts", "documents", "parent", "allowed",
)  # fmt: skip


def known_procedures(house: Installation) -> list[Plain]:
    """Return the procedures that have a version in force, by code."""
    found = [row for row in catalogue(house) if row["in_force"] is not None]
    return [{name: row[name] for name in ("code", "name", "field", "in_force")} for row in found]


def one_procedure(house: Installation, code: str) -> Plain:
    """Return the version of a procedure in force today. Raises: ProcedureNotFound."""
    procedure = in_force(house, code)
    if procedure is None:
        raise ProcedureNotFound(procedure=code, day=today(house))
    return {
        "code": procedure.code,
        "name": words_of(procedure.name),
        "field": words_of(procedure.field),
        "version": procedure.version,
        "states": [
            {
                "id": state.id,
                "label": words_of(state.label),
                "public_status": state.public,
                "kind": state.kind.value,
            }
            for state in procedure.states
        ],
        "transitions": [
            {"id": each.id, "label": words_of(each.label), "by": list(each.by), "inputs": list(each.inputs)}
            for each in procedure.transitions
        ],
        "roles": [_role(procedure, role.id) for role in procedure.roles],
        "facts": [
            {
                "id": fact.id,
                "label": words_of(fact.label),
                "type": fact.type.value,
                "values": list(fact.values),
            }
            for fact in procedure.facts
        ],
        "documents": [{"id": paper.id, "label": words_of(paper.label)} for paper in procedure.documents],
        "clocks": [
            {"id": clock.id, "label": words_of(clock.label), "verified": clock.verified}
            for clock in procedure.clocks
        ],
    }


def _role(procedure: Procedure, id: str) -> Plain:
    role = procedure.role[id]
    kind = next((party.kind for party in procedure.parties if party.id == role.party), role.party)
    return {"id": id, "label": words_of(role.label), "position": role.position, "agency_kind": kind}


def one_dossier(house: Installation, stored: Stored) -> Plain:
    """Return a dossier as it stands after the record that *stored* ends with."""
    found = describe(house, stored)
    return {
        **{name: found[name] for name in _SAME},
        "seq": stored.seq,
        "facts": dict(sorted(found["facts"].items())),
        "states": [{"id": id, "label": label} for id, label in found["state_labels"].items()],
        "children": list(_children(stored.dossier)),
    }


def _children(dossier: Dossier) -> Iterable[Plain]:
    for component, child in sorted(dossier.children.items()):
        yield {
            "component": component,
            "procedure": child.procedure,
            "agency": child.agency,
            "status": child.status.value,
            "dossier": child.dossier,
            "outcome": child.outcome,
        }


def dossier_page(
    house: Installation, caller: Caller, *, procedure: str | None, ended: bool | None, after: str, limit: int
) -> tuple[list[Plain], str | None]:
    """Return dossiers of which the caller's agencies see everything, by code, and where to go on if there are more.

    The database itself shows none that do not concern them; those of which they have a share only are left out.
    """
    mine = narrowed(house, caller.visitor)
    found = mine.store.page(DossierQuery(procedure=procedure, ended=ended), after, limit + 1)
    rows = [_row(house, stored) for stored in found[:limit] if may_see(house, caller.visitor, stored)]
    return rows, (found[limit - 1].dossier.code if len(found) > limit else None)


def _row(house: Installation, stored: Stored) -> Plain:
    dossier = stored.dossier
    told = summary(house, stored)
    told.pop("allowed")
    return {
        **told,
        "seq": stored.seq,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
        "ended": dossier.ended,
    }


def actions_of(house: Installation, caller: Caller, stored: Stored) -> list[Plain]:
    """Return what the chart allows now, with `mine`: whether this client system may send it."""
    return [{**action, "mine": _mine(caller, action)} for action in describe(house, stored)["actions"]]


def _mine(caller: Caller, action: Plain) -> bool:
    client = caller.client
    return action["blocked"] is None and any(
        who["agency"] in client.agencies and who["position"] in client.positions for who in action["by"]
    )


def trail(house: Installation, stored: Stored, after: int, limit: int) -> tuple[list[Plain], int | None]:
    """Return the records behind number *after*, the oldest first, and the last number if there are more."""
    newer = (line for line in reversed(timeline(house, stored)) if line["seq"] > after)
    lines = [{name: line[name] for name in line if name != "rungs"} for line in newer]
    return lines[:limit], (lines[limit - 1]["seq"] if len(lines) > limit else None)
