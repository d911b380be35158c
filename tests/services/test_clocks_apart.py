"""What is no step: an outage, a reboot, virtual time; and clocks that go back or differ, which double nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from machines import Machine, Post, another_process, each_watched, kinds, steps, watched
from stores import KINDS
from world import Office

from flows.embedded import run_round
from motcua.services.auditing import reconcile, verify_store
from motcua.services.deadlines import pass_deadlines
from motcua.services.timekeeping import confirm, look
from motcua.services.watch import Watch

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

    done = run_round(office.house, post)

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

    def stopped() -> object:
        if readings:
            machine.live(seconds=readings.pop(0).total_seconds())
        return machine.uptime()

    house = replace(office.house, watch=Watch(stopped, office.house.watch.limit))  # type: ignore[arg-type]

    assert None is look(house)
    assert [] == kinds(office)
