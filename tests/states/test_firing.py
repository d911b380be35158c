"""Firing a transition: possible here, complete, guards true, and what follows from it."""

from datetime import date

import pytest
from builders import LAW, OWN, label, move
from desk import Desk, accepted, checking, rules, signing, with_moves
from hypothesis import given
from hypothesis import strategies as st
from world import actor_of

from states.commands import FireTransition
from states.errors import DomainError, InvalidFacts, StaleDossier, TransitionRefused
from states.events import TaskDone, TransitionFired
from states.sendable import enabled_transitions

CLEAN = move("accept", ["submitted"], "appraising", "counter", when="not objects", inputs=["fee_paid"])
ASKING = move("ask_it", ["submitted"], "submitted", "counter", inputs=["objects"])
FACTS = [
    {"id": "kind", "type": "text", "values": ["new", "repair"], "label": label("kind")},
    {"id": "objects", "type": "boolean", "label": label("objects")},
    {"id": "floors", "type": "integer", "label": label("floors")},
]


def asking(*inputs: str, **keys: object) -> Desk:
    """A dossier just submitted, whose acceptance asks for some facts."""
    accept = move("accept", ["submitted"], "appraising", "counter", inputs=list(inputs), **keys)
    answer = move("answer", ["asking"], "asked", "fire_officer", inputs=["objects", "floors"])
    return Desk(rules(with_moves(accept, answer, facts=FACTS))).open()


def refusal_of(desk: Desk, transition: str, officer: str | None, **given: object) -> str:
    """Why a transition is not possible."""
    with pytest.raises(TransitionRefused) as refusal:
        desk.fire(transition, officer, **given)
    return str(refusal.value.facts["reason"])


def test_a_false_guard_refuses_with_its_reason() -> None:
    """Papers are missing, so the dossier is not accepted, and stays as it was."""
    desk = Desk().open(documents=())
    before = desk.dossier
    assert "docs_complete" in refusal_of(desk, "accept", "counter")
    assert before == desk.dossier


def test_a_missing_fact_is_never_false() -> None:
    """`not objects` does not hold while nobody said whether somebody objects."""
    desk = Desk(rules(with_moves(CLEAN))).open()
    assert "not recorded yet: objects" == refusal_of(desk, "accept", "counter")
    said = Desk(rules(with_moves(CLEAN, ASKING))).open().fire("ask_it", "counter", facts={"objects": False})
    assert ("appraising",) == said.fire("accept", "counter").dossier.states


def test_a_choice_on_a_missing_fact_is_refused_too() -> None:
    """Neither the alternative nor `otherwise` is taken while the fact is not known."""
    answer = move("answer", ["asking"], "asked", "fire_officer")
    later = move("object", ["signing"], "refused", "leader", inputs=["objects"])
    desk = checking(rules(with_moves(answer, later))).fire("visit", "officer")
    desk.fire("answer", "firefighter", facts={})
    assert "not recorded yet: objects" == refusal_of(desk, "decide", "head")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"fee_paid": True, "colour": "red"}, "fact colour is not declared"),
        ({"fee_paid": 1}, "fact fee_paid cannot be 1"),
        ({"fee_paid": "true"}, "fact fee_paid cannot be 'true'"),
        ({"fee_paid": None}, "fact fee_paid cannot be None"),
        ({"fee_paid": True, "kind": "ruin"}, "fact kind cannot be 'ruin'"),
        ({"fee_paid": True, "kind": ["new"]}, "fact kind cannot be ['new']"),
        ({"fee_paid": True, "docs_complete": True}, "fact docs_complete is not declared"),
        ({"fee_paid": True, "supplement_count": 0}, "fact supplement_count is not declared"),
        ({"fee_paid": True, "channel": "online"}, "fact channel is not declared"),
        ({"fee_paid": True, "kind": "new"}, "fact kind is not asked by accept"),
    ],
)
def test_facts_are_declared_typed_and_asked_for(facts: dict[str, object], reason: str) -> None:
    """An unknown fact, another type, one that the platform keeps, or one nobody asked for is refused."""
    with pytest.raises(InvalidFacts) as refusal:
        Desk().open().fire("accept", "counter", facts=facts)
    assert reason == refusal.value.facts["reason"]


@pytest.mark.parametrize("floors", [True, "3", 3.0, 2**53, -(2**53)])
def test_a_whole_number_is_nothing_else(floors: object) -> None:
    """Truth, text, fractions and numbers that a record cannot hold are no whole numbers."""
    with pytest.raises(InvalidFacts):
        asking("floors").fire("accept", "counter", facts={"floors": floors})
    assert 3 == asking("floors").fire("accept", "counter", facts={"floors": 3}).dossier.facts["floors"]


def test_what_a_transition_asks_for_must_come_with_it() -> None:
    """A recorded fact does not stand in for the one that is asked now."""
    pay = move("pay", ["submitted"], "submitted", "counter", inputs=["fee_paid"])
    desk = Desk(rules(with_moves(pay))).open().fire("pay", "counter", facts={"fee_paid": True})
    assert "fee_paid is missing" == refusal_of(desk, "accept", "counter", facts={})


def test_a_reason_is_given_where_it_is_required() -> None:
    """Asking for more papers without saying why is refused."""
    assert "a reason is required" == refusal_of(accepted(), "ask_more", "officer", reasoned=False)


def test_papers_are_declared() -> None:
    """A paper that the procedure does not know is refused."""
    with pytest.raises(InvalidFacts) as refusal:
        accepted().fire("appraise", "officer", documents=("form", "selfie"))
    assert "document selfie is not declared" == refusal.value.facts["reason"]


def test_papers_handed_in_later_complete_the_dossier() -> None:
    """With the missing paper the same acceptance goes through, and the paper is kept once."""
    desk = Desk().open(documents=()).fire("accept", "counter", documents=("form", "form"))
    assert (("form",), True) == (desk.dossier.documents, desk.dossier.facts["docs_complete"])


def test_a_paper_required_under_a_condition() -> None:
    """New buildings need the plan, repairs do not; completeness follows the facts."""
    desk = Desk().open(facts={"kind": "new"})
    assert "docs_complete" in refusal_of(desk, "accept", "counter")
    desk.fire("accept", "counter", documents=("plan",))
    assert (("form", "plan"), True) == (desk.dossier.documents, desk.dossier.facts["docs_complete"])
    assert Desk().open(facts={"kind": "repair"}).dossier.facts["docs_complete"]


def test_a_condition_that_cannot_be_judged_requires_the_paper() -> None:
    """While nobody said whether somebody objects, the paper needed in that case counts as needed."""
    papers = [{"id": "reply", "name": label("reply"), "required_if": "objects", **OWN}]
    desk = Desk(rules(with_moves(documents=papers))).open(documents=())
    assert not desk.dossier.facts["docs_complete"]


def test_a_new_fact_can_make_a_dossier_incomplete() -> None:
    """Completeness is derived again with the facts that come with the very transition."""
    papers = [{"id": "reply", "name": label("reply"), "required_if": "objects", **OWN}]
    accept = move("accept", ["submitted"], "appraising", "counter", inputs=["fee_paid"])
    desk = Desk(rules(with_moves(accept, ASKING, documents=papers))).open(documents=())
    desk.fire("ask_it", "counter", facts={"objects": False}).fire("accept", "counter").fire(
        "appraise", "officer"
    )
    assert desk.dossier.facts["docs_complete"]
    assert not desk.fire("answer", "firefighter", facts={"objects": True}).dossier.facts["docs_complete"]


@pytest.mark.parametrize(("floors", "target"), [(9, "refused"), (5, "waiting"), (2, "result_ready")])
def test_the_first_alternative_that_holds_is_taken(floors: int, target: str) -> None:
    """Where two conditions hold the one written first wins; where none does, `otherwise`."""
    choose = [
        {"when": "floors > 6", "to": "refused"},
        {"when": "floors > 4", "to": "waiting"},
        {"otherwise": "result_ready"},
    ]
    decide = move("decide", ["signing"], None, "leader", choose=choose)
    answer = move("answer", ["asking"], "asked", "fire_officer", inputs=["objects", "floors"])
    desk = checking(rules(with_moves(decide, answer, facts=FACTS))).fire("visit", "officer")
    desk.fire("answer", "firefighter", facts={"objects": False, "floors": floors}).fire("decide", "head")
    assert (target,) == desk.dossier.states


def test_a_suspension_happens_as_often_as_the_law_allows() -> None:
    """The cap holds even where no guard says so, whatever the way in."""
    free = move("ask_more", ["appraising"], "waiting", "officer")
    desk = accepted(rules(with_moves(free))).fire("ask_more", "officer").fire("resubmit", None)
    assert 1 == desk.dossier.facts["supplement_count"]
    assert "supplement is possible 1 time(s) only" == refusal_of(desk, "ask_more", "officer")


def test_a_suspension_without_a_known_cap_is_not_limited() -> None:
    """A number that nobody knows bounds nothing; it is counted all the same."""
    cause = {"id": "supplement", "cause": label("s"), "effect": "pause", "max_times": None, **LAW}
    free = move("ask_more", ["appraising"], "waiting", "officer", when="supplement_count < 9")
    desk = accepted(rules(with_moves(free, suspensions=[cause])))
    for _ in range(3):
        desk.fire("ask_more", "officer").fire("resubmit", None)
    assert 3 == desk.dossier.facts["supplement_count"]


def test_what_the_chart_does_not_know_is_refused_and_what_is_possible_is_named() -> None:
    """An unknown transition, and one from elsewhere, name the ways out that there are."""
    assert "there is no such transition" == refusal_of(accepted(), "fly", "officer")
    assert "not from appraising" == refusal_of(accepted(), "accept", "counter")
    with pytest.raises(TransitionRefused) as refusal:
        accepted().fire("fly", "officer")
    assert "ask_more, appraise, withdraw, extend" == refusal.value.facts["allowed"]


def test_what_only_the_system_does_is_nobodys_way_out() -> None:
    """A dossier that waits may lapse by the clock; whoever is refused there is not told to send that."""
    desk = accepted().fire("ask_more", "officer")
    with pytest.raises(TransitionRefused) as refusal:
        desk.fire("appraise", "officer")

    assert "lapse" in enabled_transitions(desk.world, desk.dossier)
    assert "resubmit, withdraw" == refusal.value.facts["allowed"]


def test_a_stale_dossier_is_refused_before_anything_else() -> None:
    """Who saw another version learns that first, even if the command makes no sense either."""
    desk = accepted()
    with pytest.raises(StaleDossier) as refusal:
        desk.do(FireTransition("fly", actor_of("officer"), 1))
    assert (1, 2) == (refusal.value.facts["seen"], refusal.value.facts["current"])


def test_leaving_a_parallel_block_ends_all_of_it() -> None:
    """A withdrawal from inside stops every clock of its branches, closes every task and joins nothing."""
    withdraw = move("withdraw", ["submitted", "handling", "checks"], "stopped", "applicant")
    desk = checking(rules(with_moves(withdraw))).claim("officer").fire("withdraw", None)
    assert ("stopped", True, "stopped", 8) == (
        desk.dossier.configuration,
        desk.dossier.ended,
        desk.dossier.outcome,
        desk.dossier.public,
    )
    assert ["visiting#3", "asking#4"] == [event.task for event in desk.of(TaskDone)]
    assert set() == {clock.id for clock in desk.dossier.clocks.values() if not clock.stopped}


def test_a_branch_that_is_done_waits_for_the_others() -> None:
    """The block is left only when every branch has finished, whichever comes last."""
    for first, then in ((("visit", "officer"), ("answer", "firefighter")),
                        (("answer", "firefighter"), ("visit", "officer"))):  # fmt: skip
        desk = checking().fire(*first)
        assert 4 == desk.dossier.public
        assert "signing" not in desk.dossier.states
        assert ("signing",) == desk.fire(*then).dossier.states


def test_a_dossier_that_ended_is_over() -> None:
    """Nothing is enabled, nothing is due, no clock runs, no task is open, and nothing can be done."""
    desk = signing().fire("decide", "head").fire("hand_over", "counter")
    assert ((), (), ()) == (
        enabled_transitions(desk.world, desk.dossier),
        desk.dossier.tasks,
        desk.dossier.awaited,
    )
    assert {"stopped"} == {clock.state for clock in desk.dossier.clocks.values()}
    assert [] == desk.until("2027-06-01T08:00").sweep()
    assert "the dossier has ended" == refusal_of(desk, "withdraw", "counter")


def test_the_result_gives_outcome_and_completion_and_the_end_keeps_them() -> None:
    """What was granted stays granted when it is handed over later; completion is the day of the result."""
    desk = signing().fire("decide", "head")
    ready = desk.now
    desk.until("2026-03-05T09:00").fire("hand_over", "counter")
    assert ("granted", ready, True) == (desk.dossier.outcome, desk.dossier.completed_at, desk.dossier.ended)
    assert ("receipt",) == desk.of(TransitionFired)[0].emits


@given(st.dictionaries(st.sampled_from(["kind", "objects", "fee_paid", "channel", "x"]),
                       st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats(),
                                 st.lists(st.integers(), max_size=2))),
       st.lists(st.sampled_from(["form", "plan", "x", ""])).map(tuple))  # fmt: skip
def test_no_data_makes_anything_but_an_answer(facts: dict[str, object], documents: tuple[str, ...]) -> None:
    """Whatever values come with a transition, it happens or a domain error says why not."""
    desk = Desk().open()
    try:
        desk.fire("accept", "counter", facts=facts, documents=documents)
    except DomainError as refusal:
        assert ("submitted",) == desk.dossier.states
        assert refusal.message("vi")


def test_the_day_of_a_transition_is_its_record() -> None:
    """The move names where it came from, where it led, and when."""
    [fired] = accepted().of(TransitionFired)
    assert (("submitted",), ("appraising",), date(2026, 3, 2)) == (
        fired.source,
        fired.target,
        fired.at.date(),
    )
