"""Lists that stay open: what changed in any of them since the last look, found by one look for all.

The newest records, in the order of their transactions, say which dossiers changed; their open tasks say in whose lists
they stand now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.services.access import Visitor
from motcua.services.inbox import mark_of, wanted
from motcua.services.installation import Installation
from motcua.services.ports import FeedPlace, InboxQuery, OpenTask
from states.wire import instant_text

ROWS = 50
"""So many rows of a list are watched from its beginning."""

_BATCH = 1000
_PREFIX = "dossier:"

ENTERED, LEFT, URGENCY, CHANGED = "entered", "left", "urgency", "changed"


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one task in one list: it `entered`, `left`, its `urgency` or something else of it `changed`."""

    what: str
    code: str
    task: str


@dataclass
class OpenList:
    """One list that stays open, with the tasks that whoever looks at it was shown or told of."""

    visitor: Visitor
    queue: str
    procedure: str | None
    shown: dict[tuple[str, str], OpenTask]

    def told(self, query: InboxQuery, dossier_id: str, tasks: Iterable[OpenTask]) -> list[Told]:
        """Take in the open tasks of a dossier that changed; return what that means for this list.

        A row whose task is as before is told of too: what its clocks say may be another thing, as after a rung.
        """
        now = {(one.dossier_id, one.task): one for one in tasks if fits(query, one)}
        gone = [place for place in self.shown if place[0] == dossier_id and place not in now]
        found = [Told(LEFT, self.shown.pop(place).code, place[1]) for place in gone]
        for place, task in now.items():
            found.append(Told(_what(self.shown.get(place), task), task.code, task.task))
            self.shown[place] = task
        return found


@dataclass
class Lookout:
    """How far the log was read; what comes behind never comes to stand before it, so nothing is missed."""

    after: FeedPlace = field(default_factory=FeedPlace)

    def begin(self, house: Installation) -> None:
        """Take everything that is there for known."""
        self.after = house.whole.store.feed_end()

    def look(self, house: Installation) -> dict[str, list[OpenTask]]:
        """Return the dossiers that changed since the last look, each with its open tasks."""
        store, found = house.whole.store, dict[str, list[OpenTask]]()
        while rows := store.feed(self.after, _BATCH):
            found |= {row.stream.removeprefix(_PREFIX): [] for _, row in rows}
            self.after = rows[-1][0]
        for task in store.open_tasks_of(list(found)) if found else ():
            found[task.dossier_id].append(task)
        return found


def open_list(
    house: Installation, visitor: Visitor, queue: str, procedure: str | None, after: str | None
) -> OpenList:
    """Return a page of an inbox as a list that stays open. Raises: UnknownQueue, UnreadableMark."""
    query = wanted(house, visitor.person, queue, procedure)
    rows = house.store.inbox(query, mark_of(after), ROWS)
    ids = list(dict.fromkeys(row.stored.id for row in rows))
    there = {(row.stored.id, row.task.id) for row in rows}
    tasks = house.store.open_tasks_of(ids)
    shown = {(one.dossier_id, one.task): one for one in tasks if (one.dossier_id, one.task) in there}
    return OpenList(visitor, queue, procedure, shown)


def query_of(house: Installation, listed: OpenList) -> InboxQuery:
    """Return what a list asks for now; what is due by today is another thing tomorrow."""
    return wanted(house, listed.visitor.person, listed.queue, listed.procedure)


def fits(query: InboxQuery, task: OpenTask) -> bool:
    """Tell whether a task belongs into a list, as the database does."""
    return (
        any(
            pile.assignee == task.assignee and pile.desk in (None, (task.agency, task.position))
            for pile in query.piles
        )
        and (query.until is None or task.urgency <= instant_text(query.until))
        and query.public in (None, task.public)
        and query.procedure in (None, task.procedure)
    )


def mark_now(house: Installation) -> str:
    """Return up to where the log reaches now, for whoever asks later what came since."""
    return str(house.whole.store.feed_end())


def moved_since(house: Installation, mark: str) -> bool:
    """Tell whether any dossier changed behind a mark; what is none stands for yes."""
    try:
        place = FeedPlace.read(mark)
    except ValueError:
        return True
    return bool(house.whole.store.feed(place, 1))


def _what(before: OpenTask | None, task: OpenTask) -> str:
    if before is None:
        return ENTERED
    return CHANGED if before.urgency == task.urgency else URGENCY
