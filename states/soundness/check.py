"""Runs the rules: those on the text first, those on the chart once its names hold, those on its table last."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from states.problem import Problem
from states.procedure import Ladder, Procedure
from states.soundness import (
    budgets,
    consultations,
    flow,
    groups,
    handoffs,
    ladders,
    legal,
    outline,
    references,
    scenarios,
    shape,
    stages,
    waiting,
)
from states.soundness.context import Context, View

MAX_PROBLEMS = 200
Rule = Callable[[View], Iterator[Problem]]
LadderRule = Callable[[Ladder, Context], Iterator[Problem]]

NAME_RULES: tuple[Rule, ...] = (
    references.unknown_states,
    references.unknown_suspensions,
    references.unknown_transitions,
    groups.unknown_moves,
    groups.unknown_components,
    consultations.unknown_steps,
    stages.unknown_stages,
)
SINGLE_RULES: tuple[Rule, ...] = (
    references.unknown_roles,
    references.unknown_facts,
    references.unused_facts,
    references.fact_values,
    references.unknown_ladders,
    references.unknown_parties,
    stages.holders,
    references.unknown_clocks,
    references.unknown_surroundings,
    references.idle_positions,
    references.separated_roles,
    references.unused_roles,
    references.document_needs,
    legal.unknown_citations,
    legal.verified_nothing,
    legal.verified_by_unread,
    legal.effective_days,
    legal.letter_distances,
    legal.guards,
    budgets.legal_clock,
    budgets.whole_terms,
    budgets.promise_within_law,
    consultations.unknown_names,
    consultations.quorums,
    consultations.silences,
    consultations.own_house,
    consultations.homes,
    flow.public_status,
    waiting.clocks_or_reasons,
    waiting.endless_waiting,
    handoffs.receivers,
    handoffs.papers,
    shape.choices,
    groups.circles,
    groups.early_papers,
    groups.early_outcomes,
    groups.addresses,
    groups.gatherings,
    groups.recalled_into_waiting,
    groups.told_and_recalled,
)
SHAPE_RULES: tuple[Rule, ...] = (
    shape.endings,
    shape.branches,
    shape.continuations,
    shape.crossings,
    shape.ambiguous_sources,
    shape.final_exits,
    shape.explosions,
    shape.crowds,
    waiting.expirations,
    waiting.unfired,
    groups.bare_moves,
    consultations.continuations,
    handoffs.senders,
)
FLOW_RULES: tuple[Rule, ...] = (
    flow.unreachable,
    flow.dead_ends,
    flow.stuck_holders,
    waiting.endless_supplements,
    budgets.steps_within_terms,
    stages.steps_within_stages,
    stages.stages_within_terms,
)
TABLE_RULES: tuple[Rule, ...] = (flow.dead_configurations, flow.idle_moves)
LADDER_RULES: tuple[LadderRule, ...] = (
    ladders.twin_rungs,
    ladders.working_offsets,
    ladders.rung_order,
    ladders.human_top,
    ladders.known_positions,
    ladders.answers,
    ladders.circles,
)


def check_outline(mapping: Mapping[str, Any]) -> list[Problem]:
    """Judge a procedure file whose shape is right before it is parsed; only when it is clean has it a chart."""
    large = list(outline.too_large(mapping))
    return large or _gather(problem for rule in outline.OUTLINE_RULES for problem in rule(mapping))


def check(procedure: Procedure, context: Context | None = None, *, chart: bool = True) -> list[Problem]:
    """Judge a parsed procedure; its table is not looked at.

    Args:
        procedure: Ids in it are unique.
        context: The surroundings, where they are known.
        chart: False to leave out the rules that follow arrows, for a chart with a broken outline.
    """
    view = View(procedure, context or Context())
    names = _apply(NAME_RULES, view)
    found = names + _apply(SINGLE_RULES, view)
    if chart and not names:
        shapes = _apply(SHAPE_RULES, view)
        found += shapes if shapes else _apply(FLOW_RULES, view)
    return found[:MAX_PROBLEMS]


def check_table(procedure: Procedure) -> list[Problem]:
    """Judge the compiled table of a procedure that `check` found nothing against."""
    return _apply(TABLE_RULES, View(procedure, Context()))


def check_ladder(ladder: Ladder, context: Context | None = None) -> list[Problem]:
    """Judge one ladder file."""
    surroundings = context or Context()
    return _gather(problem for rule in LADDER_RULES for problem in rule(ladder, surroundings))


def check_scenarios(mapping: Mapping[str, Any], procedure: Procedure) -> list[Problem]:
    """Judge scenarios whose shape is right against the procedure that they play."""
    return _gather(scenarios.check(mapping, procedure))


def _apply(rules: Iterable[Rule], view: View) -> list[Problem]:
    return _gather(problem for rule in rules for problem in rule(view))


def _gather(problems: Iterable[Problem]) -> list[Problem]:
    found: list[Problem] = []
    for problem in problems:
        if problem not in found:
            found.append(problem)
        if len(found) == MAX_PROBLEMS:
            break
    return found
