"""What is no step: an outage, a reboot, virtual time; and clocks that go back or differ, which double nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from builders import compiled, procedure_mapping
from machines import Machine, Post, Telling, another_process, each_watched, kinds, steps, watched
from paper_office import PRESS
from stores import KINDS
from world import Office, SetClock, definition, directory

from audit.record import from_raw
from flows.embedded import Round, run_round
from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.auditing import reconcile, verify_store
from motcua.services.deadlines import pass_deadlines
from motcua.services.installation import Installation
from motcua.services.nonconformities import contain
from motcua.services.outbox import deliver_pending
from motcua.services.timekeeping import confirm, look
from motcua.services.transitions import Particulars, Sending, send_many
from motcua.services.watch import Watch
from states.commands import APPLICANT_ACTOR
from states.procedure import Procedure

Pair = tuple[Office, Machine]
pair = pytest.fixture(params=KINDS, name="pair")(each_watched)


@pytest.mark.parametrize("how", ["no worker", "reboot"])
def test_an_outage_of_three_days_is_caught_up_in_order(pair: Pair, how: str) -> None:
    """It is no step: each rung fires with its own record in the order of due instants, and notices leave so."""
    office, machine = pair
    codes = [office.accepted() for _ in range(3)]
    look(office.house)
    if how == "reboot":
        machine.reboot(days=3)
    else:
        machine.live(days=3)
    office.house = another_process(office.house, machine)
    post = Post()

    done = run_round(office.house, PRESS, post)

    assert [] == kinds(office)
    for code in codes:
        fired = [record for record in office.records(code) if record.type == "rung"]
        due = [e["due_at"] for r in fired for e in r.events if e["kind"] == "rung_reached"]
        assert (len(fired), sorted(due)) == (len(due), due)
        owner = office.store.load(code).id
        numbers = [tuple(map(int, m.split(":")[1:])) for m in post.sent if m.startswith(owner)]
        assert sorted(numbers) == numbers != []
    assert done.swept.rungs == sum(r.type == "rung" for code in codes for r in office.records(code))
    assert reconcile(office.house, machine.clock.at).ok


def test_a_step_back_is_recorded_and_holds_nothing(pair: Pair) -> None:
    """What is late stays late; no stream goes back, and no version, calendar or paper is older than its record."""
    office, machine = pair
    code = office.accepted()
    machine.live(hours=2)
    office.send(code, "ask_more", "officer")
    look(office.house)
    last = office.store.load(code).at

    machine.step(hours=-2)
    assert None is look(office.house)
    moved = office.send(code, "resubmit", None)

    assert (["clock_stepped"], last) == (kinds(office), moved.at)
    assert (-7200, False) == tuple(steps(office)[0].events[0][name] for name in ("seconds", "held"))
    assert verify_store(office.house).ok


def test_after_a_reboot_with_the_clock_put_right_the_hold_can_end() -> None:
    """Nobody saw it being put back; until a person says so, the house's time stands still and nothing fires."""
    machine = Machine()
    office = watched(machine=machine)
    office.accepted()
    look(office.house)
    stood = machine.clock.at
    machine.step(days=3)
    look(office.house)
    machine.step(days=-3)
    machine.reboot(hours=5)
    house = another_process(office.house, machine)

    assert (0, stood) == (pass_deadlines(house).rungs, house.now())
    confirm(house, "operator", right=False)
    assert machine.clock.at == house.now()


def test_virtual_time_may_jump() -> None:
    """Nobody doubts a clock that a person moves."""
    machine = Machine()
    office = watched(machine=machine)
    house = replace(office.house, virtual=True)
    look(house)
    machine.step(days=3)

    assert None is look(house)
    assert [] == kinds(office)


def test_a_process_that_was_stopped_while_it_looked_looks_again() -> None:
    """Uptime that went on between two readings of it makes them worthless, and no step."""
    machine = Machine()
    office = watched(machine=machine)
    look(office.house)
    readings = [timedelta(), timedelta(), timedelta(hours=1)]

    def stopped() -> Any:
        if readings:
            machine.live(seconds=readings.pop(0).total_seconds())
        return machine.uptime()

    house = replace(office.house, watch=Watch(stopped, office.house.watch.limit))

    assert None is look(house)
    assert [] == kinds(office)


def test_no_stream_goes_back_with_the_clock(pair: Pair) -> None:
    """After each thing that any door records the clock is set back; every record stands at or after the one before."""
    office, machine = pair
    house = office.house
    code = office.accepted()
    machine.live(days=1, hours=2)
    acts: tuple[Callable[[], object], ...] = (
        lambda: pass_deadlines(house),
        lambda: deliver_pending(house, Post()),
        lambda: office.extend(code),
        lambda: send_many(house, [Sending(code, "withdraw", APPLICANT_ACTOR, None, Particulars(reason="x"))]),
        office.accepted,
        lambda: adopt_calendar(house, definition(date(2026, 3, 20)), "admin"),
        lambda: adopt_directory(house, directory("colleague"), "admin"),
        lambda: contain(house, house.store.nonconformities()[0].id, "head", "called them"),
        lambda: office.publish(another_version()),
    )
    for act in acts:
        act()
        machine.step(minutes=-20)
        assert all(sorted(known) == known for known in instants(office).values())

    assert {"dossier", "calendar", "registry", "procedure", "system"} == {
        s.split(":")[0] for s in instants(office)
    }
    assert verify_store(house).ok


def instants(office: Office) -> dict[str, list[datetime]]:
    """When each record was made, by stream."""
    found: dict[str, list[datetime]] = {}
    for row in office.store.all_records():
        found.setdefault(row.stream, []).append(from_raw(row.raw).at)
    return found


def another_version() -> Procedure:
    """The next version of the default procedure."""
    head = {**procedure_mapping()["procedure"], "version": "1.0.1"}
    return compiled(procedure_mapping(procedure=head))


def test_terms_and_rungs_stay_as_they_are_when_the_clock_goes_back(pair: Pair) -> None:
    """Due instants, rungs that fired and the time that is left are as if it had stood still."""
    office, machine = pair
    code = office.accepted()
    machine.live(days=1, hours=2)
    pass_deadlines(office.house)
    before = office.store.load(code)

    machine.step(hours=-3)
    swept = pass_deadlines(office.house)
    after = office.store.load(code)

    assert (0, before.dossier, before.at) == (swept.rungs, after.dossier, office.house.now(after))
    assert before.at == office.extend(code).at
    assert reconcile(office.house, before.at).ok


def test_workers_whose_clocks_are_five_minutes_apart_do_nothing_twice(pair: Pair) -> None:
    """Round after round at once for two days: each rung fires once, each message leaves once, the trail verifies."""
    office, machine = pair
    fast = Machine(SetClock(machine.clock.at + timedelta(minutes=5)), "other")
    store: Any = office.store
    beside = Telling(store._store, fast.clock) if isinstance(store, Telling) else store
    houses = [office.house, another_process(office.house, fast, beside)]
    for _ in range(4):
        office.accepted()
    post, fired, sent = Post(), 0, 0
    with ThreadPoolExecutor(2) as pool:
        for _ in range(16):
            machine.live(hours=3)
            fast.live(hours=3)
            together = Barrier(2)
            for done in pool.map(partial(round_of, together=together, post=post), houses):
                fired, sent = fired + done.swept.rungs, sent + done.relayed.sent

    counted = reconcile(office.house, fast.clock.at)
    assert (0, 0, fired) == (counted.missed, counted.doubled, counted.fired)
    assert 0 < sent == len(set(post.sent))
    assert [] == kinds(office)
    assert verify_store(office.house).ok


def round_of(house: Installation, together: Barrier, post: Post) -> Round:
    """A round that begins when the other one does."""
    together.wait()
    return run_round(house, PRESS, post)


def test_two_processes_that_see_a_step_at_once_record_it_once(pair: Pair) -> None:
    """One writes the step; the other finds the look that it began from gone, and the hold."""
    office, machine = pair
    look(office.house)
    houses = [office.house, *(another_process(office.house, machine) for _ in range(3))]
    machine.step(days=3)
    together = Barrier(len(houses))

    def at_once(house: Installation) -> object:
        together.wait()
        return look(house)

    with ThreadPoolExecutor(len(houses)) as pool:
        holds = set(pool.map(at_once, houses))

    assert (1, ["clock_stepped"]) == (len(holds), kinds(office))
