"""Mass orders as time passes: signed late, with an end, over one another and over supplements."""

from dataclasses import replace
from datetime import timedelta

from office_time import at
from ordered import FOUR_DAYS
from ordered_house import BACK, STORM, all_times, sound, told
from world import PAUSING, START, Office

from motcua.services.presenting import ordered
from motcua.services.presenting_clocks import explained
from states.custody import Custody, custodian
from states.order import OrderKind, Past


def test_rungs_that_fired_before_an_order_was_signed_are_marked() -> None:
    """They stay fired, the record says so, what the clock ran meanwhile is given back, and the explanation tells."""
    office = Office()
    code = office.accepted()
    due = office.store.load(code).dossier.clocks["committed"].due
    since = office.clock.at
    for _ in range(16):
        office.wait(hours=3)
    fired = office.store.load(code).dossier.clocks["step:appraising"].fired
    told(office, replace(STORM, since=since))
    stored = office.store.load(code)
    [entry] = stored.dossier.orders
    assert fired
    assert fired == stored.dossier.clocks["step:appraising"].fired
    assert [f"step:appraising/1/{rung}" for rung in fired] == [
        p for p in entry.during_order if "appraising/" in p
    ]
    assert list(entry.during_order) == ordered(office.house, stored)[0]["during_order"]
    told(office, replace(BACK, since=office.clock.at, past=Past.STANDS))
    resumed = office.store.load(code)
    assert due is not None
    assert (resumed.dossier.clocks["committed"].due or due) > due
    days = next(c for c in explained(office.house, resumed) if c["id"] == "committed")["days"]
    assert any("given back: by the order storm" in day["reason"]["en"] for day in days)
    sound(office)


def test_an_order_with_an_end_lifts_itself() -> None:
    """The sweep after its end, however late, lets the clocks run on from the end; nothing fires meanwhile."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code).dossier.clocks["step:appraising"]
    until = START + timedelta(days=7)
    told(office, replace(STORM, until=until))
    assert until == office.store.next_wake()
    office.wait(days=6)
    assert () == office.store.load(code).dossier.clocks["step:appraising"].fired
    office.wait(days=1, hours=1)
    after = office.store.load(code).dossier.clocks["step:appraising"]
    assert before.due is not None
    assert (before.due + timedelta(days=7), 1) == (after.due, after.epoch)
    sound(office)


def test_a_clock_that_begins_under_an_order_begins_paused() -> None:
    """A step that is entered, and a supplement that restarts, while the order holds: nothing runs until it ends."""
    office = Office()
    code = office.accepted()
    told(office, STORM)
    office.send(code, "ask_more", "officer")
    office.wait(days=3)
    office.send(code, "resubmit", None)
    dossier = office.store.load(code).dossier
    assert {"paused"} == {clock.state for clock in dossier.clocks.values()}
    assert 2 == dossier.clocks["legal"].epoch
    told(office, replace(BACK, since=office.clock.at))
    assert {"running"} == {clock.state for clock in office.store.load(code).dossier.clocks.values()}
    sound(office)


def test_what_is_finished_under_an_order_has_a_due_to_be_measured_by() -> None:
    """People may work on: the clock ends with what would be due if the order ended then."""
    office = Office()
    code = office.accepted()
    office.send(code, "appraise", "officer")
    told(office, replace(STORM, since=office.clock.at))
    office.wait(days=2)
    office.send(code, "visit", "officer")
    office.send(code, "answer", "firefighter")
    office.send(code, "decide", "head")
    clock = office.store.load(code).dossier.clocks["committed"]
    assert ("stopped", at("2026-03-11T17:00")) == (clock.state, clock.due)
    sound(office)


def test_two_orders_over_one_another_end_with_the_last() -> None:
    """The first pauses, the second changes nothing until the first has gone, then holds alone."""
    office = Office()
    code = office.accepted()
    told(office, STORM)
    told(office, replace(STORM, id="outage"))
    told(office, replace(BACK, since=office.clock.at))
    assert office.store.load(code).dossier.clocks["legal"].paused
    told(office, replace(BACK, id="outage-back", reverses="outage", since=office.clock.at))
    assert office.store.load(code).dossier.clocks["legal"].running
    sound(office)


def test_an_extension_moves_running_clocks_and_goes_back() -> None:
    """One that is paused is refused with its reason and reached once it runs; taken back, all is as before."""
    office = Office()
    running, waiting = office.accepted(), office.accepted(PAUSING)
    office.send(waiting, "ask_more", "officer")
    before = all_times(office)
    more = replace(STORM, kind=OrderKind.EXTEND, term=FOUR_DAYS, clocks=("committed", "legal"))
    done = told(office, more)
    assert (1, [waiting]) == (done.applied, list(done.failed))
    assert "is paused" in done.failed[waiting]
    assert at("2026-03-13T17:00") == office.store.load(running).dossier.clocks["committed"].due
    told(office, replace(BACK, since=office.clock.at))
    assert before == all_times(office)
    sound(office)


def test_the_time_of_an_order_is_nobodys() -> None:
    """While it holds, force majeure is responsible, without a budget; before and after, the agency is."""
    office = Office()
    code = office.accepted()
    procedure = office.house.worlds.procedure(office.store.load(code).dossier.cfg)
    before = custodian(procedure, office.store.load(code).dossier)
    told(office, STORM)
    assert Custody.FORCE_MAJEURE is custodian(procedure, office.store.load(code).dossier).kind
    told(office, replace(BACK, since=office.clock.at))
    assert before == custodian(procedure, office.store.load(code).dossier)
