"""Consultations in the trail: honest ones verify and owe nothing, and every lie about one is found."""

import json
from dataclasses import replace
from typing import Any

import pytest
from opinions import CONSULTING, C, consulting
from world import FIRE, Office, actor_of

from audit.canonical import canonical
from audit.escalations import recount
from audit.fault import Recount
from audit.legality import check
from audit.record import AuditRecord, from_raw
from audit.replay import replay, snapshot_text
from motcua.services import consultations


def asked() -> tuple[Office, str]:
    """A house with a dossier that waits for two opinions."""
    office = Office()
    office.publish(consulting())
    code = office.accepted(CONSULTING)
    office.send(code, "appraise", "officer")
    return office, code


def settled() -> tuple[Office, str]:
    """One answered after its term, one silent by law and answered too late."""
    office, code = asked()
    office.wait(hours=30)
    fire = actor_of("firefighter")
    consultations.answer(office.house, code, C, "safety", "agree", fire, reason="fits the rules")
    consultations.answer(office.house, code, C, "water", "object", fire)
    return office, code


def kinds(office: Office, code: str) -> list[list[str]]:
    """The kinds of events of each record of a consultation."""
    records = office.records(code)
    return [[event["kind"] for event in r.events] for r in records if r.type.value == "consultation"]


def test_each_deed_is_a_record_of_its_own_type() -> None:
    """Silences, answers and late replies are records of the type `consultation`, the move that follows included."""
    office, code = settled()
    firsts = [found[0] for found in kinds(office, code)]
    assert ["question_silent", "question_silent", "question_answered", "late_reply_kept"] == firsts
    assert "transition_fired" in kinds(office, code)[2]


def test_an_honest_consultation_verifies_and_replays() -> None:
    """Every record is legal, though the system moved in the record of an officer, and replay gives what is stored."""
    office, code = settled()
    assert [] == list(check(office.records(code), office.rules))
    *_, last = replay(office.raws(code))
    assert snapshot_text(office.store.load(code).dossier) == snapshot_text(last.dossier)


def test_an_honest_consultation_owes_nothing() -> None:
    """The recount finds as many silences due as were noted, beside the rungs."""
    office, code = settled()
    count = recount(office.records(code), office.rules, office.clock.at)
    assert ((2, 2), ()) == ((count.ends_due, count.ends_fired), count.faults)


def counted_without(kind: str) -> Recount:
    """The recount of the records without those that begin with a kind of event."""
    office, code = asked()
    office.wait(hours=30)
    records = [r for r in office.records(code) if r.events[0]["kind"] != kind]
    return recount(records, office.rules, office.clock.at)


def test_a_silence_that_was_never_noted_is_missed() -> None:
    """Where the term ran out and nothing says so, the recount does."""
    missed = {(fault.kind, fault.clock, fault.rung) for fault in counted_without("question_silent").faults}
    assert {("missed", f"consult:{C}/safety", "on_due"), ("missed", f"consult:{C}/water", "on_due")} <= missed


def changed(record: AuditRecord, **fields: object) -> AuditRecord:
    """A record with fields of its first event changed."""
    return replace(record, events=({**record.events[0], **fields}, *record.events[1:]))


def test_a_silence_noted_twice_or_on_another_day_is_found() -> None:
    """Doubled and misdated silences are faults."""
    office, code = asked()
    office.wait(hours=30)
    records = office.records(code)
    place = next(at for at, r in enumerate(records) if r.events[0].get("meaning") == "nothing")
    twice = [*records[: place + 1], records[place], *records[place + 1 :]]
    other = [*records]
    other[place] = changed(records[place], due_at="2026-03-02T05:00:00.000000Z")
    faults = [recount(found, office.rules, office.clock.at).faults for found in (twice, other)]
    assert (["doubled"], ["misdated"]) == tuple([fault.kind for fault in found] for found in faults)


LIES: list[tuple[str, dict[str, object]]] = [
    ("question_silent", {"meaning": "objection"}),
    ("question_silent", {"basis": "process"}),
    ("question_answered", {"answer": "object"}),
    ("question_answered", {"agency": "H99.01"}),
    ("late_reply_kept", {"answer": "agree"}),
    ("consultation_finished", {"outcome": "objection"}),
    ("question_asked", {"documents": ["form", "plan"]}),
]


@pytest.mark.parametrize(("kind", "lie"), LIES)
def test_a_lie_about_a_consultation_is_found(kind: str, lie: dict[str, object]) -> None:
    """What was asked, what was answered, what silence meant and what came of it are decided again."""
    office, code = settled()
    plain: list[dict[str, Any]] = [json.loads(raw) for raw in office.raws(code)]
    event = next(e for record in plain for e in record["events"] if e["kind"] == kind)
    event.update(lie)
    records = [from_raw(canonical(record)) for record in plain]
    assert [finding.code for finding in check(records, office.rules)]


def test_the_agency_is_told_its_share_and_nothing_else() -> None:
    """The notice to a consulted body holds the papers and facts of the question; other facts and clocks stay away."""
    office, _ = asked()
    notices = [message.notice for message in office.store.waiting(100)]
    told = [notice for notice in notices if notice.template == "consultation_question"]
    assert {f"officer@{FIRE}"} == {to for notice in told for to in notice.recipients}
    assert [["form"], ["form"]] == [[paper["id"] for paper in n.payload["documents"]] for n in told]
    assert [["kind"], ["kind"]] == [[fact["id"] for fact in n.payload["facts"]] for n in told]
    assert not {"due", "states", "public"} & set().union(*(n.payload for n in told))


def test_who_is_asked_sees_it_until_it_is_settled() -> None:
    """The list of an agency has its open questions, the overdue ones marked; the lead agency has none."""
    office, _ = asked()
    before = consultations.waiting_for(office.house, FIRE)
    office.wait(hours=30)
    after = consultations.waiting_for(office.house, FIRE)
    assert [("safety", "open"), ("water", "open")] == [(r["question"], r["standing"]) for r in before]
    assert [("safety", "overdue")] == [(r["question"], r["standing"]) for r in after]
    assert [] == consultations.waiting_for(office.house, "H99.01")


def test_what_stands_can_be_shown() -> None:
    """A dossier tells of its consultation, question by question, late replies too."""
    office, code = settled()
    [held] = consultations.described(office.house, office.store.load(code))
    told = {q["id"]: (q["standing"], q["late_reply"], q["silence_source"]) for q in held["questions"]}
    assert (
        "consent",
        1,
        {"safety": ("agree", None, None), "water": ("silent_consent", "object", "law")},
    ) == (
        held["outcome"],
        held["round"],
        told,
    )
