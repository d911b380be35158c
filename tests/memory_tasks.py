"""Open tasks in memory, for tests of what stands above the store."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from memory_state import State

from motcua.services.appointments import urgency
from motcua.services.ports import Change, InboxQuery, InboxRow, Mark, Stored, TaskRow
from states.dossier import Dossier, Task
from states.wire import from_wire, instant_text, to_wire


class MemoryTasks:
    """Who has to do what."""

    _state: State

    def tasks(
        self,
        *,
        agency: str | None = None,
        position: str | None = None,
        assignee: str | None = None,
        limit: int = 100,
    ) -> list[TaskRow]:
        found = [
            TaskRow(change.dossier.code, change.dossier.procedure, task, change.due)
            for change in sorted(self._state.heads.values(), key=by_due)
            for task in sorted(change.tasks or (), key=lambda task: task.id)
            if agency in (None, task.agency)
            and position in (None, task.position)
            and assignee in (None, task.assignee)
        ]
        return found[:limit]

    def inbox(self, query: InboxQuery, after: Mark | None, limit: int) -> list[InboxRow]:
        found = [
            InboxRow(task, stored_of(change), mark_of(change, task))
            for change in self._state.heads.values()
            for task in change.tasks or ()
            if any(
                pile.assignee == task.assignee and pile.desk in (None, (task.agency, task.position))
                for pile in query.piles
            )
            and query.public in (None, change.dossier.public)
            and query.procedure in (None, change.dossier.procedure)
            and (query.until is None or mark_of(change, task).urgency <= instant_text(query.until))
        ]
        ordered = sorted(found, key=lambda row: astuple(row.mark))
        return [row for row in ordered if after is None or astuple(row.mark) > astuple(after)][:limit]

    def count_inboxes(self, queries: Sequence[InboxQuery], most: int) -> list[int]:
        return [len(self.inbox(query, None, most)) for query in queries]

    def load_of(self, agency: str, position: str) -> Mapping[str, int]:
        rows = self.tasks(agency=agency, position=position, limit=len(self._state.heads) * 1000)
        return Counter(row.task.assignee for row in rows if row.task.assignee is not None)


def stored_of(change: Change) -> Stored:
    """Through the wire and back, as from a database."""
    body = from_wire(Dossier, json.loads(json.dumps(to_wire(change.dossier))))
    return Stored(change.id, body, change.seq, change.head, change.at)


def by_due(change: Change) -> Any:
    """Sort by the nearest due instant, those without one last."""
    return (change.due is None, change.due, change.dossier.code)


def mark_of(change: Change, task: Task) -> Mark:
    """The place of a task in the order of urgency."""
    pressing = urgency(change.dossier, task)
    return Mark("none" if pressing is None else instant_text(pressing), change.id, task.id)
