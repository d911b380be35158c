"""What client systems get and do by the API: the same services as everybody, held to their agencies and positions."""

from motcua.services.connected.acting import NotTakenInHere, hand_in, move, take_task
from motcua.services.connected.calendar import Deadline, calendar_caller, deadlines
from motcua.services.connected.following import UnreadableCursor, follow
from motcua.services.connected.showing import (
    actions_of,
    dossier_page,
    known_procedures,
    one_dossier,
    one_procedure,
    trail,
)
from motcua.services.connected.working import open_work

__all__ = [
    "Deadline",
    "NotTakenInHere",
    "UnreadableCursor",
    "actions_of",
    "calendar_caller",
    "deadlines",
    "dossier_page",
    "follow",
    "hand_in",
    "known_procedures",
    "move",
    "one_dossier",
    "one_procedure",
    "open_work",
    "take_task",
    "trail",
]
