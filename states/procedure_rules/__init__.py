"""The rules for procedures, ladders and scenarios, with their messages; `states.soundness` applies most of them."""

from states.problem import Rule
from states.procedure_rules import (
    chart,
    clocks,
    consultations,
    fragments,
    groups,
    liaison,
    names,
    shapes,
    stages,
)

RULES: tuple[Rule, ...] = (
    *shapes.RULES,
    *names.RULES,
    *chart.RULES,
    *clocks.RULES,
    *consultations.RULES,
    *fragments.RULES,
    *groups.RULES,
    *liaison.RULES,
    *stages.RULES,
)

__all__ = ["RULES"]
