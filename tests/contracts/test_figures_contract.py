"""One contract for every store: sums count each submission once, and their lists hold what they counted."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from changes import AGENCY, DAY, after, dossier, key, opening, task
from stores import KINDS, each_store

from motcua.services.ports import (
    Change,
    DossierFilter,
    Finish,
    KeptSum,
    OpenSum,
    Pin,
    Store,
    TaskFilter,
)
from states.deadline import Clock, Segment, SegmentKind
from states.dossier import Awaited
from states.kin import Kin
from states.term import parse_term

store = pytest.fixture(params=KINDS, name="store")(each_store)
OTHER, GUIDE = "H01.03", "9.000009"
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def legal(hours: float, *fired: str, paused: bool = False) -> Clock:
    """A clock of the whole dossier that is due in so many hours, or stands still."""
    kinds = [SegmentKind.RUN, *([SegmentKind.PAUSE] if paused else [])]
    segments = tuple(Segment(kind, after(0), "accept", None) for kind in kinds)
    due = None if paused else after(hours)
    return Clock(
        "legal", 1, parse_term("working_days", "5"), "vn-gov", None, segments, due, None, False,
        60 if paused else None, due, fired,
    )  # fmt: skip


def finished(number: int, days: int, first: int = 0, **changes: Any) -> Change:
    """A dossier that was finished so many days after its appointment, itself so many after the first one."""
    finish = Finish(DAY + timedelta(days=days), DAY, DAY - timedelta(days=first))
    return opening(number, dossier=dossier(number, **changes), finish=finish)


def running(number: int, hours: float, **changes: Any) -> Change:
    """An open dossier that is due in so many hours."""
    return opening(number, dossier=dossier(number, clocks={"legal": legal(hours)}, **changes))


def numbers(store: Store, wanted: DossierFilter, **more: Any) -> list[int]:
    """Numbers of the dossiers of a list."""
    return [int(row.code[-4:]) for row in store.figure_rows(wanted, after(10), 100, **more)]


def test_appointments_are_counted_by_agency_procedure_and_month(store: Store) -> None:
    """On time is on the day; a day after an apology is on time and not on the first; what is open does not count."""
    store.write(
        [
            finished(1, 0),
            finished(2, 0, 3),
            finished(3, 2),
            finished(4, 40),
            finished(5, -1, agency=OTHER),
            running(6, 5),
        ]
    )
    found = sorted(store.kept_sums(DossierFilter(finished=MARCH)), key=lambda row: row.agency)

    first = min(key(number) for number in (1, 2, 3))
    assert [
        KeptSum(AGENCY, "9.000001", "2026-03", 3, 2, 1, first),
        KeptSum(OTHER, "9.000001", "2026-03", 1, 1, 1, key(5)),
    ] == found
    assert [] == store.kept_sums(DossierFilter(frozenset({"H01.09"}), finished=MARCH))
    assert [4, 3] == numbers(
        store, DossierFilter(finished=(DAY, DAY + timedelta(days=99)), late=True), worst=True
    )


def test_a_submission_counts_once(store: Store) -> None:
    """Neither its components nor the dispatcher's dossier that it came by count beside it."""
    routed, group = dossier(1).code, dossier(2).code
    store.write(
        [
            running(1, 5, procedure=GUIDE),
            running(2, 5, parent=Kin(routed, "routed")),
            running(3, 5, parent=Kin(group, "tax")),
            running(4, 5, procedure=GUIDE),
        ]
    )

    assert [2, 4] == numbers(store, DossierFilter(whole=True, dispatch=GUIDE))
    assert [1, 4] == numbers(store, DossierFilter(whole=True))
    assert [1, 2, 3, 4] == numbers(store, DossierFilter())


def test_what_is_open_is_counted_by_configuration_and_late_by_its_running_clock(store: Store) -> None:
    """A dossier in two states counts once, and is found by either; one whose clock pauses is not late."""
    paused = opening(3, dossier=dossier(3, clocks={"legal": legal(1, paused=True)}))
    store.write([running(1, 9, states=("a", "b_c")), running(2, 11), paused, running(4, 1, ended=True)])
    found = {row.configuration: row for row in store.open_sums(DossierFilter(), after(10))}

    assert OpenSum(AGENCY, "9.000001", "a|b_c", 1, 1, key(1)) == found["a|b_c"]
    assert (2, 0) == (found["received"].open, found["received"].late)
    assert ([1], [], [1]) == (
        numbers(store, DossierFilter(state="b_c")),
        numbers(store, DossierFilter(state="b")),
        numbers(store, DossierFilter(late=True)),
    )
    assert ([2, 3], [1, 2, 3]) == (
        numbers(store, DossierFilter(), after=dossier(1).code),
        numbers(store, DossierFilter(), worst=True),
    )


def test_tasks_are_counted_by_step_and_officer_and_by_how_they_are_pressed(store: Store) -> None:
    """Late, warned by a rung, neither, or not pressed at all; the list of each count holds as many."""
    clocks = {1: legal(5), 2: legal(20, "warn"), 3: legal(20), 4: legal(1, paused=True)}
    store.write(
        [
            opening(number, dossier=dossier(number, clocks={"legal": clock}, tasks=(it,)), tasks=(it,))
            for number, clock in clocks.items()
            for it in [replace(task(1, "an" if number == 3 else None), created_at=after(number))]
        ]
    )
    found = {row.assignee: row for row in store.task_sums(TaskFilter(), after(10), after(2))}
    shown = {
        light: [row.stored.id for row in store.task_rows(TaskFilter(light=light), after(10), None, 9)]
        for light in ("late", "soon", "good", "paused")
    }

    assert {"late": [key(1)], "soon": [key(2)], "good": [key(3)], "paused": [key(4)]} == shown
    pool, own = found[None], found["an"]
    assert (1, 1, 0, 1, 1, after(1)) == (pool.late, pool.soon, pool.good, pool.paused, pool.aged, pool.oldest)
    assert (0, 0, 1, 0, 0) == (own.late, own.soon, own.good, own.paused, own.aged)


def test_a_list_of_tasks_narrows_and_goes_on(store: Store) -> None:
    """By agency, step, desk, officer and age; pages leave nothing out."""
    made = [replace(task(1), created_at=after(number)) for number in range(1, 5)]
    store.write([opening(n, dossier=dossier(n, tasks=(it,)), tasks=(it,)) for n, it in enumerate(made, 1)])

    def count(wanted: TaskFilter) -> int:
        return len(store.task_rows(wanted, after(10), None, 99))

    assert [4, 0, 4, 0, 4, 0, 1] == [
        count(TaskFilter(agencies=frozenset({AGENCY}))),
        count(TaskFilter(agencies=frozenset())),
        count(TaskFilter(procedure="9.000001", state="received", asked=False)),
        count(TaskFilter(asked=True)),
        count(TaskFilter(position="clerk", assignee="")),
        count(TaskFilter(assignee="an")),
        count(TaskFilter(before=after(2))),
    ]
    first = store.task_rows(TaskFilter(), after(10), None, 3)
    rest = store.task_rows(TaskFilter(), after(10), first[-1].mark, 3)
    assert sorted(key(number) for number in range(1, 5)) == sorted(row.stored.id for row in [*first, *rest])


def test_what_waits_for_an_acknowledgement_is_found_by_lead_and_by_desk(store: Store) -> None:
    """A dossier that another agency leads is found where a task of it lies."""
    rung = Awaited("legal", 1, "warn", after(9), ("an",), "head", AGENCY)
    it = task(1)
    store.write(
        [
            opening(1, dossier=dossier(1, awaited=(rung,))),
            opening(2, dossier=dossier(2, awaited=(rung,), agency=OTHER, tasks=(it,)), tasks=(it,)),
            opening(3),
        ]
    )

    def found(*agencies: str) -> list[str]:
        return [one.id for one in store.unacknowledged(frozenset(agencies), 9)]

    assert ([key(1), key(2)], [key(2)], []) == (found(AGENCY), found(OTHER), found("H01.09"))
    assert 1 == len(store.unacknowledged(None, 1))


def test_the_pin_of_a_dossier_is_its_version_and_its_last_record(store: Store) -> None:
    """Both are those of the dossier read whole; one that does not exist has none."""
    store.write([opening(1), opening(2)])
    read = store.load_ids([key(1), key(2)])
    expected = {one.id: Pin(one.dossier.cfg, one.head) for one in read}
    assert expected == store.pins([key(2), "nobody", key(1)])
    assert {} == store.pins([])
