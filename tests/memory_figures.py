"""Sums over dossiers and tasks in memory, counted one by one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from memory_state import State
from memory_tasks import mark_of, stored_of

from motcua.services.appointments import late_at, unseen, warned
from motcua.services.ports import (
    Change,
    DossierFilter,
    FigureRow,
    InboxRow,
    KeptSum,
    Mark,
    OpenSum,
    Pin,
    Stored,
    TaskFilter,
    TaskSum,
)
from states.dossier import CONSULT, Task
from states.wire import instant_text


class MemoryFigures:
    """What boards count."""

    _state: State

    def kept_sums(self, wanted: DossierFilter) -> list[KeptSum]:
        groups = defaultdict(list)
        for change in self._wanted(wanted, None):
            assert change.finish is not None
            place = (change.dossier.agency, change.dossier.procedure, f"{change.finish.day:%Y-%m}")
            groups[place].append((change.finish, change.id))
        return [
            KeptSum(
                *place, len(found), sum(one.day <= one.promised for one, _ in found),
                sum(one.day <= one.first for one, _ in found), min(id for _, id in found),
            )
            for place, found in groups.items()
        ]  # fmt: skip

    def open_sums(self, wanted: DossierFilter, now: datetime) -> list[OpenSum]:
        groups = defaultdict(list)
        for change in self._wanted(wanted, now):
            body = change.dossier
            groups[body.agency, body.procedure, body.configuration].append(change)
        return [
            OpenSum(*place, len(found), sum(_late(one, now) for one in found), min(one.id for one in found))
            for place, found in groups.items()
        ]

    def figure_rows(
        self, wanted: DossierFilter, now: datetime, limit: int, *, after: str = "", worst: bool = False
    ) -> list[FigureRow]:
        found = [_listed(one) for one in self._wanted(wanted, now) if one.dossier.code > after]
        found.sort(key=_worst if worst else lambda row: row.code)
        return found[:limit]

    def pins(self, ids: Sequence[str]) -> dict[str, Pin]:
        heads = self._state.heads
        return {id: Pin(heads[id].dossier.cfg, stored_of(heads[id]).head) for id in ids if id in heads}

    def task_sums(self, wanted: TaskFilter, now: datetime, aged: datetime) -> list[TaskSum]:
        groups = defaultdict(list)
        for change, task in self._tasks(wanted, now):
            asked = task.id.startswith(CONSULT)
            place = (change.dossier.procedure, task.state, asked, task.agency, task.position, task.assignee)
            groups[place].append((change, task))
        return [_task_sum(place, found, now, aged) for place, found in groups.items()]

    def task_rows(self, wanted: TaskFilter, now: datetime, after: Mark | None, limit: int) -> list[InboxRow]:
        found = [InboxRow(task, stored_of(one), mark_of(one, task)) for one, task in self._tasks(wanted, now)]
        found.sort(key=lambda row: astuple(row.mark))
        return [row for row in found if after is None or astuple(row.mark) > astuple(after)][:limit]

    def unacknowledged(self, agencies: frozenset[str] | None, limit: int) -> list[Stored]:
        found = [
            stored_of(change)
            for change in sorted(self._state.heads.values(), key=lambda one: one.dossier.code)
            if unseen(change.dossier)
            and (
                agencies is None
                or change.dossier.agency in agencies
                or any(task.agency in agencies for task in change.tasks or ())
            )
        ]
        return found[:limit]

    def _wanted(self, wanted: DossierFilter, now: datetime | None) -> list[Change]:
        return [change for change in self._state.heads.values() if self._fits(change, wanted, now)]

    def _fits(self, change: Change, wanted: DossierFilter, now: datetime | None) -> bool:
        body, finish = change.dossier, change.finish
        if wanted.finished is None:
            fits = not body.ended and not (wanted.late and now is not None and not _late(change, now))
        else:
            first, last = wanted.finished
            fits = finish is not None and first <= finish.day <= last
            fits = fits and not (wanted.late and finish is not None and finish.day <= finish.promised)
        return (
            fits
            and (wanted.agencies is None or body.agency in wanted.agencies)
            and wanted.procedure in (None, body.procedure)
            and (wanted.state is None or wanted.state in body.states)
            and (not wanted.whole or self._is_submission(change, wanted.dispatch))
        )

    def _is_submission(self, change: Change, dispatch: str | None) -> bool:
        bodies = [one.dossier for one in self._state.heads.values()]
        routed = {one.code for one in bodies if one.procedure == dispatch}
        parent = change.dossier.parent
        if parent is not None and parent.dossier not in routed:
            return False
        code = change.dossier.code
        return code not in routed or not any(one.parent and one.parent.dossier == code for one in bodies)

    def _tasks(self, wanted: TaskFilter, now: datetime) -> list[tuple[Change, Task]]:
        return [
            (change, task)
            for change in self._state.heads.values()
            for task in change.tasks or ()
            if (wanted.agencies is None or task.agency in wanted.agencies)
            and wanted.procedure in (None, change.dossier.procedure)
            and wanted.state in (None, task.state)
            and wanted.asked in (None, task.id.startswith(CONSULT))
            and wanted.position in (None, task.position)
            and (wanted.assignee is None or (task.assignee or "") == wanted.assignee)
            and wanted.light in (None, _light(change, task, now))
            and (wanted.before is None or task.created_at < wanted.before)
        ]


def _task_sum(
    place: tuple[Any, ...], found: list[tuple[Change, Task]], now: datetime, aged: datetime
) -> TaskSum:
    lights = Counter(_light(*one, now) for one in found)
    procedure, state, asked, agency, position, assignee = place
    return TaskSum(
        procedure, state, asked, agency, position, assignee,
        lights["late"], lights["soon"], lights["good"], lights["paused"],
        min(task.created_at for _, task in found), sum(task.created_at < aged for _, task in found),
        min(change.id for change, _ in found),
    )  # fmt: skip


def _late(change: Change, now: datetime) -> bool:
    at = late_at(change.dossier)
    return at is not None and at < now


def _light(change: Change, task: Task, now: datetime) -> str:
    urgency = mark_of(change, task).urgency
    if urgency == "none":
        return "paused"
    if urgency < instant_text(now):
        return "late"
    return "soon" if warned(change.dossier, task) else "good"


def _listed(change: Change) -> FigureRow:
    body = change.dossier
    return FigureRow(
        change.id, body.code, body.procedure, body.agency, body.configuration, change.day, change.finish,
        late_at(body),
    )  # fmt: skip


def _worst(row: FigureRow) -> tuple[bool, int, str, str]:
    days = 0 if row.finish is None else (row.finish.promised - row.finish.day).days
    return (
        row.finish is None and row.late_at is None,
        days,
        "" if row.finish or row.late_at is None else instant_text(row.late_at),
        row.code,
    )
