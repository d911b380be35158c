"""Handing over through the doors that everybody uses: recorded, told, replayed, judged and recounted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from handing_over import handing
from world import FIRE, LEAD, Office, actor_of

from audit.legality import check
from audit.record import RecordType
from audit.replay import replay
from motcua.services import handoffs
from motcua.services.auditing import reconcile, replay_all, verify_store
from motcua.services.handoffs import Asked
from motcua.services.outbox import deliver_pending
from motcua.services.papers.steps import steps_of
from motcua.services.presenting import describe
from motcua.services.responsibility import blames, report, responsibility
from states.custody import Custodian, Custody
from states.events import event_from_wire
from states.speaking import WrongAgency

HANDING = "9.000003"


class Mailbox:
    """Takes everything."""

    name = "mailbox"

    def send(self, message: str, recipients: Sequence[str], text: str) -> str | None:
        """Take a message."""
        return None


@pytest.fixture
def office() -> Office:
    """An office in which the procedure with handoffs is in force."""
    found = Office()
    found.publish(replace(handing(), code=HANDING))
    return found


def offered(office: Office) -> str:
    """A dossier that the lead agency has just offered to the fire police."""
    code = office.accepted(HANDING)
    office.pass_time(minutes=30)
    office.send(code, "to_fire", "officer")
    return code


def asked(code: str, officer: str, state: str = "fire_check") -> Asked:
    """What an officer asks of a handoff."""
    return Asked(code, state, actor_of(officer))


def handed_back(office: Office) -> str:
    """A dossier that the fire police had for an hour, and that is being signed."""
    code = offered(office)
    office.pass_time(minutes=20)
    handoffs.acknowledge(office.house, asked(code, "firefighter"))
    office.pass_time(minutes=10)
    handoffs.accept(office.house, asked(code, "firefighter"))
    office.pass_time(hours=1)
    office.send(code, "fire_ok", "firefighter")
    office.pass_time(minutes=15)
    handoffs.accept(office.house, asked(code, "officer", "back"))
    office.pass_time(minutes=5)
    office.send(code, "take_up", "officer")
    return code


def test_the_receiver_is_told_and_the_message_that_left_is_a_delivery(office: Office) -> None:
    """The offer is owed to the receiving agency alone, and delivered once it left the outbox."""
    code = offered(office)
    told = [m.notice for m in office.store.waiting(100) if m.notice.template == "handoff_offer"]
    assert [(FIRE,)] == [notice.recipients for notice in told]
    deliver_pending(office.house, Mailbox())
    passage = office.store.load(code).dossier.handoffs["fire_check"]
    assert ("delivered", office.clock.at) == (passage.status, passage.delivered_at)


def test_a_return_is_told_to_the_sender_and_its_reason_kept_apart(office: Office) -> None:
    """The record holds a commitment to the reason, not the reason."""
    code = offered(office)
    handoffs.give_back(office.house, asked(code, "firefighter"), "the drawing is missing")
    told = [m.notice for m in office.store.waiting(100) if m.notice.template == "handoff_return"]
    assert [(LEAD,)] == [notice.recipients for notice in told]
    last = office.records(code)[-1]
    assert (RecordType.HANDOFF, ["reason"]) == (last.type, list((last.command or {})["commitments"]))
    assert "drawing" not in "".join(office.raws(code))


def test_what_waits_is_listed_for_both_sides(office: Office) -> None:
    """Sender and receiver see it; what was acknowledged is no longer unacknowledged."""
    code = offered(office)
    both = [handoffs.waiting(office.house, agency) for agency in (LEAD, FIRE, "H99")]
    assert [[code], [code], []] == [[row["code"] for row in rows] for rows in both]
    handoffs.acknowledge(office.house, asked(code, "firefighter"))
    assert ([], 1) == (
        handoffs.waiting(office.house, unacknowledged=True),
        len(handoffs.waiting(office.house)),
    )
    handoffs.accept(office.house, asked(code, "firefighter"))
    assert [] == handoffs.waiting(office.house)


def test_the_wrong_agency_is_refused_and_nothing_recorded(office: Office) -> None:
    """A refusal leaves no trace in the dossier."""
    code = offered(office)
    before = office.raws(code)
    with pytest.raises(WrongAgency):
        handoffs.accept(office.house, asked(code, "officer"))
    assert before == office.raws(code)


def test_every_command_on_a_handoff_is_decided_again_by_the_auditor(office: Office) -> None:
    """Verification, replay and recount find nothing, returns and escalations included."""
    code, silent = handed_back(office), offered(office)
    returned = offered(office)
    handoffs.give_back(office.house, asked(returned, "firefighter"), "why")
    office.wait(days=2)
    for one in (code, silent, returned):
        assert [] == list(check(office.records(one), office.rules))
    assert [] == list(verify_store(office.house).findings)
    assert {} == dict(replay_all(office.house).different)
    counted = reconcile(office.house, office.clock.at)
    assert ([], True) == (counted.faults, counted.fired > 0)
    rungs = [e["clock"] for r in office.records(silent) for e in r.events if e["kind"] == "rung_reached"]
    assert "handoff:fire_check" in rungs


def test_responsibility_follows_custody_to_the_second(office: Office) -> None:
    """Each agency has what lay with it; waiting for an acceptance is the sender's."""
    code = handed_back(office)
    found = responsibility(office.house, office.store.load(code))
    minutes = [(span["party"], span["stage"], span["microseconds"] // 60_000_000) for span in found["spans"]]
    assert [
        (LEAD, "step", 30),
        (LEAD, "handoff", 30),
        (FIRE, "step", 60),
        (FIRE, "handoff", 15),
        (LEAD, "step", 5),
    ] == minutes
    assert found["microseconds"] == sum(party["microseconds"] for party in found["parties"])
    assert {FIRE: 120 + 180, LEAD: 480 + 180 + 60} == {
        party["party"]: party["planned_minutes"] for party in found["parties"]
    }


def test_who_exceeded_their_budget_the_most_made_it_late(office: Office) -> None:
    """A dossier that lay at the lead agency for two weeks is late by it; in total it is counted once."""
    code = handed_back(office)
    office.wait(days=14)
    found = responsibility(office.house, office.store.load(code))
    assert (True, LEAD) == (found["late"], found["made_late_by"]["party"])
    sums = blames(office.house)
    lead = Custodian(Custody.AGENCY, LEAD)
    assert (1, 1, 1) == (sums.dossiers, sums.late, sums.parties[lead].made_late)
    assert sums.microseconds == sum(one.microseconds for one in sums.parties.values())
    assert LEAD == report(office.house)["parties"][0]["party"]


def test_the_control_slip_comes_out_of_the_records(office: Office) -> None:
    """Each agency took over when it accepted; until then the sender waited, within or beyond the allowance."""
    code = handed_back(office)
    stored = office.store.load(code)
    world = office.house.worlds.of(stored.dossier.cfg)
    events = [event_from_wire(event) for record in office.records(code) for event in record.events]
    steps = steps_of(world, stored.dossier, events, office.clock.at)
    assert [
        ("Xã", "submitted", 0),
        ("Xã", "appraising", 30),
        ("Xã", "Handoff: fire_check", 30),
        ("Cứu hỏa", "fire_check", 60),
        ("Cứu hỏa", "Handoff: back", 15),
        ("Xã", "back", 5),
        ("Xã", "signing", 0),
    ] == [(step["agency"], step["en"], step["actual"]) for step in steps]
    assert [180, 180] == [step["planned"] for step in steps if step["en"].startswith("Handoff")]


def test_a_handoff_that_came_to_nothing_is_on_the_slip(office: Office) -> None:
    """A returned and a withdrawn offer say so."""
    code = offered(office)
    handoffs.give_back(office.house, asked(code, "firefighter"), "why")
    office.send(code, "to_fire", "officer")
    office.send(code, "withdraw", None)
    stored = office.store.load(code)
    world = office.house.worlds.of(stored.dossier.cfg)
    events = [event_from_wire(event) for record in office.records(code) for event in record.events]
    steps = steps_of(world, stored.dossier, events, office.clock.at)
    assert ["returned", "withdrawn"] == [s["result"]["en"] for s in steps if s["en"].startswith("Handoff")]


def test_people_see_who_has_custody(office: Office) -> None:
    """The holder of a state that is only offered has to answer, and does not answer for it yet."""
    view = describe(office.house, office.store.load(offered(office)))
    assert ({"kind": "agency", "party": LEAD}, "offered") == (view["custody"], view["handoffs"][0]["status"])
    assert "fire_ok" not in view["allowed"]


def test_the_outbox_catches_up_after_the_answer(office: Office) -> None:
    """A notice that leaves after the acceptance changes nothing of the handoff."""
    code = offered(office)
    handoffs.accept(office.house, asked(code, "firefighter"))
    accepted = office.store.load(code).dossier.handoffs["fire_check"]
    office.clock.at += timedelta(minutes=1)
    deliver_pending(office.house, Mailbox())
    assert accepted == office.store.load(code).dossier.handoffs["fire_check"]
    assert accepted == list(replay(office.raws(code)))[-1].dossier.handoffs["fire_check"]
