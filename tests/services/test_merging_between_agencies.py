"""A reorganisation meets what waits between agencies: offers, questions, groups; nothing is lost, all goes on."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from fakes import MemoryStore
from merging import CLOSED, MERGED
from merging_liaison import CHANGES, RESCUE, Between
from stores import KINDS, each_store
from world import FIRE, LEAD

from audit.verify import Level
from motcua.services import handoffs
from motcua.services.auditing import examine
from motcua.services.papers.steps import steps_of
from motcua.services.ports import Store
from motcua.services.responsibility import responsibility
from states.dossier import Dossier
from states.dossier.agencies import agencies_of
from states.events import event_from_wire
from states.wire import instant

ENDED: dict[str, set[str]] = {
    "communes": CLOSED, "fire": {FIRE}, "all": CLOSED | {FIRE}, "split": {FIRE}, "transfer": set(),
}  # fmt: skip
MICROSECOND = timedelta(microseconds=1)
CHANGED = "2026-03-05T10:00:00+07:00"
"""When the change reached the dossiers."""


@pytest.fixture(params=KINDS[1:])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty database of each kind in turn; the store in memory serves the tests below."""
    yield from each_store(request)


def times(dossier: Dossier) -> dict[str, tuple[datetime | None, int | None, int, tuple[str, ...]]]:
    """What each clock promises or has left, its epoch, and what fired on it."""
    return {name: (c.due, c.remaining, c.epoch, c.fired) for name, c in dossier.clocks.items()}


def orphans(between: Between, closed: set[str]) -> list[Any]:
    """Whatever is open and names a closed agency."""
    waiting = [message.notice for message in between.store.waiting(10_000)]
    return [
        *(dossier.code for dossier in between.communes.open() if agencies_of(dossier) & closed),
        *(row for code in closed for row in between.store.tasks(agency=code)),
        *(notice.id for notice in waiting if {r.rpartition("@")[2] for r in notice.recipients} & closed),
    ]


@pytest.mark.parametrize("kind", CHANGES)
def test_what_waits_between_agencies_follows_and_comes_to_its_end(store: Store, kind: str) -> None:
    """No orphan, every minute kept and somebody's, all finished by whoever took over; the trail is sound."""
    between = Between(store)
    before, effected = between.change(CHANGES[kind]())
    assert ({}, set(before)) == (effected.failed, {dossier.code for dossier in between.communes.open()})
    after = {dossier.code: dossier for dossier in between.communes.open()}
    assert [] == orphans(between, ENDED[kind])
    assert {code: times(one) for code, one in before.items()} == {c: times(one) for c, one in after.items()}

    between.office.wait(hours=2)
    between.finish_all()

    seen = examine(between.house, between.clock.at, Level.LEGAL)
    assert ((), [], {}) == (seen.report.findings, seen.reconciled.faults, seen.reconciled.unreadable)
    assert [] == [dossier.code for dossier in between.communes.open()]
    assert {"granted"} == {stored.dossier.outcome for stored in store.iterate()}
    for stored in store.iterate():
        check_seconds(responsibility(between.house, stored), ENDED[kind])


def check_seconds(found: dict[str, Any], closed: set[str]) -> None:
    """They add up to the lead time, and none after the change is a closed agency's."""
    lead = datetime.fromisoformat(found["until"]) - datetime.fromisoformat(found["since"])
    sums = {sum(one["microseconds"] for one in found[rows]) for rows in ("spans", "parties")}
    assert {lead // MICROSECOND} == {*sums, found["microseconds"]}
    ended = [span["until"] for span in found["spans"] if span["party"] in closed]
    assert [] == [until for until in ended if until > CHANGED]


@pytest.fixture
def memory() -> Store:
    """An empty store in memory, where what is claimed does not hang on the database."""
    return MemoryStore()


def test_a_transfer_moves_what_it_names_and_nothing_else(memory: Store) -> None:
    """Offers go to the new agency; the same body still answers what it was asked, and keeps its components."""
    between = Between(memory)
    between.change(CHANGES["transfer"]())
    receivers = {
        between.dossier(between.codes[name]).handoffs["fire_check"].receiver for name in ("offered",)
    }
    asked = {one.agency for one in between.dossier(between.codes["asked"]).consultations["opinions"].asked}
    home = between.dossier(between.codes["deep"]).children["home"].dossier
    assert ({RESCUE}, {FIRE}, FIRE) == (receivers, asked, between.dossier(str(home)).agency)


def test_another_calendar_recounts_offers_and_questions_with_a_record_of_both(memory: Store) -> None:
    """Clocks of handoffs, questions and steps follow the heir's calendar; those of the whole dossier do not."""
    between = Between(memory)
    before, effected = between.change(CHANGES["fire"]("vn-short"))
    assert {} == effected.failed
    told = {}
    for dossier in between.communes.open():
        rebound = [
            (clock["clock"].partition(":")[0], clock)
            for raw in between.office.raws(dossier.code)
            for event in json.loads(raw)["events"]
            if event["kind"] == "parties_rebound"
            for clock in event["clocks"]
        ]
        for kind, clock in rebound:
            was, now = before[dossier.code].clocks[clock["clock"]], dossier.clocks[clock["clock"]]
            assert (was.due, now.due) == tuple(t and instant(t) for t in (clock["previous"], clock["due"]))
            told[kind] = clock["calendar"]
    assert {"handoff": "vn-short", "consult": "vn-short", "step": "vn-short"} == {
        kind: told[kind] for kind in ("handoff", "consult", "step")
    }
    assert "vn-gov" == told["legal"]


def test_a_late_reply_of_the_heir_is_kept(memory: Store) -> None:
    """Silence was taken for consent before the change; whoever took over answers for the body that was asked."""
    between = Between(memory)
    between.change(CHANGES["fire"]())
    code = between.codes["silent"]
    between.reply(code, "water")
    [event] = between.office.records(code)[-1].events
    assert ("late_reply_kept", RESCUE) == (event["kind"], event["agency"])
    [asked] = [
        one for one in between.dossier(code).consultations["opinions"].asked if one.question == "water"
    ]
    assert ("consent", "agree", FIRE) == (asked.silent, asked.late_reply, asked.agency)


def test_an_heir_has_what_is_left_of_a_stay(memory: Store) -> None:
    """Of three working hours to hand over, sender and heir have three together, and the slip says the same."""
    between = Between(memory)
    between.change(CHANGES["communes"]())
    between.office.pass_time(hours=1)
    code = between.codes["offered"]
    stored = memory.load(code)
    parties = {one["party"]: one for one in responsibility(between.house, stored)["parties"]}
    world = between.house.worlds.of(stored.dossier.cfg)
    events = [event_from_wire(event) for record in between.office.records(code) for event in record.events]
    slip = [
        line for line in steps_of(world, stored.dossier, events, between.clock.at) if "Handoff" in line["en"]
    ]

    assert [("Xã", 180, 180), ("Xã Mới", 0, 60)] == [
        (line["agency"], line["planned"], line["actual"]) for line in slip
    ]
    assert (60, 0) == (parties[MERGED]["working_minutes"], parties[MERGED]["planned_minutes"])
    assert parties[MERGED]["over_minutes"] == 60 and parties[LEAD]["over_minutes"] == 0


def test_a_returned_offer_is_returned_on_the_heirs_line(memory: Store) -> None:
    """Until the change the former agency waited, with no verdict of its own; the end belongs to its heir."""
    between = Between(memory)
    between.change(CHANGES["communes"]())
    code = between.codes["acknowledged"]
    asked = handoffs.Asked(code, "fire_check", between.receiver(code, "fire_check"))
    handoffs.give_back(between.house, asked, "not ours")
    stored = memory.load(code)
    world = between.house.worlds.of(stored.dossier.cfg)
    events = [event_from_wire(event) for record in between.office.records(code) for event in record.events]
    slip = steps_of(world, stored.dossier, events, between.clock.at)
    verdicts = [(line["agency"], line["result"]["en"]) for line in slip if "Handoff" in line["en"]]
    assert [("Xã", "on time"), ("Xã Mới", "returned")] == verdicts


def test_old_records_name_whom_they_named(memory: Store) -> None:
    """What was offered, accepted and answered before stays as it was, in records and in the snapshot."""
    between = Between(memory)
    before = {name: between.office.raws(code) for name, code in between.codes.items()}
    between.change(CHANGES["all"]())
    for name, code in between.codes.items():
        assert before[name] == between.office.raws(code)[: len(before[name])]
    passage = between.dossier(between.codes["accepted"]).handoffs["fire_check"]
    [water] = [
        one
        for one in between.dossier(between.codes["answered"]).consultations["opinions"].asked
        if one.question == "water"
    ]
    assert (LEAD, FIRE, FIRE) == (passage.sender, passage.receiver, water.agency)
