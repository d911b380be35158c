"""Scenarios name only what their procedure has, and their time runs forward."""

from typing import Any

import pytest
from builders import compiled, label
from soundness_examples import Change, put

from states.problem import Path
from states.soundness import check_scenarios

STEP = ("scenarios", 0, "steps", 0)


def scenarios() -> dict[str, Any]:
    """A sound file of one scenario."""
    expect = {
        "states": ["appraising"],
        "due": {"legal": "2026-03-11T17:00"},
        "rungs": ["step:submitted/warn"],
        "tasks": ["officer"],
        "allowed": ["withdraw", "extend"],
    }
    step = {
        "at": "2026-03-02T08:40",
        "do": "accept",
        "by": "counter",
        "facts": {"fee_paid": True},
        "expect": expect,
    }
    one = {
        "id": "one",
        "title": label("one"),
        "opened_at": "2026-03-02T08:30",
        "channel": "counter",
        "facts": {"kind": "new"},
        "documents": ["form"],
        "steps": [step],
        "ends": {"outcome": "granted"},
    }
    return {"scenarios": [one]}


def test_sound_scenarios() -> None:
    """Scenarios that name what exists have no problem."""
    assert [] == check_scenarios(scenarios(), compiled())


@pytest.mark.parametrize(
    ("code", "path", "change"),
    [
        ("E-REF-001", (*STEP, "expect", "states", 0), put((*STEP, "expect", "states"), ["nowhere"])),
        ("E-REF-002", (*STEP, "by"), put((*STEP, "by"), "clerk")),
        ("E-REF-002", (*STEP, "expect", "tasks", 0), put((*STEP, "expect", "tasks"), ["clerk"])),
        ("E-REF-003", ("scenarios", 0, "facts", "area"), put(("scenarios", 0, "facts"), {"area": 3})),
        ("E-REF-007", (*STEP, "do"), put((*STEP, "do"), "except")),
        ("E-REF-013", (*STEP, "expect", "due", "best"), put((*STEP, "expect", "due"), {"best": None})),
        ("E-REF-013", (*STEP, "expect", "rungs", 0), put((*STEP, "expect", "rungs"), ["legal/boom"])),
        ("E-REF-014", ("scenarios", 0, "documents", 0), put(("scenarios", 0, "documents"), ["poem"])),
        ("E-REF-015", ("scenarios", 0, "ends", "outcome"), put(("scenarios", 0, "ends", "outcome"), "lost")),
        ("E-SCENARIO-001", (*STEP, "at"), put((*STEP, "at"), "2026-03-01T08:40")),
        ("E-ID-001", ("scenarios", 1, "id"), put(("scenarios", 1), scenarios()["scenarios"][0])),
    ],
)
def test_scenario_rule(code: str, path: Path, change: Change) -> None:
    """A scenario that names what is not there is told so at the place."""
    mapping = scenarios()
    change(mapping)
    assert [(code, path)] == [
        (problem.rule, problem.path) for problem in check_scenarios(mapping, compiled())
    ]
