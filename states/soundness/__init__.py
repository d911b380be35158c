"""What a procedure must be before it may run: shape of the chart, references, time, law, escalation."""

from states.soundness.check import check, check_ladder, check_outline, check_scenarios, check_table
from states.soundness.context import Context

__all__ = ["Context", "check", "check_ladder", "check_outline", "check_scenarios", "check_table"]
