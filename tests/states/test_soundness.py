"""The linter: every rule has an example that breaks it, and a sound procedure breaks none."""

import string

import pytest
from builders import compiled, ladder_mapping, ladders, parsed, procedure_mapping, surroundings
from soundness_examples import HANDOFFS, LADDER, OUTLINE, PROCEDURE, STAGES, Change

from states.file_rules import RULES as FILE_RULES
from states.ladder_parsing import parse_ladder
from states.problem import Path, Problem, describe
from states.procedure_rules import RULES
from states.soundness import Context, check, check_ladder, check_outline, check_table

BY_CODE = {rule.code: rule for rule in (*RULES, *FILE_RULES)}


def places(problems: list[Problem]) -> set[tuple[str, Path]]:
    """Code and path of each problem."""
    return {(problem.rule, problem.path) for problem in problems}


def test_the_default_procedure_is_sound() -> None:
    """A procedure that keeps every rule has no problem, in its text, its chart and its table."""
    found = check_outline(procedure_mapping()) + check(parsed(), surroundings()) + check_table(compiled())
    assert [] == found


def test_the_default_ladder_is_sound() -> None:
    """A ladder that keeps every rule has no problem."""
    assert [] == check_ladder(ladders()["step@1"], surroundings())


@pytest.mark.parametrize(("code", "path", "change"), OUTLINE)
def test_outline_rule(code: str, path: Path, change: Change) -> None:
    """A file that breaks a rule of the outline is told so at the place of the fault."""
    mapping = procedure_mapping()
    change(mapping)
    assert (code, path) in places(check_outline(mapping))


@pytest.mark.parametrize(("code", "path", "change"), (*PROCEDURE, *HANDOFFS, *STAGES))
def test_procedure_rule(code: str, path: Path, change: Change) -> None:
    """A procedure that breaks a rule is told so at the place of the fault, in words without gaps."""
    mapping = procedure_mapping()
    change(mapping)
    problems = check(parsed(mapping), surroundings())
    assert (code, path) in places(problems)
    for problem in problems:
        assert not any("{" in words for words in describe(problem, BY_CODE))


@pytest.mark.parametrize(("code", "path", "change"), LADDER)
def test_ladder_rule(code: str, path: Path, change: Change) -> None:
    """A ladder that breaks a rule is told so at the place of the fault."""
    mapping = ladder_mapping()
    change(mapping)
    assert (code, path) in places(check_ladder(parse_ladder(mapping), surroundings()))


def test_a_party_that_a_ladder_reaches_takes_part() -> None:
    """A ladder that reaches a party of another procedure is refused where it is named."""
    stranger = parse_ladder(ladder_mapping("step", rungs=[_rung("head@tax")]))
    mapping = procedure_mapping()
    procedure = parsed(mapping)
    object.__setattr__(procedure, "ladders", (stranger, *procedure.ladders[:1]))
    assert ("E-REF-008", ("states", 0, "clock", "ladder")) in places(check(procedure, surroundings()))


def _rung(to: str) -> dict[str, object]:
    return {"id": "due", "at": "due", "do": ["notify"], "to": [to]}


def test_what_is_not_known_is_not_held_against_a_file() -> None:
    """Without surroundings no position, calendar, kind or template counts as unknown."""
    assert [] == check(parsed(), Context())


def test_the_way_over_budget_is_named() -> None:
    """The message names the longest way, its sum and the term, and takes the longest branch of a block."""
    mapping = procedure_mapping()
    mapping["clocks"]["committed"]["term"] = {"working_hours": 27}
    (problem,) = check(parsed(mapping), surroundings())
    assert ("appraising → visiting → signing", "28", "27") == tuple(
        problem.facts[name] for name in ("path", "sum", "allowed")
    )


def test_messages_and_reasons_exist_in_both_languages() -> None:
    """Every rule has a code of its own and four texts, and its templates can be filled."""
    assert len(RULES) == len({rule.code for rule in RULES})
    for rule in RULES:
        assert all((rule.vi, rule.en, rule.why_vi, rule.why_en))
        names = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (rule.vi, rule.en)
        ]
        plain = [{name.removesuffix("_vi").removesuffix("_en") for name in found} for found in names]
        assert plain[0] == plain[1]
