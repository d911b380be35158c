"""The law of the table: it says what python-statemachine does on a machine that was never restored."""

import json
from random import Random
from typing import Any

import pytest
from charts import random_chart
from shipped import FOLDERS, shipped
from statemachine import StateChart
from statemachine.io import load

from states.chart import CompiledChart, compile_table
from states.chart_replay import replay_on_library
from states.procedure import State, StateKind, Transition

CHARTS = 160
SHARE = 20
STEPS = 8


def _document(
    states: tuple[State, ...], transitions: tuple[Transition, ...], parent: State | None
) -> dict[str, Any]:
    """The children of a state in the library's own file format, which the product does not use."""
    children = [state for state in states if state.parent == (parent.id if parent else None)]
    first = parent.initial if parent else children[0].id
    described: dict[str, Any] = {}
    for state in children:
        arrows = [
            {"event": f"{transition.id}_{number}_at_{state.id}", "target": alternative.to}
            for transition in transitions
            for number, alternative in enumerate(transition.alternatives)
            if state.id in transition.sources
        ]
        arrows += [{"event": f"done.state.{state.id}", "target": state.done}] if state.done else []
        one: dict[str, Any] = {"initial": True} if state.id == first else {}
        one |= {"final": True} if state.kind is StateKind.FINAL else {}
        one |= {"parallel": True} if state.kind is StateKind.PARALLEL else {}
        one |= {"transitions": arrows} if arrows else {}
        one |= {"states": inner} if (inner := _document(states, transitions, state)) else {}
        described[state.id] = one
    return described


def _active(machine: "StateChart[Any]", states: tuple[State, ...]) -> tuple[str, ...]:
    """The active leaves of a machine, in document order."""
    parents = {state.parent for state in states}
    active = machine.configuration_values
    return tuple(state.id for state in states if state.id in active and state.id not in parents)


def _walk(
    states: tuple[State, ...], transitions: tuple[Transition, ...], compiled: CompiledChart, dice: Random
) -> None:
    """Drive one machine at random and demand after each event that it is where the table says."""
    text = json.dumps({"states": _document(states, transitions, None)})
    machine = load(text, format="json", name="Walked")()
    here = compiled.initial
    assert here == _active(machine, states)
    for _ in range(STEPS):
        row = compiled.table["|".join(here)]
        if not row:
            return
        event = dice.choice(sorted(row))
        name, number = event.split("#")
        active = machine.configuration_values
        [transition] = [transition for transition in transitions if transition.id == name]
        [source] = [source for source in transition.sources if source in active]
        machine.send(f"{name}_{number}_at_{source}")
        here = row[event].to
        assert here == _active(machine, states)


@pytest.mark.parametrize("share", range(CHARTS // SHARE))
def test_random_charts_walk_and_replay_as_their_table_says(share: int) -> None:
    """On generated charts, every entry replays on the library and random walks stay on the table."""
    for seed in range(share * SHARE, (share + 1) * SHARE):
        states, transitions = random_chart(seed)
        compiled = compile_table(states, transitions)
        assert [] == replay_on_library(states, transitions, compiled), f"chart {seed}"
        _walk(states, transitions, compiled, Random(seed))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_entry_of_a_shipped_procedure_replays_on_the_library(folder: str) -> None:
    """The table that a shipped procedure is published with is what the library does, entry by entry."""
    procedure = shipped(folder)
    table = {here: dict(row) for here, row in procedure.table.items()}
    compiled = CompiledChart(procedure.initial, table)

    assert [] == replay_on_library(procedure.states, procedure.transitions, compiled)


def test_the_product_ships_procedures() -> None:
    """The law above is about something."""
    assert 4 <= len(FOLDERS)
