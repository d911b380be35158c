"""What the applicant is told of a mass order: by which paper, why, and what becomes of the appointment."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from states.deadline import Clock, resumed
from states.dossier import CASE_CLOCKS, Dossier, evolve, held_by_order
from states.events import Event, OrderAnnounced
from states.order import ApplyOrder, OrderKind, ReverseOrder
from states.world import World


def announced(
    world: World,
    dossier: Dossier,
    command: ApplyOrder | ReverseOrder,
    events: tuple[Event, ...],
    now: datetime,
) -> tuple[Event, ...]:
    """Return what an order does, with its announcement where it is told; who has a result waits for nothing more."""
    notice = command.notice
    if notice is None or dossier.completed_at is not None:
        return events
    action, until, before = (
        (OrderKind.REVERSE.value, None, None)
        if isinstance(command, ReverseOrder)
        else (command.action, command.until, _due(_promise(dossier)))
    )
    told = OrderAnnounced(
        order=command.order,
        action=action,
        number=notice.number,
        signer=notice.signer,
        cause_vi=notice.cause.vi,
        cause_en=notice.cause.en,
        since=command.since,
        until=until,
        previous=before,
        due=_expected(world, reduce(evolve, _of_promise(dossier, events), dossier)),
        at=now,
    )
    return (*events, told)


def _of_promise(dossier: Dossier, events: tuple[Event, ...]) -> Iterator[Event]:
    """Yield what happened to the dossier and to the clock of its appointment; other clocks promise nothing."""
    clock = _promise(dossier)
    own = "" if clock is None else clock.id
    return (event for event in events if getattr(event, "clock", own) == own)


def _promise(dossier: Dossier) -> Clock | None:
    """Return the clock that the appointment was taken from: the committed one, else the legal one."""
    found = (dossier.clocks[name] for name in reversed(CASE_CLOCKS) if name in dossier.clocks)
    return next((clock for clock in found if not clock.stopped), None)


def _due(clock: Clock | None) -> datetime | None:
    return None if clock is None else clock.due


def _expected(world: World, dossier: Dossier) -> datetime | None:
    """Return when it is due now, or will be where nothing but orders that end by themselves holds the clock."""
    clock = _promise(dossier)
    if clock is None or clock.due is not None:
        return _due(clock)
    ends = [entry.until for entry in held_by_order(dossier, clock.id)]
    known = [until for until in ends if until is not None]
    if dossier.suspension is not None or not known or len(known) < len(ends):
        return None
    return resumed(clock, max(known), world.calendars[clock.calendar]).at
