"""Scenarios: played by the engine with the script's time, and compared with what they expect."""

from typing import Any

import pytest
from builders import move
from desk import rules, with_moves, with_roles
from world import directory

from states.directory import Directory
from states.simulate import Failure, Trace, coverage, run_scenario
from states.world import World

HAPPY: list[dict[str, Any]] = [
    {"at": "2026-03-02T08:40", "do": "accept", "by": "counter", "facts": {"fee_paid": True}},
    {"at": "2026-03-02T09:00", "do": "appraise", "by": "officer"},
    {"at": "2026-03-02T10:00", "do": "visit", "by": "officer"},
    {"at": "2026-03-02T11:00", "do": "answer", "by": "fire_officer", "facts": {"objects": False}},
    {"at": "2026-03-02T13:30", "do": "decide", "by": "leader"},
    {"at": "2026-03-04T08:00", "do": "hand_over", "by": "counter"},
]


def played(*steps: dict[str, Any], world: World | None = None, **keys: Any) -> Trace:
    """Play a scenario of these steps."""
    scenario = {
        "id": "a_case",
        "opened_at": "2026-03-02T08:30",
        "channel": "counter",
        "facts": {"kind": "repair"},
        "documents": ["form"],
        "steps": list(steps),
        **keys,
    }
    return run_scenario(world or rules(), scenario)


def expecting(step: dict[str, Any], **expect: Any) -> dict[str, Any]:
    """The step with what it expects."""
    return {**step, "expect": expect}


def test_a_scenario_that_is_right_says_nothing() -> None:
    """Everything that can be expected is compared, and holds."""
    accept = expecting(
        HAPPY[0],
        states=["appraising"],
        public=4,
        due={"legal": "2026-03-11T17:00", "committed": "2026-03-09T17:00", "step:waiting": None},
        provisional=False,
        tasks=["officer"],
        allowed=["appraise", "extend"],
        rungs=[],
        remaining={"legal": None},
    )
    end = expecting(HAPPY[5], notices=["receipt"], outcome="granted", ended=True, nonconformities=[])
    trace = played(accept, *HAPPY[1:5], end, ends={"outcome": "granted", "ended": True, "late": False})
    assert ([], 7, True) == (trace.failures, len(trace.rows), trace.ok)


@pytest.mark.parametrize(
    ("key", "expected", "actual"),
    [
        ("states", ["submitted"], ["appraising"]),
        ("public", 1, 4),
        ("due", {"legal": "2026-03-12T17:00"}, {"legal": "2026-03-11T17:00"}),
        ("tasks", ["leader"], ["officer"]),
        ("allowed", ["decide", "appraise"], ["appraise"]),
        ("rungs", ["legal/warn"], []),
        ("outcome", "granted", None),
        ("ended", True, False),
    ],
)
def test_an_expectation_that_is_wrong_is_told(key: str, expected: object, actual: object) -> None:
    """The step, what was expected and what the engine says."""
    trace = played(expecting(HAPPY[0], **{key: expected}))
    assert [Failure(1, key, expected, actual)] == trace.failures


def test_a_refusal_is_expected_by_its_code() -> None:
    """The wrong role is refused as foreseen; what happens after is as if nobody had tried."""
    wrong = {"at": "2026-03-02T08:35", "do": "accept", "by": "officer", "facts": {"fee_paid": True}}
    assert played({**wrong, "refused": "NotAuthorised"}, *HAPPY).ok
    [failure] = played(wrong).failures
    assert (1, "refused", None) == (failure.step, failure.what, failure.expected)
    assert str(failure.actual).startswith("NotAuthorised: Dossier a_case-0001")
    [failure] = played({**HAPPY[0], "refused": "NotAuthorised"}).failures
    assert ("NotAuthorised", None) == (failure.expected, failure.actual)


def test_a_dossier_that_cannot_be_opened_is_step_nought() -> None:
    """Nothing is played after it."""
    trace = played(*HAPPY, facts={"kind": "ruin"})
    assert ([0], []) == ([failure.step for failure in trace.failures], trace.rows)


def test_what_falls_due_before_a_step_takes_effect_first() -> None:
    """A sweep lets it happen; so does a step without one, and its rungs belong to that step."""
    late = expecting(
        {**HAPPY[1], "at": "2026-03-03T09:00"}, rungs=["step:appraising/warn", "step:appraising/due"]
    )
    assert played(HAPPY[0], late).ok
    sweep = expecting(
        {"at": "2026-03-03T09:00", "sweep": True}, rungs=["step:appraising/warn", "step:appraising/due"]
    )
    assert played(HAPPY[0], sweep, expecting({**HAPPY[1], "at": "2026-03-03T09:00"}, rungs=[])).ok


def test_a_supplement_and_an_apology_can_be_played() -> None:
    """Reasons and new terms are given as the file says; the end compares the completion with the promise."""
    ask = {"at": "2026-03-02T09:00", "do": "ask_more", "by": "officer"}
    again = {"at": "2026-03-03T09:00", "do": "resubmit", "by": "applicant"}
    extend = {"at": "2026-03-03T10:00", "do": "extend", "by": "leader", "extension": {"working_days": 2}}
    trace = played(
        HAPPY[0],
        {**ask, "refused": "TransitionRefused"},
        expecting({**ask, "reason": "no plan"}, remaining={"step:waiting": None}, due={"legal": None}),
        expecting(again, due={"committed": "2026-03-10T17:00"}),
        expecting(
            {**extend, "reason": "storm"},
            late=False,
            notices=["apology"],
            due={"committed": "2026-03-12T17:00"},
        ),
    )
    assert [] == trace.failures


def test_what_a_head_must_assign_is_assigned_to_the_officer_invented_for_it() -> None:
    """A scenario has no step for that, so such roles can act in it."""
    assert played(*HAPPY, world=rules(with_roles(officer="head_assigns"))).ok


def test_a_date_beyond_the_calendars_fails_its_step_only() -> None:
    """The scenario goes on and the error is told as a refusal of that step, not as a crash."""
    trace = played(HAPPY[0], {"at": "2031-01-02T08:00", "sweep": True}, ends={"ended": False})
    assert [(2, "refused")] == [(failure.step, failure.what) for failure in trace.failures]
    assert "CalendarHorizonError" in str(trace.failures[0].actual)


def test_scenarios_need_no_people() -> None:
    """Officers are invented for the roles; nobody needs to be in office."""
    assert played(*HAPPY, world=rules(None, Directory(directory().agencies, ()))).ok


def test_coverage_counts_what_no_scenario_used() -> None:
    """By transition and alternative; each counts once however often it was used."""
    world = rules()
    used, possible, unused = coverage(world, [played(*HAPPY), played(*HAPPY)])
    assert (6, 11, ("ask_more#0", "decide#0", "lapse#0", "resubmit#0", "withdraw#0")) == (
        used,
        possible,
        unused,
    )


def test_a_clock_s_own_transition_counts_as_used() -> None:
    """A sweep that lets the dossier lapse covers the transition."""
    ask = {"at": "2026-03-02T09:00", "do": "ask_more", "by": "officer", "reason": "no plan"}
    trace = played(
        HAPPY[0], ask, {"at": "2026-03-18T00:00", "sweep": True}, ends={"outcome": "stopped", "ended": True}
    )
    assert (True, {"accept#0", "ask_more#0", "lapse#0"}) == (trace.ok, trace.fired)


def test_two_officers_never_pass_for_one() -> None:
    """Each role has an officer of its own, so separation of duties does not stop a scenario."""
    both = move("decide", ["signing"], "result_ready", "leader", "officer")
    assert played(*HAPPY, world=rules(with_moves(both))).ok
