"""`evolve`: the only way a dossier changes, one small function for each kind of event."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from states import events as happened
from states.deadline import Clock, Segment, SegmentKind
from states.dossier.consulting import CONSULTING
from states.dossier.kinship import EVOLVE_KIN
from states.dossier.ordered import ORDERED
from states.dossier.passing import HANDOFFS
from states.dossier.rebinding import rebound
from states.dossier.revision import revise
from states.dossier.snapshot import Awaited, Dossier, Task, of_the_dossier
from states.events import Event, Facts
from states.kin import Filed


def opened(event: happened.Opened) -> Dossier:
    """Return the dossier as it was right after submission."""
    return Dossier(
        code=event.code,
        procedure=event.procedure,
        cfg=event.cfg,
        channel=event.channel,
        version=0,
        agency=event.agency,
        parties=event.parties,
        states=event.states,
        public=event.public,
        facts=event.facts,
        documents=event.documents,
        clocks={},
        epochs={},
        tasks=(),
        awaited=(),
        officers={},
        acted={},
        tasks_created=0,
        suspension=None,
        nonconformities=(),
        outcome=None,
        ended=False,
        opened_at=event.at,
        accepted_at=None,
        completed_at=None,
    )


def evolve(dossier: Dossier | None, event: Event) -> Dossier:
    """Return the dossier after *event*.

    Raises:
        ValueError: The first event of a dossier is not `Opened`.
    """
    if isinstance(event, happened.Opened):
        return opened(event)
    if dossier is None:
        raise ValueError(f"a dossier begins with 'opened', not {event.kind!r}")
    return _EVOLVE[type(event)](dossier, event)


def fold(dossier: Dossier | None, events: Iterable[Event], by_person: bool) -> Dossier:
    """Apply the events of one record; the version grows by one when a person or a partner caused it."""
    for event in events:
        dossier = evolve(dossier, event)
    if dossier is None:
        raise ValueError("no events")
    return revise(dossier, version=dossier.version + 1) if by_person else dossier


def _fired(dossier: Dossier, event: happened.TransitionFired) -> Dossier:
    officers, acted = _who_acted(dossier, event)
    return revise(
        dossier,
        states=event.target,
        public=event.public,
        facts=_facts_after(dossier.facts, event),
        documents=dossier.documents + tuple(d for d in event.documents if d not in dossier.documents),
        officers=officers,
        acted=acted,
        suspension=_suspension(dossier, event),
        outcome=event.outcome or dossier.outcome,
        ended=event.ended,
        awaited=() if event.ended else dossier.awaited,
        completed_at=dossier.completed_at or (event.at if event.outcome else None),
    )


def _suspension(dossier: Dossier, event: happened.TransitionFired) -> str | None:
    return event.suspended or (None if event.lifted else dossier.suspension)


def _facts_after(facts: Facts, event: happened.TransitionFired) -> Facts:
    """A suspension that begins is counted in the fact `<suspension>_count`, which bounds supplement loops."""
    merged = {**facts, **event.facts}
    if event.suspended is not None:
        name = f"{event.suspended}_count"
        merged[name] = int(merged.get(name, 0)) + 1
    return merged


def _who_acted(
    dossier: Dossier, event: happened.TransitionFired
) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    if event.officer is None:
        return dossier.officers, dossier.acted
    seen = dossier.acted.get(event.by, ())
    people = seen if event.officer in seen else (*seen, event.officer)
    return {**dossier.officers, event.by: event.officer}, {**dossier.acted, event.by: people}


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


def _task_created(dossier: Dossier, event: happened.TaskCreated) -> Dossier:
    task = Task(
        event.task, event.state, event.role, event.position, event.agency, event.assignee, created_at=event.at
    )
    return revise(dossier, tasks=(*dossier.tasks, task), tasks_created=dossier.tasks_created + 1)


def _assigned(dossier: Dossier, event: happened.TaskClaimed | happened.TaskReassigned) -> Dossier:
    return _assign(dossier, event.task, event.officer)


def _released(dossier: Dossier, event: happened.TaskReleased) -> Dossier:
    return _assign(dossier, event.task, None)


def _assign(dossier: Dossier, task_id: str, officer: str | None) -> Dossier:
    tasks = tuple(revise(task, assignee=officer) if task.id == task_id else task for task in dossier.tasks)
    return revise(dossier, tasks=tasks)


def _task_done(dossier: Dossier, event: happened.TaskDone) -> Dossier:
    return revise(dossier, tasks=tuple(task for task in dossier.tasks if task.id != event.task))


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


def _nonconformity(dossier: Dossier, event: happened.NonconformityOpened) -> Dossier:
    return revise(dossier, nonconformities=(*dossier.nonconformities, event.nonconformity))


def _apologised(dossier: Dossier, event: happened.ApologyIssued) -> Dossier:
    count = int(dossier.facts.get("extension_count", 0)) + 1
    return revise(dossier, facts={**dossier.facts, "extension_count": count})


def _filed(dossier: Dossier, event: happened.FiledOnPortal) -> Dossier:
    return revise(dossier, filed=Filed(event.submission, event.filed_at))


def _unchanged(dossier: Dossier, event: Event) -> Dossier:
    return dossier


_EVOLVE: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.TransitionFired: _fired,
    happened.ClockArmed: _armed,
    happened.ClockPaused: _paused,
    happened.ClockResumed: _resumed,
    happened.ClockRestarted: _restarted,
    happened.ClockExtended: _extended,
    happened.ClockStopped: _stopped,
    happened.ClockRecomputed: _recomputed,
    happened.TaskCreated: _task_created,
    happened.TaskClaimed: _assigned,
    happened.TaskReleased: _released,
    happened.TaskReassigned: _assigned,
    happened.TaskDone: _task_done,
    happened.RungReached: _rung_reached,
    happened.RungAcknowledged: _acknowledged,
    happened.ApologyDrafted: _unchanged,
    happened.ApologyIssued: _apologised,
    happened.NonconformityOpened: _nonconformity,
    happened.NoticeSent: _unchanged,
    happened.PaperDrafted: _unchanged,
    happened.PaperIssued: _unchanged,
    happened.PartiesRebound: rebound,
    happened.FiledOnPortal: _filed,
    happened.PortalOwed: _unchanged,
    **EVOLVE_KIN,
    **CONSULTING,
    **HANDOFFS,
    **ORDERED,
}
