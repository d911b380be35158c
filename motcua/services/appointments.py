"""The instant that was promised to the applicant, and whether it has passed."""

from datetime import datetime, timedelta

from motcua.services.ports import Finish
from states.calendar import BusinessCalendar
from states.deadline import Clock
from states.dossier import HANDOFF, Dossier, Task
from states.wire import instant_text

COMPLETED = "completed"
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


def warned(dossier: Dossier, task: Task) -> bool:
    """Tell whether a rung has fired, in its present epoch, on a clock that presses a task."""
    clocks = (dossier.clocks.get(task.clock), promised(dossier))
    return any(clock is not None and clock.running and bool(clock.fired) for clock in clocks)


def late_at(dossier: Dossier) -> datetime | None:
    """Return the instant after which a dossier is late if nothing happens; None while nothing runs."""
    clock = promised(dossier)
    return clock.due if clock is not None and clock.running and not dossier.ended else None


def finish_of(dossier: Dossier, calendar: BusinessCalendar) -> Finish | None:
    """Return how the appointment was kept; None before the result, and where nothing was promised or decided."""
    if dossier.completed_at is None:
        return None
    clock = promised(dossier)
    if clock is None or clock.due_date is None or not clock.stopped or clock.segments[-1].cause != COMPLETED:
        return None
    first = clock.due_date
    if clock.original_due is not None and clock.original_due != clock.due:
        # An instant at 24:00 belongs to the day that ends there.
        first = calendar.local_date(clock.original_due - timedelta(microseconds=1))
    return Finish(calendar.local_date(dossier.completed_at), clock.due_date, first)


def unseen(dossier: Dossier) -> int:
    """Count the escalations and the handoffs of which somebody has still to say that they saw or have them."""
    offered = [one for one in dossier.handoffs.values() if one.open and one.acknowledged_at is None]
    return 0 if dossier.ended else len(dossier.awaited) + len(offered)


def figures_of(dossier: Dossier, finish: Finish | None) -> dict[str, str | int | None]:
    """Return what boards count of a dossier: instants as UTC text, days as ISO dates."""
    late = late_at(dossier)
    return {
        "late_at": None if late is None else instant_text(late),
        "finished": None if finish is None else finish.day.isoformat(),
        "promised": None if finish is None else finish.promised.isoformat(),
        "first_promised": None if finish is None else finish.first.isoformat(),
        "parent": None if dossier.parent is None else dossier.parent.dossier,
        "unseen": unseen(dossier),
    }
