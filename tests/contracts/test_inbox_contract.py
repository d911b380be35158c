"""One contract for every store: an inbox begins with the most urgent task, and its pages leave nothing out."""

import pytest
from changes import AGENCY, after, dossier, key, moving, opening, task
from stores import KINDS, each_store

from motcua.services.ports import Change, InboxQuery, Mark, Pile, Store
from states.deadline import Clock, Segment, SegmentKind
from states.dossier import Task
from states.term import parse_term

store = pytest.fixture(params=KINDS, name="store")(each_store)
POOL, MINE = Pile((AGENCY, "clerk"), None), Pile(None, "an")


def legal(hours: float, *, paused: bool = False) -> Clock:
    """A clock of the whole dossier that is due in so many hours, or stands still."""
    kinds = [SegmentKind.RUN, *([SegmentKind.PAUSE] if paused else [])]
    segments = tuple(Segment(kind, after(0), "accept", None) for kind in kinds)
    due = None if paused else after(hours)
    return Clock(
        "legal", 1, parse_term("working_days", "5"), "vn-gov", None, segments, due, None, False,
        60 if paused else None, due,
    )  # fmt: skip


def pressed(number: int, hours: float, *tasks: Task, paused: bool = False, public: int = 1) -> Change:
    """A new dossier with a clock and tasks."""
    clocks = {"legal": legal(hours, paused=paused)}
    return opening(
        number, dossier=dossier(number, clocks=clocks, tasks=tasks, public=public), tasks=tasks, due=None
    )


def numbers(store: Store, query: InboxQuery, mark: Mark | None = None, limit: int = 100) -> list[int]:
    """Numbers of the dossiers on a page."""
    return [int(row.stored.dossier.code[-4:]) for row in store.inbox(query, mark, limit)]


def test_the_most_urgent_comes_first_and_what_nothing_presses_last(store: Store) -> None:
    """One's own and what lies in the pool are one list; other people's tasks are not in it."""
    store.write(
        [
            pressed(1, 9, task(1, "an")),
            pressed(2, 3, task(1)),
            pressed(3, 1, task(1), paused=True),
            pressed(4, 1, task(1, "binh")),
            pressed(5, 1, task(1, position="head")),
            pressed(6, 12, task(1, "an", position="head")),
        ]
    )

    assert [2, 1, 6, 3] == numbers(store, InboxQuery((POOL, MINE)))
    assert ([], 0) == (store.inbox(InboxQuery(()), None, 9), store.count_inboxes([InboxQuery(())], 9)[0])


def test_pages_leave_nothing_out_and_show_nothing_twice(store: Store) -> None:
    """Each page begins behind the mark of the last one, among tasks of one instant too."""
    store.write([pressed(number, 5, task(1), task(2, "an")) for number in range(1, 6)])
    query, seen, mark = InboxQuery((POOL, MINE)), [], None
    while page := store.inbox(query, mark, 3):
        seen += [(row.stored.id, row.task.id) for row in page]
        mark = page[-1].mark

    assert sorted((key(number), name) for number in range(1, 6) for name in ("t1", "t2")) == sorted(seen)
    assert ([10, 10], [7, 7]) == (store.count_inboxes([query] * 2, 100), store.count_inboxes([query] * 2, 7))


def test_an_inbox_narrows_by_instant_status_and_procedure(store: Store) -> None:
    """What must be done by an instant, that one included; of one public status; of one procedure."""
    store.write([pressed(1, 2, task(1)), pressed(2, 4, task(1), public=5), pressed(3, 6, task(1))])

    assert [1, 2] == numbers(store, InboxQuery((POOL,), until=after(4)))
    assert [2] == numbers(store, InboxQuery((POOL,), public=5))
    assert [3] == store.count_inboxes([InboxQuery((POOL,), procedure="9.000001")], 9)
    assert [] == numbers(store, InboxQuery((POOL,), procedure="9.000002"))


def test_a_row_carries_the_dossier_as_it_stands(store: Store) -> None:
    """Task, snapshot and number of the last record come from one look."""
    store.write([pressed(1, 2, task(1, "an"))])
    store.write([moving(1, 2)])

    [row] = store.inbox(InboxQuery((MINE,)), None, 9)

    assert (task(1, "an"), 2, *store.load_ids([key(1)])) == (row.task, row.stored.seq, row.stored)
