"""Charts and their tables, against entries worked out by hand."""

from dataclasses import replace

import pytest
from charts import block, compound, final, parallel, state, transition

from states.chart import (
    AmbiguousTransition,
    ChartTooLarge,
    CompiledChart,
    InvalidChart,
    OrderDependent,
    compile_table,
)
from states.chart_replay import replay_on_library
from states.procedure import Entry, State, Transition

Chart = tuple[tuple[State, ...], tuple[Transition, ...]]

CHECKS: Chart = (
    (
        state("new"),
        parallel("checks", done="signing"),
        compound("field", "visiting", "checks"),
        state("visiting", "field"),
        final("visited", "field"),
        compound("planning", "asking", "checks"),
        state("asking", "planning"),
        final("asked", "planning"),
        state("signing"),
        final("closed"),
    ),
    (
        transition("accept", "new", "checks"),
        transition("visit", "visiting", "visited"),
        transition("ask", "asking", "asked"),
        transition("withdraw", "new checks signing", "closed"),
        transition("sign", "signing", "closed"),
    ),
)


def moved(to: str, exited: str, entered: str) -> Entry:
    """An entry written as three texts."""
    return Entry(tuple(to.split()), tuple(exited.split()), tuple(entered.split()))


def test_a_flat_chart_has_a_row_for_each_state_and_an_event_for_each_alternative() -> None:
    """Alternatives are separate events, and the end of a dossier has an empty row."""
    compiled = compile_table(
        (state("new"), state("old"), final("closed")),
        (transition("decide", "new", "old", "closed"), transition("close", "old", "closed")),
    )

    assert ("new",) == compiled.initial
    assert {
        "new": {"decide#0": moved("old", "new", "old"), "decide#1": moved("closed", "new", "closed")},
        "old": {"close#0": moved("closed", "old", "closed")},
        "closed": {},
    } == compiled.table


def test_branches_move_alone_and_the_last_to_finish_takes_the_chart_on() -> None:
    """A branch that finishes rests; the final state that joins the block shows nowhere."""
    table = compile_table(*CHECKS).table

    assert moved("visiting asking", "new", "visiting asking") == table["new"]["accept#0"]
    assert moved("visited asking", "visiting", "visited") == table["visiting|asking"]["visit#0"]
    assert moved("signing", "visited asking", "signing") == table["visited|asking"]["ask#0"]
    assert moved("signing", "visiting asked", "signing") == table["visiting|asked"]["visit#0"]
    assert moved("closed", "visited asking", "closed") == table["visited|asking"]["withdraw#0"]


def test_a_state_that_leads_to_itself_is_left_and_entered() -> None:
    """A self transition shows on both sides, in a branch without touching the other branch."""
    states, transitions = CHECKS
    table = compile_table(states, (*transitions, transition("again", "visiting", "visiting"))).table

    assert moved("visiting asking", "visiting", "visiting") == table["visiting|asking"]["again#0"]


def test_leading_back_into_a_block_from_inside_enters_every_branch_again() -> None:
    """A transition from one branch to the whole block restarts the other branch too."""
    states, transitions = CHECKS
    table = compile_table(states, (*transitions, transition("restart", "asking", "checks"))).table

    assert (
        moved("visiting asking", "visited asking", "visiting asking") == table["visited|asking"]["restart#0"]
    )


def test_a_nested_state_is_reached_from_outside_and_left_by_a_transition_of_its_parent() -> None:
    """Children inherit the transitions around them; a finished compound state goes where it says."""
    table = compile_table(
        (
            state("new"),
            compound("handling", "drafting", done="closed"),
            state("drafting", "handling"),
            state("checking", "handling"),
            final("handled", "handling"),
            final("closed"),
        ),
        (
            transition("skip", "new", "checking"),
            transition("send_back", "handling", "new"),
            transition("pass", "checking", "handled"),
        ),
    ).table

    assert {"new", "checking", "closed"} == table.keys()
    assert moved("checking", "new", "checking") == table["new"]["skip#0"]
    assert moved("new", "checking", "new") == table["checking"]["send_back#0"]
    assert moved("closed", "checking", "closed") == table["checking"]["pass#0"]


def test_a_compound_state_without_a_way_on_rests_in_its_final_child() -> None:
    """The final child is then an ordinary leaf of the configuration."""
    compiled = compile_table(
        (compound("handling", "drafting"), state("drafting", "handling"), final("handled", "handling")),
        (transition("finish", "drafting", "handled"),),
    )

    assert {"finish#0": moved("handled", "drafting", "handled")} == compiled.table["drafting"]
    assert {} == compiled.table["handled"]


def test_the_first_state_can_be_named() -> None:
    """The order of states in a file does not decide where a dossier starts."""
    states = (final("closed"), state("new"))
    compiled = compile_table(states, (transition("close", "new", "closed"),), "new")

    assert ("new",) == compiled.initial
    assert [] == replay_on_library(states, (transition("close", "new", "closed"),), compiled)


def test_names_that_mean_something_to_the_library_are_ordinary_names() -> None:
    """States and transitions may be called like methods, events and callbacks of the library."""
    names = ("send", "model", "states", "on_enter_s1", "done_state_s0", "configuration")
    states = (*(state(name) for name in names), final("closed"))
    transitions = tuple(transition(name, name, "closed", *names) for name in names)
    table = compile_table(states, transitions).table

    assert {*names, "closed"} == table.keys()
    assert moved("on_enter_s1", "send", "on_enter_s1") == table["send"]["send#4"]


@pytest.mark.parametrize("sources", ["visiting asking", "checks asking"])
def test_two_sources_that_are_active_together_are_refused(sources: str) -> None:
    """In two branches or one inside the other: it would be open which of them was meant."""
    states, transitions = CHECKS
    with pytest.raises(AmbiguousTransition) as caught:
        compile_table(states, (*transitions, transition("odd", sources, "closed")))

    assert {"transition": "odd", "configuration": "visiting|asking"} == caught.value.facts


def test_branches_that_race_each_other_out_of_a_block_are_refused() -> None:
    """Two branches that finish in one step and lead to different places depend on who is asked first."""
    branches = [
        each
        for name, out in (("left", "won"), ("right", "lost"))
        for each in (compound(name, f"{name}_end", "block", out), final(f"{name}_end", name))
    ]
    states = (state("new"), parallel("block", done="won"), *branches, state("won"), state("lost"))
    with pytest.raises(OrderDependent) as caught:
        compile_table(states, (transition("open", "new", "block"),))

    assert {"event": "open#0", "configuration": "new"} == caught.value.facts


def test_a_chart_that_explodes_is_refused_before_it_is_walked() -> None:
    """Six branches of five states multiply beyond the limit; the message names the block and the number."""
    with pytest.raises(ChartTooLarge) as caught:
        compile_table(*block(6, 5))

    assert {"count": 5**6 + 2, "limit": 10_000, "block": "block"} == caught.value.facts


def test_a_flat_chart_of_fifty_thousand_states_is_refused_before_it_is_walked() -> None:
    """Without a parallel block the list of states itself is to blame."""
    with pytest.raises(ChartTooLarge) as caught:
        compile_table(tuple(state(f"n{number}") for number in range(50_000)), ())

    assert ("states", 50_000) == (caught.value.facts["block"], caught.value.facts["count"])


@pytest.mark.parametrize(
    ("states", "transitions", "named"),
    [
        pytest.param((), (), "", id="empty"),
        pytest.param((state("a"), state("a")), (), "a", id="twice"),
        pytest.param((state("a"), state("b", "nowhere")), (), "b", id="unknown-parent"),
        pytest.param((state("a"), compound("b", "c", "c"), compound("c", "b", "b")), (), "b", id="circle"),
        pytest.param((compound("a", "b"),), (), "a", id="childless"),
        pytest.param((state("a"), state("b", "a")), (), "a", id="atomic-parent"),
        pytest.param((compound("a", "c"), state("b", "a"), state("c")), (), "a", id="initial-elsewhere"),
        pytest.param(
            (
                parallel("a", done="d"),
                parallel("b", "a"),
                compound("c", "e", "b"),
                state("e", "c"),
                state("d"),
            ),
            (),
            "a",
            id="parallel-in-parallel",
        ),
        pytest.param((parallel("a"), state("b", "a")), (), "a", id="parallel-without-done"),
        pytest.param((compound("a", "b", done="x"), state("b", "a")), (), "a", id="unknown-done"),
        pytest.param((state("a"),), (transition("go", "a", "x"),), "x", id="unknown-target"),
        pytest.param((state("a"),), (transition("go", "x", "a"),), "x", id="unknown-source"),
        pytest.param((state("a"), final("b")), (transition("go", "b", "a"),), "b", id="from-the-end"),
    ],
)
def test_a_chart_that_cannot_be_is_refused_by_name(
    states: tuple[State, ...], transitions: tuple[Transition, ...], named: str
) -> None:
    """Each fault names the state, in both languages, instead of passing or failing inside the library."""
    with pytest.raises(InvalidChart) as caught:
        compile_table(states, transitions)

    assert named == caught.value.facts["state"]
    assert f"«{named}»" in caught.value.message("vi")
    assert f'"{named}"' in caught.value.message("en")


def test_the_first_state_must_stand_at_the_top() -> None:
    """A dossier cannot open inside a state that was never entered."""
    with pytest.raises(InvalidChart):
        compile_table((compound("a", "b"), state("b", "a")), (), "b")


def test_a_block_of_three_branches_replays_without_a_mismatch() -> None:
    """Every entry of a larger block is what the library does when driven there."""
    states, transitions = block(3, 4)
    compiled = compile_table(states, transitions)

    assert 4**3 - 1 + 2 == len(compiled.table)
    assert [] == replay_on_library(states, transitions, compiled)


def _replayed(configuration: str, row: dict[str, Entry] | None) -> list[tuple[str, str]]:
    """What replay finds when one row of the checks is replaced, or dropped."""
    table = {key: each for key, each in compile_table(*CHECKS).table.items() if key != configuration}
    false = CompiledChart(("new",), table if row is None else {**table, configuration: row})
    return [(each.configuration, each.event) for each in replay_on_library(*CHECKS, false)]


def test_replay_finds_every_kind_of_false_entry() -> None:
    """A wrong outcome, an invented or missing event, an invented or missing row are all found."""
    row = compile_table(*CHECKS).table["signing"]
    wrong = replace(row["sign#0"], to=("new",))

    assert [("signing", "sign#0")] == _replayed("signing", {**row, "sign#0": wrong})
    assert [("signing", "fly#0")] == _replayed("signing", {**row, "fly#0": wrong})
    assert [("signing", "sign#0")] == _replayed("signing", {"withdraw#0": row["withdraw#0"]})
    assert [("nowhere", "sign#0")] == _replayed("nowhere", {"sign#0": wrong})
    assert [("closed", "")] == _replayed("closed", None)


def test_replay_finds_a_wrong_start() -> None:
    """A table that opens in another configuration than the library does is not replayed any further."""
    false = CompiledChart(("visited", "asking"), compile_table(*CHECKS).table)

    assert ["visiting|asking"] == [each.configuration for each in replay_on_library(*CHECKS, false)]
