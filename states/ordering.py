"""Mass orders on one dossier: does it match, what applying, ending and reversing do to its clocks.

Nesting: a clock is paused when the first cause comes, be it a suspension of the state or an order, and runs on when
the last one goes. An order that took effect before it was applied gives back what the clocks ran since (a credit);
a reversal takes that back or lets it stand, as it says itself.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import reduce

from states.announcing import announced
from states.calendar import BusinessCalendar
from states.clockwork import calendars_of, suspended
from states.deadline import (
    Clock,
    Segment,
    SegmentKind,
    Standing,
    after,
    extended,
    kept,
    paused_remaining,
    resumed,
)
from states.directory import Directory
from states.dossier import Dossier, UnderOrder, covers, evolve, held_by_order, order_cause
from states.events import (
    ClockCredited,
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClockWithdrawn,
    Event,
    OrderApplied,
    OrderLifted,
    OrderReversed,
)
from states.ledger import GIVING
from states.order import ApplyOrder, Order, OrderKind, OrderRefused, Past, ReverseOrder
from states.world import World


def matches(order: Order, directory: Directory, dossier: Dossier) -> bool:
    """Tell whether an order that suspends or extends is about a dossier, as it stands now; an ended one never is."""
    wanted = order.filter
    if dossier.ended or not _in_time(order, dossier.opened_at):
        return False
    return (
        (not wanted.procedures or dossier.procedure in wanted.procedures)
        and (not wanted.states or any(state in wanted.states for state in dossier.states))
        and (not wanted.public or dossier.public in wanted.public)
        and wanted.opened.holds(dossier.opened_at)
        and wanted.accepted.holds(dossier.accepted_at)
        and (
            not wanted.agencies
            or _among(directory, dossier.agency, wanted.agencies, wanted.below)
            or _came_from(directory, dossier, wanted.agencies)
        )
    )


def _came_from(directory: Directory, dossier: Dossier, wanted: tuple[str, ...]) -> bool:
    """Tell whether an agency that has closed, and is wanted, answered for a dossier before who leads it now.

    Who only handed competence on is open: a dossier that went on from it is not in its hands any more.
    """
    closed = [
        code for code in wanted if code in directory.agency and directory.agency[code].until is not None
    ]
    if not closed:
        return False
    line = directory.line(dossier.code.partition("-")[0], date.max, dossier.procedure)
    at = line.index(dossier.agency) if dossier.agency in line else 0
    return any(code in line[:at] for code in closed)


def _in_time(order: Order, opened_at: datetime) -> bool:
    """A dossier opened after the end has nothing to do with it, and one opened later only where it says so."""
    return (order.later or opened_at <= order.since) and (order.until is None or opened_at < order.until)


def _among(directory: Directory, agency: str, wanted: tuple[str, ...], below: bool) -> bool:
    seen: list[str] = []
    code: str | None = agency
    while code is not None and code not in seen:
        if code in wanted:
            return True
        seen.append(code)
        known = directory.agency.get(code)
        code = known.parent if below and known is not None else None
    return False


def under(dossier: Dossier, order: str) -> UnderOrder | None:
    """Return what an order left on the dossier; None: it never reached it."""
    return next((entry for entry in dossier.orders if entry.id == order), None)


def apply_order(world: World, dossier: Dossier, command: ApplyOrder, now: datetime) -> tuple[Event, ...]:
    """Decide what an order does to the clocks; nothing the second time.

    Raises:
        OrderRefused: The dossier has ended, the order is not in effect yet, or a clock that it should extend is held.
    """
    if under(dossier, command.order) is not None:
        return ()
    if dossier.ended:
        raise _refused(dossier, command.order, "hồ sơ đã kết thúc", "the dossier has ended")
    if now < command.since:
        raise _refused(dossier, command.order, "lệnh chưa có hiệu lực", "it is not in effect yet")
    applied = OrderApplied(
        order=command.order,
        digest=command.digest,
        action=command.action,
        clocks=command.clocks,
        since=command.since,
        until=command.until,
        basis=command.basis,
        during_order=command.during_order,
        at=now,
    )
    act = _extension if command.action == OrderKind.EXTEND else _suspension
    return announced(world, dossier, command, (applied, *act(world, dossier, command, now)), now)


def _covered(
    world: World, dossier: Dossier, clocks: tuple[str, ...]
) -> Iterator[tuple[Clock, BusinessCalendar]]:
    return (pair for pair in calendars_of(world, dossier.clocks) if covers(clocks, pair[0].id))


def _suspension(world: World, dossier: Dossier, command: ApplyOrder, now: datetime) -> Iterator[Event]:
    """What ran since the order took effect is given back; from now on the clock stands still, if the order lasts."""
    over = command.until is not None and command.until <= now
    past = now if command.until is None else min(command.until, now)
    cause = order_cause(command.order)
    line = Segment(SegmentKind.CREDIT, now, cause, command.basis, since=command.since, until=past)
    for clock, calendar in _covered(world, dossier, command.clocks):
        left = kept(clock, now, calendar)
        given = kept(clock, now, calendar, line) - left if command.since < past else 0
        if given:
            yield _credited(clock, calendar, line, given)
        if clock.running and not over:
            yield ClockPaused(clock.id, cause, command.basis, left + given, now)


def _credited(clock: Clock, calendar: BusinessCalendar, line: Segment, minutes: int) -> ClockCredited:
    standing, since, until = after(clock, line, calendar), line.since or line.at, line.until or line.at
    told = (clock.id, line.cause, line.basis or "", since, until, minutes)
    return ClockCredited(*told, standing.remaining, line.at, *_due(standing))


def _due(standing: Standing) -> tuple[datetime | None, date | None, bool]:
    due = standing.due
    return (None, None, False) if due is None else (due.at, due.day, due.provisional)


def _pause(clock: Clock, calendar: BusinessCalendar, order: str, basis: str, now: datetime) -> ClockPaused:
    return ClockPaused(clock.id, order_cause(order), basis, paused_remaining(clock, now, calendar), now)


def _extension(world: World, dossier: Dossier, command: ApplyOrder, now: datetime) -> Iterator[Event]:
    found = list(_covered(world, dossier, command.clocks))
    held = ", ".join(clock.id for clock, _ in found if not clock.running)
    if held:
        raise _refused(
            dossier,
            command.order,
            f"thời hạn {held} đang tạm dừng, chỉ gia hạn được khi chạy lại",
            f"{held} is paused, and can be extended once it runs on",
        )
    if command.term is None or not found:
        raise _refused(
            dossier, command.order, "không có thời hạn nào để gia hạn", "there is no clock to extend"
        )
    for clock, calendar in found:
        due = extended(clock, command.term, now, calendar)
        yield ClockExtended(
            clock=clock.id,
            epoch=clock.epoch + 1,
            extension=order_cause(command.order),
            by=command.term,
            basis=command.basis,
            late=False,
            at=now,
            due=due.at,
            due_date=due.day,
            provisional=due.provisional,
        )


# The end of an order


def next_lift(dossier: Dossier) -> UnderOrder | None:
    """Return the order that ends by itself first; None when none that holds has an end."""
    ending = [entry for entry in held_by_order(dossier) if entry.until is not None]
    return min(ending, key=lambda entry: (entry.until, entry.id), default=None)


def lift(world: World, dossier: Dossier, entry: UnderOrder, now: datetime) -> tuple[Event, ...]:
    """End an order whose last instant has come: clocks run on from that instant, however late this is noticed."""
    until = entry.until or now
    lifted = OrderLifted(entry.id, until, now)
    free = evolve(dossier, lifted)
    return (lifted, *_released(world, free, entry, until))


def _released(world: World, dossier: Dossier, entry: UnderOrder, at: datetime) -> Iterator[Event]:
    """A clock runs on unless a suspension or another order still holds it."""
    for clock, calendar in _covered(world, dossier, entry.clocks):
        if clock.paused and not suspended(world, dossier, clock.id) and not held_by_order(dossier, clock.id):
            yield resumption(clock, calendar, entry.id, at)


def resumption(clock: Clock, calendar: BusinessCalendar, order: str, at: datetime) -> ClockResumed:
    """Return the event with which a clock runs on after an order."""
    due = resumed(clock, at, calendar)
    return ClockResumed(clock.id, order_cause(order), at, due.at, due.day, due.provisional)


def reverse_order(world: World, dossier: Dossier, command: ReverseOrder, now: datetime) -> tuple[Event, ...]:
    """Decide what taking an order back does; nothing the second time.

    Raises:
        OrderRefused: The order never reached the dossier, or the dossier has ended.
    """
    entry = under(dossier, command.order)
    if dossier.ended:
        raise _refused(dossier, command.order, "hồ sơ đã kết thúc", "the dossier has ended")
    if entry is None:
        raise _refused(
            dossier, command.order, "lệnh chưa áp dụng cho hồ sơ này", "it never reached the dossier"
        )
    if entry.reversed_by is not None:
        return ()
    since = min(max(command.since, entry.since), now)
    events: list[Event] = [
        OrderReversed(command.order, command.reversal, command.digest, command.past, since, now)
    ]
    if command.past == Past.WITHDRAWN:
        events += _withdrawals(world, dossier, entry, command, now)
    if entry.holds:
        events += _released(world, reduce(evolve, events, dossier), entry, since)
    return announced(world, dossier, command, tuple(events), now)


def _withdrawals(
    world: World, dossier: Dossier, entry: UnderOrder, command: ReverseOrder, now: datetime
) -> Iterator[Event]:
    cause = order_cause(entry.id)
    for clock, calendar in _covered(world, dossier, entry.clocks):
        if any(line.cause == cause and line.kind in GIVING for line in _arming(clock)):
            standing = after(clock, Segment(SegmentKind.WITHDRAW, now, cause, command.basis), calendar)
            fired = _fired(clock, entry, cause)
            yield ClockWithdrawn(
                clock.id, cause, command.basis, fired, standing.remaining, now, *_due(standing)
            )


def _arming(clock: Clock) -> tuple[Segment, ...]:
    """The lines since the clock last began at zero: what an order gave before that is gone already."""
    starts = [n for n, line in enumerate(clock.segments) if line.kind is SegmentKind.RESTART]
    return clock.segments[starts[-1] if starts else 0 :]


def _fired(clock: Clock, entry: UnderOrder, cause: str) -> tuple[str, ...]:
    """Rungs of the due instant that comes back stay fired, unless another extension lies between."""
    extensions = [line.cause for line in clock.segments if line.kind is SegmentKind.EXTEND]
    before = entry.fired.get(clock.id, ()) if extensions and extensions[-1] == cause else ()
    return (*before, *(rung for rung in clock.fired if rung not in before))


def keep_held(world: World, dossier: Dossier, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Add the pauses of clocks that *events* armed or restarted while an order holds them."""
    if not any(entry.holds for entry in dossier.orders):
        return events
    then = reduce(evolve, events, dossier)
    pauses: list[Event] = []
    for clock, calendar in calendars_of(world, then.clocks):
        holding = held_by_order(then, clock.id)
        if clock.running and holding:
            pauses.append(_pause(clock, calendar, holding[0].id, holding[0].basis, now))
    return (*events, *pauses)


def _refused(dossier: Dossier, order: str, reason_vi: str, reason: str) -> OrderRefused:
    return OrderRefused(code=dossier.code, order=order, reason=reason, reason_vi=reason_vi)
