"""Scans of the papers of a dossier: checked by content, kept by hash, in quarantine until somebody looked."""

from motcua.services.scans.contents import Checked, UnfitFile, check
from motcua.services.scans.giving import Given, given, look_again, papers_of
from motcua.services.scans.limits import Limits, TooMuch
from motcua.services.scans.room import Infected, Room, ScannerSilent, StorageFull
from motcua.services.scans.taking import Arrived, digitise

__all__ = [
    "Arrived",
    "Checked",
    "Given",
    "Infected",
    "Limits",
    "Room",
    "ScannerSilent",
    "StorageFull",
    "TooMuch",
    "UnfitFile",
    "check",
    "digitise",
    "given",
    "look_again",
    "papers_of",
]
