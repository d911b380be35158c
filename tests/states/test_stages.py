"""The stage of an agency: one clock over all of its steps, which stands still while the applicant is asked."""

import pytest
from builders import OWN, Raw, clock, compiled, label, move, parsed, procedure_mapping, state, surroundings
from desk import Desk, rules
from office_time import local
from ordered import ordering, reversing, times, told

from states.soundness import check

STAGE = {"id": "own", "label": label("own"), "party": "lead", "budget": {"working_hours": 16}, **OWN}


def staged(effect: str = "pause") -> Raw:
    """Appraising and a second look are one stage of the lead; a supplement pauses or restarts."""
    mapping = procedure_mapping(stages=[STAGE])
    mapping["suspensions"][0]["effect"] = effect
    mapping["states"][1]["states"][0]["stage"] = "own"
    mapping["states"].append(state("second", public=4, holder="officer", clock=clock(4), stage="own"))
    mapping["transitions"].append(move("look_again", ["appraising"], "second", "officer"))
    mapping["transitions"].append(move("done_looking", ["second"], "checks", "officer"))
    return mapping


def accepted(effect: str = "pause") -> Desk:
    """A dossier that was accepted at half past eight on Monday."""
    desk = Desk(rules(compiled(staged(effect)))).open()
    return desk.fire("accept", "counter")


def due(desk: Desk) -> str | None:
    """When the stage is due, in local time; None while it stands still or is over."""
    its = desk.dossier.clocks.get("stage:own")
    return None if its is None or its.due is None else local(its.due)


def test_a_stage_runs_on_from_step_to_step() -> None:
    """It begins with the first of its states, is not armed anew by the next, and ends when they are left."""
    desk = accepted()
    first = due(desk)
    desk.until("2026-03-02T10:00").fire("look_again", "officer")
    second = due(desk)
    desk.until("2026-03-02T11:00").fire("done_looking", "officer")

    assert ("2026-03-04T08:30", "2026-03-04T08:30", None) == (first, second, due(desk))
    assert 1 == desk.dossier.epochs["stage:own"]


def test_a_stage_stands_still_while_the_applicant_is_asked() -> None:
    """After two hours of work and three days of waiting the other fourteen hours are left."""
    desk = accepted().until("2026-03-02T10:30").fire("ask_more", "officer")
    waiting = due(desk), desk.dossier.clocks["stage:own"].remaining
    desk.until("2026-03-05T10:30").fire("resubmit", None)

    assert ((None, 14 * 60), "2026-03-09T08:30") == (waiting, due(desk))


def test_where_the_term_restarts_so_does_the_stage() -> None:
    """The whole of it again, in a new epoch, because the law counts anew."""
    desk = accepted("restart").until("2026-03-02T10:30").fire("ask_more", "officer")
    desk.until("2026-03-05T10:30").fire("resubmit", None)

    assert ("2026-03-09T10:30", 2) == (due(desk), desk.dossier.clocks["stage:own"].epoch)


@pytest.mark.parametrize(
    ("effect", "expected"), [("pause", "2026-03-09T08:30"), ("restart", "2026-03-09T10:30")]
)
def test_the_end_of_an_order_leaves_a_stage_still_while_the_applicant_is_asked(
    effect: str, expected: str
) -> None:
    """A clock runs only while nothing holds it: an order that goes does not let a suspended stage run on."""
    desk = accepted(effect).until("2026-03-02T10:30").fire("ask_more", "officer")
    before = times(desk.dossier)
    told(told(desk, ordering(since=desk.now)), reversing(since=desk.now))
    after = times(desk.dossier)
    desk.until("2026-03-05T10:30").fire("resubmit", None)

    assert before == after
    assert expected == due(desk)


def test_a_dossier_that_ends_ends_its_stage() -> None:
    """Nothing of it stays behind, paused or not."""
    desk = accepted().until("2026-03-02T10:30").fire("ask_more", "officer").fire("withdraw", None)

    assert [] == [name for name in desk.dossier.clocks if name.startswith("stage:")]


def test_a_stage_is_not_counted_again_after_a_suspension() -> None:
    """Its rest runs on, so the linter counts it once on a way that leads through waiting for the applicant."""
    mapping = staged()
    mapping["transitions"] = [given for given in mapping["transitions"] if given["id"] != "look_again"]
    mapping["transitions"].append(move("go_on", ["waiting"], "second", "applicant"))
    found = check(parsed(mapping), surroundings())
    assert [] == [problem for problem in found if problem.rule == "E-STAGE-006"]
    mapping["stages"][0]["budget"] = {"working_hours": 32}
    found = check(parsed(mapping), surroundings())
    assert {"committed"} == {problem.facts["clock"] for problem in found if problem.rule == "E-STAGE-006"}
