"""Rules on scenarios: they name what their procedure has, and time runs forward."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from states.problem import Path, Problem
from states.procedure import APPLICANT, HANDOFF_ACTS, SYSTEM, Procedure
from states.soundness.context import unknown

Raw = Mapping[str, Any]
Named = Iterator[tuple[str, Path, str]]
"""What kind of name, where it stands, and the name."""

UNACKNOWLEDGED = ".unacknowledged"
"""What the engine adds to the name of a rung when nobody acknowledged it."""

_RULES = {
    "states": "E-REF-001",
    "roles": "E-REF-002",
    "actors": "E-REF-002",
    "facts": "E-REF-003",
    "actions": "E-REF-007",
    "parties": "E-REF-008",
    "clocks": "E-REF-013",
    "rungs": "E-REF-013",
    "documents": "E-REF-014",
    "outcomes": "E-REF-015",
    "components": "E-GROUP-011",
    "questions": "E-REF-018",
    "deeds": "E-REF-007",
}


def check(mapping: Raw, procedure: Procedure) -> Iterator[Problem]:
    """Yield the problems of all scenarios of a procedure."""
    known = _known(procedure)
    seen: set[str] = set()
    for index, scenario in enumerate(mapping["scenarios"]):
        path = ("scenarios", index)
        if scenario["id"] in seen:
            yield Problem("E-ID-001", (*path, "id"), {"kind": "scenarios", "id": scenario["id"]})
        seen.add(scenario["id"])
        yield from _in_order(path, scenario)
        for kind, where, id in _names(path, scenario):
            if id not in known[kind]:
                yield unknown(_RULES[kind], where, id, known[kind])


def _known(procedure: Procedure) -> Mapping[str, frozenset[str]]:
    steps = {f"step:{state.id}": state.clock.ladder for state in procedure.states if state.clock is not None}
    asked = {f"consult:{name}": question.ladder for name, (_, question) in procedure.question.items()}
    handed = {f"handoff:{state.id}": state.handoff.ladder for state in procedure.states if state.handoff}
    staged = {f"stage:{stage.id}": stage.ladder for stage in procedure.stages}
    clocks = {**{clock.id: clock.ladder for clock in procedure.clocks}, **steps, **asked, **handed, **staged}
    rungs = {
        f"{clock}/{rung.id}"
        for clock, ladder in clocks.items()
        if ladder is not None and ladder in procedure.ladder
        for rung in procedure.ladder[ladder].rungs
    }
    rungs |= {f"{rung}{UNACKNOWLEDGED}" for rung in rungs}
    roles = frozenset(procedure.role)
    return {
        "states": frozenset(procedure.state),
        "roles": roles,
        "actors": roles | {APPLICANT, SYSTEM},
        "facts": frozenset(procedure.fact_specs),
        "actions": frozenset(
            {*procedure.transition, *procedure.extension, *(HANDOFF_ACTS if handed else ())}
        ),
        "parties": frozenset({APPLICANT, SYSTEM, "carrier", *(party.id for party in procedure.parties)}),
        "clocks": frozenset(clocks),
        "rungs": frozenset(rungs),
        "questions": frozenset({*procedure.question, *procedure.consultation}),
        "deeds": frozenset({"answer", "pass_over"}),
        "documents": frozenset(document.id for document in procedure.documents),
        "components": frozenset(procedure.component),
        "outcomes": frozenset(state.outcome for state in procedure.states if state.outcome is not None),
    }


def _in_order(path: Path, scenario: Raw) -> Iterator[Problem]:
    before = scenario["opened_at"]
    for index, step in enumerate(scenario["steps"]):
        if step["at"] < before:
            yield Problem(
                "E-SCENARIO-001", (*path, "steps", index, "at"), {"at": step["at"], "before": before}
            )
        before = step["at"]


def _names(path: Path, scenario: Raw) -> Named:
    yield from _given(path, scenario)
    for index, step in enumerate(scenario["steps"]):
        here = (*path, "steps", index)
        yield from _given(here, step)
        deed = "actions" if step.get("question") is None else "deeds"
        named = ((deed, "do"), ("actors", "by"), ("questions", "question"), ("components", "component"))
        for kind, key in named:
            if step.get(key) is not None:
                yield kind, (*here, key), step[key]
        yield from _expected((*here, "expect"), step.get("expect") or {})
    yield from _expected((*path, "ends"), scenario.get("ends") or {})


def _given(path: Path, raw: Raw) -> Named:
    yield from (("facts", (*path, "facts", id), id) for id in raw.get("facts", ()))
    yield from _listed("documents", (*path, "documents"), raw.get("documents"))


def _expected(path: Path, raw: Raw) -> Named:
    for kind, key in (
        ("states", "states"),
        ("rungs", "rungs"),
        ("roles", "tasks"),
        ("actions", "allowed"),
        ("components", "owed"),
    ):
        yield from _listed(kind, (*path, key), raw.get(key))
    for key in ("due", "remaining"):
        yield from (("clocks", (*path, key, id), id) for id in raw.get(key) or ())
    yield from (("questions", (*path, "consultations", id), id) for id in raw.get("consultations") or ())
    yield from (("states", (*path, "handoffs", id), id) for id in raw.get("handoffs") or ())
    if raw.get("custody") is not None:
        yield "parties", (*path, "custody"), raw["custody"]
    if raw.get("outcome") is not None:
        yield "outcomes", (*path, "outcome"), raw["outcome"]


def _listed(kind: str, path: Path, ids: Iterable[str] | None) -> Named:
    return ((kind, (*path, at), id) for at, id in enumerate(ids or ()))
