"""One dossier: its snapshot, and how events change it."""

from states.dossier.consulting import outcome_fact
from states.dossier.evolution import evolve, fold, opened
from states.dossier.ordered import CASE_CLOCKS, covers, held_by_order, order_cause
from states.dossier.rounds import Asked, Round
from states.dossier.snapshot import (
    CONSULT,
    HANDOFF,
    STAGE,
    STEP,
    Awaited,
    Dossier,
    Passage,
    Task,
    UnderOrder,
    of_the_dossier,
)

__all__ = [
    "CASE_CLOCKS",
    "CONSULT",
    "HANDOFF",
    "STAGE",
    "STEP",
    "Asked",
    "Awaited",
    "Dossier",
    "Passage",
    "Round",
    "Task",
    "UnderOrder",
    "covers",
    "evolve",
    "fold",
    "held_by_order",
    "of_the_dossier",
    "opened",
    "order_cause",
    "outcome_fact",
]
