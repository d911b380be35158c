"""Between rows and frozen values: what a change writes, and what a row says when it is read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from motcua.services.appointments import figures_of, urgency, warned
from motcua.services.ports import (
    Beat,
    Change,
    ClockHold,
    NewRecord,
    Notice,
    PaperDraft,
    PaperSignature,
    Reading,
    Stored,
)
from states.dossier import Dossier, Task
from states.wire import from_wire, instant, instant_text, to_wire

Row = dict[str, Any]

UNPRESSED = "none"
"""Stands for the urgency of a task whose clocks all pause; as text it sorts after every instant."""

FIGURES = ("late_at", "finished", "promised", "first_promised", "parent", "unseen")
"""What boards count, so that no snapshot must be read for it."""

HEAD = (
    "seq",
    "head",
    "at",
    "version",
    "states",
    "public",
    "due",
    "ended",
    "snapshot",
    "lead",
    "concerns",
    *FIGURES,
)
FIXED = ("id", "code", "procedure", "agency", "day", "number")
DOSSIER = (*FIXED, *HEAD)
CHILDREN = (
    "records",
    "fired_rungs",
    "outbox",
    "nonconformities",
    "personal_data",
    "papers",
    "paper_signatures",
    "answers",
    "tasks",
    "waits",
)
"""Tables with rows that a change adds to its dossier."""


def dump(value: object) -> str:
    """Return the JSON text of plain values."""
    return orjson.dumps(value).decode()


def read_json(text: str) -> Any:
    """Return the plain values of a JSON text."""
    return orjson.loads(text)


def instant_or_none(text: str | None) -> datetime | None:
    """Read an instant that may be missing."""
    return None if text is None else instant(text)


def text_or_none(at: datetime | None) -> str | None:
    """Write an instant that may be missing."""
    return None if at is None else instant_text(at)


def dossier_row(change: Change) -> Row:
    """Return the columns of the dossier after a change."""
    dossier = change.dossier
    return {
        "id": change.id,
        "code": dossier.code,
        "procedure": dossier.procedure,
        "agency": change.agency,
        "day": change.day.isoformat(),
        "number": change.number,
        "seq": change.seq,
        "head": change.head,
        "at": instant_text(change.at),
        "version": dossier.version,
        "states": dossier.configuration,
        "public": dossier.public,
        "due": text_or_none(change.due),
        "ended": dossier.ended,
        "snapshot": dump(to_wire(dossier)),
        "lead": None if dossier.agency == change.agency else dossier.agency,
        "concerns": " ".join(change.concerns),
        **figures_of(dossier, change.finish),
    }


def stored(row: Sequence[Any]) -> Stored:
    """Read `id, snapshot, seq, head, at` and, where it was asked, what the database says of time."""
    dossier_id, snapshot, seq, head, at, *time = row
    dossier = from_wire(Dossier, orjson.loads(snapshot))
    return Stored(dossier_id, dossier, int(seq), head, instant(at), reading(time) if time else None)


def reading(row: Sequence[Any]) -> Reading:
    """Read `trusted_at, seen_at` of the hold, where one stands, and the database's clock, where it has one."""
    trusted_at, seen_at, now = row
    hold = None if trusted_at is None else ClockHold(instant(trusted_at), instant(seen_at))
    return Reading(instant_or_none(now), hold)


def beat(row: Any) -> Beat:
    """Read a look at the clock."""
    return Beat(row.boot, row.host, instant(row.wall), timedelta(seconds=row.elapsed))


def beat_row(beat: Beat) -> Row:
    """Return the columns of a look at the clock; of uptime, whole seconds are enough."""
    return {
        "boot": beat.boot,
        "host": beat.host,
        "wall": instant_text(beat.wall),
        "elapsed": round(beat.elapsed.total_seconds()),
    }


def record_row(record: NewRecord) -> Row:
    """Return the columns of a record."""
    return {
        "stream": record.stream,
        "seq": record.seq,
        "type": record.type,
        "at": instant_text(record.at),
        "raw": record.raw,
        "leaf_hash": record.leaf_hash,
    }


def new_record(row: Any) -> NewRecord:
    """Read a record."""
    return NewRecord(row.stream, row.seq, row.type, instant(row.at), row.raw, row.leaf_hash)


def _task_row(change: Change, task: Task) -> Row:
    """Return the columns of an open task; one that nothing presses sorts after every instant."""
    pressing = urgency(change.dossier, task)
    return {
        **to_wire(task),
        "dossier_id": change.id,
        "urgency": UNPRESSED if pressing is None else instant_text(pressing),
        "warned": int(warned(change.dossier, task)),
        "public": change.dossier.public,
        "procedure": change.dossier.procedure,
    }


def task(row: Any) -> Task:
    """Read an open task."""
    return Task(
        row.id,
        row.state,
        row.role,
        row.position,
        row.agency,
        row.assignee,
        created_at=instant(row.created_at),
    )


def notice(row: Any) -> Notice:
    """Read a message of the outbox."""
    return Notice(
        id=row.id,
        dossier_id=row.dossier_id,
        template=row.template,
        recipients=tuple(read_json(row.recipients)),
        payload=read_json(row.payload),
        created_at=instant(row.created_at),
    )


def lists(change: Change) -> dict[str, list[Row]]:
    """Return the rows of a change beside its dossier, by table; a table without rows is left out.

    `tasks` is there whenever the open tasks changed, even to none; so is `waits`.
    """
    found: dict[str, list[Row]] = {"records": [record_row(record) for record in change.records]}
    if change.rungs:
        found["fired_rungs"] = _rungs(change)
    if change.notices:
        found["outbox"] = [_notice_row(change, place) for place in range(len(change.notices))]
    if change.tasks is not None:
        found["tasks"] = [_task_row(change, task) for task in change.tasks]
    if change.waits is not None:
        found["waits"] = [to_wire(wait) for wait in change.waits]
    if change.nonconformities:
        found["nonconformities"] = [to_wire(row) for row in change.nonconformities]
    if change.values:
        found["personal_data"] = [{**to_wire(value), "dossier_id": change.id} for value in change.values]
    found |= {table: rows for table, rows in _seldom(change).items() if rows}
    return found


def _seldom(change: Change) -> dict[str, list[Row]]:
    return {
        "papers": [_paper(draft) for draft in change.papers],
        "paper_signatures": [_paper(signed) for signed in change.signatures],
        "answers": [to_wire(answer) for answer in change.answers],
    }


def _paper(paper: PaperDraft | PaperSignature) -> Row:
    return {**to_wire(paper), "input": dump(dict(paper.input))}


def _rungs(change: Change) -> list[Row]:
    return [
        {
            "dossier_id": change.id,
            "clock": rung.clock,
            "epoch": rung.epoch,
            "rung": rung.rung,
            "due_at": instant_text(rung.due_at),
            "at": instant_text(rung.at),
        }
        for rung in change.rungs
    ]


def _notice_row(change: Change, place: int) -> Row:
    """The number of the record and the place in its list are the order within the dossier."""
    told = change.notices[place]
    at = instant_text(told.created_at)
    return {
        "id": told.id,
        "dossier_id": change.id,
        "seq": change.seq,
        "place": place,
        "template": told.template,
        "recipients": dump(told.recipients),
        "payload": dump(dict(told.payload)),
        "created_at": at,
        "status": "pending",
        "attempts": 0,
        "next_at": at,
        "error": None,
    }
