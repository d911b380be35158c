"""What a pinned version calls its states, clocks and rungs: words for ids, in both languages."""

from collections.abc import Mapping
from typing import Any

from states.deadline import Clock
from states.dossier import CONSULT, HANDOFF, STAGE, STEP, Dossier
from states.escalation import UNACKNOWLEDGED
from states.procedure import Label, Procedure
from states.world import World

Plain = dict[str, Any]


def words_of(label: Label) -> Plain:
    """Return a label in both languages."""
    return {"vi": label.vi, "en": label.en}


def rung_line(world: World, clock: Clock | None, rung: str) -> Plain | str:
    """Return where a rung stands on the ladder of a clock: `side` and `offset`; its id where the ladder has none."""
    ladder = None if clock is None or clock.ladder is None else world.procedure.ladder.get(clock.ladder)
    rungs = () if ladder is None else ladder.rungs
    found = next((one for one in rungs if one.id == rung), None)
    if found is None:
        return rung
    return {"side": found.side.value, "offset": None if found.offset is None else str(found.offset)}


def named(world: World, dossier: Dossier, facts: Mapping[str, Any]) -> Plain:
    """Return the words for the ids that the facts of a message name: `clock_name`, `rung_at`, `states_named`.

    `rung_at` has `side`, `offset` (a term, None at the due instant) and `silent`: nobody confirmed the one before.
    """
    found: Plain = {}
    clock, rung = facts.get("clock"), facts.get("rung")
    if clock is not None:
        found["clock_name"] = clock_name(world.procedure, clock)
    if rung is not None and clock is not None:
        place = rung_line(world, dossier.clocks.get(clock), rung.removesuffix(UNACKNOWLEDGED))
        if not isinstance(place, str):
            found["rung_at"] = {**place, "silent": rung.endswith(UNACKNOWLEDGED)}
    if "states" in facts:
        found["states_named"] = [state_name(world.procedure, state) for state in facts["states"]]
    return found


def state_name(procedure: Procedure, state: str) -> Plain:
    """Return what a procedure calls a state, by its id; the id itself where this version has no such state."""
    found = procedure.state.get(state)
    return {"vi": state, "en": state} if found is None else words_of(found.label)


def clock_name(procedure: Procedure, clock: str) -> Plain:
    """Return what a procedure calls a clock, by its id; the id itself where this version has no such clock."""
    try:
        return words_of(declared_clock(procedure, clock)[0])
    except (KeyError, StopIteration):
        return {"vi": clock, "en": clock}


def declared_clock(procedure: Procedure, clock: str) -> tuple[Label, bool]:
    """Return what the procedure calls a clock, and whether its number was read in the legal text."""
    if clock.startswith(STEP):
        state = procedure.state[clock.removeprefix(STEP)]
        return state.label, state.clock is not None and state.clock.verified
    if clock.startswith(STAGE):
        stage = procedure.stage[clock.removeprefix(STAGE)]
        return stage.label, stage.verified
    if clock.startswith(CONSULT):
        _, question = procedure.question[clock.removeprefix(CONSULT)]
        return question.label, question.verified
    if clock.startswith(HANDOFF):
        state = procedure.state[clock.removeprefix(HANDOFF)]
        return state.label, state.handoff is not None and state.handoff.verified
    declared = next(item for item in procedure.clocks if item.id == clock)
    return declared.label, declared.verified
