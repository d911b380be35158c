"""Wake-ups that were lost or are wrong are set anew, and nothing falls silent."""

from fakes import MemoryStore
from world import Office

from motcua.services.deadlines import mend_timers, pass_deadlines
from states.events import RungReached


def test_a_lost_wake_up_is_set_anew() -> None:
    """After the timers are gone, mending brings back the wake-up that was there, once."""
    store = MemoryStore()
    office = Office(store)
    office.open()
    before = store.next_wake()
    store._state.wakes.clear()
    assert (1, 0) == (mend_timers(office.house), mend_timers(office.house))
    assert before == store.next_wake()


def test_a_wake_up_too_early_is_put_right_without_a_record() -> None:
    """A sweep that finds nothing owed sets the wake-up anew and records nothing."""
    store = MemoryStore()
    office = Office(store)
    code = office.open()
    stored = store.load(code)
    due = store.next_wake()
    store._state.wakes[stored.id] = office.clock.at
    assert 0 == pass_deadlines(office.house).rungs
    assert (due, stored.seq) == (store.next_wake(), store.load(code).seq)


def test_a_mended_timer_fires_what_was_due_meanwhile() -> None:
    """What fell due while the timer was lost fires after mending, at its own due instant."""
    store = MemoryStore()
    office = Office(store)
    code = office.open()
    due = store.next_wake()
    store._state.wakes.clear()
    office.pass_time(days=2)
    mend_timers(office.house)
    office.sweep()
    fired = store.records(f"dossier:{store.load(code).id}")
    assert any(
        RungReached.kind in record.raw and due is not None and due.isoformat()[:16] in record.raw
        for record in fired
    )
