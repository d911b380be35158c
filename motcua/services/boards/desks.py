"""Open tasks by step and by officer, and the tasks behind each count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.services.access import Visitor, may_see
from motcua.services.appointments import promised
from motcua.services.boards.naming import Names, names_of
from motcua.services.boards.scope import choices, scope_of
from motcua.services.identity import today
from motcua.services.inbox import applicants_of, lit, mark_of, mark_text, task_label
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import LIGHTS, InboxRow, TaskFilter, TaskSum
from motcua.services.presenting_clocks import words_of
from states.calendar import BusinessCalendar

Plain = dict[str, Any]
AGED = timedelta(days=7)
"""A task that lies longer is counted as aged, by the calendar on the wall."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which tasks of a board are wanted, as an address names them; None leaves open.

    Attributes:
        assignee: Empty for those in a pool.
        aged: Only those that lie longer than `AGED`.
    """

    agency: str | None = None
    procedure: str | None = None
    state: str | None = None
    asked: bool | None = None
    position: str | None = None
    assignee: str | None = None
    light: str | None = None
    aged: bool = False


def desks(house: Installation, visitor: Visitor, agency: str | None = None) -> Plain:
    """Return how many tasks are open, by step and by officer, as the database counts them.

    Returns:
        `steps`, `officers`, `total` (each with a count by light, all, `aged` and `oldest`), `agencies` to choose from.

    Raises:
        AgencyNotFound: The agency is not the visitor's to look at.
    """
    now = house.now()
    wanted = TaskFilter(agencies=scope_of(house, visitor, agency))
    sums = house.store.task_sums(wanted, now, now - AGED)
    names = names_of(house, (one.example for one in sums))
    clock = calendar_of(house)
    steps = _grouped(
        sums, clock, lambda one: (one.procedure, one.state, one.asked), lambda one: _step(names, one)
    )
    officers = _grouped(
        sums, clock, lambda one: (one.agency, one.position, one.assignee), lambda one: _desk(names, one)
    )
    return {
        "steps": steps,
        "officers": officers,
        "total": _summed(sums, clock),
        "agencies": choices(house, visitor),
        "agency": agency,
        "aged_days": AGED.days,
    }


def desk_tasks(
    house: Installation, visitor: Visitor, narrowing: Narrowing, after: str | None = None, limit: int = 50
) -> Plain:
    """Return a page of the tasks behind a count, each with who else may be given it.

    Raises:
        AgencyNotFound, UnreadableMark: As it says.
    """
    now = house.now()
    wanted = TaskFilter(
        agencies=scope_of(house, visitor, narrowing.agency),
        procedure=narrowing.procedure,
        state=narrowing.state,
        asked=narrowing.asked,
        position=narrowing.position,
        assignee=narrowing.assignee,
        light=narrowing.light if narrowing.light in LIGHTS else None,
        before=now - AGED if narrowing.aged else None,
    )
    found = house.store.task_rows(wanted, now, mark_of(after), limit + 1)
    page = found[:limit]
    names = applicants_of(house, [row.stored.id for row in page])
    return {
        "rows": [_task(house, visitor, row, names.get(row.stored.id), now) for row in page],
        "next": mark_text(page[-1].mark) if len(found) > limit else None,
    }


def calendar_of(house: Installation) -> BusinessCalendar:
    """Return the calendar of the province, by which boards tell days."""
    directory = house.worlds.directory
    return house.worlds.calendars[directory.get(directory.province).calendar]


def _grouped(
    sums: Iterable[TaskSum],
    calendar: BusinessCalendar,
    place: Callable[[TaskSum], tuple[Any, ...]],
    told: Callable[[TaskSum], Plain],
) -> list[Plain]:
    groups: dict[tuple[Any, ...], list[TaskSum]] = {}
    for one in sums:
        groups.setdefault(place(one), []).append(one)
    rows = [{**told(found[0]), **_summed(found, calendar)} for found in groups.values()]
    return sorted(rows, key=lambda row: (-row["late"], -row["soon"], -row["all"], str(row["id"])))


def _summed(sums: list[TaskSum], calendar: BusinessCalendar) -> Plain:
    counts = {light: sum(getattr(one, light) for one in sums) for light in LIGHTS}
    oldest = min((one.oldest for one in sums), default=None)
    return {
        **counts,
        "all": sum(counts.values()),
        "aged": sum(one.aged for one in sums),
        "oldest": local_text(calendar, oldest),
    }


def _step(names: Names, one: TaskSum) -> Plain:
    return {
        "id": (one.procedure, one.state, one.asked),
        "procedure": {"code": one.procedure, "label": names.procedure(one.example)},
        "state": one.state,
        "asked": one.asked,
        "label": names.state(one.example, one.state, one.asked),
    }


def _desk(names: Names, one: TaskSum) -> Plain:
    return {
        "id": (one.agency, one.position, one.assignee or ""),
        "agency": {"code": one.agency, "name": names.agency(one.agency)},
        "position": one.position,
        "assignee": one.assignee,
    }


def _task(
    house: Installation, visitor: Visitor, row: InboxRow, applicant: str | None, now: datetime
) -> Plain:
    stored, task = row.stored, row.task
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    day, directory = today(house), house.worlds.directory
    holders = directory.holders(task.agency, task.position, day)
    whole = may_see(house, visitor, stored)
    return {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": {"code": dossier.procedure, "label": words_of(world.procedure.name)},
        "task": task.id,
        "label": words_of(task_label(world, task.clock, task.state)),
        "assignee": task.assignee,
        "agency": directory.name_of(task.agency, day),
        "position": task.position,
        "applicant": applicant if whole else None,
        "since": local_text(world.calendar, task.created_at),
        "step": lit(world, dossier.clocks.get(task.clock), now),
        "whole": lit(world, promised(dossier) if whole else None, now),
        "others": [officer for officer in holders if officer != task.assignee],
    }
