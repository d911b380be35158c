"""Shapes of config files: every fault at once, coded, at its path; and the JSON Schemas that are published."""

import json

import pytest
from builders import OWN, label, ladder_mapping, procedure_mapping
from soundness_examples import Change, cut, put

from motcua.adapters.schema import KINDS, check_shape, json_schema
from states.problem import Path, describe
from states.procedure_rules import RULES

S, T = "states", "transitions"
BUDGET = (S, 0, "clock", "budget")
BY_CODE = {rule.code: rule for rule in RULES}

EXAMPLES: tuple[tuple[str, Path, Change], ...] = (
    ("E-SCHEMA-001", (S, 0, "color"), put((S, 0, "color"), "red")),
    ("E-SCHEMA-002", (S, 0), cut((S, 0, "label"))),
    ("E-SCHEMA-002", (), cut(("clocks",))),
    ("E-SCHEMA-003", (S, 0, "holder"), put((S, 0, "holder"), 7)),
    ("E-SCHEMA-003", (S, 0, "initial"), put((S, 0, "initial"), "true")),
    ("E-SCHEMA-003", (S, 0, "public"), put((S, 0, "public"), True)),
    ("E-SCHEMA-003", (T,), put((T,), {"a": 1})),
    ("E-SCHEMA-003", ("fees", 0, "amount"), put(("fees", 0, "amount"), "1000")),
    ("E-SCHEMA-004", (S, 0, "public"), put((S, 0, "public"), 11)),
    ("E-SCHEMA-004", ("parties", 0, "resolve"), put(("parties", 0, "resolve"), "nearest")),
    ("E-SCHEMA-004", ("schema_version",), put(("schema_version",), "2.0")),
    ("E-SCHEMA-005", (T, 0, "from", 0), put((T, 0, "from"), ["Submitted"])),
    ("E-SCHEMA-005", ("procedure", "version"), put(("procedure", "version"), "1.0")),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, 3)),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"working_days": 1, "working_hours": 1})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"weeks": 1})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"working_days": "0.3"})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"working_days": True})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"working_days": "1/4"})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"same_day": 1})),
    ("E-SCHEMA-006", BUDGET, put(BUDGET, {"working_days": 10_001})),
    ("E-SCHEMA-007", (T, 0), put((T, 0, "choose"), [{"otherwise": "signing"}])),
    ("E-SCHEMA-007", (T, 0), cut((T, 0, "to"))),
    ("E-SCHEMA-007", (T, 6, "choose", 0), cut((T, 6, "choose", 0, "when"))),
    (
        "E-SCHEMA-008",
        ("procedure", "effective", "from"),
        put(("procedure", "effective", "from"), "2026-02-30"),
    ),
    ("E-SCHEMA-008", ("calendar", "cutoff", "after"), put(("calendar", "cutoff", "after"), "25:00")),
    ("E-SCHEMA-009", ("roles",), put(("roles",), [])),
    ("E-SCHEMA-009", (S, 0, "label", "vi"), put((S, 0, "label", "vi"), " ")),
)


@pytest.mark.parametrize(("code", "path", "change"), EXAMPLES)
def test_shape_of_a_procedure(code: str, path: Path, change: Change) -> None:
    """A wrong shape gives its code at its path, and a message without gaps."""
    mapping = procedure_mapping()
    change(mapping)
    found = {(problem.rule, problem.path): problem for problem in check_shape("procedure", mapping)}
    assert (code, path) in found
    assert not any("{key" in words or "{given" in words for words in describe(found[code, path], BY_CODE))


@pytest.mark.parametrize(
    "term",
    [
        {"working_days": 3},
        {"working_days": "0.25"},
        {"working_hours": "1.5"},
        {"calendar_days": 10_000},
        {"hours": 2},
        {"months": 1},
        {"same_day": True},
        None,
    ],
)
def test_terms(term: object) -> None:
    """A term is one unit with a quarter, half or whole amount; null is an unknown number."""
    mapping = procedure_mapping()
    mapping["states"][0]["clock"] = {"budget": term, **OWN}
    assert [] == check_shape("procedure", mapping)


@pytest.mark.parametrize("value", [None, [], "text", 7, True, {}, {"procedure": None}])
@pytest.mark.parametrize("kind", KINDS)
def test_any_value_is_judged(kind: str, value: object) -> None:
    """Whatever a file holds, the answer is a list of problems."""
    assert check_shape(kind, value)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("late", "E-SCHEMA-004"),
        ({"before": {"working_hours": 1}, "after": {"working_hours": 1}}, "E-SCHEMA-004"),
        ({"before": {"working_hours": 0}}, "E-SCHEMA-006"),
        (7, "E-SCHEMA-004"),
    ],
)
def test_time_of_a_rung(at: object, code: str) -> None:
    """A rung stands at the due instant, before it or after it."""
    mapping = ladder_mapping()
    mapping["rungs"][0]["at"] = at
    assert [code] == [problem.rule for problem in check_shape("ladder", mapping)]


def test_a_scenario_acts_or_waits() -> None:
    """A step names who does what, or lets time pass; never both, never neither."""
    steps = [
        {
            "at": "2026-03-02T08:40",
            "do": "accept",
            "by": "counter",
            "expect": {"due": {"legal": "2026-03-05T17:00"}},
        },
        {"at": "2026-03-02T08:41", "sweep": True},
        {"at": "2026-03-02T08:42", "sweep": True, "do": "accept", "by": "counter"},
        {"at": "2026-03-02T08:43"},
        {"at": "2026-03-02 08:44", "sweep": True},
    ]
    scenario = {
        "id": "one",
        "title": label("one"),
        "opened_at": "2026-03-02T08:30",
        "channel": "counter",
        "facts": {"kind": "new", "objects": False},
        "steps": steps,
    }
    found = [
        (problem.rule, problem.path[3:4]) for problem in check_shape("scenarios", {"scenarios": [scenario]})
    ]
    assert [("E-SCHEMA-007", (2,)), ("E-SCHEMA-007", (3,)), ("E-SCHEMA-008", (4,))] == found


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:44:60",
        "2026-03-02T23:59:60Z",
        "2026-03-02T08:44+07:00",
        "2026-03-02T01:44Z",
        "2026-3-2T8:44",
        "2026-02-29T08:44",
        "2026-03-02",
    ],
)
def test_time_in_a_scenario_is_local_and_has_one_spelling(text: str) -> None:
    """Leap seconds, offsets, missing digits and days that do not exist are refused at their place."""
    scenario = {"id": "one", "title": label("one"), "opened_at": text, "channel": "counter", "steps": []}
    found = [(p.rule, p.path[2:]) for p in check_shape("scenarios", {"scenarios": [scenario]})]

    assert ("E-SCHEMA-008", ("opened_at",)) in found


@pytest.mark.parametrize("kind", KINDS)
def test_published_schema(kind: str) -> None:
    """Each kind of file has a JSON Schema with a name, a title and descriptions that refuses unknown keys."""
    schema = json_schema(kind)
    assert json.loads(json.dumps(schema)) == schema
    assert (f"urn:motcua:schema:{kind}:1.0", False) == (schema["$id"], schema["additionalProperties"])
    assert all("description" in shape for shape in (schema, *schema["$defs"].values()))
