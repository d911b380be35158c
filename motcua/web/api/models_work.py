"""What the API answers with about tasks and events."""

from typing import Any

from motcua.web.api.models import Answer, Code, Instant, Words


class TaskRow(Answer):
    """An open task in a list."""

    code: Code
    version: int
    procedure: str
    task: str
    state: str
    label: Words
    role: str
    agency: str
    position: str
    assignee: str | None
    created_at: Instant
    due: Instant | None


class Tasks(Answer):
    """A page of open tasks, the most urgent first; `next` goes into `after`, null on the last page."""

    items: list[TaskRow]
    next: str | None


class EventData(Answer):
    """What happened, without personal data: ids, states, clocks, instants."""

    code: Code
    procedure: str | None
    seq: int
    cause: str
    hash: str
    events: list[dict[str, Any]]


class CloudEvent(Answer):
    """An event (CloudEvents 1.0); `sequence` orders those of one dossier."""

    specversion: str
    id: str
    source: str
    type: str
    subject: Code
    time: str
    datacontenttype: str
    sequence: str
    data: EventData
