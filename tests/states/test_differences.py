"""What changes for people: each field is compared, told in words, and told to those whom it concerns."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from builders import LAW, OWN, Raw, label, ladder_mapping, ladders, move, parsed, procedure_mapping, state
from hypothesis import given
from hypothesis import strategies as st
from soundness_examples import both, cut, put

from states import procedure as parts
from states.differences import COLLECTIONS, Audience, Change, Difference, differences
from states.ladder_parsing import parse_ladder
from states.parsing import parse_procedure
from states.problem import Path
from states.procedure import Label, Procedure

S, T = "states", "transitions"
KINDS: dict[str, type] = {
    "procedure": Procedure,
    "clock": parts.CaseClock,
    "document": parts.Document,
    "fee": parts.Fee,
    "suspension": parts.Suspension,
    "extension": parts.Extension,
    "state": parts.State,
    "transition": parts.Transition,
    "consultation": parts.Consultation,
    "question": parts.Question,
    "stage": parts.Stage,
    "component": parts.Component,
    "party": parts.Party,
    "role": parts.Role,
    "ladder": parts.Ladder,
    "rung": parts.Rung,
    "fact": parts.Fact,
    "citation": parts.Citation,
}
HELD_ELSEWHERE = {"ladder": {"rungs"}, "consultation": {"questions"}}
WHOLE = {
    *(
        "version",
        "table",
        "source_sha256",
        "separation",
        "citations",
        "facts",
        "parties",
        "roles",
        "documents",
    ),
    *(
        "fees",
        "clocks",
        "suspensions",
        "extensions",
        "ladders",
        "states",
        "transitions",
        "consultations",
        "stages",
    ),
    "components",
}
NEW_STATE = state("second_look", public=4, holder="leader", no_clock=label("quick"))
NEW_FEE = {"id": "stamp", "name": label("stamp"), "amount": 20000, **OWN}
CHANGES: tuple[tuple[str, str, str, Callable[[Raw], Any]], ...] = (
    ("procedure", "", "name", put(("procedure", "name"), label("licence"))),
    ("procedure", "", "effective_from", put(("procedure", "effective", "from"), "2027-01-01")),
    ("procedure", "", "cutoff.after_minute", put(("calendar", "cutoff", "after"), "14:00")),
    ("clock", "legal", "term", put(("clocks", "legal", "term"), {"working_days": 5})),
    ("clock", "committed", "verified", put(("clocks", "committed", "verified"), True)),
    ("document", "form", "copies", put(("documents", 0, "copies"), None)),
    ("document", "plan", "required_if", put(("documents", 1, "required_if"), "kind == 'repair'")),
    ("fee", "fee", "amount", put(("fees", 0, "amount"), 1500)),
    ("fee", "stamp", "", put(("fees", 1), NEW_FEE)),
    ("suspension", "supplement", "effect", put(("suspensions", 0, "effect"), "pause")),
    ("extension", "extend", "max_times", put(("extensions", 0, "max_times"), 2)),
    ("state", "submitted", "clock.budget", put((S, 0, "clock", "budget"), {"working_hours": 4})),
    ("state", "submitted", "label", put((S, 0, "label"), label("received"))),
    ("state", "waiting", "clock.on_due", cut((S, 3, "clock", "on_due"))),
    ("state", "signing", "holder", put((S, 4, "holder"), "officer")),
    ("state", "result_ready", "public", put((S, 5, "public"), 10)),
    ("state", "second_look", "", put((S, 9), NEW_STATE)),
    ("transition", "accept", "guard", cut((T, 0, "when"))),
    ("transition", "resubmit", "by", put((T, 2, "by"), ["counter"])),
    ("transition", "decide", "alternatives", put((T, 6, "choose", 0, "when"), "not objects")),
    ("transition", "again", "", put((T, 10), move("again", ["signing"], "appraising", "leader"))),
    ("party", "fire", "resolve", put(("parties", 1, "resolve"), "parent")),
    ("role", "leader", "position", put(("roles", 3, "position"), "deputy_head")),
    ("separation", "counter+leader", "", put(("separation_of_duties", 1), ["leader", "counter"])),
    ("fact", "kind", "values", put(("facts", 0, "values"), ["new"])),
    ("citation", "law", "verified", put(("legal_basis", 0, "verified"), False)),
)
NAMES = [(subject, id, aspect) for subject, id, aspect, _ in CHANGES]


def changed(*changes: Callable[[Raw], Any]) -> Procedure:
    """The default procedure with some changes."""
    mapping = procedure_mapping()
    both(*changes)(mapping)
    return parsed(mapping)


def places(found: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    """What the differences are about."""
    return [(item.subject, item.id, item.aspect) for item in found]


def only(*changes: Callable[[Raw], Any]) -> Difference:
    """The one difference that some changes make."""
    [found] = differences(
        parsed(), changed(*changes), {9: Label("Xong", "Done"), 10: Label("Trả", "Returned")}
    )
    return found


def with_ladder(version: int, path: Path, value: object) -> Procedure:
    """The default procedure on a ladder `step` of another version, changed in one place."""
    mapping, raw = procedure_mapping(), ladder_mapping("step")
    put(path, value)(raw)
    raw["ladder"]["version"] = version
    text = json.dumps(mapping).replace("step@1", f"step@{version}")
    ladder = parse_ladder(raw)
    return parse_procedure(json.loads(text), {**ladders(), ladder.id: ladder}, "0" * 64)


def test_a_version_does_not_differ_from_itself() -> None:
    """Version number, digest and the order of lists that have none are no difference."""
    same = changed(
        put(("procedure", "version"), "1.0.1"),
        put((T, 2, "by"), ["counter", "applicant"]),
        put(("separation_of_duties",), [["leader", "officer"]]),
    )

    assert () == differences(parsed(), same)


@pytest.mark.parametrize(("subject", "id", "aspect", "change"), CHANGES)
def test_each_change_is_told_once_where_it_was_made(
    subject: str, id: str, aspect: str, change: Callable[[Raw], Any]
) -> None:
    """One change in the file is one difference, with words in both languages that are not the same before and after."""
    found = only(change)

    assert (subject, id, aspect) == (found.subject, found.id, found.aspect)
    assert (Change.CHANGED if aspect else Change.ADDED) is found.change
    assert found.audiences
    assert found.text.vi != found.text.en
    assert found.before != found.after


@pytest.mark.parametrize("subject", KINDS)
def test_every_field_is_compared(subject: str) -> None:
    """A field that a part gains later must be compared too, or this fails."""
    [collection] = [item for item in COLLECTIONS if item.subject == subject]
    compared = {aspect.field.partition(".")[0] for aspect in collection.aspects} | {"id"}
    kept = HELD_ELSEWHERE.get(subject, WHOLE if subject == "procedure" else set())

    assert {field.name for field in fields(KINDS[subject])} | {"id"} == compared | kept


@pytest.mark.parametrize(
    ("name", "kind"), [("clock", parts.StepClock), ("cutoff", parts.Cutoff), ("handoff", parts.Handoff)]
)
def test_every_field_inside_a_field_is_compared(name: str, kind: type) -> None:
    """Budgets of steps and the cut-off are compared field by field."""
    named = [aspect.field for collection in COLLECTIONS for aspect in collection.aspects]

    assert {f"{name}.{field.name}" for field in fields(kind)} == {
        n for n in named if n.startswith(f"{name}.")
    }


@given(st.sets(st.integers(0, len(CHANGES) - 1)), st.sets(st.integers(0, len(CHANGES) - 1)))
def test_the_way_back_tells_the_same_the_other_way_round(left: set[int], right: set[int]) -> None:
    """From B to A the same parts differ, what came goes, and before and after change places."""
    a, b = (changed(*(CHANGES[number][3] for number in sorted(numbers))) for numbers in (left, right))
    there, back = differences(a, b), differences(b, a)
    swapped = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED, Change.CHANGED: Change.CHANGED}

    assert sorted(NAMES[number] for number in left ^ right) == sorted(places(there))
    assert {(p, swapped[item.change]) for p, item in zip(places(there), there, strict=True)} == {
        (p, item.change) for p, item in zip(places(back), back, strict=True)
    }
    assert {(item.before, item.after) for item in there if item.aspect} == {
        (item.after, item.before) for item in back if item.aspect
    }


def test_terms_are_told_in_words() -> None:
    """The old and the new length stand side by side, in each language's way of writing numbers."""
    hours = only(put((S, 0, "clock", "budget"), {"working_hours": 0.5})).text

    assert (
        'State "submitted" (submitted): budget of the step: 8 working hours → 0.5 working hours' == hours.en
    )
    assert hours.vi.endswith("8 giờ làm việc → 0,5 giờ làm việc")
    days = only(put(("clocks", "legal", "term"), {"same_day": True})).text
    assert days.en.endswith("term: 7 working days → the same working day")


def test_people_fees_and_statuses_are_told_in_words() -> None:
    """Roles, amounts, conditions and national statuses are what people read, not what the file holds."""
    assert only(put(("fees", 0, "amount"), None)).text.vi.endswith("mức thu: 1.000 đồng → chưa biết")
    assert only(put((S, 5, "public"), 10)).text.en.endswith('public status: 9 "Done" → 10 "Returned"')
    told = only(put((T, 2, "by"), ["counter"])).text
    assert told.vi.endswith("người thực hiện: người nộp hồ sơ, counter → counter")
    told = only(put((T, 6, "choose", 0, "when"), "not objects")).text
    assert 'if not objects then "refused", otherwise "result_ready"' == told.en.partition("→ ")[2]


def test_a_new_part_is_told_with_what_it_is_like() -> None:
    """Who does it, from where, to where; a part that is gone is only named."""
    change = put((T, 10), move("again", ["signing"], "appraising", "leader"))
    told = only(change)
    [gone] = differences(changed(change), parsed())

    assert 'New: transition "again" (again): done by leader; from "signing"; to "appraising"' == told.text.en
    assert 'Gone: transition "again" (again)' == gone.text.en


def test_a_name_that_changes_in_one_language_is_told_in_both() -> None:
    """Who reads English learns that the Vietnamese name changed, and to what."""
    told = only(put((S, 0, "label"), {"vi": "Chờ", "en": "submitted"})).text

    assert told.en.endswith("name: «submitted» → «Chờ»")


def test_two_parts_of_one_name_are_told_apart_by_their_ids() -> None:
    """Where the words are the same, the ids are shown."""
    twin = put((S, 4, "label"), label("submitted"))
    moved = put((T, 9, "from"), ["signing", "handling", "waiting"])
    [found] = differences(changed(twin), changed(twin, moved))

    assert Label("signing, handling, waiting", "signing, handling, waiting") == found.after


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put(("clocks", "legal", "term"), {"working_days": 5}), set(Audience)),
        (put(("legal_basis", 0, "verified"), False), {Audience.AUDITOR}),
        (put(("separation_of_duties", 1), ["leader", "counter"]), set(Audience) - {Audience.APPLICANT}),
        (put((T, 1, "when"), "supplement_count < 2"), {Audience.OFFICER, Audience.AUDITOR}),
        (put((T, 2, "when"), "docs_complete"), {Audience.APPLICANT, Audience.OFFICER, Audience.AUDITOR}),
        (put((T, 6, "choose", 0, "when"), "not objects"), {Audience.LEADER, Audience.AUDITOR}),
        (put(("documents", 0, "copies"), 2), {Audience.APPLICANT, Audience.OFFICER}),
    ],
)
def test_a_difference_is_told_to_those_whom_it_concerns(
    change: Callable[[Raw], Any], expected: set[Audience]
) -> None:
    """Who acts in a part is concerned by it; who signs extensions is a leader; sources are for auditors."""
    assert expected == set(only(change).audiences)


def test_a_ladder_is_followed_across_its_versions() -> None:
    """A higher version of a ladder is one difference of the ladder and those of its rungs, not one of every state."""
    found = differences(parsed(), with_ladder(2, ("rungs", 2, "at"), {"after": {"working_hours": 4}}))

    assert [("ladder", "step", "id"), ("rung", "step/up", "offset")] == places(found)
    assert found[1].text.en.endswith("1 working day → 4 working hours")


def test_a_source_is_the_auditors_concern() -> None:
    """A number that rests on another text is told, though it stayed the same."""
    found = only(put(("fees", 0, "source"), LAW["source"]))

    assert ("fee", "fee", "source", (Audience.AUDITOR,)) == (
        found.subject,
        found.id,
        found.aspect,
        found.audiences,
    )
