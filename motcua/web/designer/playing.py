"""Scenarios of a procedure, played in memory."""

from typing import TYPE_CHECKING, Any

from motcua.services.procedures import Rehearsal, rehearse, sketch_world
from states.errors import DomainError

if TYPE_CHECKING:
    from motcua.bootstrap import ConfigFolder, ProcedureSource
    from states.procedure import Procedure


def played(config: "ConfigFolder", source: "ProcedureSource", lang: str) -> dict[str, Any]:
    """Play the scenarios that stand beside the procedure of this code in the config folder.

    Returns:
        `rehearsal`, None where there is no scenario; `fault`, in words without folders, where none can be played.
    """
    try:
        scenarios = config.scenarios(source)
        if not scenarios:
            return {"rehearsal": None, "fault": None}
        world = sketch_world(source.procedure, config.calendars, config.directory)
        return {"rehearsal": _told(rehearse(world, scenarios), source.procedure), "fault": None}
    except DomainError as error:
        said = error.message(lang).replace(f"{source.file.parent.as_posix()}/", "")
        return {"rehearsal": None, "fault": said}


def _told(rehearsal: Rehearsal, procedure: "Procedure") -> dict[str, Any]:
    return {
        "ok": rehearsal.ok,
        "used": rehearsal.used,
        "possible": rehearsal.possible,
        "unused": [_move(procedure, name) for name in rehearsal.unused],
        "traces": [
            {
                "scenario": trace.scenario,
                "ok": trace.ok,
                "steps": len(trace.rows),
                "ends": [_state(procedure, id) for id in trace.rows[-1].dossier.states] if trace.rows else [],
                "failures": trace.failures,
            }
            for trace in rehearsal.traces
        ],
    }


def _state(procedure: "Procedure", id: str) -> dict[str, Any]:
    label = procedure.state[id].label
    return {"id": id, "vi": label.vi, "en": label.en}


def _move(procedure: "Procedure", name: str) -> dict[str, Any]:
    """Return a transition with its label; *name* may go on with the number of an alternative."""
    found = procedure.transition.get(name.partition("#")[0])
    return (
        {"id": name, "vi": name, "en": name}
        if found is None
        else {"id": name, "vi": found.label.vi, "en": found.label.en}
    )
