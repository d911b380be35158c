"""A reorganisation reaches a dossier: whoever took over takes the place of whom it named."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from states.commands import RebindParties
from states.deadline import Clock, restanding
from states.dossier import Dossier
from states.dossier.agencies import agencies_of, with_agencies
from states.errors import DomainError, Kind
from states.events import AwaitedRebound, ClockRebound, Event, PartiesRebound, TaskRebound
from states.world import World


class WrongSuccessor(DomainError):
    """Dossier {code}: the registry in force does not hand {given} over like that; it says {expected}.

    Let the change take effect again.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: danh bạ đang áp dụng không chuyển giao {given} như vậy mà là {expected}. "
        "Hãy cho thay đổi có hiệu lực lại."
    )


def heirs_of(world: World, dossier: Dossier, day: date) -> dict[str, str]:
    """Return, by agency that the dossier names, who answers for it on a local *day*, where that is another one."""
    procedure = world.procedure.code
    seats = {code: world.directory.seat(code, day, procedure) for code in sorted(agencies_of(dossier))}
    return {code: seat for code, seat in seats.items() if code != seat}


def rebind(world: World, dossier: Dossier, command: RebindParties, now: datetime) -> tuple[Event, ...]:
    """Decide a rebinding; nothing happens to a dossier that ended, or that names nobody who handed over.

    Raises:
        WrongSuccessor: The command does not say what the registry in force says.
        CalendarHorizonError: The new agency's calendar does not reach as far as the clocks do.
    """
    day = world.calendar.local_date(now)
    heirs = {} if dossier.ended else heirs_of(world, dossier, day)
    if not heirs:
        return ()
    if heirs != dict(command.agencies):
        raise WrongSuccessor(code=dossier.code, given=_shown(command.agencies), expected=_shown(heirs))
    after = with_agencies(dossier, lambda code: heirs.get(code, code))
    event = PartiesRebound(
        change=command.change,
        agencies=heirs,
        agency=after.agency,
        parties=after.parties,
        tasks=tuple(_tasks(world, dossier, after, day)),
        awaited=tuple(_awaited(world, dossier, after, day)),
        clocks=tuple(_clocks(world, dossier, after)),
        at=now,
    )
    return (event,)


def _tasks(world: World, before: Dossier, after: Dossier, day: date) -> Iterator[TaskRebound]:
    """An officer who has a post in the new agency keeps the task in hand; else it lies in the pool."""
    for old, new in zip(before.tasks, after.tasks, strict=True):
        if old.agency != new.agency:
            who = new.assignee
            stays = who is not None and _works_at(world, who, new.agency, day)
            yield TaskRebound(new.id, new.agency, who if stays else None)


def _works_at(world: World, officer: str, agency: str, day: date) -> bool:
    return any(post.agency == agency for post in world.directory.posts_of(officer, day))


def _awaited(world: World, before: Dossier, after: Dossier, day: date) -> Iterator[AwaitedRebound]:
    """Who still holds a post can still acknowledge; where none of them does, whoever holds the position now."""
    for old, new in zip(before.awaited, after.awaited, strict=True):
        if old.agency != new.agency:
            there = tuple(person for person in new.recipients if world.directory.posts_of(person, day))
            people = there or world.directory.holders(new.agency, new.position, day)
            yield AwaitedRebound(new.clock, new.rung, new.agency, people)


def _clocks(world: World, before: Dossier, after: Dossier) -> Iterator[ClockRebound]:
    """Clocks of the whole dossier keep the procedure's calendar, all others that of the agency that holds them."""
    declared = {clock.id for clock in world.procedure.clocks}
    for name in sorted(before.clocks):
        old, new = before.clocks[name], after.clocks[name]
        if old.holder != new.holder:
            own = old.calendar if name in declared else world.directory.get(new.holder).calendar
            yield _moved(world, old, new.holder, own)


def _moved(world: World, clock: Clock, holder: str, calendar: str) -> ClockRebound:
    due, day, left, provisional = clock.due, clock.due_date, clock.remaining, clock.provisional
    if calendar != clock.calendar:
        anew = restanding(clock, world.calendars[calendar])
        left, told = anew.remaining, anew.due
        due, day, provisional = (told.at, told.day, told.provisional) if told else (None, None, False)
    return ClockRebound(clock.id, holder, calendar, clock.due, clock.remaining, due, day, left, provisional)


def _shown(agencies: Mapping[str, str]) -> str:
    return ", ".join(f"{old} → {new}" for old, new in sorted(agencies.items())) or "-"
