"""A body of another installation is asked for its opinion: its share of the papers, its own record, its answer back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import label, move, procedure_mapping, state
from opinions import C, consulting
from two_houses import Houses, Side, events, hashes, two_houses, with_handoffs
from world import FIRE, LEAD, actor_of

from motcua.adapters.file_folder import HashedFolder
from motcua.services.consultations import answer
from motcua.services.enacting import Request, enact
from motcua.services.peer_files import PIECE
from motcua.services.recording import Personal
from motcua.services.transitions import Particulars, send
from states.commands import DigitiseDocument
from states.events import LateReplyKept, QuestionAnswered, QuestionAsked
from states.procedure import Procedure
from states.replying import AskedElsewhere

ASKS, SAYS = "9.000006", "9.000007"
OPENS = {f"{ASKS}/{C}/{name}": SAYS for name in ("safety", "water")}


@cache
def saying() -> Procedure:
    """The fire police's own: it studies what it is asked, and ends with what it says."""
    mapping = procedure_mapping()
    mapping["procedure"]["code"] = SAYS
    starts = {"starts": "take", "stops": ["agreed", "objected"]}
    text = {"id": "answer_by", "type": "text", "label": label("until")}
    ends = {"agreed": "agree", "objected": "object", "odd": "granted"}
    return with_handoffs(
        {
            **mapping,
            "parties": [{**mapping["parties"][1], "resolve": "competent"}],
            "roles": [role for role in mapping["roles"] if role["party"] == "fire"],
            "facts": [mapping["facts"][0], text],
            **{name: [] for name in ("separation_of_duties", "fees", "suspensions", "extensions")},
            "clocks": {name: {**given, **starts} for name, given in mapping["clocks"].items()},
            "states": [
                state("asked", public=1, holder="fire_officer", initial=True, no_clock=label("quick")),
                state("studying", public=4, holder="fire_officer", no_clock=label("own term")),
                *(state(id, public=10, final=True, outcome=said) for id, said in ends.items()),
            ],
            "transitions": [
                move("take", ["asked"], "studying", "fire_officer"),
                move("agree", ["studying"], "agreed", "fire_officer"),
                move("object", ["studying"], "objected", "fire_officer", reason="required"),
                move("grant", ["studying"], "odd", "fire_officer"),
            ],
        }
    )


@pytest.fixture
def houses() -> Iterator[Houses]:
    """The commune asks, the fire police answers; their doors are open."""
    found = two_houses(replace(consulting(), code=ASKS), saying(), OPENS)
    found.start()
    yield found
    found.stop()


def asked(houses: Houses, **given: Any) -> str:
    """A dossier of the commune whose two questions were put; nothing has left yet."""
    office = houses.commune.office
    code = office.open(ASKS, **given)
    office.send(code, "accept", "counter")
    office.send(code, "appraise", "officer")
    return code


def opened(side: Side, question: str) -> str:
    """The code of the dossier over there by which a question is answered."""
    return next(
        stored.dossier.code
        for stored in side.office.store.iterate()
        if stored.dossier.origin is not None and stored.dossier.origin.state == f"{C}/{question}"
    )


def says(side: Side, code: str, what: str) -> None:
    """The fire police takes a question up and says something."""
    for transition in ("take", what):
        send(
            side.office.house, code, transition, actor_of("firefighter"), None, Particulars(reason="gần kho")
        )


def test_a_question_goes_over_with_its_share_alone_and_its_answer_comes_back_with_its_record(
    houses: Houses,
) -> None:
    """No applicant, no paper that is not shared; until when it is to be answered; each trail names the other."""
    here, there = houses.commune, houses.fire
    code = asked(houses, applicant={"full_name": "Nguyễn Văn A"}, documents=("form", "plan"))
    houses.exchange()
    theirs = opened(there, "safety")
    dossier = there.dossier(theirs)
    due = here.dossier(code).clocks[f"consult:{C}/safety"].due
    assert due is not None
    assert (FIRE, ("form",), "repair") == (dossier.agency, dossier.documents, dossier.facts["kind"])
    assert f"{due:%Y-%m-%dT%H:%M}" == str(dossier.facts["answer_by"])[:16]
    assert [] == [value.field for value in there.office.store.personal(there.office.store.load(theirs).id)]
    assert dossier.origin is not None and dossier.origin.receipt.hash in hashes(here, code)

    says(there, theirs, "object")
    houses.exchange()
    [answered] = events(here, code, QuestionAnswered)
    values = here.office.store.personal(here.office.store.load(code).id)

    assert ("safety", "object", FIRE, True) == (
        answered.question, answered.answer, answered.agency, answered.reasoned
    )  # fmt: skip
    assert answered.receipt is not None and answered.receipt.hash in hashes(there, theirs)
    assert '"gần kho"' in [value.value for value in values if value.field == "reason"]
    says(there, opened(there, "water"), "agree")
    houses.exchange()
    assert "objection" == here.dossier(code).facts["opinions_outcome"]
    assert [] == here.sound() == there.sound()


def test_silence_over_there_is_what_the_law_says_here_and_a_late_answer_is_evidence(houses: Houses) -> None:
    """The term runs here on the calendar of who is asked; what comes afterwards is kept with its record."""
    here, there = houses.commune, houses.fire
    code = asked(houses)
    houses.exchange()
    here.office.wait(hours=9)
    says(there, opened(there, "water"), "object")
    houses.exchange()
    [late] = events(here, code, LateReplyKept)
    [held] = [one for one in here.dossier(code).consultations[C].asked if one.question == "water"]

    assert ("silent_consent", "object") == (held.standing, late.answer)
    assert late.receipt is not None and late.receipt.hash in hashes(there, opened(there, "water"))
    assert [] == here.sound() == there.sound()


def test_nobody_here_answers_for_there_nor_is_told_to(houses: Houses) -> None:
    """The refusal names who answers; no notice of the question is sent to a position that acts elsewhere."""
    here = houses.commune
    code = asked(houses)
    templates = {message.notice.template for message in here.office.store.waiting(99)}
    with pytest.raises(AskedElsewhere, match=FIRE):
        answer(here.office.house, code, C, "safety", "agree", actor_of("firefighter"))

    assert ("peer:question" in templates, "consultation_question" in templates) == (True, False)
    assert 2 == len(events(here, code, QuestionAsked))


def test_a_question_that_nobody_over_there_was_prepared_for_is_refused_with_the_way_out() -> None:
    """The operator here reads what the other side has to name; the term runs on, and silence counts."""
    houses = two_houses(replace(consulting(), code=ASKS), saying(), {})
    houses.start()
    try:
        code = asked(houses)
        houses.exchange()
        errors = [str(message.error) for message in houses.commune.office.store.dead(9)]
    finally:
        houses.stop()

    assert [True, True] == ["AnswersNothing" in error for error in errors]
    assert f"consult:{C}/safety" in houses.commune.dossier(code).clocks


def test_what_is_no_answer_is_refused_and_a_second_one_too(houses: Houses) -> None:
    """Over there an operator reads which answers there are; the first answer stands."""
    here, there = houses.commune, houses.fire
    code = asked(houses)
    houses.exchange()
    says(there, opened(there, "safety"), "grant")
    houses.exchange()
    errors = [str(message.error) for message in there.office.store.dead(9)]

    assert ["UnknownAnswer" in error for error in errors] == [True]
    assert "open" == next(
        o.standing for o in here.dossier(code).consultations[C].asked if o.question == "safety"
    )
    assert [] == here.sound() == there.sound()


def test_the_papers_of_a_question_go_along_and_those_of_the_answer_come_back(
    houses: Houses, tmp_path: Path
) -> None:
    """By their hash, either way; what the question does not share stays."""
    here, there = houses.commune, houses.fire
    form, plan, opinion = b"form " * PIECE, b"plan", b"opinion " * PIECE
    sums = {
        name: hashlib.sha256(held).hexdigest() for name, held in (("f", form), ("p", plan), ("o", opinion))
    }
    folders = {}
    for name, side in (("here", here), ("there", there)):
        folders[name] = HashedFolder(tmp_path / name)
        house = replace(side.office.house, peers=replace(side.office.house.peers, files=folders[name]))
        side.office.house = house
        object.__setattr__(side.desk, "house", house)
    folders["here"].keep(sums["f"], form)
    folders["here"].keep(sums["p"], plan)
    files = {"form_1": {"sha256": sums["f"], "name": "a.pdf"}, "plan_2": {"sha256": sums["p"], "name": "b"}}
    code = asked(houses, documents=("form", "plan"), files=files)
    houses.exchange()
    theirs, fireman = opened(there, "safety"), actor_of("firefighter")
    assert (len(form), None) == (folders["there"].size(sums["f"]), folders["there"].size(sums["p"]))

    folders["there"].keep(sums["o"], opinion)
    told = {"sha256": sums["o"], "name": "o.pdf", "size": len(opinion), "media": "application/pdf"}
    scan = Request(
        DigitiseDocument("form", "scanned", ("application/pdf",), fireman), fireman,
        (Personal("file.form_2", told, bytes(32)),),
    )  # fmt: skip
    enact(there.office.house, theirs, lambda world, stored, now: scan)
    says(there, theirs, "agree")
    houses.exchange()
    values = here.office.store.personal(here.office.store.load(code).id)
    kept = [json.loads(value.value)["sha256"] for value in values if value.field.startswith("file.form")]

    assert [sums["f"], sums["o"]] == kept
    assert len(opinion) == folders["here"].size(sums["o"])
    assert LEAD == here.dossier(code).agency
    assert [] == here.sound() == there.sound()
