"""Consultations: who is asked what, what an answer, a silence and a late reply do, and when it is finished."""

from typing import Any

import pytest
from builders import compiled
from desk import checking, rules
from office_time import at
from opinions import Asking, C, asking, at_desk, consulting, consulting_mapping, question, silent
from world import FIRE, actor_of

from states import events as happened
from states.commands import AnswerConsultation, PassOverConsultation
from states.custody import Custodian, Custody, consulted_in, holder_of
from states.dossier import Dossier
from states.errors import DomainError, NotAuthorised, StaleDossier
from states.replying import AlreadyAnswered, NeverAsked, NotConsulted, NotPassedOver, UnknownAnswer
from states.wire import from_wire, to_wire

SAFETY, WATER = f"consult:{C}/safety", f"consult:{C}/water"


def refused(error: type[DomainError], desk: Asking, *given: Any, **keys: Any) -> DomainError:
    """An answer that is refused."""
    with pytest.raises(error) as caught:
        desk.answer(*given, **keys)
    return caught.value


def test_entering_the_state_asks_everybody_at_once() -> None:
    """Each question is put with its share only, its own clock held by the agency asked, and a task there."""
    desk = asking()
    put = desk.of(happened.QuestionAsked)
    assert [
        ("safety", FIRE, ("form",), {"kind": "repair"}),
        ("water", FIRE, ("form",), {"kind": "repair"}),
    ] == [(asked.question, asked.agency, asked.documents, asked.facts) for asked in put]
    assert {SAFETY: FIRE, WATER: FIRE} == {
        name: clock.holder for name, clock in desk.dossier.clocks.items() if name.startswith("consult:")
    }
    assert [SAFETY, WATER] == [t.clock for t in desk.dossier.tasks if t.role == "fire_officer"]
    assert Custodian(Custody.CONSULTED, FIRE) == holder_of(desk.world.procedure, desk.dossier, "asking")


def test_a_condition_leaves_questions_out_for_good() -> None:
    """A question whose condition does not hold is not put; where none is left the dossier goes on at once."""
    some = asking(question("safety", ask_if="kind == 'new'"), question("water"))
    none = asking(question("safety", ask_if="kind == 'new'"))
    assert ({"water": "open"}, "consent", ("visiting", "asked")) == (
        some.stands,
        none.outcome,
        none.dossier.states,
    )


def test_the_last_answer_moves_the_dossier_in_the_same_decision() -> None:
    """When enough is known the outcome is a fact, and the system goes on with nobody else acting."""
    desk = asking().answer("safety")
    assert (None, ("visiting", "asking")) == (desk.outcome, desk.dossier.states)
    desk.answer("water", "object")
    kinds = [event.kind for event in desk.last]
    assert ("objection", ("visiting", "asked")) == (desk.outcome, desk.dossier.states)
    assert "transition_fired" == kinds[kinds.index("consultation_finished") + 1]
    assert [] == [name for name in desk.dossier.clocks if name.startswith("consult:")]


def test_an_answer_that_is_neither_leaves_the_outcome_incomplete() -> None:
    """Consent needs every opinion to be one; an answer that is neither yes nor no is for people to read."""
    assert "incomplete" == asking().answer("safety", "other").answer("water").outcome


def test_silence_is_what_the_file_says_and_names_its_source() -> None:
    """After the term one question is consented to with its basis, the other waits on and can still be answered."""
    desk = asking().lapse()
    said = [e for e in desk.log if isinstance(e, happened.QuestionSilent)]
    assert [("safety", "nothing", None), ("water", "consent", "law")] == [
        (e.question, e.meaning, e.basis) for e in said
    ]
    assert ({"safety": "overdue", "water": "silent_consent"}, None) == (desk.stands, desk.outcome)
    desk.answer("safety")
    assert (True, "consent") == (desk.of(happened.QuestionAnswered)[0].late, desk.outcome)


def test_silence_can_object() -> None:
    """Where the law says so, silence is an objection."""
    assert "objection" == asking(silent("water", "objection")).lapse().outcome


def test_the_rungs_of_an_overdue_question_go_on() -> None:
    """Silence that means nothing stops no ladder: the next rung fires a day later."""
    desk = asking(question("safety")).lapse().lapse("2026-03-03T14:30")
    assert ["warn", "due", "up"] == [e.rung for e in desk.log if isinstance(e, happened.RungReached)][-3:]


def test_in_sequence_the_next_is_asked_when_the_one_before_is_settled() -> None:
    """One at a time: after an answer, or after the term ran out, with a term of its own from then."""
    desk = asking(question("safety"), silent("water"), silent("power"), order="sequential")
    assert {"safety": "open"} == desk.stands
    desk.answer("safety")
    assert {"safety": "agree", "water": "open"} == desk.stands
    desk.lapse()
    assert {"safety": "agree", "water": "silent_consent", "power": "open"} == desk.stands
    assert at("2026-03-03T09:30") == desk.dossier.clocks[f"consult:{C}/power"].due


def test_a_quorum_closes_what_is_still_open() -> None:
    """Two of three are enough; the third is closed, its clock and task with it."""
    three = [question(name, mandatory=False) for name in ("safety", "water", "power")]
    desk = asking(*three, quorum=2).answer("water").answer("power")
    assert ({"safety": "enough", "water": "agree", "power": "agree"}, "consent") == (
        desk.stands,
        desk.outcome,
    )
    assert ([], None) == (
        [task for task in desk.dossier.tasks if task.role == "fire_officer"],
        consulted_in(desk.dossier, "asking"),
    )


def test_a_mandatory_opinion_is_waited_for_whatever_the_quorum() -> None:
    """The quorum is reached, but without the mandatory opinion not enough is known."""
    three = [question("safety"), *(question(name, mandatory=False) for name in ("water", "power"))]
    desk = asking(*three, quorum=2).answer("water").answer("power")
    assert (None, "consent") == (desk.outcome, desk.answer("safety").outcome)


def test_a_late_reply_is_kept_and_changes_nothing_else() -> None:
    """After silence that counted, and even after the dossier ended, a reply is evidence only."""
    desk = asking(silent("water")).lapse().answer("water", "object")
    assert ("late_reply_kept", "consent", {"water": "silent_consent"}) == (
        desk.last[0].kind,
        desk.outcome,
        desk.stands,
    )
    ended = asking(silent("water"))
    ended.lapse()
    ended.fire("visit", "officer").fire("decide", "head").fire("hand_over", "counter")
    assert (True, ["late_reply_kept"]) == (
        ended.dossier.ended,
        [event.kind for event in ended.answer("water").last],
    )


def test_a_second_reply_is_refused_with_what_stands() -> None:
    """The same answer again, another one, and a second late reply are all refused."""
    desk = asking().answer("safety")
    assert "agree" == refused(AlreadyAnswered, desk, "safety").facts["stands"]
    late = asking(silent("water")).lapse().answer("water")
    assert "silent_consent" == refused(AlreadyAnswered, late, "water", "object").facts["stands"]


def test_what_was_never_asked_cannot_be_answered() -> None:
    """Neither an unknown question, nor one whose turn has not come, nor one of another consultation."""
    desk = asking(question("safety"), question("water"), order="sequential")
    assert f"{C}/safety" == refused(NeverAsked, desk, "water").facts["asked"]
    refused(NeverAsked, desk, "weather")
    with pytest.raises(NeverAsked):
        desk.do(AnswerConsultation("others", "safety", "agree", actor_of("firefighter")))


def test_a_question_that_is_not_named_is_not_made_up() -> None:
    """Whoever names a consultation alone reads that name again, and which questions there are."""
    told = refused(NeverAsked, asking(), "").facts

    assert (C, f"{C}/safety, {C}/water") == (told["question"], told["asked"])


def test_only_the_agency_that_was_asked_answers() -> None:
    """Another agency is told whom the question went to; an unknown answer is told the three there are."""
    wrong = refused(NotConsulted, asking(), "safety", officer="officer")
    unknown = refused(UnknownAnswer, asking(), "safety", "perhaps")
    assert (FIRE, "agree, object, other") == (wrong.facts["asked"], unknown.facts["answers"])
    assert "«perhaps»" in unknown.message("vi")


def test_who_holds_the_state_passes_over_what_is_overdue() -> None:
    """Not before the term, not a mandatory opinion, not without a reason, not by another; then the rest decides."""
    desk = asking(question("safety", mandatory=False), question("water"))
    with pytest.raises(NotPassedOver):
        desk.pass_over("safety")
    desk.lapse()
    with pytest.raises(NotPassedOver):
        desk.pass_over("water")
    with pytest.raises(NotPassedOver):
        desk.pass_over("safety", reasoned=False)
    with pytest.raises(NotAuthorised):
        desk.pass_over("safety", "head")
    desk.pass_over("safety").answer("water")
    assert ({"safety": "passed_over", "water": "agree"}, "incomplete") == (desk.stands, desk.outcome)


def test_leaving_the_state_otherwise_cancels_and_coming_back_asks_anew() -> None:
    """Leaving closes what is open; a way back asks all again, in a higher round with higher epochs."""
    mapping = consulting_mapping()
    mapping["transitions"].append({**mapping["transitions"][3], "id": "again", "from": ["checks"]})
    desk = at_desk(checking(rules(compiled(mapping)))).answer("safety")
    desk.fire("again", "officer")
    assert ["water"] == [event.question for event in desk.of(happened.QuestionClosed)]
    assert (2, {"safety": "open", "water": "open"}, 2) == (
        desk.dossier.consultations[C].number,
        desk.stands,
        desk.dossier.clocks[WATER].epoch,
    )


def test_an_old_view_does_not_pass_over() -> None:
    """Passing over compares the version seen; answering does not, for others answer meanwhile."""
    desk = asking(question("safety", mandatory=False), question("water")).lapse()
    seen = desk.dossier.version
    desk.answer("water")
    with pytest.raises(StaleDossier):
        desk.do(PassOverConsultation(C, "safety", actor_of("officer"), seen, True))
    assert "consent" == desk.answer("safety").outcome


def test_a_consulting_dossier_survives_the_wire() -> None:
    """What is stored of a dossier and of its procedure builds them again; older texts have no consultations."""
    desk = asking().lapse()
    stored = to_wire(desk.dossier)
    assert desk.dossier == from_wire(Dossier, stored)
    stored.pop("consultations")
    assert {} == from_wire(Dossier, stored).consultations
    assert consulting() == from_wire(type(consulting()), to_wire(consulting()))
