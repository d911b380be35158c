"""Rules on compiled tables, and on ways through charts that are large on purpose."""

from dataclasses import replace
from fractions import Fraction

from builders import clock, compiled, label, move, parsed, procedure_mapping, state, surroundings

from states.procedure import Entry, Procedure
from states.soundness import check, check_table
from states.soundness.budgets import critical_way
from states.soundness.context import View
from states.soundness.longest import Way
from states.wire import from_wire, to_wire


def test_a_configuration_without_a_way_out_is_found() -> None:
    """A configuration from which no row leads to an end is a dead end, whatever the chart promised."""
    procedure = compiled()
    table = {**procedure.table, "visited|asked": {}}
    table["visited|asking"] = {"answer#0": Entry(("visited", "asked"), ("asking",), ("asked",))}
    problems = check_table(replace(procedure, table=table))
    assert {("E-FLOW-003", "visited + asking"), ("E-FLOW-003", "visited + asked")} == {
        (problem.rule, problem.facts["configuration"]) for problem in problems
    }


def test_a_transition_that_no_row_knows_is_found() -> None:
    """A transition without a configuration in which it is possible is idle."""
    procedure = compiled()
    table = {
        here: {event: e for event, e in row.items() if event != "withdraw#0"}
        for here, row in procedure.table.items()
    }
    (problem,) = check_table(replace(procedure, table=table))
    assert ("E-FLOW-007", ("transitions", 9)) == (problem.rule, problem.path)


def test_a_compiled_procedure_survives_the_wire() -> None:
    """What is stored of a procedure builds an equal procedure."""
    procedure = compiled()
    assert procedure == from_wire(Procedure, to_wire(procedure))


def test_time_of_the_applicant_does_not_count() -> None:
    """The longest way leaves out suspended states, however long they last."""
    mapping = procedure_mapping()
    mapping["states"][3]["clock"]["budget"] = {"working_days": 90}
    assert [] == check(parsed(mapping), surroundings())


def test_a_state_returned_to_counts_once() -> None:
    """A loop between two states of the agency adds each budget once."""
    mapping = procedure_mapping()
    mapping["transitions"].append(move("send_back", ["signing"], "appraising", "leader"))
    procedure = parsed(mapping)
    way = critical_way(View(procedure, surroundings()), procedure.clocks[0])
    assert Way(("appraising", "visiting", "signing"), Fraction(28 * 60)) == way


def test_a_mesh_of_states_is_bounded_from_above() -> None:
    """Where every state leads to every other, the way is not shorter than any real one and is found at once."""
    names = [f"n{index}" for index in range(40)]
    mapping = procedure_mapping()
    mapping["states"] += [state(name, public=4, holder="officer", clock=clock(1)) for name in names]
    choose = [*({"when": "objects", "to": name} for name in names[1:]), {"otherwise": "signing"}]
    mapping["transitions"][3] = move("appraise", ["appraising"], "n0", "officer")
    mapping["transitions"].append(move("jump", names, None, "officer", choose=choose))
    procedure = parsed(mapping)
    assert (8 + 40 + 4) * 60 == critical_way(View(procedure, surroundings()), procedure.clocks[0]).end


def test_a_state_without_time_says_why() -> None:
    """A reason in place of a clock is enough, and adds nothing to the way."""
    mapping = procedure_mapping()
    mapping["states"][4] = state("signing", public=4, holder="leader", no_clock=label("signed at once"))
    assert [] == check(parsed(mapping), surroundings())
