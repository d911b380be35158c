"""Scenarios of a procedure, played in memory."""

from typing import TYPE_CHECKING, Any

from motcua.services.procedures import Rehearsal, rehearse, sketch_world
from states.errors import DomainError

if TYPE_CHECKING:
    from motcua.bootstrap import ConfigFolder, ProcedureSource


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
        return {"rehearsal": _told(rehearse(world, scenarios)), "fault": None}
    except DomainError as error:
        said = error.message(lang).replace(f"{source.file.parent.as_posix()}/", "")
        return {"rehearsal": None, "fault": said}


def _told(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "ok": rehearsal.ok,
        "used": rehearsal.used,
        "possible": rehearsal.possible,
        "unused": rehearsal.unused,
        "traces": [
            {
                "scenario": trace.scenario,
                "ok": trace.ok,
                "steps": len(trace.rows),
                "ends": trace.rows[-1].dossier.states if trace.rows else (),
                "failures": trace.failures,
            }
            for trace in rehearsal.traces
        ],
    }
