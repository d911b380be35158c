"""What the clock does to a dossier: armed, paused, resumed, moved and stopped terms, rungs that fired."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from states import events as happened
from states.deadline import Clock, Segment, SegmentKind
from states.dossier.revision import revise
from states.dossier.snapshot import Awaited, Dossier, of_the_dossier
from states.events import Event


def _clock(dossier: Dossier, clock_id: str, **changes: Any) -> Dossier:
    return revise(dossier, clocks={**dossier.clocks, clock_id: revise(dossier.clocks[clock_id], **changes)})


def _armed(dossier: Dossier, event: happened.ClockArmed) -> Dossier:
    clock = Clock(
        id=event.clock,
        epoch=event.epoch,
        term=event.term,
        calendar=event.calendar,
        cutoff_minute=event.cutoff_minute,
        from_instant=event.from_instant,
        segments=(Segment(SegmentKind.RUN, event.at, "armed", None, None),),
        due=event.due,
        due_date=event.due_date,
        provisional=event.provisional,
        remaining=None,
        original_due=event.due,
        fired=(),
        ladder=event.ladder,
        on_due=event.on_due,
        holder=event.holder,
    )
    accepted = dossier.accepted_at or (event.at if of_the_dossier(event.clock) else None)
    return revise(dossier, clocks={**dossier.clocks, event.clock: clock}, accepted_at=accepted)


def _paused(dossier: Dossier, event: happened.ClockPaused) -> Dossier:
    segments = _with(dossier, event.clock, SegmentKind.PAUSE, event.at, event.cause, event.basis)
    return _clock(dossier, event.clock, segments=segments, remaining=event.remaining, due=None, due_date=None)


def _resumed(dossier: Dossier, event: happened.ClockResumed) -> Dossier:
    segments = _with(dossier, event.clock, SegmentKind.RUN, event.at, event.cause, None)
    return _clock(dossier, event.clock, segments=segments, remaining=None, **_due(event))


def _restarted(dossier: Dossier, event: happened.ClockRestarted) -> Dossier:
    segments = _with(dossier, event.clock, SegmentKind.RESTART, event.at, event.cause, event.basis)
    restarted = _clock(
        dossier,
        event.clock,
        segments=segments,
        epoch=event.epoch,
        remaining=None,
        fired=(),
        original_due=event.due,
        **_due(event),
    )
    return revise(restarted, awaited=_heard(restarted, event.clock))


def _extended(dossier: Dossier, event: happened.ClockExtended) -> Dossier:
    extend = Segment(SegmentKind.EXTEND, event.at, event.extension, event.basis, event.by)
    segments = (*dossier.clocks[event.clock].segments, extend)
    moved = _clock(dossier, event.clock, segments=segments, epoch=event.epoch, fired=(), **_due(event))
    return revise(moved, awaited=_heard(moved, event.clock))


def _stopped(dossier: Dossier, event: happened.ClockStopped) -> Dossier:
    """Of a passing clock that ends only the epoch is kept: its history is in the records."""
    awaited, clocks = _heard(dossier, event.clock), dossier.clocks
    if not of_the_dossier(event.clock):
        others = {name: clock for name, clock in clocks.items() if name != event.clock}
        epochs = {**dossier.epochs, event.clock: clocks[event.clock].epoch}
        return revise(dossier, clocks=others, epochs=epochs, awaited=awaited)
    stop = Segment(SegmentKind.STOP, event.at, event.cause, None, None)
    stopped = revise(clocks[event.clock], segments=(*clocks[event.clock].segments, stop), remaining=None)
    return revise(dossier, clocks={**clocks, event.clock: stopped}, awaited=awaited)


def _heard(dossier: Dossier, clock_id: str) -> tuple[Awaited, ...]:
    """A new epoch, or the end, of a clock settles what was still to be acknowledged on it."""
    return tuple(awaited for awaited in dossier.awaited if awaited.clock != clock_id)


def _recomputed(dossier: Dossier, event: happened.ClockRecomputed) -> Dossier:
    return _clock(dossier, event.clock, remaining=event.remaining, **_due(event))


def _due(event: Any) -> dict[str, Any]:
    return {"due": event.due, "due_date": event.due_date, "provisional": event.provisional}


def _with(
    dossier: Dossier, clock_id: str, kind: SegmentKind, at: datetime, cause: str, basis: str | None
) -> tuple[Segment, ...]:
    return (*dossier.clocks[clock_id].segments, Segment(kind, at, cause, basis, None))


def _rung_reached(dossier: Dossier, event: happened.RungReached) -> Dossier:
    fired = (*dossier.clocks[event.clock].fired, event.rung)
    waiting = tuple(
        a for a in dossier.awaited if f"{a.rung}.unacknowledged" != event.rung or a.clock != event.clock
    )
    if event.acknowledge_by is not None:
        waiting += (
            Awaited(
                event.clock,
                event.epoch,
                event.rung,
                event.acknowledge_by,
                event.recipients,
                event.position,
                event.agency,
            ),
        )
    return revise(_clock(dossier, event.clock, fired=fired), awaited=waiting)


def _acknowledged(dossier: Dossier, event: happened.RungAcknowledged) -> Dossier:
    waiting = tuple(a for a in dossier.awaited if (a.clock, a.rung) != (event.clock, event.rung))
    return revise(dossier, awaited=waiting)


TIMING: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.ClockArmed: _armed,
    happened.ClockPaused: _paused,
    happened.ClockResumed: _resumed,
    happened.ClockRestarted: _restarted,
    happened.ClockExtended: _extended,
    happened.ClockStopped: _stopped,
    happened.ClockRecomputed: _recomputed,
    happened.RungReached: _rung_reached,
    happened.RungAcknowledged: _acknowledged,
}
"""What each event of the clock makes of a dossier."""
