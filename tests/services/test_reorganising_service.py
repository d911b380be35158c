"""A merge of two agencies: nothing is left with the closed ones, no time is lost, history stays as it was."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from fakes import MemoryStore
from merging import CLOSED, DAY, MERGED, OTHER, Communes, merger
from stores import KINDS, each_store
from troubled import TroubledStore
from world import LEAD, RESTARTING

from audit.legality import check
from audit.rulebook import Rulebook
from audit.verify import Level
from motcua.services.auditing import examine
from motcua.services.intake import Submission, submit
from motcua.services.ports import Store
from motcua.services.registry import SameReviewer, approve, find, propose, reviews
from motcua.services.reorganising import take_effect
from states.directory import AgencyClosed
from states.dossier import Dossier
from states.dossier.agencies import agencies_of
from states.wire import instant

SIXTY = 60


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    yield from each_store(request)


@pytest.fixture
def memory() -> Store:
    """An empty store in memory, where what is claimed does not hang on the database."""
    return MemoryStore()


def times(dossier: Dossier) -> dict[str, tuple[datetime | None, int | None, int, tuple[str, ...]]]:
    """What each clock promises or has left, its epoch, and what fired on it."""
    return {name: (c.due, c.remaining, c.epoch, c.fired) for name, c in dossier.clocks.items()}


def orphans(communes: Communes) -> list[Any]:
    """Whatever is open and names a closed agency."""
    waiting = [m.notice for m in communes.store.waiting(10_000)]
    return [
        *(dossier.code for dossier in communes.open() if agencies_of(dossier) & CLOSED),
        *(row for code in CLOSED for row in communes.store.tasks(agency=code)),
        *(row for code in CLOSED for row in communes.store.find_dossiers(agency=code, open_only=True)),
        *(n.id for n in waiting if {r.rpartition("@")[2] for r in n.recipients} & CLOSED),
    ]


def merged(store: Store, calendar: str = "vn-gov") -> tuple[Communes, dict[str, Dossier]]:
    """Sixty dossiers on the eve of the merge, then as many after it; returns them as they were before."""
    communes = Communes(store, SIXTY)
    communes.review(merger(calendar))
    communes.until_the_day()
    communes.office.sweep()
    before = {dossier.code: dossier for dossier in communes.open()}
    [effected] = take_effect(communes.house)
    assert ({}, len(before)) == (effected.failed, effected.rebound)
    return communes, before


def test_a_merge_leaves_no_orphan_and_keeps_every_minute(store: Store) -> None:
    """With equal calendars due instants, minutes left, epochs and fired rungs stay; the trail is sound."""
    communes, before = merged(store)
    after = {dossier.code: dossier for dossier in communes.open()}

    assert {True} == {
        bool(orphans_before) for orphans_before in (before, communes.store.tasks(agency=MERGED))
    }
    assert [] == orphans(communes)
    assert {code: times(one) for code, one in before.items()} == {c: times(one) for c, one in after.items()}
    assert any(one.awaited for one in after.values()) and any(
        c.paused for one in after.values() for c in one.clocks.values()
    )


def test_another_calendar_moves_step_clocks_with_a_record_of_both(memory: Store) -> None:
    """Clocks of the whole dossier keep the procedure's calendar; step clocks follow the new agency's own."""
    communes, before = merged(memory, "vn-short")
    moved = 0
    for dossier in communes.open():
        [event] = json.loads(communes.store.records(_stream(communes, dossier.code))[-1].raw)["events"]
        for told in event["clocks"]:
            was, now = before[dossier.code].clocks[told["clock"]], dossier.clocks[told["clock"]]
            assert (was.due, now.due) == tuple(t and instant(t) for t in (told["previous"], told["due"]))
            assert told["calendar"] == ("vn-short" if told["clock"].startswith("step:") else "vn-gov")
            moved += was.due != now.due
    seen = examine(communes.house, communes.office.clock.at, Level.LEGAL)

    assert moved > 0
    assert ((), [], {}) == (seen.report.findings, seen.reconciled.faults, seen.reconciled.unreadable)


def _stream(communes: Communes, code: str) -> str:
    return f"dossier:{communes.store.load(code).id}"


def test_old_names_stay_in_old_records(memory: Store) -> None:
    """The code stays; records before cite the directory in which the former agency was open under its name."""
    communes, before = merged(memory)
    rules = Rulebook(communes.office.text_of)
    for code in before:
        raws = [json.loads(row.raw) for row in communes.store.records(_stream(communes, code))]
        first, last = raws[0], raws[-1]
        agency = code.partition("-")[0]
        assert (agency, MERGED) == (first["events"][0]["agency"], last["events"][-1]["agency"])
        assert (None, DAY) == tuple(rules.directory(r["directory"]).get(agency).until for r in (first, last))


def test_officers_keep_their_tasks_where_they_follow(memory: Store) -> None:
    """Who goes along in the same position keeps a claimed task; what lay in the pool still does."""
    communes, before = merged(memory)
    hands = {
        code: {task.id: task.assignee for task in dossier.tasks}
        for code, dossier in ((one.code, one) for one in communes.open())
    }
    assert {code: {task.id: task.assignee for task in one.tasks} for code, one in before.items()} == hands
    assert any(who is not None for tasks in hands.values() for who in tasks.values())


def test_letting_it_take_effect_again_changes_nothing(memory: Store) -> None:
    """Once done, no record is added, however often the worker looks."""
    communes, _ = merged(memory)
    records = len(list(memory.all_records()))

    assert ([], records) == (take_effect(communes.house), len(list(memory.all_records())))
    assert ["effected"] == [one.status for one in reviews(communes.house)]


def test_a_crash_in_the_middle_is_made_good() -> None:
    """The directory was adopted and the process died; the next round goes on, each dossier with one record."""
    troubled = TroubledStore()
    communes = Communes(troubled, 20)
    communes.review(merger())
    communes.until_the_day()
    communes.office.sweep()
    codes = [dossier.code for dossier in communes.open()]
    troubled.broken = OSError("no space left on device")
    with pytest.raises(OSError, match="no space"):
        take_effect(communes.house)
    troubled.broken, troubled.outrun = None, 1

    assert [len(codes)] == [one.rebound for one in take_effect(communes.house)]
    assert {1} == {rebindings(communes, code) for code in codes}
    assert [] == orphans(communes)


def rebindings(communes: Communes, code: str) -> int:
    """How often a dossier was re-bound, by its records."""
    raws = [json.loads(row.raw) for row in communes.store.records(_stream(communes, code))]
    return sum(event["kind"] == "parties_rebound" for raw in raws for event in raw["events"])


def test_a_new_dossier_is_refused_at_a_closed_agency_and_told_where_to_go() -> None:
    """The successor takes it in, with numbers of its own."""
    communes, _ = merged(MemoryStore())
    with pytest.raises(AgencyClosed, match=MERGED):
        submit(communes.house, Submission(RESTARTING, "counter", OTHER, {"kind": "repair"}, ("form",)))
    taken = submit(communes.house, Submission(RESTARTING, "counter", MERGED, {"kind": "repair"}, ("form",)))
    assert f"{MERGED}-260305-0001" == taken.dossier.code


def test_a_second_person_approves_and_nothing_happens_before_the_day() -> None:
    """The proposer may not; approved early, the change waits for its day."""
    communes = Communes(MemoryStore(), 2)
    proposed = propose(communes.house, merger(), "an")
    with pytest.raises(SameReviewer):
        approve(communes.house, proposed.digest, "An ")
    approve(communes.house, proposed.digest, "binh")

    assert [] == take_effect(communes.house)
    assert "approved" == find(communes.house, proposed.digest).status
    assert communes.house.worlds.directory.get(LEAD).until is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"assignee": "nobody"}, "decision"),
        ({"agency": OTHER}, "decision"),
    ],
)
def test_a_rebinding_that_was_altered_is_found(memory: Store, change: dict[str, str], code: str) -> None:
    """Who got a task, and where, is decided again from the registry that the record cites."""
    communes, before = merged(memory)
    known = next(dossier for dossier in before.values() if dossier.tasks)
    *earlier, last = communes.office.records(known.code)
    [*owed, event] = last.events
    tasks = [{**told, **change} for told in event["tasks"]]
    altered = replace(last, events=(*owed, {**event, "tasks": tasks}))

    assert [code] == [found.code for found in check([*earlier, altered], communes.office.rules)]


def test_a_rebinding_to_another_heir_is_refused(memory: Store) -> None:
    """A record whose command says something else than the registry is found by the auditor."""
    communes, before = merged(memory)
    *earlier, last = communes.office.records(next(iter(before)))
    command = {**(last.command or {}), "agencies": {LEAD: OTHER}}

    found = list(check([*earlier, replace(last, command=command)], communes.office.rules))

    assert ["refused"] == [one.code for one in found]
