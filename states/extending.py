"""Apology and new appointment: once only, in time or recorded as late."""

from datetime import datetime, timedelta

from states.authority import role_of
from states.commands import ExtendTerm
from states.deadline import Clock, extended
from states.dossier import Dossier, held_by_order
from states.events import ApologyIssued, ClockExtended, Event, NonconformityOpened
from states.firing import refused
from states.procedure import Extension
from states.term import Term, Unit
from states.world import World

LATE_APOLOGY = "late_apology"


def extend(world: World, dossier: Dossier, command: ExtendTerm, now: datetime) -> tuple[Event, ...]:
    """Decide an extension of the running clocks that it names.

    The appointment that the letter is about is the earliest due among them. A letter that leaves too late is sent
    all the same, recorded as late, and opens a nonconformity.

    Raises:
        TransitionRefused: No such extension, used up, too long, nothing runs, or no reason given.
        NotAuthorised: The actor does not hold the signing role.

    Source:
        Decree 118/2025/NĐ-CP: one re-appointment, the letter before the due date; the numbers are the file's.
    """
    extension = world.procedure.extension.get(command.extension)
    if extension is None or dossier.ended:
        raise refused(
            world, dossier, command.extension, "there is nothing to extend", "không có gì để gia hạn"
        )
    day = world.calendar.local_date(now)
    role_of(world, dossier, command.actor, (extension.role,), extension.id, day)
    _within_bounds(world, dossier, extension, command)
    clocks = [
        dossier.clocks[c] for c in extension.clocks if c in dossier.clocks and dossier.clocks[c].running
    ]
    if not clocks:
        raise refused(world, dossier, extension.id, *_why_still(dossier))
    previous, first = min((clock.due, at) for at, clock in enumerate(clocks) if clock.due is not None)
    late = _is_late(world, extension, clocks[first], now)
    moved = [_extended(world, extension, clock, command.by, late, now) for clock in clocks]
    signer, new = command.actor.person or command.actor.kind, moved[first]
    apology = ApologyIssued(extension.id, previous, new.due, signer, late, now)
    number = f"{LATE_APOLOGY}:{new.clock}:{new.epoch}"
    breach = NonconformityOpened(number, LATE_APOLOGY, new.clock, new.epoch, now)
    return (*moved, apology, *([breach] if late else []))


def _why_still(dossier: Dossier) -> tuple[str, str]:
    orders = ", ".join(entry.id for entry in held_by_order(dossier))
    if orders:
        return f"the clocks are held by the order {orders}", f"thời hạn đang tạm dừng theo lệnh {orders}"
    return "no clock is running", "không có thời hạn nào đang chạy"


def _within_bounds(world: World, dossier: Dossier, extension: Extension, command: ExtendTerm) -> None:
    if int(dossier.facts.get("extension_count", 0)) >= extension.max_times:
        reason = f"possible {extension.max_times} time(s) only", f"chỉ được {extension.max_times} lần"
        raise refused(world, dossier, extension.id, *reason)
    if not command.reasoned:
        raise refused(world, dossier, extension.id, "a reason is required", "phải nêu lý do")
    if command.by.unit is Unit.SAME_DAY:
        raise refused(
            world, dossier, extension.id, "it needs an amount of time", "phải nêu thời gian gia hạn"
        )
    most = extension.max_each
    if most is not None and (most.unit is not command.by.unit or command.by.quarters > most.quarters):
        raise refused(world, dossier, extension.id, f"at most {most} each", f"mỗi lần tối đa {most}")


def _is_late(world: World, extension: Extension, clock: Clock, now: datetime) -> bool:
    """The letter's last day is counted back from the due day; without a distance it is the due instant."""
    before = extension.letter_before
    if before is None or clock.due_date is None:
        return clock.due is not None and now >= clock.due
    days = int(before.amount)  # whole days, working or by the calendar: the linter allows nothing else
    if before.unit is Unit.WORKING_DAYS:
        last_day = world.calendar.working_day_after(clock.due_date, -days)
    else:
        last_day = clock.due_date - timedelta(days=days)
    return world.calendar.local_date(now) > last_day


def _extended(
    world: World, extension: Extension, clock: Clock, by: Term, late: bool, now: datetime
) -> ClockExtended:
    due = extended(clock, by, now, world.calendars[clock.calendar])
    return ClockExtended(
        clock=clock.id,
        epoch=clock.epoch + 1,
        extension=extension.id,
        by=by,
        basis=extension.source,
        late=late,
        at=now,
        due=due.at,
        due_date=due.day,
        provisional=due.provisional,
    )
