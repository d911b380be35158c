"""The counter: find a procedure, take a dossier in with its receipt, and return what is ready."""

from motcua.services.desk.asking import Asked, asked, described
from motcua.services.desk.catalogue import catalogue, folded
from motcua.services.desk.promise import foreseen
from motcua.services.desk.returning import return_result, returnable, scanned, waits_here
from motcua.services.desk.taking import same_person, sent_before, take_in
from motcua.services.giving_out import CONSIGNED, POSTED, SHOWN, Handing

__all__ = [
    "CONSIGNED",
    "POSTED",
    "SHOWN",
    "Asked",
    "Handing",
    "asked",
    "catalogue",
    "described",
    "folded",
    "foreseen",
    "return_result",
    "returnable",
    "same_person",
    "scanned",
    "sent_before",
    "take_in",
    "waits_here",
]
