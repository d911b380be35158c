"""One dossier: its snapshot, and how events change it."""

from states.dossier.consulting import outcome_fact
from states.dossier.evolution import evolve, fold, opened
from states.dossier.rounds import Asked, Round
from states.dossier.snapshot import CONSULT, HANDOFF, STEP, Awaited, Dossier, Passage, Task, of_the_dossier

__all__ = [
    "CONSULT",
    "HANDOFF",
    "STEP",
    "Asked",
    "Awaited",
    "Dossier",
    "Passage",
    "Round",
    "Task",
    "evolve",
    "fold",
    "of_the_dossier",
    "opened",
    "outcome_fact",
]
