"""The rules for procedures, ladders and scenarios, with their messages; `states.soundness` applies most of them."""

from states.procedure_rules import chart, clocks, names, shapes
from states.problem import Rule

RULES: tuple[Rule, ...] = shapes.RULES + names.RULES + chart.RULES + clocks.RULES

__all__ = ["RULES"]
