"""One change for each rule that makes the default procedure or ladder break it: change, code, path."""

from collections.abc import Callable
from typing import Any

from builders import LAW, OWN, Raw, clock, label, move, state

from states.problem import Path

Change = Callable[[Raw], Any]
Example = tuple[str, Path, Change]

S, T = "states", "transitions"
_FEE = {"id": "fee", "name": label("fee")}
_PAUSE = {"id": "supplement", "cause": label("supplement"), "effect": "pause"}


def put(path: Path, value: object) -> Change:
    """Return a change that writes *value* at *path*, appending where the last index is past the end."""

    def change(mapping: Any) -> None:
        for part in path[:-1]:
            mapping = mapping[part]
        if isinstance(mapping, list) and path[-1] == len(mapping):
            mapping.append(value)
        else:
            mapping[path[-1]] = value

    return change


def cut(path: Path) -> Change:
    """Return a change that takes away what stands at *path*."""

    def change(mapping: Any) -> None:
        for part in path[:-1]:
            mapping = mapping[part]
        del mapping[path[-1]]

    return change


def both(*changes: Change) -> Change:
    """Return a change that makes several."""

    def change(mapping: Any) -> None:
        for one in changes:
            one(mapping)

    return change


HANDED = {
    "via": "data",
    "acknowledge": {"working_hours": 1},
    "accept": {"working_hours": 2},
    "ladder": "step@1",
    **OWN,
}
"""A handoff without a way back."""


def _handed(**keys: object) -> Change:
    """The fire police takes a dossier over, and answers or returns it."""
    back = {"returns": "return_to_lead"}
    return both(
        put(
            (S, 9),
            state(
                "fire_check",
                public=4,
                holder="fire_officer",
                clock=clock(2),
                handoff={**HANDED, **back, **keys},
            ),
        ),
        put((T, 10), move("to_fire", ["appraising"], "fire_check", "officer")),
        put((T, 11), move("return_to_lead", ["fire_check"], "appraising", "fire_officer", reason="required")),
        put((T, 12), move("from_fire", ["fire_check"], "signing", "fire_officer")),
    )


def _branches(count: int, size: int) -> Raw:
    """A parallel block of equal branches, each a row of states."""
    branches = []
    for branch in range(count):
        row = [
            state(f"b{branch}_{n}", holder="officer", initial=n == 0, no_clock=label("quick"))
            for n in range(size)
        ]
        branches.append(state(f"b{branch}", states=[*row, state(f"b{branch}_end", final=True)]))
    return state("bomb", public=4, parallel=True, done="closed", states=branches)


def _crowd(id: str) -> Raw:
    """A transition from everywhere to anywhere, fifty times over."""
    everywhere = ["submitted", "appraising", "waiting", "signing", "result_ready"]
    choose = [*({"when": "objects", "to": "closed"} for _ in range(49)), {"otherwise": "refused"}]
    return move(id, everywhere, None, "officer", choose=choose)


OUTLINE: tuple[Example, ...] = (
    ("E-SIZE-001", (S,), put((S,), [state(f"s{n}") for n in range(201)])),
    ("E-SIZE-001", (T,), put((T,), [move(f"t{n}", ["submitted"], "closed", "counter") for n in range(401)])),
    ("E-ID-001", (T, 3, "id"), put((T, 3, "id"), "accept")),
    ("E-ID-001", (S, 2, S, 0, S, 0, "id"), put((S, 2, S, 0, S, 0, "id"), "submitted")),
    ("E-ID-001", (T, 2, "by", 1), put((T, 2, "by"), ["applicant", "applicant"])),
    ("E-ID-002", ("roles", 0, "id"), put(("roles", 0, "id"), "system")),
    ("E-ID-002", ("facts", 0, "id"), put(("facts", 0, "id"), "fee_paid")),
    ("E-ID-002", ("facts", 0, "id"), put(("facts", 0, "id"), "and")),
    ("E-SHAPE-001", (S,), cut((S, 0, "initial"))),
    ("E-SHAPE-001", (S, 1, S), cut((S, 1, S, 0, "initial"))),
    ("E-SHAPE-002", (S, 4, "initial"), put((S, 4, "initial"), True)),
    ("E-SHAPE-003", (S, 6, "holder"), put((S, 6, "holder"), "counter")),
    ("E-SHAPE-003", (S, 1, "clock"), put((S, 1, "clock"), clock(1))),
    ("E-SHAPE-003", (S, 2, S, 0, "initial"), put((S, 2, S, 0, "initial"), True)),
    ("E-SHAPE-004", (S, 2), cut((S, 2, S, 1))),
)

PROCEDURE: tuple[Example, ...] = (
    ("E-REF-001", (T, 0, "to"), put((T, 0, "to"), "apraising")),
    ("E-REF-001", (T, 6, "choose", 1), put((T, 6, "choose", 1, "otherwise"), "nowhere")),
    ("E-REF-001", ("clocks", "legal", "stops", 0), put(("clocks", "legal", "stops", 0), "ready")),
    ("E-REF-001", (S, 2, "done"), put((S, 2, "done"), "nowhere")),
    ("E-REF-002", (T, 0, "by", 0), put((T, 0, "by"), ["clerk"])),
    ("E-REF-002", (S, 1, S, 0, "holder"), put((S, 1, S, 0, "holder"), "clerk")),
    ("E-REF-002", ("separation_of_duties", 0, 1), put(("separation_of_duties",), [["officer", "clerk"]])),
    ("E-REF-003", (T, 0, "inputs", 0), put((T, 0, "inputs"), ["area"])),
    ("E-REF-004", ("clocks", "legal", "ladder"), put(("clocks", "legal", "ladder"), "case@2")),
    ("E-REF-004", (S, 0, "clock", "ladder"), put((S, 0, "clock", "ladder"), "steep@1")),
    ("E-REF-005", ("fees", 0, "source"), put(("fees", 0, "source"), "decree")),
    ("E-REF-006", (S, 3, "suspends"), put((S, 3, "suspends"), "holiday")),
    ("E-REF-007", ("clocks", "legal", "starts"), put(("clocks", "legal", "starts"), "begin")),
    ("E-REF-007", (S, 3, "clock", "on_due"), put((S, 3, "clock", "on_due"), "expire")),
    ("E-REF-008", ("roles", 0, "party"), put(("roles", 0, "party"), "tax")),
    ("E-REF-009", ("roles", 0, "position"), put(("roles", 0, "position"), "janitor")),
    ("E-REF-010", ("calendar", "use"), put(("calendar", "use"), "vn-old")),
    ("E-REF-011", ("parties", 1, "kind"), put(("parties", 1, "kind"), "circus")),
    ("E-REF-012", (T, 7, "emits", 0), put((T, 7, "emits"), ["postcard"])),
    ("E-REF-013", ("extensions", 0, "clocks", 1), cut(("clocks", "committed"))),
    ("E-FACT-001", (T, 0, "inputs", 0), put((T, 0, "inputs"), ["supplement_count"])),
    (
        "W-FACT-002",
        ("facts", 2),
        put(("facts", 2), {"id": "idle", "type": "boolean", "label": label("idle")}),
    ),
    ("E-FACT-003", ("facts", 1, "values"), put(("facts", 1, "values"), ["yes"])),
    ("E-ROLE-001", ("separation_of_duties", 0), put(("separation_of_duties",), [["officer"]])),
    ("E-ROLE-001", ("separation_of_duties", 0), put(("separation_of_duties",), [["officer", "officer"]])),
    ("E-ROLE-002", ("roles", 0, "position"), put(("roles", 0, "position"), "mailbox")),
    (
        "W-ROLE-003",
        ("roles", 4),
        put(
            ("roles", 4),
            {"id": "idle", "party": "lead", "position": "head", "assign": "pool", "label": label("idle")},
        ),
    ),
    ("E-DOC-001", ("documents", 1, "required_if"), put(("documents", 1, "required"), True)),
    ("E-LAW-001", ("fees", 0, "verified"), put(("fees", 0), {**_FEE, "amount": None, **LAW})),
    (
        "E-LAW-002",
        ("procedure", "effective", "until"),
        put(("procedure", "effective", "until"), "2026-01-01"),
    ),
    ("W-LAW-003", ("clocks", "committed", "verified"), put(("clocks", "committed", "verified"), True)),
    ("E-GUARD-003", (T, 0, "when"), put((T, 0, "when"), "docs_complete and")),
    ("E-GUARD-002", (T, 0, "when"), put((T, 0, "when"), "(" * 300 + "fee_paid" + ")" * 300)),
    ("E-SHAPE-004", (S, 2, S, 1), both(cut((S, 2, S, 1, S, 1)), put((T, 5, "to"), "signing"))),
    (
        "E-SHAPE-004",
        (S, 2, S, 1),
        both(put((S, 2, S, 1), state("asking", final=True)), put((T, 5, "to"), "asking")),
    ),
    ("E-SHAPE-005", (S, 2), cut((S, 2, "done"))),
    ("E-SHAPE-005", (S, 1), put((S, 1, "done"), "signing")),
    ("E-SHAPE-005", (S, 2, S, 0, "done"), put((S, 2, S, 0, "done"), "signing")),
    ("E-SHAPE-006", (T, 3, "to"), put((T, 3, "to"), "asking")),
    ("E-SHAPE-006", (T, 4, "to"), put((T, 4, "to"), "asked")),
    ("E-SHAPE-007", (T, 4, "from", 1), put((T, 4, "from"), ["visiting", "asking"])),
    ("E-SHAPE-007", (T, 9, "from", 1), put((T, 9, "from"), ["handling", "appraising"])),
    ("E-SHAPE-008", (T, 9, "from", 0), put((T, 9, "from"), ["closed"])),
    ("E-SHAPE-010", (S,), both(*(cut((S, index, "final")) for index in (6, 7, 8)))),
    ("E-SIZE-002", (S, 9), put((S, 9), _branches(5, 9))),
    ("E-SIZE-001", (T,), both(*(put((T, 10 + index), _crowd(f"crowd{index}")) for index in range(3)))),
    ("E-FLOW-001", (S, 9), put((S, 9), state("attic", public=9, final=True))),
    ("E-FLOW-002", (S, 5), cut((T, 7))),
    ("E-FLOW-002", (S, 2, S, 0, S, 0), cut((T, 4))),
    ("E-FLOW-004", (S, 0), both(put((T, 0, "by"), ["officer"]), put((T, 9, "by"), ["applicant"]))),
    ("E-FLOW-005", (T, 6, "choose"), put((T, 6, "choose", 1), {"when": "fee_paid", "to": "refused"})),
    ("E-FLOW-005", (T, 6, "choose", 0), put((T, 6, "choose", 0), {"otherwise": "refused"})),
    (
        "E-FLOW-006",
        (T, 1),
        both(cut((T, 1, "when")), put(("suspensions", 0), {**_PAUSE, "max_times": None, **OWN})),
    ),
    (
        "E-FLOW-006",
        (T, 1),
        both(
            put((T, 1, "when"), "supplement_count < 1 or fee_paid"),
            put(("suspensions", 0), {**_PAUSE, "max_times": None, **OWN}),
        ),
    ),
    ("E-FLOW-008", (S, 4), cut((S, 4, "holder"))),
    ("E-PUBLIC-001", (S, 4), cut((S, 4, "public"))),
    ("E-PUBLIC-001", (S, 1, S, 0), cut((S, 1, "public"))),
    ("E-CLOCK-001", (S, 4), cut((S, 4, "clock"))),
    ("E-CLOCK-002", (S, 4, "no_clock"), put((S, 4, "no_clock"), label("why"))),
    ("E-CLOCK-003", (S, 3), both(cut((S, 3, "clock", "on_due")), put((T, 8, "by"), ["counter"]))),
    ("E-CLOCK-004", (S, 3, "clock", "on_due"), put((T, 8, "by"), ["system", "counter"])),
    ("E-CLOCK-004", (S, 3, "clock", "on_due"), put((T, 8, "when"), "fee_paid")),
    ("E-CLOCK-004", (S, 3, "clock", "on_due"), put((T, 8, "from"), ["signing"])),
    ("E-CLOCK-005", (S, 3, "clock", "on_due"), put((T, 8, "to"), "waiting")),
    ("E-CLOCK-006", (T, 10), put((T, 10), move("magic", ["signing"], "stopped", "system"))),
    ("E-CLOCK-007", ("clocks",), both(cut(("clocks", "legal")), put(("extensions",), []))),
    ("E-CLOCK-008", ("clocks", "legal", "term"), put(("clocks", "legal", "term"), {"working_days": "7.5"})),
    (
        "E-CLOCK-009",
        ("clocks", "committed", "term"),
        put(("clocks", "committed", "term"), {"working_days": 8}),
    ),
    (
        "E-CLOCK-010",
        ("clocks", "committed", "term"),
        put(("clocks", "committed", "term"), {"working_hours": 27}),
    ),
    ("E-CLOCK-011", ("clocks", "legal", "term"), put((S, 4, "clock", "budget"), {"working_days": 5})),
    (
        "E-CLOCK-013",
        ("extensions", 0, "letter_before"),
        put(("extensions", 0, "letter_before"), {"working_hours": 8}),
    ),
    (
        "W-CLOCK-012",
        (S, 3, "clock", "budget"),
        put((S, 3, "clock"), {"budget": None, "on_due": "lapse", **OWN}),
    ),
)

_HANDOFF = (S, 9, "handoff")
HANDOFFS: tuple[Example, ...] = (
    ("E-HAND-001", _HANDOFF, both(_handed(), put((S, 9, "holder"), "applicant"))),
    ("E-HAND-002", _HANDOFF, both(_handed(), put((T, 10, "from"), ["appraising", "asking"]))),
    ("E-HAND-003", (*_HANDOFF, "returns"), both(_handed(), put((T, 11, "by"), ["officer"]))),
    ("E-HAND-003", (*_HANDOFF, "returns"), both(_handed(), put((T, 11, "when"), "fee_paid"))),
    ("E-HAND-003", (*_HANDOFF, "returns"), both(_handed(), put((T, 11, "from"), ["fire_check", "signing"]))),
    ("E-HAND-004", (*_HANDOFF, "returns"), both(_handed(), put((T, 11, "to"), "waiting"))),
    ("E-HAND-005", _HANDOFF, both(_handed(), put((S, 9, "consultation"), "opinions"))),
    ("W-HAND-006", _HANDOFF, _handed(acknowledge=None, accept=None)),
    ("E-HAND-007", (*_HANDOFF, "returns"), both(_handed(), put((T, 12, "by"), ["officer"]))),
    ("E-LAW-001", (*_HANDOFF, "verified"), _handed(accept=None, verified=True)),
    ("E-REF-004", (*_HANDOFF, "ladder"), _handed(ladder="steep@1")),
    ("E-REF-005", (*_HANDOFF, "source"), _handed(source="decree")),
    ("E-REF-007", (*_HANDOFF, "returns"), _handed(returns="back")),
    ("E-REF-014", (*_HANDOFF, "documents", 0), _handed(documents=["map"])),
)

_STAGE = {"id": "own", "label": label("own"), "party": "lead", "budget": {"working_hours": 12}, **OWN}


def _staged(*states: int, **keys: object) -> Change:
    """Give the lead a stage for some states; without any, for the two that it takes twelve hours in."""
    named = [put((S, 1, "states", 0, "stage"), "own"), put((S, 4, "stage"), "own")]
    named = [put((S, at, "stage"), "own") for at in states] if states else named
    return both(put(("stages",), [{**_STAGE, **keys}]), *named)


STAGES: tuple[Example, ...] = (
    ("E-STAGE-001", (S, 4, "stage"), both(_staged(), put((S, 4, "stage"), "late"))),
    ("E-STAGE-002", ("stages", 0, "party"), _staged(party="nobody")),
    ("E-STAGE-003", ("stages", 0), put(("stages",), [_STAGE])),
    ("E-STAGE-004", (S, 4, "stage"), _staged(4, party="fire")),
    ("E-STAGE-004", (S, 3, "stage"), _staged(3)),
    ("E-STAGE-005", ("stages", 0, "budget"), _staged(budget={"working_hours": 11.75})),
    ("E-STAGE-006", ("clocks", "committed", "term"), _staged(budget={"working_hours": 24.25})),
    ("E-REF-004", ("stages", 0, "ladder"), _staged(ladder="steep@1")),
)

_RUNGS = "rungs"
LADDER: tuple[Example, ...] = (
    ("E-ID-001", (_RUNGS, 1, "id"), put((_RUNGS, 1, "id"), "warn")),
    ("E-LADDER-001", (_RUNGS, 1, "at"), put((_RUNGS, 1, "at"), {"before": {"working_days": 1}})),
    ("E-LADDER-002", (_RUNGS, 3, "at"), put((_RUNGS, 3, "at"), {"after": {"calendar_days": 3}})),
    ("E-LADDER-002", (_RUNGS, 2, "acknowledge", "within"), put((_RUNGS, 2, "acknowledge", "within"), {"hours": 1})),
    ("E-LADDER-003", (_RUNGS, 3, "to", 1), put((_RUNGS, 3, "to"), ["head", "assignee"])),
    ("E-LADDER-003", (_RUNGS, 3, "to", 0), put((_RUNGS, 3, "to"), ["mailbox"])),
    ("E-LADDER-004", (_RUNGS, 2, "acknowledge"), cut((_RUNGS, 2, "acknowledge", "else"))),
    ("E-LADDER-005", (_RUNGS, 2, "acknowledge", "else"), put((_RUNGS, 2, "acknowledge", "else"), ["unit_head"])),
    (
        "E-LADDER-006",
        (_RUNGS, 3, "acknowledge", "else"),
        put((_RUNGS, 3), {"id": "b", "at": {"after": {"working_days": 2}}, "do": ["notify"], "to": ["head"],
                          "acknowledge": {"within": {"working_hours": 1}, "else": ["unit_head"]}}),
    ),
    ("E-REF-009", (_RUNGS, 2, "to", 0), put((_RUNGS, 2, "to"), ["janitor"])),
)  # fmt: skip
