"""The linter on consultations: every rule has an example that breaks it, and the sound one breaks none."""

import pytest
from builders import compiled, label, move, parsed, procedure_mapping, surroundings
from opinions import Q, consulting_mapping, question
from soundness_examples import Example, both, cut, put

from states.problem import Path
from states.soundness import check, check_outline, check_table
from states.soundness.budgets import critical_way
from states.soundness.context import View

ASK: Path = (Q, 0, "ask")
S, T = "states", "transitions"
HOME: Path = (S, 2, S, 1, S, 0)

OUTLINE: tuple[Example, ...] = (
    ("E-ID-001", (Q, 1, "id"), lambda m: m[Q].append(m[Q][0])),
    ("E-ID-001", (*ASK, 1, "id"), put((*ASK, 1, "id"), "safety")),
    ("E-ID-002", ("facts", 1, "id"), put(("facts", 1), {"id": "opinions_outcome", "type": "boolean"})),
    ("E-SHAPE-003", (S, 6, "consultation"), put((S, 6, "consultation"), "opinions")),
    ("E-SHAPE-003", (S, 1, "consultation"), put((S, 1, "consultation"), "opinions")),
    ("E-SHAPE-003", (S, 2, "consultation"), put((S, 2, "consultation"), "opinions")),
)
PROCEDURE: tuple[Example, ...] = (
    ("E-REF-018", (*HOME, "consultation"), put((*HOME, "consultation"), "opinion")),
    ("E-REF-002", (*ASK, 0, "role"), put((*ASK, 0, "role"), "stranger")),
    ("E-REF-003", (*ASK, 0, "facts", 0), put((*ASK, 0, "facts"), ["area"])),
    ("E-REF-004", (*ASK, 0, "ladder"), put((*ASK, 0, "ladder"), "steep@1")),
    ("E-REF-005", (*ASK, 0, "source"), put((*ASK, 0, "source"), "decree")),
    ("E-REF-005", (*ASK, 1, "silence_source"), put((*ASK, 1, "silence_source"), "decree")),
    ("E-REF-007", (Q, 0, "then"), put((Q, 0, "then"), "go")),
    ("E-REF-014", (*ASK, 0, "documents", 0), put((*ASK, 0, "documents"), ["map"])),
    ("E-FACT-001", (T, 0, "inputs", 0), put((T, 0, "inputs"), ["opinions_outcome"])),
    ("E-GUARD-003", (*ASK, 0, "ask_if"), put((*ASK, 0, "ask_if"), "fee_paid and")),
    (
        "E-LAW-001",
        (*ASK, 0, "verified"),
        both(put((*ASK, 0, "term"), None), put((*ASK, 0, "verified"), True)),
    ),
    ("E-CLOCK-006", (T, 10), put((T, 10), move("magic", ["signing"], "stopped", "system"))),
    ("E-CLOCK-010", ("clocks", "committed", "term"), put((*ASK, 0, "term"), {"working_hours": 40})),
    ("E-CONSULT-001", (Q, 0, "quorum"), put((Q, 0, "quorum"), 3)),
    ("E-CONSULT-002", (Q, 0, "quorum"), put((Q, 0, "quorum"), 1)),
    ("E-CONSULT-003", (Q, 0, "then"), put((T, 5, "by"), ["system", "officer"])),
    ("E-CONSULT-003", (Q, 0, "then"), put((T, 5, "when"), "fee_paid")),
    ("E-CONSULT-003", (Q, 0, "then"), put((Q, 0, "then"), "lapse")),
    ("E-CONSULT-004", (Q, 0, "then"), put((T, 5, "to"), "asking")),
    ("E-CONSULT-005", (*ASK, 1, "silence"), cut((*ASK, 1, "silence_source"))),
    ("E-CONSULT-006", (*ASK, 0, "role"), put((*ASK, 0, "role"), "leader")),
    ("E-CONSULT-007", (Q, 0), both(cut((*HOME, "consultation")), put((*HOME, "no_clock"), label("x")))),
    ("E-CONSULT-008", HOME, put((*HOME, "holder"), "system")),
)


@pytest.mark.parametrize(("code", "path", "change"), OUTLINE)
def test_consultation_outline_rule(code: str, path: Path, change: object) -> None:
    """A file that breaks a rule of the outline is told so at the place of the fault."""
    mapping = consulting_mapping()
    assert callable(change)
    change(mapping)
    assert (code, path) in {(problem.rule, problem.path) for problem in check_outline(mapping)}


@pytest.mark.parametrize(("code", "path", "change"), PROCEDURE)
def test_consultation_rule(code: str, path: Path, change: object) -> None:
    """A consultation that breaks a rule is told so at the place of the fault."""
    mapping = consulting_mapping()
    assert callable(change)
    change(mapping)
    assert (code, path) in {
        (problem.rule, problem.path) for problem in check(parsed(mapping), surroundings())
    }


def test_a_sound_consultation_breaks_no_rule() -> None:
    """Neither in its text nor in its chart nor in its table."""
    mapping = consulting_mapping()
    procedure = compiled(mapping)
    assert [] == check_outline(mapping) + check(procedure, surroundings()) + check_table(procedure)


@pytest.mark.parametrize(("order", "hours"), [("parallel", 8 + 20 + 4), ("sequential", 8 + 30 + 4)])
def test_questions_count_on_the_longest_way(order: str, hours: int) -> None:
    """Asked at once the longest term counts, asked in turn their sum does."""
    asked = [question("safety", term={"working_hours": 20}), question("water", term={"working_hours": 10})]
    procedure = parsed(consulting_mapping(*asked, order=order))
    assert hours * 60 == critical_way(View(procedure, surroundings()), procedure.clocks[0]).end


def test_a_procedure_without_consultations_is_as_before() -> None:
    """Nothing of this touches a file that asks nobody."""
    assert ((), {}) == (parsed(procedure_mapping()).consultations, parsed(procedure_mapping()).question)
