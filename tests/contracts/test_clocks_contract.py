"""One contract for every store: what the clock said at which uptime, and the hold after a step."""

from dataclasses import replace
from datetime import timedelta

import pytest
from changes import after, dossier, notice, opening, record
from stores import KINDS, each_store

from motcua.services.ports import Beat, Busy, ClockHold, Store

store = pytest.fixture(params=KINDS, name="store")(each_store)

BEAT = Beat("boot-a", "host-a", after(1), timedelta(hours=5))
HOLD = ClockHold(after(2), after(50))


def test_a_look_is_remembered_by_boot(store: Store) -> None:
    """Each machine's newest look is kept; whoever does not know the newest one is refused."""
    other = replace(BEAT, boot="boot-b")
    newer = replace(BEAT, wall=after(2), elapsed=timedelta(hours=6))
    assert None is store.beat("boot-a")
    store.set_beat(None, BEAT)
    store.set_beat(None, other)
    for known in (None, replace(BEAT, wall=after(0))):
        with pytest.raises(Busy):
            store.set_beat(known, newer)
    store.set_beat(BEAT, newer)

    assert (newer, other) == (store.beat("boot-a"), store.beat("boot-b"))


def test_a_hold_is_told_with_the_clock_and_with_every_dossier(store: Store) -> None:
    """It stands from the step until it is released; its records are there, and looks are forgotten."""
    store.write([opening(1)])
    store.set_beat(None, replace(BEAT, boot="boot-b"))
    newer = replace(BEAT, wall=after(50))
    store.set_beat(None, BEAT)
    store.step_clock(BEAT, newer, HOLD, record("system", 1, "clock_step"))

    loaded = store.load(dossier(1).code)
    assert HOLD == store.reading().hold == (loaded.reading or store.reading()).hold
    assert (newer, None) == (store.beat("boot-a"), store.beat("boot-b"))

    store.release_clock(record("system", 2, "clock_step"))
    loaded = store.load(dossier(1).code)
    assert (None, None, None) == (
        store.reading().hold,
        loaded.reading and loaded.reading.hold,
        store.beat("boot-a"),
    )
    assert [1, 2] == [row.seq for row in store.records("system")]


def test_a_second_step_changes_the_hold_and_a_step_back_brings_none(store: Store) -> None:
    """There is at most one hold, the newest; a step without one only has its record."""
    store.step_clock(None, BEAT, None, record("system", 1, "clock_step"))
    assert None is store.reading().hold
    for number, hold in enumerate((HOLD, replace(HOLD, seen_at=after(60))), 2):
        known = store.beat("boot-a")
        assert known is not None
        store.step_clock(
            known, replace(known, wall=after(number)), hold, record("system", number, "clock_step")
        )
        assert hold == store.reading().hold


def test_a_step_is_stored_whole_or_not_at_all(store: Store) -> None:
    """A look that is not the newest, a record's number that is taken, a hold that has ended: nothing changes."""
    store.set_beat(None, BEAT)
    store.append([record("system", 1, "schema_change")])
    newer = replace(BEAT, wall=after(9))
    for known, number in ((None, 2), (newer, 2), (BEAT, 1)):
        with pytest.raises(Busy):
            store.step_clock(known, newer, HOLD, record("system", number, "clock_step"))
    with pytest.raises(Busy):
        store.release_clock(record("system", 2, "clock_step"))

    assert (BEAT, None, 1) == (store.beat("boot-a"), store.reading().hold, len(store.records("system")))


def test_messages_can_be_kept_back_by_template(store: Store) -> None:
    """They hold up nothing: a later message of the same dossier leaves before them."""
    kept, later = replace(notice("z", 1), template="escalation"), notice("a", 1)
    store.write([opening(1, notices=(kept, later))])

    born = ("escalation", "nonconformity")
    assert ["a"] == [m.notice.id for m in store.claim_messages(after(1), 10, after(1), born)]
    assert ["z"] == [m.notice.id for m in store.claim_messages(after(1), 10, after(2))]
