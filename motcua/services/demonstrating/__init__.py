"""A fictional province at work: planned from a seed, played through the real engine by a virtual clock."""

from motcua.services.demonstrating.informing import Informed, Line, figures_informed
from motcua.services.demonstrating.performance import perform, publish_all
from motcua.services.demonstrating.plan import Period, period_of
from motcua.services.demonstrating.playing import Played
from motcua.services.demonstrating.staging import arrive, set_the_stage
from motcua.services.demonstrating.verdict import Tampered, Verdict, figures, judge

__all__ = [
    "Informed",
    "Line",
    "Period",
    "Played",
    "Tampered",
    "Verdict",
    "arrive",
    "figures",
    "figures_informed",
    "judge",
    "perform",
    "period_of",
    "publish_all",
    "set_the_stage",
]
