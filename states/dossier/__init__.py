"""One dossier: its snapshot, and how events change it."""

from states.dossier.consulting import outcome_fact
from states.dossier.evolution import evolve, fold, opened
from states.dossier.rounds import Asked, Round
from states.dossier.snapshot import CONSULT, PASSING, STEP, Awaited, Dossier, Task

__all__ = [
    "CONSULT",
    "PASSING",
    "STEP",
    "Asked",
    "Awaited",
    "Dossier",
    "Round",
    "Task",
    "evolve",
    "fold",
    "opened",
    "outcome_fact",
]
