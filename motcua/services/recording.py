"""The one door: every change of a dossier is recorded here, snapshot, chain, timer and outbox together."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from audit.chain import GENESIS, link
from audit.commitment import commit
from audit.record import AuditRecord, Auth, Cause, RecordType
from audit.replay import BY_PERSON
from motcua.services.appointments import appointment, finish_of, urgency, warned
from motcua.services.idempotency import Once
from motcua.services.notices import notices_of
from motcua.services.portal_facts import owed_to_portal
from motcua.services.ports import (
    Answer,
    Change,
    FiredRung,
    NewRecord,
    Nonconformity,
    Notice,
    PaperDraft,
    PaperSignature,
    PersonalValue,
    Store,
    Stored,
    Wait,
)
from motcua.services.waits import waits_of
from states import events as happened
from states.commands import Actor
from states.concern import concerned
from states.dossier import Dossier, Task, fold
from states.escalation import next_wake
from states.events import Event, event_to_wire
from states.world import World

TASK_EVENTS = (
    happened.TaskCreated,
    happened.TaskClaimed,
    happened.TaskReleased,
    happened.TaskReassigned,
    happened.TaskDone,
    happened.PartiesRebound,
)


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal value that comes with a command; it enters the record as a salted commitment only."""

    field: str
    value: Any
    salt: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One decided command, to become one record.

    Attributes:
        command: What was asked, as plain JSON values without personal data.
        auth: How the person was identified, where one acted.
    """

    type: RecordType
    cause: Cause
    actor: Actor
    command: Mapping[str, Any]
    events: tuple[Event, ...]
    at: datetime
    personal: tuple[Personal, ...] = ()
    auth: Auth | None = None
    legal_date: date | None = None
    idem: Once | None = None
    delivered: tuple[str, ...] = ()
    drafts: tuple[PaperDraft, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """The steps of one dossier that must be stored together, on top of what was loaded (None: a new dossier).

    Without steps no record is made; only the wake-up is set anew, if the dossier is still the one that was loaded.
    """

    world: World
    before: Stored | None
    steps: tuple[Step, ...]
    new_id: str = ""
    day: date | None = None
    number: int = 0


@dataclass(slots=True)
class _Draft:
    """What grows while the steps of one dossier are folded into a change."""

    dossier: Dossier | None
    seq: int
    head: str
    records: list[NewRecord] = field(default_factory=list)
    values: list[PersonalValue] = field(default_factory=list)
    states: list[Dossier] = field(default_factory=list)


class House(Protocol):
    """An installation, as far as recording needs it."""

    @property
    def store(self) -> Store:
        """Where to."""
        ...

    @property
    def log(self) -> str:
        """The name of this installation's log."""
        ...

    @property
    def portal(self) -> bool:
        """Whether the national portal is owed what happens."""
        ...


def record(house: House, decided: Sequence[Decided]) -> list[Stored | None]:
    """Store a batch of decided dossiers in one transaction; a press of a button is a batch of one.

    Args:
        house: The installation.
        decided: At most one for each dossier.

    Returns:
        For each, the dossier as stored, or None where somebody else was faster and nothing was written.
    """
    changes = [_change(house, item) for item in decided]
    accepted = house.store.write(changes)
    return [
        Stored(change.id, change.dossier, change.seq, change.head, change.at) if ok else None
        for change, ok in zip(changes, accepted, strict=True)
    ]


def _change(house: House, decided: Decided) -> Change:
    before = decided.before
    draft = _Draft(None, 0, GENESIS) if before is None else _Draft(before.dossier, before.seq, before.head)
    dossier_id = decided.new_id if before is None else before.id
    for step in decided.steps:
        _fold_step(house.log, dossier_id, decided.world, draft, step)
    dossier = draft.dossier
    if dossier is None:
        raise ValueError("nothing was decided")
    events = [event for step in decided.steps for event in step.events]
    return Change(
        id=dossier_id,
        expected_seq=0 if before is None else before.seq,
        dossier=dossier,
        seq=draft.seq,
        head=draft.head,
        at=_last_instant(decided),
        agency=series_of(dossier.code),
        day=decided.day or dossier.opened_at.date(),  # day and number are written with a new dossier only
        number=decided.number,
        due=appointment(dossier),
        wake_at=next_wake(decided.world, dossier),
        records=tuple(draft.records),
        rungs=_rungs(events),
        notices=_notices(house, decided, dossier_id, draft, dossier),
        tasks=_tasks(None if before is None else before.dossier, dossier, events),
        nonconformities=_nonconformities(dossier_id, dossier, events),
        values=tuple(draft.values),
        delivered=tuple(message for step in decided.steps for message in step.delivered),
        papers=tuple(draft for step in decided.steps for draft in step.drafts),
        signatures=tuple(signed for step in decided.steps for signed in step.signatures),
        concerns=tuple(sorted(concerned(decided.world.procedure, dossier))),
        mandates=tuple(step.actor.mandate.id for step in decided.steps if step.actor.mandate is not None),
        answers=_answers(dossier_id, draft.seq - len(decided.steps), decided.steps),
        waits=_waits(dossier_id, before, dossier),
        finish=finish_of(dossier, decided.world.calendar),
    )


def _tasks(before: Dossier | None, dossier: Dossier, events: Iterable[Event]) -> tuple[Task, ...] | None:
    """Return the open tasks where they, or what presses them, changed."""
    if before is None or any(isinstance(event, TASK_EVENTS) for event in events):
        return dossier.tasks
    same = all(_pressing(before, task) == _pressing(dossier, task) for task in dossier.tasks)
    return None if same else dossier.tasks


def _waits(dossier_id: str, before: Stored | None, dossier: Dossier) -> tuple[Wait, ...] | None:
    was = () if before is None else waits_of(dossier_id, before.dossier)
    now = waits_of(dossier_id, dossier)
    return None if was == now else now


def _pressing(dossier: Dossier, task: Task) -> tuple[datetime | None, bool, int]:
    return urgency(dossier, task), warned(dossier, task), dossier.public


def _notices(
    house: House, decided: Decided, dossier_id: str, draft: _Draft, dossier: Dossier
) -> tuple[Notice, ...]:
    told = notices_of(decided.world, dossier_id, dossier, draft.records, decided.steps)
    if not house.portal:
        return told
    before = None if decided.before is None else decided.before.dossier
    return told + owed_to_portal(
        decided.world, dossier_id, before, draft.states, draft.records, decided.steps
    )


def _answers(dossier_id: str, before: int, steps: Sequence[Step]) -> tuple[Answer, ...]:
    return tuple(
        Answer(step.idem.idem, step.idem.fingerprint, dossier_id, seq)
        for seq, step in enumerate(steps, before + 1)
        if step.idem is not None
    )


def series_of(code: str) -> str:
    """Return the agency that gave a dossier its code; it stays, whoever leads the dossier now."""
    return code.partition("-")[0]


def _last_instant(decided: Decided) -> datetime:
    if decided.steps:
        return decided.steps[-1].at
    if decided.before is None:
        raise ValueError("nothing was decided")
    return decided.before.at


def _fold_step(log: str, dossier_id: str, world: World, draft: _Draft, step: Step) -> None:
    draft.dossier = fold(draft.dossier, step.events, by_person=step.cause in BY_PERSON)
    draft.states.append(draft.dossier)
    seq = draft.seq + 1
    audit_record = AuditRecord(
        type=step.type,
        log=log,
        stream=f"dossier:{dossier_id}",
        seq=seq,
        prev=draft.head,
        at=step.at,
        cause=step.cause,
        legal_date=step.legal_date,
        actor=step.actor.person,
        position=step.actor.position,
        agency=step.actor.agency,
        on_behalf=step.actor.on_behalf,
        auth=step.auth,
        procedure=world.procedure.code,
        cfg=world.cfg,
        calendars=tuple(sorted(world.calendar_digests.values())),
        directory=world.directory_digest,
        command={**step.command, "commitments": {p.field: commit(p.value, p.salt) for p in step.personal}},
        events=tuple(event_to_wire(event) for event in step.events),
        idem=None if step.idem is None else step.idem.idem,
    )
    stored = link((draft.seq, draft.head), audit_record)
    draft.records.append(
        NewRecord(stored.stream, stored.seq, step.type.value, step.at, stored.raw, stored.leaf_hash)
    )
    draft.values += [
        PersonalValue(seq, p.field, p.salt.hex(), json.dumps(p.value, ensure_ascii=False))
        for p in step.personal
    ]
    draft.seq, draft.head = seq, stored.leaf_hash


def _rungs(events: Iterable[Event]) -> tuple[FiredRung, ...]:
    return tuple(
        FiredRung(event.clock, event.epoch, event.rung, event.due_at, event.at)
        for event in events
        if isinstance(event, happened.RungReached)
    )


def _nonconformities(dossier_id: str, dossier: Dossier, events: Iterable[Event]) -> tuple[Nonconformity, ...]:
    return tuple(
        Nonconformity(
            f"{dossier_id}/{event.nonconformity}",
            dossier_id,
            dossier.code,
            dossier.agency,
            event.cause,
            event.clock,
            event.epoch,
            event.at,
        )
        for event in events
        if isinstance(event, happened.NonconformityOpened)
    )
