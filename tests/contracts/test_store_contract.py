"""One contract for every store, in memory, on SQLite and on PostgreSQL: dossiers, timers, tasks."""

from datetime import UTC, date
from itertools import chain
from typing import Any

import pytest
from changes import (
    AGENCY,
    DAY,
    after,
    dossier,
    key,
    moving,
    nonconformity,
    notice,
    opening,
    record,
    rung,
    task,
    value,
)
from stores import KINDS, each_store, everything

from motcua.services.ports import (
    AlreadyWritten,
    DossierNotFound,
    DossierQuery,
    RungDoubled,
    Shard,
    Store,
)

store = pytest.fixture(params=KINDS, name="store")(each_store)


def test_a_loaded_dossier_is_what_was_written(store: Store) -> None:
    """A dossier comes back equal, with the number, hash and instant of its last record."""
    change = opening(1)
    assert (True,) == store.write([change])
    loaded = store.load(change.dossier.code)
    assert (change.id, change.dossier, 1, change.head, change.at) == (
        loaded.id,
        loaded.dossier,
        loaded.seq,
        loaded.head,
        loaded.at,
    )
    assert UTC == loaded.at.tzinfo


def test_an_unknown_code_is_not_found(store: Store) -> None:
    """Loading a code that does not exist names it."""
    with pytest.raises(DossierNotFound) as refused:
        store.load("H01.02-260302-0404")
    assert {"code": "H01.02-260302-0404"} == refused.value.facts


def test_load_ids_keeps_the_order_and_passes_over_unknown_ones(store: Store) -> None:
    """Dossiers come in the order of the ids asked for."""
    store.write([opening(number) for number in (1, 2, 3)])
    found = store.load_ids([key(3), "nobody", key(1)])
    assert [key(3), key(1)] == [each.id for each in found]
    assert [] == store.load_ids([])


def test_compare_and_set_accepts_one_of_two(store: Store) -> None:
    """Of two changes decided on the same record the second is rejected and leaves no trace."""
    store.write([opening(1)])
    assert (True,) == store.write([moving(1, 2)])
    before = everything(store)
    assert (False,) == store.write(
        [moving(1, 2, notices=(notice("n", 1),), rungs=(rung(),), tasks=(task(1),))]
    )
    assert before == everything(store)


def test_a_stale_change_is_rejected_alone(store: Store) -> None:
    """In a batch the stale change is left out, the others are committed, results in the order given."""
    store.write([opening(number) for number in (1, 2, 3)])
    store.write([moving(2, 2)])
    assert (True, False, True, True) == store.write([moving(1, 2), moving(2, 2), moving(3, 2), opening(4)])
    seqs = {stored.id: stored.seq for stored in store.iterate()}
    assert {key(1): 2, key(2): 2, key(3): 2, key(4): 1} == seqs
    assert 7 == len(list(store.all_records()))


def test_an_unknown_dossier_cannot_be_moved(store: Store) -> None:
    """A change of a dossier that does not exist is rejected."""
    assert (False,) == store.write([moving(9, 5)])
    assert [] == list(store.all_records())


def test_a_taken_code_or_number_is_rejected(store: Store) -> None:
    """A new dossier with the code or the daily number of another is rejected, alone."""
    store.write([opening(1)])
    same_code = opening(2, dossier=dossier(1))
    same_number = opening(3, number=1)
    assert (False, False, True, False) == store.write([same_code, same_number, opening(4), opening(1)])
    assert [dossier(1).code, dossier(4).code] == [each.dossier.code for each in store.iterate()]


def test_numbers_are_free_of_gaps_for_each_agency_and_day(store: Store) -> None:
    """The next number is one above the last of that agency and day, and a rejected opening uses none."""
    assert 1 == store.next_number(AGENCY, DAY)
    store.write([opening(1), opening(2)])
    store.write([opening(5, number=2)])
    assert 3 == store.next_number(AGENCY, DAY)
    assert 1 == store.next_number("H01.03", DAY)
    assert 1 == store.next_number(AGENCY, date(2026, 3, 3))


def test_two_changes_of_one_dossier_in_one_write_are_a_mistake(store: Store) -> None:
    """One write holds one change for each dossier."""
    with pytest.raises(ValueError, match="one dossier"):
        store.write([opening(1), moving(1, 2)])
    assert () == store.write([])


def test_a_rung_fires_once_in_an_epoch(store: Store) -> None:
    """The same rung of the same epoch again spoils the whole write; in a new epoch it may fire."""
    store.write([opening(1, rungs=(rung(),)), opening(2)])
    before = everything(store)
    with pytest.raises(RungDoubled) as refused:
        store.write([moving(1, 2, rungs=(rung(),)), moving(2, 2)])
    assert dossier(1).code in str(refused.value)
    assert before == everything(store)
    assert (True,) == store.write([moving(1, 2, rungs=(rung(epoch=2), rung("late")))])


def test_nothing_is_half_written_after_an_error(store: Store) -> None:
    """A record whose number is taken, in the middle of a batch, undoes the batch."""
    store.write([opening(number) for number in (1, 2, 3)])
    before = everything(store)
    spoilt = moving(2, 2, records=(record(f"dossier:{key(2)}", 2), record(f"dossier:{key(2)}", 1)))
    with pytest.raises(AlreadyWritten):
        store.write(
            [
                moving(1, 2, notices=(notice("n1", 1),), tasks=(task(1),)),
                spoilt,
                moving(3, 2, values=(value(2, "name"),), nonconformities=(nonconformity("x", 3),)),
            ]
        )
    assert before == everything(store)
    assert (True, True) == store.write([moving(1, 2), moving(3, 2)])


def test_timers_come_earliest_first_and_not_before_their_time(store: Store) -> None:
    """Wake-ups are listed at their instant, earliest first; a change moves or clears its own."""
    assert None is store.next_wake()
    store.write([opening(1, wake_at=after(3)), opening(2, wake_at=after(1)), opening(3, wake_at=None)])
    assert [key(2)] == store.due_ids(after(2.9), 10)
    assert [key(2), key(1)] == store.due_ids(after(3), 10)
    assert [key(2)] == store.due_ids(after(3), 1)
    assert after(1) == store.next_wake()
    store.write([moving(2, 2, wake_at=None), moving(3, 2, wake_at=after(2))])
    assert [key(3), key(1)] == store.due_ids(after(9), 10)


def test_shards_share_out_what_is_due(store: Store) -> None:
    """Every wake-up falls into one part of any number of parts, and each part keeps the order."""
    store.write([opening(number, wake_at=after(number % 7)) for number in range(1, 41)])
    due = store.due_ids(after(5), 100)
    for count in (1, 2, 3, 7):
        parts = [store.due_ids(after(5), 100, Shard(index, count)) for index in range(count)]
        assert sorted(due) == sorted(chain(*parts))
        assert all([key for key in due if key in part] == part for part in parts)
        assert all(parts)
    assert store.due_ids(after(5), 100, Shard(1, 2))[:3] == store.due_ids(after(5), 3, Shard(1, 2))


def test_there_is_no_part_beyond_the_last() -> None:
    """A part that does not exist would sweep nothing, so it cannot be named."""
    with pytest.raises(ValueError, match="no part 2 of 2"):
        Shard(2, 2)


def test_wake_ups_can_be_asked_for(store: Store) -> None:
    """The wake-ups of given dossiers are told; one that sleeps, or is not known, is left out."""
    store.write([opening(1, wake_at=after(3)), opening(2, wake_at=None), opening(3, wake_at=after(1))])
    assert {key(1): after(3)} == store.wakes([key(1), key(2), "nobody"])


def test_tasks_follow_their_dossier(store: Store) -> None:
    """Open tasks are replaced when a change says so, else kept; the nearest due instant comes first."""
    store.write([opening(1, due=None, tasks=(task(1), task(2, "an"))), opening(2, tasks=(task(1, "an"),))])
    store.write([moving(1, 2, due=None)])
    assert [(2, "t1"), (1, "t1"), (1, "t2")] == [(int(row.code[-4:]), row.task.id) for row in store.tasks()]
    assert [task(2, "an")] == [row.task for row in store.tasks(assignee="an", position="clerk")][1:]
    assert {"an": 2} == store.load_of(AGENCY, "clerk")
    store.write([moving(1, 3, tasks=(task(2, "binh"), task(3, position="head")))])
    assert {"an": 1, "binh": 1} == store.load_of(AGENCY, "clerk")
    assert ["t3"] == [row.task.id for row in store.tasks(agency=AGENCY, position="head")]
    store.write([moving(1, 4, tasks=())])
    assert [(dossier(2).code, "9.000001", task(1, "an"), after(48))] == [
        (row.code, row.procedure, row.task, row.due) for row in store.tasks(limit=1)
    ]
    assert [] == store.tasks(agency="H01.03")


def test_lists_show_the_nearest_due_first(store: Store) -> None:
    """Lists are ordered by due instant, those without one last, and can be narrowed."""
    ended = dossier(3, ended=True, states=(), procedure="9.000002")
    store.write([opening(1, due=None), opening(2, due=after(9)), opening(3, dossier=ended, due=after(2))])
    rows = store.find_dossiers()
    assert [3, 2, 1] == [int(row.code[-4:]) for row in rows]
    assert ((), ("received",)) == (rows[0].states, rows[1].states)
    assert [2, 1] == [int(row.code[-4:]) for row in store.find_dossiers(open_only=True)]
    assert [rows[0]] == store.find_dossiers(procedure="9.000002", agency=AGENCY)
    assert rows[:2] == store.find_dossiers(limit=2)
    assert [] == store.find_dossiers(agency="H01.03")


def test_a_search_is_read_page_by_page(store: Store) -> None:
    """By code, behind a code, narrowed by agency with those below it, procedure, text, end; signs mean themselves."""
    ended = dossier(3, ended=True, states=(), procedure="9.000002")
    store.write([opening(1), opening(2), opening(3, dossier=ended)])

    def found(after: str = "", limit: int = 9, **wanted: Any) -> list[int]:
        page = store.page(DossierQuery(**wanted), after, limit)
        return [int(each.dossier.code[-4:]) for each in page]

    assert ([1, 2, 3], [1, 2], [3]) == (found(), found(limit=2), found(dossier(2).code))
    assert [[3], [1, 2], [3]] == [
        found(procedure="9.000002"),
        found(ended=False),
        found(ended=True),
    ]
    assert [[1, 2, 3], [1, 2, 3], []] == [
        found(agency=AGENCY), found(agency=AGENCY.split(".")[0]), found(agency=AGENCY[:-1])
    ]  # fmt: skip
    assert [[2], [], []] == [found(text=text) for text in ("-0002", "%", "_0002")]


def test_walks_go_by_code_and_by_stream(store: Store) -> None:
    """Dossiers are walked by code, records by stream and number, heads by stream; also across writes."""
    count = 1200
    store.write([opening(number) for number in range(1, count + 1)])
    store.append([record("system", 1), record("calendar:vn", 1)])
    walk = store.iterate()
    first = next(walk)
    store.write([moving(1, 2)])
    assert [dossier(n).code for n in range(1, count + 1)] == [
        first.dossier.code,
        *(each.dossier.code for each in walk),
    ]
    places = [(each.stream, each.seq) for each in store.all_records()]
    assert count + 3 == len(places)
    assert sorted(places) == places
    heads = list(store.heads())
    assert sorted(heads) == heads
    last = {each.stream: (each.seq, each.leaf_hash) for each in store.all_records()}
    assert last == {stream: (seq, head) for stream, seq, head in heads}


def test_open_dossiers_are_walked_alone(store: Store) -> None:
    """Ended dossiers are left out when only open ones are wanted."""
    store.write([opening(1, dossier=dossier(1, ended=True)), opening(2)])
    assert [key(2)] == [each.id for each in store.iterate(open_only=True)]


def test_the_last_record_of_all_has_an_instant(store: Store) -> None:
    """It is that of the dossier which changed last; where there is no dossier there is none."""
    assert None is store.last_at()
    store.write([opening(number) for number in (1, 2)])
    store.write([moving(1, 2)])
    assert max(stored.at for stored in store.iterate()) == store.last_at()
