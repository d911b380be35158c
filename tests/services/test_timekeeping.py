"""A clock that steps: nothing is escalated by it until a person says that it is right; an outage is no step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from machines import Machine, Post, another_process, each_watched, kinds, steps, watched
from stores import KINDS
from world import Office

from motcua.services.auditing import reconcile, verify_store
from motcua.services.deadlines import foresee, pass_deadlines
from motcua.services.outbox import deliver_pending
from motcua.services.timekeeping import ClockStillAhead, NoClockHold, confirm, look

Pair = tuple[Office, Machine]
pair = pytest.fixture(params=KINDS, name="pair")(each_watched)


def untouched(act: Callable[[Office, Machine], None]) -> list[str]:
    """What the records of a dossier are where the clock never steps."""
    machine = Machine()
    office = watched(machine=machine)
    code = office.accepted()
    act(office, machine)
    return office.raws(code)


def an_hour_on(office: Office, machine: Machine) -> None:
    """Live through two days with a round each hour."""
    for _ in range(48):
        machine.live(hours=1)
        pass_deadlines(office.house)


def test_after_a_step_forward_everything_happens_as_if_there_had_been_none(pair: Pair) -> None:
    """Escalations that fall due in the time that can be vouched for happen, byte for byte; no others do."""
    office, machine = pair
    code = office.accepted()
    look(office.house)

    machine.step(days=3)
    an_hour_on(office, machine)

    assert untouched(an_hour_on) == office.raws(code)
    assert ["clock_stepped"] == kinds(office)
    assert (3 * 86_400, True) == tuple(steps(office)[0].events[0][name] for name in ("seconds", "held"))
    assert verify_store(office.house).ok


def test_a_clock_confirmed_as_right_lets_what_is_owed_take_effect_in_order(pair: Pair) -> None:
    """The rungs of the three days fire with the next sweep, each with a record of its own, by their due instants."""
    office, machine = pair
    code = office.accepted()
    look(office.house)
    machine.step(days=3)
    assert 0 == pass_deadlines(office.house).rungs

    confirm(office.house, "operator", right=True)
    swept = pass_deadlines(office.house)

    due = [e["due_at"] for r in office.records(code) for e in r.events if e["kind"] == "rung_reached"]
    assert swept.rungs == len(due) > 1
    assert sorted(due) == due
    assert ["clock_stepped", "clock_confirmed"] == kinds(office)
    assert "operator" == steps(office)[1].actor
    assert reconcile(office.house, machine.clock.at).ok


def test_a_clock_that_was_wrong_and_is_put_back_has_escalated_nothing(pair: Pair) -> None:
    """People worked meanwhile; nothing lies in the future, and the rungs of the right time still fire."""
    office, machine = pair
    code = office.accepted()
    look(office.house)
    machine.step(days=3)
    office.send(code, "ask_more", "officer")
    machine.live(hours=1)
    pass_deadlines(office.house)
    with pytest.raises(ClockStillAhead):
        confirm(office.house, "operator", right=False)

    machine.step(days=-3)
    pass_deadlines(office.house)
    confirm(office.house, "operator", right=False)

    assert 0 == sum(record.type == "rung" for record in office.records(code))
    assert ["clock_stepped", "clock_stepped", "clock_confirmed"] == kinds(office)
    assert office.records(code)[-1].at <= machine.clock.at
    assert machine.clock.at == office.house.now()
    assert verify_store(office.house).ok


def test_the_first_command_after_a_step_escalates_nothing_either(pair: Pair) -> None:
    """Nobody looked between the step and the command; it is recorded at the instant it was before the step."""
    office, machine = pair
    code = office.accepted()
    machine.live(minutes=2)
    before = machine.clock.at

    machine.step(days=3)
    stored = office.send(code, "ask_more", "officer")
    opened = office.store.load(office.open())

    assert ["opened", "transition", "transition"] == [record.type for record in office.records(code)]
    assert abs(stored.at - before) < timedelta(seconds=2)
    assert abs(opened.at - before) < timedelta(seconds=2)
    assert ["clock_stepped"] == kinds(office)


def test_a_step_between_two_processes_is_seen(pair: Pair) -> None:
    """A process that starts compares with what the one before left in the database."""
    office, machine = pair
    code = office.accepted()
    look(office.house)
    machine.live(hours=3)
    machine.step(days=3)

    office.house = another_process(office.house, machine)
    swept = pass_deadlines(office.house)

    assert (["clock_stepped"], 3 * 86_400) == (kinds(office), steps(office)[0].events[0]["seconds"])
    assert swept.rungs == sum(record.type == "rung" for record in office.records(code))
    assert office.house.now() < machine.clock.at - timedelta(days=2)


def test_while_held_the_relay_keeps_back_what_the_clock_brought_about(pair: Pair) -> None:
    """Escalations wait; a notice to the applicant that came after them leaves. A confirmation lets them go."""
    office, machine = pair
    code = office.accepted()
    deliver_pending(office.house, Post())
    machine.live(days=1, hours=2)
    pass_deadlines(office.house)
    office.extend(code)
    owed = {m.notice.id: m.notice.template for m in office.store.waiting(100)}
    machine.step(days=3)

    held, freed = Post(), Post()
    deliver_pending(office.house, held)
    confirm(office.house, "operator", right=True)
    deliver_pending(office.house, freed)

    assert ["apology"] == [owed[message] for message in held.sent]
    assert ["escalation", "nonconformity"] == sorted({owed[message] for message in freed.sent})
    assert len(owed) == len(held.sent) + len(freed.sent)


@pytest.mark.parametrize("size", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_a_step_within_the_limit_is_none(pair: Pair, size: timedelta) -> None:
    """Up to the setting, that included, a clock may be corrected without anybody's word."""
    office, machine = pair
    look(office.house)
    machine.step(seconds=size.total_seconds())

    assert None is look(office.house)
    assert [] == kinds(office)


def test_machines_that_share_a_database_record_one_step(pair: Pair) -> None:
    """Each has its own uptime and sees it; the second finds the hold, and after the confirmation nothing is left."""
    office, machine = pair
    other = Machine(machine.clock, "other", timedelta(hours=1))
    beside = another_process(office.house, other)
    look(office.house)
    look(beside)
    machine.step(days=3)

    assert look(office.house) == look(beside)
    confirm(beside, "operator", right=True)

    assert (None, None) == (look(office.house), look(beside))
    assert ["clock_stepped", "clock_confirmed"] == kinds(office)


def test_a_second_step_while_held_counts_too(pair: Pair) -> None:
    """What can be vouched for goes on without a jump through both."""
    office, machine = pair
    look(office.house)
    before = machine.clock.at
    machine.step(days=3)
    look(office.house)
    machine.live(minutes=10)
    machine.step(days=1)
    hold = look(office.house)

    assert before + timedelta(minutes=10) == office.house.now()
    assert hold is not None
    assert timedelta(days=4) == hold.ahead


def test_nothing_can_be_confirmed_twice_or_without_a_step() -> None:
    """The answer names the command that tells how things stand."""
    machine = Machine()
    office = watched(machine=machine)
    with pytest.raises(NoClockHold):
        confirm(office.house, "operator", right=True)
    machine.step(hours=1)
    confirm(office.house, "operator", right=True)
    with pytest.raises(NoClockHold):
        confirm(office.house, "operator", right=True)


def test_a_look_ahead_goes_no_further_than_the_sweep() -> None:
    """The dry run shows what the next sweep does, while held too."""
    machine = Machine()
    office = watched(machine=machine)
    office.accepted()
    look(office.house)
    machine.step(days=3)
    look(office.house)

    assert ([], {}) == foresee(office.house)
