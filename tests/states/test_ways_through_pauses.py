"""What the sum of the budgets counts: hours by the clock, and the way on after a pause."""

from typing import Any

import pytest
from builders import clock, move, parsed, procedure_mapping, state

from states.soundness import Context, check_scenarios
from states.soundness.budgets import critical_way
from states.soundness.context import View
from states.soundness.paces import minutes
from states.term import parse_term


@pytest.mark.parametrize(
    ("hours", "expected"), [("4", 240), ("8", 480), ("24", 480), ("30", 840), ("48", 960)]
)
def test_hours_by_the_clock_hold_at_most_a_day_of_work_each_day(hours: str, expected: int) -> None:
    """A day and a night hold eight hours of work, however they lie."""
    assert expected == minutes(parse_term("hours", hours), 480)


def going_on_after_the_supplement(effect: str) -> dict[str, Any]:
    """The sound procedure, in which the supplement leads on to a check of thirty hours."""
    mapping = procedure_mapping()
    mapping["suspensions"][0]["effect"] = effect
    mapping["states"].insert(4, state("rechecking", public=4, holder="officer", clock=clock(30)))
    moves = [one for one in mapping["transitions"] if one["id"] != "resubmit"]
    back = move("resubmit", ["waiting"], "rechecking", "applicant", "counter")
    on = move("approve", ["rechecking"], "signing", "officer")
    return {**mapping, "transitions": [*moves, back, on]}


@pytest.mark.parametrize(("effect", "hours"), [("pause", 8 + 30 + 4), ("restart", 8 + 16 + 4)])
def test_the_way_goes_on_after_a_pause(effect: str, hours: int) -> None:
    """Time before and after a pause adds up, for the clock runs on; after a restart it begins at zero."""
    procedure = parsed(going_on_after_the_supplement(effect))
    assert hours * 60 == critical_way(View(procedure, Context()), procedure.clocks[0]).end


@pytest.mark.parametrize(
    ("rung", "codes"), [("up.unacknowledged", []), ("down.unacknowledged", ["E-REF-013"])]
)
def test_a_scenario_may_expect_the_silence_after_a_rung(rung: str, codes: list[str]) -> None:
    """The rung that nobody acknowledged has a name of its own, for every rung of the clock's ladder."""
    sweep = {"at": "2026-03-09T08:30", "sweep": True, "expect": {"rungs": [f"step:appraising/{rung}"]}}
    scenario = {"id": "late", "opened_at": "2026-03-02T08:30", "channel": "counter", "steps": [sweep]}
    found = check_scenarios({"scenarios": [scenario]}, parsed())
    assert codes == [problem.rule for problem in found]
