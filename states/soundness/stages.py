"""Rules on the stages of agencies: whose they are, that their steps fit, and that they fit the terms together."""

from collections.abc import Iterator
from fractions import Fraction

from states.problem import Problem
from states.procedure import CaseClock, Stage, State
from states.soundness.context import View, unknown
from states.soundness.longest import Pace, longest_way
from states.soundness.paces import hours, in_working_time, minutes


def unknown_stages(view: View) -> Iterator[Problem]:
    """A state belongs to a declared stage."""
    known = set(view.procedure.stage)
    for state in view.procedure.states:
        if state.stage is not None and state.stage not in known:
            yield unknown("E-STAGE-001", (*view.state_paths[state.id], "stage"), state.stage, known)


def holders(view: View) -> Iterator[Problem]:
    """A stage is of a declared party, which holds all of its states; one without a state is idle."""
    parties = {party.id for party in view.procedure.parties}
    for index, stage in enumerate(view.procedure.stages):
        if stage.party not in parties:
            yield unknown("E-STAGE-002", ("stages", index, "party"), stage.party, parties)
        if not any(state.stage == stage.id for state in view.procedure.states):
            yield Problem("E-STAGE-003", ("stages", index), {"stage": stage.id})
    for state in view.procedure.states:
        its = view.procedure.stage.get(state.stage or "")
        if its is not None and not _fits(view, state, its):
            facts = {"state": state.id, "stage": its.id, "party": its.party}
            yield Problem("E-STAGE-004", (*view.state_paths[state.id], "stage"), facts)


def _fits(view: View, state: State, stage: Stage) -> bool:
    role = view.procedure.role.get(state.holder or "")
    return role is not None and role.party == stage.party and state.suspends is None


def steps_within_stages(view: View) -> Iterator[Problem]:
    """The steps of a stage, wherever a way meets them, take no longer than the agency is given for it."""
    own = in_working_time(view.procedure, view.day_minutes)
    for index, stage in enumerate(view.procedure.stages):
        if stage.budget is None:
            continue
        allowed = minutes(stage.budget, view.day_minutes)
        for clock in view.procedure.clocks:
            way = longest_way(view, clock, Fraction(0), _only(view, stage.id, own))
            if way.end > allowed:
                states = [id for id in way.states if view.procedure.state[id].stage == stage.id]
                facts = {
                    "stage": stage.id, "path": " → ".join(states), "sum": hours(way.end),
                    "budget": str(stage.budget), "allowed": hours(allowed),
                }  # fmt: skip
                yield Problem("E-STAGE-005", ("stages", index, "budget"), facts)
                break


def _only(view: View, stage: str, own: Pace[Fraction]) -> Pace[Fraction]:
    """Count the steps of one stage, without what the handoff into it may take."""

    def pace(before: str | None, id: str, at: Fraction) -> Fraction:
        state = view.procedure.state[id]
        if state.stage != stage:
            return at
        return own(before, id, at) - _allowed(view, state)

    return pace


def _allowed(view: View, state: State) -> Fraction:
    terms = () if state.handoff is None else (state.handoff.acknowledge, state.handoff.accept)
    return sum((minutes(term, view.day_minutes) for term in terms if term is not None), Fraction(0))


def stages_within_terms(view: View) -> Iterator[Problem]:
    """What agencies are given one after another, with the handoffs between them, fits each term."""
    if not view.procedure.stages:
        return
    for clock in view.procedure.clocks:
        if clock.term is not None:
            yield from _too_long(view, clock, minutes(clock.term, view.day_minutes))


def _too_long(view: View, clock: CaseClock, allowed: Fraction) -> Iterator[Problem]:
    way = longest_way(view, clock, Fraction(0), _given(view))
    if way.end > allowed:
        facts = {
            "clock": clock.id, "path": " → ".join(way.states), "sum": hours(way.end),
            "term": str(clock.term), "allowed": hours(allowed),
        }  # fmt: skip
        yield Problem("E-STAGE-006", ("clocks", clock.id, "term"), facts)


def _goes_on(view: View, before: str, stage: Stage) -> bool:
    """Tell whether a stage is not entered anew: out of its own states, or out of a suspension that only they begin.

    A pause keeps what is left of the stage; where the terms restart the stage does, so nothing is counted twice.
    """
    state = view.procedure.state[before]
    if state.suspends is None:
        return state.stage == stage.id
    moves = view.procedure.transitions
    into = [move for move in moves if any(alternative.to == before for alternative in move.alternatives)]
    sources = [view.procedure.state[source] for move in into for source in move.sources]
    return bool(sources) and all(source.stage == stage.id for source in sources)


def _given(view: View) -> Pace[Fraction]:
    """Entering a stage takes the whole of it, at once; states without a stage take their own time."""
    own = in_working_time(view.procedure, view.day_minutes)

    def pace(before: str | None, id: str, at: Fraction) -> Fraction:
        state = view.procedure.state[id]
        stage = view.procedure.stage.get(state.stage or "")
        if stage is None or stage.budget is None:
            return own(before, id, at)
        if before is not None and _goes_on(view, before, stage):
            return at
        return at + _allowed(view, state) + minutes(stage.budget, view.day_minutes)

    return pace
