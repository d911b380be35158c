"""Replay: the state of a dossier after each of its records, from nothing but the records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.canonical import canonical
from audit.record import AuditRecord, Cause, from_raw
from states.calendar import BusinessCalendar
from states.custody import custodian
from states.deadline import Clock
from states.dossier import Dossier, Passage, Task, fold
from states.errors import DomainError, Kind
from states.events import Event, event_from_wire
from states.procedure import Procedure
from states.wire import instant_text, to_wire

BY_PERSON = frozenset({Cause.OFFICER, Cause.APPLICANT, Cause.HANDOFF, Cause.IMPORT, Cause.CLIENT})
"""The causes that raise a dossier's version: what people and other systems do, not what the clock does."""


class Unreplayable(DomainError):
    """Record {seq} of {stream} cannot be replayed: {reason}. Verify the trail to see where it was changed."""

    kind = Kind.UNSOUND
    vi = "Không dựng lại được bản ghi {seq} của {stream}: {reason}. Hãy kiểm tra nhật ký để tìm chỗ bị sửa."


@dataclass(frozen=True, slots=True)
class Turn:
    """One record and what it did; `before` is None for the first."""

    record: AuditRecord
    events: tuple[Event, ...]
    before: Dossier | None
    after: Dossier


@dataclass(frozen=True, slots=True)
class Moment:
    """A dossier as it was right after one of its records."""

    seq: int
    type: str
    at: datetime
    dossier: Dossier


def replay(raws: Iterable[str]) -> Iterator[Moment]:
    """Yield the state after each record of one dossier.

    Args:
        raws: The texts of the records, first to last; whether they form a whole chain is not asked here.

    Raises:
        UnreadableRecord: A text is no record.
        Unreplayable: An event is unknown, or does not fit the state before it.
    """
    for turn in turns(map(from_raw, raws)):
        yield Moment(turn.record.seq, turn.record.type.value, turn.record.at, turn.after)


def turns(records: Iterable[AuditRecord]) -> Iterator[Turn]:
    """Yield what each record of one dossier did, in order. Raises: Unreplayable."""
    dossier: Dossier | None = None
    for record in records:
        try:
            events = tuple(map(event_from_wire, record.events))
            after = fold(dossier, events, by_person=record.cause in BY_PERSON)
        except (KeyError, TypeError, ValueError, StopIteration) as error:
            reason = f"{type(error).__name__} {error}"
            raise Unreplayable(stream=record.stream, seq=record.seq, reason=reason) from error
        yield Turn(record, events, dossier, after)
        dossier = after


def snapshot_text(dossier: Dossier) -> str:
    """Return the canonical text of a state: two states are the same when their texts are."""
    return canonical(to_wire(dossier))


def lines(
    moments: Iterable[Moment], procedure: Procedure, calendars: Mapping[str, BusinessCalendar]
) -> list[dict[str, Any]]:
    """Return one line of state for each moment, as `motcua audit replay` prints it.

    Instants are local, with their offset; `remaining` is in minutes as the clock counts them.

    Args:
        moments: Of one dossier.
        procedure: The version it is pinned to; says who holds a state.
        calendars: By id; those of the procedure's clocks give the local time.
    """
    calendar = calendars.get(procedure.calendar)
    return [_line(moment, procedure, calendar) for moment in moments]


def _line(moment: Moment, procedure: Procedure, calendar: BusinessCalendar | None) -> dict[str, Any]:
    dossier = moment.dossier
    return {
        "seq": moment.seq,
        "type": moment.type,
        "at": _local(moment.at, calendar),
        "states": list(dossier.states),
        "public_status": dossier.public,
        "clocks": {name: _clock_line(clock, calendar) for name, clock in dossier.clocks.items()},
        "holder": {state: _holder(procedure, dossier, state) for state in dossier.states},
        "tasks": [_task_line(task) for task in dossier.tasks],
        "custody": _custody(procedure, dossier),
        "handoffs": {state: _passage_line(passage) for state, passage in dossier.handoffs.items()},
    }


def _clock_line(clock: Clock, calendar: BusinessCalendar | None) -> dict[str, Any]:
    return {
        "due": None if clock.due is None else _local(clock.due, calendar),
        "due_date": None if clock.due_date is None else clock.due_date.isoformat(),
        "remaining": clock.remaining,
        "state": clock.state,
        "epoch": clock.epoch,
        "provisional": clock.provisional,
        "holder": clock.holder,
    }


def _holder(procedure: Procedure, dossier: Dossier, state_id: str) -> dict[str, str | None]:
    """Say who must act: a role in its agency, `applicant` or `system` without one, nobody in a final state."""
    holder = procedure.state[state_id].holder
    role = procedure.role.get(holder or "")
    return {"role": holder, "agency": None if role is None else dossier.parties[role.party]}


def _custody(procedure: Procedure, dossier: Dossier) -> dict[str, str]:
    """Say who was responsible: until a handoff is accepted, that is not whoever must act."""
    who = custodian(procedure, dossier)
    return {"kind": who.kind.value, "party": who.party}


def _passage_line(passage: Passage) -> dict[str, str | None]:
    return {
        "status": passage.status,
        "sender": passage.sender,
        "receiver": passage.receiver,
        "carrier": passage.carrier,
        "receipt": passage.receipt,
    }


def _task_line(task: Task) -> dict[str, str | None]:
    return {
        "task": task.id,
        "state": task.state,
        "role": task.role,
        "position": task.position,
        "agency": task.agency,
        "assignee": task.assignee,
    }


def _local(at: datetime, calendar: BusinessCalendar | None) -> str:
    return instant_text(at) if calendar is None else at.astimezone(calendar.zone).isoformat()
