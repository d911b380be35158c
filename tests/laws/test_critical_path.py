"""The proved critical path is what a simulation of every run finds, in working time and on the calendar."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from builders import compiled, parsed, surroundings
from hypothesis import given, settings
from hypothesis import strategies as st
from nested_graphs import MIXED, WORKING, Tree, accepted, last_end, moved, procedure_of, runs, trees
from office_time import STARTS, VN, at
from world import definition

from states.calendar import BusinessCalendar
from states.soundness import check
from states.soundness.budgets import critical_way
from states.soundness.context import View
from states.soundness.longest import longest_onward, longest_way, stops_of
from states.soundness.paces import by_the_calendar, in_working_time


@settings(max_examples=40)
@given(trees(WORKING))
def test_the_longest_way_in_working_time_is_the_longest_run(tree: Tree) -> None:
    """Sequence adds, parallel takes the longest, a choice the worst: no run of the table is longer, one is as long."""
    procedure = compiled(procedure_of(tree))
    way = critical_way(View(procedure, surroundings()), procedure.clocks[0])

    assert last_end(procedure, Fraction(0), in_working_time(procedure, 480)) == way.end


@settings(max_examples=40)
@given(trees(MIXED), STARTS)
def test_the_longest_way_by_the_calendar_is_the_longest_run(tree: Tree, start: datetime) -> None:
    """With hours by the clock, calendar days and office time mixed, from any instant."""
    procedure = compiled(procedure_of(tree))
    pace = by_the_calendar(procedure, lambda state: VN)
    way = longest_way(View(procedure, surroundings()), procedure.clocks[0], start, pace)

    assert last_end(procedure, start, pace) == way.end


@settings(max_examples=40)
@given(trees(MIXED), STARTS, st.data())
def test_what_is_still_ahead_is_the_longest_run_from_there(
    tree: Tree, start: datetime, data: st.DataObject
) -> None:
    """Wherever a dossier stands, its longest way on ends when the last of all runs from there does."""
    procedure = compiled(procedure_of(tree))
    pace = by_the_calendar(procedure, lambda state: VN)
    until = data.draw(st.sampled_from(accepted(procedure, start, pace)))
    for _ in range(data.draw(st.integers(0, 5))):
        after = moved(procedure, until, pace)
        until = data.draw(st.sampled_from([each for each in after if "ended" not in each] or [until]))
    level = stops_of(View(procedure, surroundings()), procedure.clocks[0])
    way = longest_onward(level, until, pace)

    assert way is not None
    assert max(runs(procedure, until, start, pace)) == way.end


def long_day(closing_minute: int) -> BusinessCalendar:
    """A calendar whose working day ends at a minute of the day."""
    week = (((480, 720), (780, closing_minute)),) * 5 + ((),) * 2
    length = 240 + closing_minute - 780
    return BusinessCalendar(replace(definition(), hours=week, day_minutes=length))


@pytest.mark.parametrize(("closing", "expected"), [(1020, []), (1021, ["E-CLOCK-011"])])
def test_one_minute_over_the_term_is_refused(closing: int, expected: list[str]) -> None:
    """A step of one working day fits eight hours of work, unless the day is one minute longer."""
    terms = {"term": {"working_hours": 8}, "starts": "accept", "stops": ["ended"], "source": "law"}
    mapping = procedure_of(("step", {"working_days": 1}), clocks={"legal": {**terms, "verified": True}})
    around = replace(surroundings(), calendars={"vn-gov": long_day(closing)})
    problems = [each for each in check(parsed(mapping), around) if each.rule.startswith("E-CLOCK")]

    assert expected == [problem.rule for problem in problems]
    assert ["n0"] * len(expected) == [problem.facts["path"] for problem in problems]


def test_where_units_mix_the_worst_start_of_the_year_is_named() -> None:
    """Five calendar days hold sixteen working hours in most weeks, but not over the new year's days off."""
    terms = {"term": {"calendar_days": 5}, "starts": "accept", "stops": ["ended"], "source": "law"}
    mapping = procedure_of(("step", {"working_hours": 16}), clocks={"legal": {**terms, "verified": True}})
    [problem] = [each for each in check(parsed(mapping), surroundings()) if each.rule.startswith("E-CLOCK")]

    assert ("E-CLOCK-014", "n0", "2026-02-13 15:00") == (
        problem.rule,
        problem.facts["path"],
        problem.facts["start"],
    )
    assert at("2026-02-24T00:00") == at(str(problem.facts["due"]).replace(" ", "T"))
