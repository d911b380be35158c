"""What an officer has to do: their own tasks and those that nobody has taken yet, the most urgent first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from motcua.services.appointments import promised
from motcua.services.identity import today
from motcua.services.installation import Installation
from motcua.services.marks import UnreadableMark, read_mark, write_mark
from motcua.services.ports import InboxQuery, InboxRow, Mark, Pile
from motcua.services.presenting_clocks import clock_line, words_of
from states.agency import Post
from states.concern import Extent, extents
from states.deadline import Clock
from states.dossier import CONSULT
from states.errors import DomainError
from states.procedure import Label
from states.world import World

Plain = dict[str, Any]
MOST = 1000
"""So many are counted; more are told as "1,000 and more"."""

DAY = 24 * 60
_NAMES = ("applicant.full_name", "applicant.name")


class UnknownQueue(DomainError):
    """There is no queue {queue}. Use one of: {known}."""

    vi = "Không có hàng việc {queue}. Hãy dùng một trong: {known}."


@dataclass(frozen=True)
class Queue:
    """A part of the inbox that officers know by name.

    Attributes:
        until: `now` for what is late, `day` for what is due by the end of today; None for all.
        public: The public status of the dossiers; None for any.
        own: Whether only the officer's own tasks are meant.
    """

    vi: str
    en: str
    until: str | None = None
    public: int | None = None
    own: bool = False


QUEUES: Mapping[str, Queue] = {
    "all": Queue("Tất cả việc", "All tasks"),
    "own": Queue("Việc đã nhận", "Taken by me", own=True),
    "late": Queue("Quá hạn", "Late", until="now"),
    "today": Queue("Đến hạn hôm nay", "Due today", until="day"),
    "intake": Queue("Chờ tiếp nhận", "To be accepted", public=1),
    "results": Queue("Chờ trả kết quả", "Results to return", public=9),
}


def inbox(
    house: Installation,
    person: str,
    queue: str = "all",
    *,
    procedure: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Plain:
    """Return a page of an officer's inbox with the counts of all queues.

    Args:
        house: The installation.
        person: The officer; their posts of today decide what they see.
        queue: One of `QUEUES`.
        procedure: Only dossiers of this procedure.
        after: `next` of the page before.
        limit: Rows of a page.

    Returns:
        `rows`, `next` (None on the last page) and `queues` with a count of at most `MOST` each.

    Raises:
        UnknownQueue, UnreadableMark: As it says.
    """
    now, posts = house.now(), house.worlds.directory.posts_of(person, today(house))
    query = _query(house, posts, person, queue, procedure, now)
    found = house.store.inbox(query, mark_of(after), limit + 1)
    page = found[:limit]
    asked = [_query(house, posts, person, name, procedure, now) for name in QUEUES]
    counts = zip(QUEUES, house.store.count_inboxes(asked, MOST), strict=True)
    names = applicants_of(house, [row.stored.id for row in page])
    return {
        "rows": [_row(house, row, names.get(row.stored.id), now) for row in page],
        "next": mark_text(page[-1].mark) if len(found) > limit else None,
        "queues": [{**_named(name), "count": count} for name, count in counts],
    }


def wanted(house: Installation, person: str, queue: str, procedure: str | None) -> InboxQuery:
    """Return what the inbox of an officer asks the database for, now. Raises: UnknownQueue."""
    posts = house.worlds.directory.posts_of(person, today(house))
    return _query(house, posts, person, queue, procedure, house.now())


def colleagues(house: Installation, person: str) -> list[str]:
    """Return the officers who hold a post that a person holds today, that person too, to whom tasks can be given."""
    directory, day = house.worlds.directory, today(house)
    desks = dict.fromkeys((post.agency, post.position) for post in directory.posts_of(person, day))
    return sorted({officer for desk in desks for officer in directory.holders(*desk, day)})


def _named(queue: str) -> Plain:
    return {"id": queue, "label": {"vi": QUEUES[queue].vi, "en": QUEUES[queue].en}}


def _query(
    house: Installation,
    posts: Sequence[Post],
    person: str,
    queue: str,
    procedure: str | None,
    now: datetime,
) -> InboxQuery:
    known = QUEUES.get(queue)
    if known is None:
        raise UnknownQueue(queue=queue, known=", ".join(QUEUES))
    until = {"now": now, "day": _evening(house, posts, now), None: None}[known.until]
    return InboxQuery(tuple(_piles(posts, person, known.own)), until, known.public, procedure)


def _piles(posts: Iterable[Post], person: str, own: bool) -> Iterable[Pile]:
    yield Pile(None, person)
    for desk in () if own else dict.fromkeys((post.agency, post.position) for post in posts):
        yield Pile(desk, None)


def _evening(house: Installation, posts: Sequence[Post], now: datetime) -> datetime:
    """Return the last minute of the local day of the officer's first agency."""
    worlds = house.worlds
    agency = posts[0].agency if posts else worlds.directory.province
    local = worlds.calendars[worlds.directory.get(agency).calendar].local(now)
    return datetime.combine(local.date(), time(23, 59), local.tzinfo)


def _row(house: Installation, row: InboxRow, applicant: str | None, now: datetime) -> Plain:
    stored, task = row.stored, row.task
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    whole = extents(world.procedure, dossier).get(task.agency) is Extent.WHOLE
    return {
        "code": dossier.code,
        "address": address_of(dossier.code, task.clock, whole),
        "version": dossier.version,
        "procedure": {"code": dossier.procedure, "label": words_of(world.procedure.name)},
        "task": task.id,
        "urgency": row.mark.urgency,
        "label": words_of(task_label(world, task.clock, task.state)),
        "assignee": task.assignee,
        "agency": world.directory.name_of(task.agency, _day(world, now)),
        "applicant": applicant if whole else None,
        "delivery": dossier.delivery if whole else None,
        "step": lit(world, dossier.clocks.get(task.clock), now),
        "whole": lit(world, promised(dossier) if whole else None, now),
    }


def address_of(code: str, clock: str, whole: bool) -> str:
    """Return where a task is done: at the dossier, or at the question where no more of it is for whoever answers."""
    if whole or not clock.startswith(CONSULT):
        return f"/ho-so/{code}"
    return f"/lien-thong/{code}/hoi/{clock.removeprefix(CONSULT)}"


def task_label(world: World, clock: str, state: str) -> Label:
    """Return what a task is about: a question to answer, or a state to act in."""
    if clock.startswith(CONSULT):
        return world.procedure.question[clock.removeprefix(CONSULT)][1].label
    return world.procedure.state[state].label


def _day(world: World, now: datetime) -> date:
    return world.calendar.local_date(now)


def applicant_of(house: Installation, dossier_id: str) -> str | None:
    """Return the name of the applicant; None where it was erased or never given."""
    return applicants_of(house, [dossier_id]).get(dossier_id)


def applicants_of(house: Installation, ids: Sequence[str]) -> Mapping[str, str]:
    """Return the names of the applicants of some dossiers, without those that were erased or never given."""
    values = {(id, value.field): value.value for id, value in house.store.personal_among(ids, _NAMES)}
    places = ((id, name) for name in reversed(_NAMES) for id in ids)
    return {place[0]: str(json.loads(values[place])) for place in places if place in values}


def lit(world: World, clock: Clock | None, now: datetime) -> Plain:
    """Return how a clock stands: `light`, `minutes` left or since (of working time where it counts that), `due`.

    `day` is how many of these minutes a day has: those of a working day, or 1,440.

    `over` tells of a paused clock that its term had passed before; it is late again once it runs on.
    `soon` begins when the first rung of its ladder has fired, so that colour and escalation agree.
    """
    if clock is None:
        return {"light": "none", "minutes": None, "due": None, "working": False, "day": DAY, "over": False}
    line = clock_line(world, clock, now)
    minutes = line["remaining_minutes"]
    light = (
        "late" if line["late"] else "paused" if clock.paused else "ended" if clock.stopped
        else "none" if minutes is None else "soon" if clock.fired else "good"
    )  # fmt: skip
    return {
        "light": light,
        "minutes": None if minutes is None else abs(minutes),
        "due": line["due"],
        "working": line["working_time"],
        "day": world.calendars[clock.calendar].definition.day_minutes if line["working_time"] else DAY,
        "over": light == "paused" and minutes is not None and minutes < 0,
    }


def mark_text(mark: Mark) -> str:
    """Write a place in the list for an address."""
    return write_mark([mark.urgency, mark.dossier_id, mark.task])


def mark_of(text: str | None) -> Mark | None:
    """Read a place in the list; it chooses where to begin, never what may be seen. Raises: UnreadableMark."""
    if not text:
        return None
    urgency, dossier, task = read_mark(text)
    if urgency is None or dossier is None or task is None:
        raise UnreadableMark
    return Mark(urgency, dossier, task)
