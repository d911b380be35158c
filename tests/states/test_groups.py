"""Groups of procedures: what the linter holds them to, and what a group does by itself, without any store."""

from dataclasses import replace

import pytest
from builders import compiled, parsed, surroundings
from desk import Desk, rules
from group_examples import EXAMPLES, FIRST, SECOND, group_mapping, member_mapping, paper
from soundness_examples import Change
from world import FIRE, LEAD, actor_of

from states import events as happened
from states.commands import HearChild, MeetChild
from states.errors import TransitionRefused
from states.kin import ChildStatus
from states.kinship import StrangeChild
from states.opening import bind_parties
from states.problem import Path, describe
from states.procedure import Resolve
from states.procedure_rules import RULES
from states.soundness import check, check_outline, check_table
from states.soundness.groups import check_members

BY_CODE = {rule.code: rule for rule in RULES}


def group_desk(**facts: bool) -> Desk:
    """A desk with a dossier of a group that was accepted a moment ago."""
    desk = Desk(rules(compiled(group_mapping())))
    desk.open(facts={"wants_card": False, **facts}, documents=("form",))
    return desk.fire("accept", "counter", facts={})


def heard(desk: Desk, name: str, outcome: str | None = "granted", ended: bool = False) -> Desk:
    """The group hears of a component, whose code is made of its name."""
    return desk.do(HearChild(name, f"code-{name}", outcome, ended, f"{name}:{outcome}"), by_person=False)


def statuses(desk: Desk) -> dict[str, str]:
    """How far each component has come."""
    return {name: child.status.value for name, child in desk.dossier.children.items()}


def test_the_small_group_is_sound() -> None:
    """It keeps every rule, and so do the procedures of its components."""
    for mapping in (group_mapping(), member_mapping(FIRST, "lead")):
        found = check_outline(mapping) + check(parsed(mapping), surroundings())
        assert [] == [problem for problem in found if not problem.rule.startswith("W-")]
        assert [] == check_table(compiled(mapping))


@pytest.mark.parametrize(("code", "path", "change"), EXAMPLES)
def test_a_rule_on_groups(code: str, path: Path, change: Change) -> None:
    """A group that breaks a rule is told so at the place of the fault, in words without gaps."""
    mapping = group_mapping()
    change(mapping)
    outline = check_outline(mapping)
    problems = outline if code.startswith("E-ID") else check(parsed(mapping), surroundings())
    assert (code, path) in {(problem.rule, problem.path) for problem in problems}
    for problem in problems:
        assert not any("{" in words for words in describe(problem, {**BY_CODE}))


def test_a_group_is_judged_against_the_procedures_of_its_components() -> None:
    """A paper that the component does not ask for, and a fact that the group does not have, are told."""
    stranger = member_mapping(SECOND, "fire")
    stranger["facts"] = [{"id": "floors", "type": "integer", "label": {"vi": "tầng", "en": "floors"}}]
    known = {SECOND: parsed(stranger)}
    found = list(check_members(parsed(group_mapping()), known))
    places = {(problem.rule, problem.path) for problem in found}
    expected = {
        ("E-REF-014", ("components", 1, "takes", 0, "document")),
        ("E-GROUP-010", ("components", 1, "procedure")),
    }
    assert expected == places
    good = {SECOND: parsed(member_mapping(SECOND, "fire", paper("certificate", required=True)))}
    assert [] == list(check_members(parsed(group_mapping()), good))


@pytest.mark.parametrize(
    ("recall", "sources", "stuck"),
    [
        (None, ["submitted", "working"], "submitted, working"),
        ("recalled", ["submitted"], "working"),
        ("recalled", ["submitted", "working"], None),
    ],
)
def test_a_group_that_can_be_withdrawn_can_end_all_its_components(
    recall: str | None, sources: list[str], stuck: str | None
) -> None:
    """Wherever a component waits undecided, its recall leads out; where none is declared, it is told all states."""
    mapping = member_mapping(FIRST, "lead")
    mapping["recall"] = recall
    mapping["transitions"][-1]["from"] = sources
    found = list(check_members(parsed(group_mapping()), {FIRST: parsed(mapping)}))
    told = [(problem.rule, problem.path, problem.facts["states"]) for problem in found]
    assert ([] if stuck is None else [("E-GROUP-012", ("components", 0, "procedure"), stuck)]) == told


def test_a_group_that_nobody_can_withdraw_may_have_components_that_go_their_way() -> None:
    """A dispatcher's dossier, say: it ends after the one that it waits for."""
    group, mapping = group_mapping(), member_mapping(FIRST, "lead")
    mapping["recall"] = None
    group["transitions"] = [move for move in group["transitions"] if not move.get("recalls")]
    assert [] == list(check_members(parsed(group), {FIRST: parsed(mapping)}))


def test_the_first_component_is_owed_on_acceptance() -> None:
    """With the agency of its party, and the facts and papers of the group."""
    [owed] = group_desk(wants_card=True).of(happened.ChildOwed)
    told = (owed.component, owed.procedure, owed.agency, owed.facts, owed.documents)
    assert ("birth", FIRST, LEAD, {"wants_card": True}, ("form",)) == told


def test_a_result_opens_those_that_wait_for_it() -> None:
    """Both at once, with the result as a paper of the one that takes it, before the first one has ended."""
    desk = heard(group_desk(wants_card=True), "birth")
    owed = {event.component: event for event in desk.of(happened.ChildOwed)}
    assert ["home", "card"] == list(owed)
    assert {"certificate": "code-birth"} == owed["home"].results
    assert (FIRE, LEAD) == (owed["home"].agency, owed["card"].agency)
    assert ChildStatus.OPEN is desk.dossier.children["birth"].status
    assert "granted" == desk.dossier.facts["birth_outcome"]


def test_what_is_not_wanted_is_passed_over() -> None:
    """A component whose condition does not hold is skipped, and the group does not wait for it."""
    desk = heard(group_desk(), "birth")
    assert "skipped" == statuses(desk)["card"] == desk.dossier.facts["card_outcome"]
    assert ("result_ready",) == heard(desk, "home").dossier.states


def test_a_refused_component_passes_over_those_that_need_its_result() -> None:
    """Nobody gets a paper that was never issued; the group goes on with what there is."""
    desk = heard(group_desk(wants_card=True), "birth", "refused")
    assert {"birth": "open", "home": "skipped", "card": "skipped"} == statuses(desk)
    assert ("result_ready",) == desk.dossier.states


def test_what_was_heard_is_not_heard_again() -> None:
    """A repeated or belated message changes nothing; a strange code is refused."""
    desk = heard(group_desk(), "birth")
    before = desk.dossier
    assert () == heard(desk, "birth").last
    assert () == desk.do(MeetChild("birth", "code-birth", "m"), by_person=False).last
    assert before == desk.dossier
    with pytest.raises(StrangeChild):
        desk.do(HearChild("birth", "another", "granted", False, "m"))
    with pytest.raises(StrangeChild):
        desk.do(MeetChild("card", "code-card", "m"))


def test_an_end_without_a_word_is_an_outcome() -> None:
    """A component that ends without a decision counts as ended, so that the group does not wait for ever."""
    desk = heard(group_desk(), "birth", outcome=None, ended=True)
    assert "ended" == desk.dossier.facts["birth_outcome"]
    assert ("result_ready",) == desk.dossier.states


def test_a_group_cannot_end_while_a_component_is_open() -> None:
    """It is refused with the component and what to do; once that has ended, it goes."""
    desk = heard(heard(group_desk(), "birth", ended=True), "home")
    with pytest.raises(TransitionRefused, match=r"still open: home \(code-home\); have them end first"):
        desk.fire("hand_over", "counter")
    heard(desk, "home", ended=True)
    assert desk.fire("hand_over", "counter").dossier.ended


def test_a_component_that_is_only_owed_holds_the_end_too() -> None:
    """A person who refuses the whole while a dossier is about to be opened is told so."""
    with pytest.raises(TransitionRefused, match="still open: birth; have"):
        group_desk().fire("refuse", "head")


def test_a_withdrawn_group_recalls_its_components_and_waits() -> None:
    """Those that are open are asked once, those not yet opened are given up, and the group ends after the last."""
    desk = group_desk().fire("withdraw", None)
    assert ["birth"] == [event.component for event in desk.of(happened.ChildRecalled)]
    assert {"birth": "owed", "home": "skipped", "card": "skipped"} == statuses(desk)
    assert ("recalling",) == desk.dossier.states
    assert ("recalling",) == heard(desk, "birth", "withdrawn").dossier.states
    heard(desk, "birth", "withdrawn", ended=True)
    assert ("withdrawn", True) == (desk.dossier.outcome, desk.dossier.ended)


def test_the_receiving_agency_is_a_party() -> None:
    """Where the dossier was handed in may be another agency than the competent one."""
    procedure = compiled(group_mapping())
    desk = replace(procedure.parties[0], id="desk", resolve=Resolve.RECEIVING)
    bound = bind_parties(
        replace(procedure, parties=(desk, *procedure.parties)), rules().directory, LEAD, LEAD
    )
    assert {"desk": LEAD, "lead": LEAD, "fire": FIRE} == bound
    assert actor_of("counter").agency == bound["desk"]
