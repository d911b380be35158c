"""The instant that was promised to the applicant, and whether it has passed."""

from datetime import datetime

from states.deadline import Clock
from states.dossier import HANDOFF, Dossier, Task

_PROMISES = ("committed", "legal")


def promised(dossier: Dossier) -> Clock | None:
    """Return the clock whose due is the appointment: the committed one, else the legal one, else the next step's."""
    clocks = dossier.clocks
    for name in _PROMISES:
        if name in clocks and clocks[name].due is not None:
            return clocks[name]
    steps = [
        (clock.due, clock.id)
        for clock in clocks.values()
        if clock.running and clock.due is not None and not clock.id.startswith(HANDOFF)
    ]
    return clocks[min(steps)[1]] if steps else None


def appointment(dossier: Dossier) -> datetime | None:
    """Return the instant promised to the applicant; None where nothing is promised, as while all clocks pause."""
    clock = promised(dossier)
    return None if clock is None else clock.due


def is_late(dossier: Dossier, now: datetime) -> bool:
    """Tell whether the appointment has passed while its clock still runs."""
    clock = promised(dossier)
    return clock is not None and clock.running and clock.due is not None and now > clock.due


def urgency(dossier: Dossier, task: Task) -> datetime | None:
    """Return by when a task must be done: its own clock or the appointment, whichever is nearer and runs."""
    own, promise = dossier.clocks.get(task.clock), promised(dossier)
    running = [clock.due for clock in (own, promise) if clock is not None and clock.running and clock.due]
    return min(running, default=None)
