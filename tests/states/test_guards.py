"""What guards may say, what they mean, and how they refuse."""

from collections.abc import Mapping

import pytest

from states.file_rules import RULES
from states.guards import FactSpec, FactType, InvalidGuard, is_fact_name, parse_guard
from states.problem import describe

FACTS = {
    "docs_complete": FactSpec(FactType.BOOLEAN),
    "fee_paid": FactSpec(FactType.BOOLEAN),
    "rounds": FactSpec(FactType.INTEGER),
    "area": FactSpec(FactType.INTEGER),
    "channel": FactSpec(FactType.TEXT, ("counter", "post", "portal")),
    "note": FactSpec(FactType.TEXT),
}
RECORDED: Mapping[str, bool | int | str] = {
    "docs_complete": True,
    "fee_paid": False,
    "rounds": 2,
    "area": 120,
    "channel": "post",
    "note": "đỏ",
}
KNOWN_RULES = {rule.code: rule for rule in RULES}


def refusal(text: str) -> InvalidGuard:
    """Return the error that *text* is refused with."""
    with pytest.raises(InvalidGuard) as caught:
        parse_guard(text, FACTS)
    return caught.value


def code(text: str) -> str:
    """Return the rule that *text* breaks."""
    return refusal(text).problem.rule


def holds(text: str, facts: Mapping[str, bool | int | str] = RECORDED) -> bool:
    """Return whether *text* holds for the facts."""
    return parse_guard(text, FACTS).evaluate(facts).ok


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("docs_complete", True),
        ("not fee_paid and docs_complete", True),
        ("fee_paid or rounds >= 2", True),
        ("0 < rounds <= 1", False),
        ("rounds < area", True),
        ("rounds == -2", False),
        ('channel in ["post", "portal"]', True),
        ("channel not in ('counter',)", True),
        ("rounds in [1, 3]", False),
        ('note == "đỏ"', True),
        ("fee_paid == false and docs_complete != False", True),
        ("true", True),
        ("\n  docs_complete\n  and not fee_paid\n", True),
    ],
)
def test_a_guard_means_what_it_says(text: str, expected: bool) -> None:
    """Each construct of the language has its plain meaning."""
    assert expected == holds(text)


def test_an_unknown_name_is_refused_with_its_column() -> None:
    """C22: a guard reads declared facts only; the column is right after letters beyond ASCII too."""
    problem = refusal('note == "đỏ" and fee_payed').problem
    assert ("E-GUARD-005", "fee_payed", 18) == (problem.rule, problem.facts["name"], problem.facts["column"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('rounds == "2"', "E-GUARD-006"),
        ("docs_complete == 1", "E-GUARD-006"),
        ("rounds == true", "E-GUARD-006"),
        ("note == rounds", "E-GUARD-006"),
        ('rounds in [1, "2"]', "E-GUARD-006"),
        ("true < 2", "E-GUARD-006"),
        ('channel == "fax"', "E-GUARD-007"),
        ('"fax" != channel', "E-GUARD-007"),
        ('channel in ["post", "fax"]', "E-GUARD-007"),
        ("rounds", "E-GUARD-008"),
        ("docs_complete and note", "E-GUARD-008"),
        ("not 1", "E-GUARD-008"),
        ('note < "a"', "E-GUARD-011"),
        ("fee_paid > docs_complete", "E-GUARD-011"),
        ('note in "abc"', "E-GUARD-012"),
        ('note in ("abc")', "E-GUARD-012"),
        ("note in [note]", "E-GUARD-012"),
        ("rounds in []", "E-GUARD-012"),
    ],
)
def test_types_are_checked_before_anything_runs(text: str, rule: str) -> None:
    """C23: what could never be compared sensibly is refused when the file is checked."""
    assert rule == code(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 300 + "fee_paid" + ")" * 300,
        "(" * 31 + "fee_paid" + ")" * 31,
        "not " * 200 + "fee_paid",
        "-" * 900 + "1 == rounds",
        "[" * 400,
    ],
    ids=["300 brackets", "31 brackets", "nots", "minuses", "open brackets"],
)
def test_deep_nesting_is_refused_before_parsing(text: str) -> None:
    """C24: depth is counted on the text, so that no parser ever recurses through it."""
    assert "E-GUARD-002" == code(text)


def test_thirty_levels_are_read() -> None:
    """The limit of depth is exact."""
    assert holds("(" * 30 + "docs_complete" + ")" * 30)


@pytest.mark.parametrize(
    "text",
    [
        "[x for x in [y for y in [1]]]",
        "rounds in [n for n in [1]]",
        "fee_paid.__class__",
        "__class__",
        '__import__("os")',
        "().__class__.__bases__[0]",
        "fee_paid()",
        "note[0] == note",
        "note [0] == note",
        "rounds + 1 == 3",
        "-rounds == 1",
        "--1 == rounds",
        "2 ** 99 == rounds",
        "lambda: 1",
        "(x := 1) == 1",
        "docs_complete if fee_paid else fee_paid",
        'f"{note}" == note',
        'f"a" == note',
        'b"a" == note',
        "note is note",
        "{1: 2}",
        "fee_paid, docs_complete",
        "*fee_paid",
        "await fee_paid",
        "None == note",
        "fee_paid # comment",
        "fee_paid; fee_paid",
        "ｆee_paid",
        "note == '\\x41'",
        "'''a''' == note",
    ],
)
def test_what_is_not_on_the_allow_list_is_refused(text: str) -> None:
    """C25, C26: no comprehension, attribute, call, arithmetic or any other construct gets through."""
    assert code(text) in ("E-GUARD-003", "E-GUARD-004")


@pytest.mark.parametrize(
    "text", ["1.5 < rounds", "01 == rounds", "1_000 == rounds", "1e3 == rounds", "9" * 16, "1or fee_paid"]
)
def test_only_plain_whole_numbers_are_literals(text: str) -> None:
    """No fraction, no exponent, no more than 15 digits."""
    assert "E-GUARD-009" == code(text)


@pytest.mark.parametrize(
    "text", ["fee_paid and", "(", ") or (", "'abc", "rounds < ", "a b", 'note in ["a" "b"]']
)
def test_broken_guards_are_refused(text: str) -> None:
    """Python's complaints become a coded problem; a forgotten comma between texts is one of them."""
    assert "E-GUARD-003" == code(text)


def test_length_is_limited_and_emptiness_refused() -> None:
    """A guard has between one and 1,000 characters."""
    full = "fee_paid or docs_complete".ljust(999) + "x"
    assert ["E-GUARD-010", "E-GUARD-010", "E-GUARD-001"] == [code(""), code(" \n"), code(full + "x")]
    assert "E-GUARD-003" == code(full)


@pytest.mark.parametrize(
    "text", ["not fee_paid", "docs_complete or fee_paid", "fee_paid", "fee_paid != true"]
)
@pytest.mark.parametrize("absent", [{}, {"fee_paid": None}], ids=["absent", "none"])
def test_a_missing_fact_refuses_whatever_the_rest_says(text: str, absent: Mapping[str, None]) -> None:
    """A fact that is not recorded never counts as false, and order of words changes nothing."""
    verdict = parse_guard(text, FACTS).evaluate({"docs_complete": True, **absent})
    assert (False, ("fee_paid",)) == (verdict.ok, verdict.missing)
    assert ("chưa ghi nhận fee_paid", "not recorded yet: fee_paid") == (verdict.reason_vi, verdict.reason_en)


@pytest.mark.parametrize(
    ("name", "value"), [("fee_paid", 1), ("rounds", True), ("rounds", "2"), ("channel", "fax")]
)
def test_a_fact_that_is_not_as_declared_refuses(name: str, value: bool | int | str) -> None:
    """A value of the wrong type or outside the declared list is no ground to let a dossier pass."""
    text = {"fee_paid": "not fee_paid", "rounds": "rounds != 7", "channel": 'channel != "post"'}[name]
    verdict = parse_guard(text, FACTS).evaluate({**RECORDED, name: value})
    assert (False, (), (name,)) == (verdict.ok, verdict.missing, verdict.unfit)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        (
            "docs_complete and rounds < 1",
            "«rounds < 1» không đúng (rounds = 2)",
            '"rounds < 1" does not hold (rounds = 2)',
        ),
        ("fee_paid", "«fee_paid» là sai", '"fee_paid" is false'),
        ("not docs_complete", "«docs_complete» là đúng", '"docs_complete" is true'),
        (
            "not (fee_paid or rounds > 1)",
            "«rounds > 1» đang đúng (rounds = 2)",
            '"rounds > 1" holds (rounds = 2)',
        ),
        (
            'fee_paid or channel not in ["post"]',
            '«fee_paid» là sai và «channel not in ["post"]» đang đúng (channel = post)',
            '"fee_paid" is false and "channel not in ["post"]" holds (channel = post)',
        ),
        (
            "3 < rounds < area",
            "«3 < rounds» không đúng (rounds = 2)",
            '"3 < rounds" does not hold (rounds = 2)',
        ),
        (
            "fee_paid and rounds == 1",
            "«fee_paid» là sai; «rounds == 1» không đúng (rounds = 2)",
            '"fee_paid" is false; "rounds == 1" does not hold (rounds = 2)',
        ),
        ("false", "điều kiện «false» không bao giờ đạt", 'the condition "false" is never met'),
    ],
)
def test_a_refusal_names_what_failed_and_the_recorded_value(text: str, vi: str, en: str) -> None:
    """The reason shows each part that stood in the way, with the value that the dossier has."""
    verdict = parse_guard(text, FACTS).evaluate(RECORDED)
    assert (False, vi, en) == (verdict.ok, verdict.reason_vi, verdict.reason_en)


def test_a_guard_tells_its_facts_and_equals_its_like() -> None:
    """Callers can ask what must be recorded; two guards of one text are one value."""
    guard = parse_guard("rounds < 3 and docs_complete and rounds > 0", FACTS)
    assert ("docs_complete", "rounds") == guard.names
    assert guard == parse_guard(f" {guard.text} ", FACTS)
    assert {guard} == {guard, parse_guard(guard.text, FACTS)}


def test_fact_names_are_those_that_guards_can_read() -> None:
    """A reserved word or a name beyond ASCII cannot be declared."""
    names = ["fee_paid", "area2", "in", "class", "true", "Đỏ", "2nd", "__x", "a-b", ""]
    assert [True, True] + [False] * 8 == [is_fact_name(name) for name in names]


def test_every_refusal_can_be_told_in_both_languages() -> None:
    """No message of a guard problem is left with an unfilled blank."""
    samples = ["", "a" * 1001, "(" * 40, "(", "lambda", "x", "rounds == note", 'channel == "fax"', "rounds"]
    samples += ["1.5", "note < note", "rounds in []"]
    problems = [refusal(text).problem for text in samples]
    assert sorted(rule for rule in KNOWN_RULES if "GUARD" in rule) == sorted(each.rule for each in problems)
    for problem in problems:
        assert "{" not in "".join(describe(problem, KNOWN_RULES))
