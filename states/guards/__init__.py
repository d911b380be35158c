"""Guard expressions: typed conditions over the declared facts of a dossier."""

from states.guards.conditions import FactSpec, FactType
from states.guards.guard import Guard, Verdict, parse_guard
from states.guards.syntax import InvalidGuard, is_fact_name

__all__ = ["FactSpec", "FactType", "Guard", "InvalidGuard", "Verdict", "is_fact_name", "parse_guard"]
