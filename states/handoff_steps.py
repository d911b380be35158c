"""The steps of a scenario that answer a handoff, so that designers try them out like any transition."""

from collections.abc import Callable, Mapping
from typing import Any

from states.commands import (
    AcceptHandoff,
    AcknowledgeHandoff,
    Actor,
    Command,
    DeliverHandoff,
    DispatchHandoff,
    ReturnHandoff,
)
from states.dossier import Dossier
from states.procedure import APPLICANT, Procedure

Raw = Mapping[str, Any]
CARRIER, RECEIPT = "post", "R-1"
"""What a scenario's papers travel by."""

_STEPS: Mapping[str, Callable[[str, Actor, int, Raw], Command]] = {
    "accept_handoff": lambda state, actor, seen, step: AcceptHandoff(state, actor, seen),
    "acknowledge_handoff": lambda state, actor, seen, step: AcknowledgeHandoff(state, actor, seen),
    "deliver_handoff": lambda state, actor, seen, step: DeliverHandoff(state, actor, seen),
    "dispatch_handoff": lambda state, actor, seen, step: DispatchHandoff(
        state, CARRIER, RECEIPT, actor, seen
    ),
    "return_handoff": lambda state, actor, seen, step: ReturnHandoff(
        state,
        actor,
        seen,
        facts=step.get("facts") or {},
        documents=tuple(step.get("documents") or ()),
        reasoned=step.get("reason") is not None,
    ),
}


def handoff_command(procedure: Procedure, dossier: Dossier, actor: Actor, step: Raw) -> Command | None:
    """Return what a step of a scenario asks of a handoff; None where it asks something else.

    The handoff meant is the one that waits; where several do, the one of the actor; where none does, the last one.
    """
    make = _STEPS.get(step["do"])
    if make is None or step["do"] in procedure.transition:
        return None
    return make(_meant(dossier, actor), actor, dossier.version, step)


def _meant(dossier: Dossier, actor: Actor) -> str:
    party = actor.agency or APPLICANT
    found = sorted(
        dossier.handoffs.values(),
        key=lambda passage: (passage.open, party in (passage.receiver, passage.sender), passage.offered_at),
    )
    return found[-1].state if found else "-"
