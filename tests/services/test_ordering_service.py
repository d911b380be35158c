"""Mass orders in a house: two people, every dossier that is meant once, and back again exactly."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ordered_house import BACK, STORM, all_times, sound, told
from troubled import TroubledStore
from world import FIRE, LEAD, PAUSING, PROVINCE, RESTARTING, START, Office

from audit.verify import Level
from motcua.services import batches
from motcua.services.auditing import rulebook, verify_store
from motcua.services.ordering import (
    OrderNotApproved,
    OrderSelfApproved,
    approve_order,
    carry_out,
    continue_orders,
    find,
    propose_order,
    survey,
)
from motcua.services.ordering.approving import NotReversible
from motcua.services.ports import OrderTaken
from states.order import OrderFilter, Span


def populated(office: Office) -> list[str]:
    """A few dossiers: running, waiting for papers, and ended."""
    running, ended = office.accepted(), office.accepted()
    office.send(ended, "ask_more", "officer")
    office.wait(days=40)
    assert office.store.load(ended).dossier.ended
    fresh, other, waiting = office.accepted(), office.accepted(PAUSING), office.accepted(PAUSING)
    office.send(waiting, "ask_more", "officer")
    office.wait(hours=2)
    return [running, waiting, ended, fresh, other]


def test_an_order_needs_two_people_and_changes_nothing_before() -> None:
    """The proposer cannot approve it; unapproved it cannot be applied; another text under its id is refused."""
    office = Office()
    code = office.accepted()
    before = office.store.load(code)
    row = propose_order(office.house, STORM, "an")
    assert row == propose_order(office.house, STORM, "An")
    with pytest.raises(OrderSelfApproved):
        approve_order(office.house, "storm", "AN")
    with pytest.raises(OrderNotApproved):
        carry_out(office.house, "storm")
    with pytest.raises(OrderTaken):
        propose_order(office.house, replace(STORM, later=True), "an")
    assert before == office.store.load(code)
    assert [code] == carry_out(office.house, "storm", dry_run=True).codes
    assert before == office.store.load(code)


def test_an_order_is_applied_once_however_often_it_is_sent() -> None:
    """One record for each open dossier that it is about; an ended one is untouched, and the trail is sound."""
    office = Office()
    [running, waiting, ended, fresh, other] = populated(office)
    untouched = office.store.load(ended)
    storm = replace(STORM, since=office.clock.at)
    done = told(office, replace(storm, later=False))
    seqs = {s.dossier.code: s.seq for s in office.store.iterate()}
    records = len(list(office.store.all_records()))
    assert (4, 4, 0, {}) == (done.matched, done.applied, done.outrun, done.failed)
    for _ in range(3):
        again = carry_out(office.house, "storm")
        assert (4, 0, 4) == (again.matched, again.applied, again.already)
        approve_order(office.house, "storm", "binh")
    assert seqs == {s.dossier.code: s.seq for s in office.store.iterate()}
    assert records == len(list(office.store.all_records()))
    assert untouched == office.store.load(ended)
    found = survey(office.house, find(office.house, "storm"))
    assert (4, 4, 0, 0, 1) == (
        found.reached,
        found.holding,
        found.reversed,
        found.outstanding,
        found.untouched,
    )
    assert {running, waiting, fresh, other} == set(seqs) - {ended}
    sound(office)


def test_an_order_reverses_exactly() -> None:
    """At once, every due instant and every rest is what it was; the reversal is applied once too."""
    office = Office()
    populated(office)
    before = all_times(office)
    told(office, replace(STORM, since=office.clock.at - timedelta(days=3), later=True))
    assert before != all_times(office)
    done = told(office, replace(BACK, since=office.clock.at))
    assert before == all_times(office)
    assert (4, 4) == (done.matched, done.applied)
    again = carry_out(office.house, "storm-back")
    assert (0, 4) == (again.applied, again.already)
    assert 0 == carry_out(office.house, "storm").applied
    with pytest.raises(NotReversible):
        propose_order(office.house, replace(BACK, id="again"), "an")
    sound(office)


def test_a_dossier_that_was_missed_by_a_crash_is_reached_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half was applied when the store broke: going on reaches the rest, and nobody twice."""
    store = TroubledStore()
    office = Office(store)
    codes = [office.accepted() for _ in range(6)]
    row = propose_order(office.house, replace(STORM, later=True), "an")
    approve_order(office.house, row.digest, "binh")
    monkeypatch.setattr(batches, "BATCH", 2)
    store.broken, store.sound = OSError("the disk is full"), 2
    with pytest.raises(OSError, match="disk"):
        carry_out(office.house, "storm")
    store.broken = None
    held = [code for code in codes if store.load(code).dossier.orders]
    assert 4 == len(held)
    assert 2 == continue_orders(office.house)
    assert 0 == continue_orders(office.house)
    assert [1] * 6 == [len(store.load(code).dossier.orders) for code in codes]
    sound(office)


@pytest.mark.parametrize(
    ("chosen", "meant"),
    [
        (OrderFilter(), True),
        (OrderFilter(agencies=(LEAD,), below=False), True),
        (OrderFilter(agencies=(PROVINCE,)), True),
        (OrderFilter(agencies=(PROVINCE,), below=False), False),
        (OrderFilter(agencies=(FIRE,)), False),
        (OrderFilter(procedures=(PAUSING,)), False),
        (OrderFilter(procedures=(PAUSING, RESTARTING)), True),
        (OrderFilter(states=("appraising",)), True),
        (OrderFilter(states=("waiting",)), False),
        (OrderFilter(public=(2,)), False),
        (OrderFilter(opened=Span(before=START)), False),
        (OrderFilter(accepted=Span(since=START)), True),
    ],
)
def test_the_filter_says_which_dossiers(chosen: OrderFilter, meant: bool) -> None:
    """Each part of it leaves out what it does not name; agencies count with those below."""
    office = Office()
    office.accepted()
    assert int(meant) == told(office, replace(STORM, filter=chosen)).matched


def test_what_is_opened_later_is_reached_only_where_the_order_says_so() -> None:
    """With `later` going on reaches it, and counts from its own beginning; without, never."""
    office = Office()
    office.accepted()
    told(office, STORM)
    told(office, replace(STORM, id="outage", later=True))
    office.wait(hours=1)
    later = office.accepted()
    office.wait(hours=2)
    assert 1 == continue_orders(office.house)
    dossier = office.store.load(later).dossier
    assert ["outage"] == [entry.id for entry in dossier.orders]
    assert 7 * 8 * 60 == (dossier.clocks["legal"].remaining or 0)
    sound(office)


def test_an_order_waits_for_the_instant_it_names() -> None:
    """Approved before, it reaches nobody; going on when it is time does."""
    office = Office()
    office.accepted()
    done = told(office, replace(STORM, since=START + timedelta(days=1)))
    assert (True, 0, 0) == (done.waiting, done.applied, continue_orders(office.house))
    office.wait(days=1)
    assert 1 == continue_orders(office.house)


def test_a_record_that_says_something_else_than_the_order_is_found() -> None:
    """The auditor holds clocks, instants and the filter against the text that the record cites."""
    office = Office()
    code = office.accepted()
    told(office, replace(STORM, filter=OrderFilter(agencies=(LEAD,))))
    [row] = [row for row in office.store.orders() if row.id == "storm"]
    assert row.body == rulebook(office.store)._text_of(row.digest)
    forged = replace(row, body=row.body.replace(LEAD, FIRE))
    office.store._state.orders[row.digest] = forged
    found = verify_store(office.house, Level.LEGAL).findings
    assert any(finding.code == "order" for finding in found)
    assert code
