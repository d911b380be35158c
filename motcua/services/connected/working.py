"""Open tasks for a client system: what it took, and what nobody has taken yet in its positions."""

from collections.abc import Iterator
from typing import Any

from motcua.services.access import narrowed
from motcua.services.clients import Caller
from motcua.services.inbox import mark_of, mark_text, task_label
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import InboxQuery, InboxRow, Pile
from motcua.services.presenting_clocks import words_of

Plain = dict[str, Any]


def open_work(
    house: Installation, caller: Caller, *, procedure: str | None, after: str | None, limit: int
) -> tuple[list[Plain], str | None]:
    """Return a page of open tasks, the most urgent first, and where the next one begins if there are more.

    A client system without positions is shown what nobody has taken in any position of its agencies.

    Raises:
        UnreadableMark: *after* is no `next` of a page.
    """
    query = InboxQuery(tuple(_piles(house, caller)), procedure=procedure)
    found = narrowed(house, caller.visitor).store.inbox(query, mark_of(after), limit + 1)
    page = found[:limit]
    return [_row(house, row) for row in page], (mark_text(page[-1].mark) if len(found) > limit else None)


def _piles(house: Installation, caller: Caller) -> Iterator[Pile]:
    yield Pile(None, caller.visitor.person)
    client = caller.client
    posts = {(post.agency, post.position) for post in house.worlds.directory.posts}
    for agency, position in sorted(posts):
        if agency in client.agencies and (not client.positions or position in client.positions):
            yield Pile((agency, position), None)


def _row(house: Installation, row: InboxRow) -> Plain:
    task, dossier = row.task, row.stored.dossier
    world = house.worlds.of(dossier.cfg)
    clock = dossier.clocks.get(task.clock)
    return {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": dossier.procedure,
        "task": task.id,
        "state": task.state,
        "label": words_of(task_label(world, task.clock, task.state)),
        "role": task.role,
        "agency": task.agency,
        "position": task.position,
        "assignee": task.assignee,
        "created_at": local_text(world.calendar_of(task.agency), task.created_at),
        "due": None if clock is None else local_text(world.calendars[clock.calendar], clock.due),
    }
