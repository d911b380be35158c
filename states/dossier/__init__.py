"""One dossier: its snapshot, and how events change it."""

from states.dossier.evolution import evolve, fold, opened
from states.dossier.snapshot import STEP, Awaited, Dossier, Task

__all__ = ["STEP", "Awaited", "Dossier", "Task", "evolve", "fold", "opened"]
