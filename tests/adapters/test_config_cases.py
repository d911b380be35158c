"""The hostile and mistaken config files of the threat list: each gives a coded problem, none a traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import Raw, ladder_mapping, ladders, move, procedure_mapping, state, surroundings
from soundness_examples import Change, both, cut, put

from motcua.adapters.procedure_files import ALL_RULES, Surroundings, read_procedure_bytes, validate_paths
from motcua.adapters.yaml_files import LocatedProblem
from states.procedure import Procedure

S, T = "states", "transitions"
BUDGET = (S, 0, "clock", "budget")


def written(mapping: Raw) -> bytes:
    """A procedure as a file, one value to a line."""
    return json.dumps(mapping, indent=1, ensure_ascii=False).encode()


def changed(change: Change) -> bytes:
    """The default procedure with one change, as a file."""
    mapping = procedure_mapping()
    change(mapping)
    return written(mapping)


def swapped(old: str, new: str) -> bytes:
    """The default procedure as a file with some text replaced in it, once."""
    text = written(procedure_mapping()).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def read(data: bytes) -> tuple[Procedure | None, list[LocatedProblem]]:
    """The procedure in a file, read against its surroundings."""
    return read_procedure_bytes(data, "procedure.yaml", Surroundings(ladders(), surroundings()))


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "C01 100,000 brackets": (lambda: b"[" * 100_000, "E-YAML-008"),
    "C02 alias bomb": (lambda: b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "E-YAML-010"),
    "C03 alias to itself": (lambda: b"a: &a [*a]\n", "E-YAML-011"),
    "C04 key twice": (lambda: swapped('"states": [', '"clocks": {},\n "states": ['), "E-YAML-014"),
    "C05 bare on": (lambda: swapped('"facts": [', 'on: true,\n "facts": ['), "E-SCHEMA-001"),
    "C06 Python object": (lambda: b"!!python/object/apply:os.system ['true']\n", "E-YAML-012"),
    "C07 two documents": (lambda: written(procedure_mapping()) + b"\n---\na: 1\n", "E-YAML-018"),
    "C08 5,000 digits": (
        lambda: swapped('"working_days": 7', f'"working_days": {"9" * 5000}'),
        "E-SCHEMA-006",
    ),
    "C09 .inf": (lambda: swapped('"working_days": 7', '"working_days": .inf'), "E-SCHEMA-006"),
    "C09 .nan": (lambda: swapped('"working_days": 7', '"working_days": .nan'), "E-SCHEMA-006"),
    "C10 zero": (lambda: changed(put(BUDGET, {"working_hours": 0})), "E-SCHEMA-006"),
    "C10 negative": (lambda: changed(put(BUDGET, {"working_hours": -1})), "E-SCHEMA-006"),
    "C11 a milliard of days": (lambda: changed(put(BUDGET, {"calendar_days": 10**9})), "E-SCHEMA-006"),
    "C11 many days as text": (lambda: changed(put(BUDGET, {"calendar_days": "1e9"})), "E-SCHEMA-006"),
    "C12 sexagesimal": (lambda: swapped('"working_days": 7', '"working_hours": 1:30'), "E-SCHEMA-006"),
    "C13 composed twin": (lambda: changed(put((S, 0, "id"), "ti\u1ebfp")), "E-SCHEMA-005"),
    "C13 decomposed twin": (lambda: changed(put((S, 0, "id"), "tie\u0302\u0301p")), "E-YAML-016"),
    "C14 Cyrillic look-alike": (lambda: changed(put((S, 0, "id"), "subm\u0456tted")), "E-SCHEMA-005"),
    "C15 zero width": (lambda: changed(put((S, 0, "label", "vi"), "Ch\u200b\u1edd")), "E-YAML-006"),
    "C15 direction": (lambda: changed(put((S, 0, "label", "vi"), "Ch\u202e\u1edd")), "E-YAML-006"),
    "C16 byte order mark": (lambda: b"\xef\xbb\xbf" + written(procedure_mapping()), "E-YAML-004"),
    "C16 UTF-16": (lambda: written(procedure_mapping()).decode().encode("utf-16"), "E-YAML-004"),
    "C16 broken UTF-8": (lambda: b"a: \xff\n", "E-YAML-003"),
    "C16 NUL": (lambda: b"a: b\x00c\n", "E-YAML-005"),
    "C17 no initial": (lambda: changed(cut((S, 0, "initial"))), "E-SHAPE-001"),
    "C17 two initials": (lambda: changed(put((S, 4, "initial"), True)), "E-SHAPE-002"),
    "C18 unreachable": (lambda: changed(put((S, 9), state("attic", public=9, final=True))), "E-FLOW-001"),
    "C19 no end": (lambda: changed(both(*(cut((S, index, "final")) for index in (6, 7, 8)))), "E-SHAPE-010"),
    "C19 dead end": (lambda: changed(cut((T, 7))), "E-FLOW-002"),
    "C19 nested dead end": (lambda: changed(cut((T, 4))), "E-FLOW-002"),
    "C20 unknown target": (lambda: changed(put((T, 0, "to"), "nowhere")), "E-REF-001"),
    "C21 one event twice": (
        lambda: changed(put((T, 10), move("decide", ["signing"], "closed", "leader"))),
        "E-ID-001",
    ),
    "C21 one event from two active states": (
        lambda: changed(put((T, 9, "from"), ["handling", "appraising"])),
        "E-SHAPE-007",
    ),
    "C22 unknown fact": (lambda: changed(put((T, 0, "when"), "moon_full")), "E-GUARD-005"),
    "C23 wrong type": (lambda: changed(put((T, 0, "when"), "kind < 3")), "E-GUARD-006"),
    "C24 300 parentheses": (
        lambda: changed(put((T, 0, "when"), "(" * 300 + "fee_paid" + ")" * 300)),
        "E-GUARD-002",
    ),
    "C25 comprehensions": (
        lambda: changed(put((T, 0, "when"), "[[x for x in y] for y in [1]]")),
        "E-GUARD-004",
    ),
    "C26 dunder": (lambda: changed(put((T, 0, "when"), "kind.__class__")), "E-GUARD-004"),
    "C27 unknown position": (lambda: changed(put(("roles", 0, "position"), "janitor")), "E-REF-009"),
    "C27 unknown agency": (lambda: changed(put(("parties", 0, "kind"), "circus")), "E-REF-011"),
    "C27 unknown ladder": (lambda: changed(put((S, 0, "clock", "ladder"), "steep@1")), "E-REF-004"),
    "C29 zero timer": (lambda: changed(put((S, 3, "clock", "budget"), {"hours": 0})), "E-SCHEMA-006"),
    "C29 timer to itself": (lambda: changed(put((T, 8, "to"), "waiting")), "E-CLOCK-005"),
    "C30 one pair of eyes": (
        lambda: changed(put(("separation_of_duties",), [["officer", "officer"]])),
        "E-ROLE-001",
    ),
    "C31 template code": (lambda: changed(put((T, 7, "emits"), ["{{ 7 * 7 }}"])), "E-SCHEMA-005"),
    "C31 unknown template": (lambda: changed(put((T, 7, "emits"), ["postcard"])), "E-REF-012"),
    "C32 template path": (lambda: changed(put((T, 7, "emits"), ["../../etc/passwd"])), "E-SCHEMA-005"),
    "C33 10 MB": (lambda: b"# " + b"x" * 10_000_000, "E-YAML-002"),
    "C34 50,000 states": (lambda: b"states:\n" + b"- {}\n" * 50_000, "E-YAML-009"),
    "C34 201 states": (lambda: changed(put((S,), [state(f"s{n}") for n in range(201)])), "E-SIZE-001"),
    "C37 retired calendar": (lambda: changed(put(("calendar", "use"), "vn-2019")), "E-REF-010"),
}


@pytest.mark.parametrize("case", CASES)
def test_config_case(case: str) -> None:
    """Each case is refused with its code, in both languages, at a line and column of the file."""
    make, code = CASES[case]
    procedure, problems = read(make())
    assert (None, True) == (procedure, code in {found.problem.rule for found in problems})
    for found in problems:
        assert found.problem.rule in ALL_RULES
        assert min(found.line, found.column) >= 1
        assert found.message("vi", ALL_RULES) != found.message("en", ALL_RULES)


def test_c28_escalation_in_a_circle(tmp_path: Path) -> None:
    """A ladder whose silence goes from one to another and back is refused at the rung that closes the circle."""
    mapping = ladder_mapping()
    back: dict[str, Any] = {"within": {"working_hours": 1}, "else": ["unit_head"]}
    mapping["rungs"][3].update(to=["head"], acknowledge=back)
    (tmp_path / "ladders").mkdir()
    file = tmp_path / "ladders" / "step.yaml"
    file.write_bytes(json.dumps(mapping, indent=1).encode())
    assert ["E-LADDER-006"] == [found.problem.rule for found in validate_paths([tmp_path])]


def test_a_sound_file_is_compiled() -> None:
    """The default procedure is read without a problem, with its table and the digest of its bytes."""
    procedure, problems = read(written(procedure_mapping()))
    assert [] == problems
    assert procedure is not None
    assert (("submitted",), True, 64) == (
        procedure.initial,
        bool(procedure.table),
        len(procedure.source_sha256),
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (put((T, 0, "to"), "nowhere"), '"to": "nowhere"'),
        (put(("fees", 0, "source"), "decree"), '"source": "decree"'),
        (put((S, 2, S, 0, S, 0, "holder"), "clerk"), '"holder": "clerk"'),
        (put((S, 4, "public"), 11), '"public": 11'),
        (put((T, 0, "when"), "moon_full"), '"when": "moon_full"'),
    ],
)
def test_a_problem_stands_where_its_value_stands(change: Change, line: str) -> None:
    """Line and column of a problem are those of the key it is about."""
    data = changed(change)
    lines = data.decode().splitlines()
    (number,) = (index for index, text in enumerate(lines, 1) if line in text)
    found = {(problem.line, problem.column) for problem in read(data)[1]}
    assert (number, lines[number - 1].index('"') + 1) in found


def test_all_problems_come_at_once() -> None:
    """Three mistakes in three parts of a file give three problems."""
    three = both(
        put(("roles", 0, "position"), "janitor"),
        put(("fees", 0, "source"), "decree"),
        put((T, 0, "when"), "moon_full"),
    )
    codes = {found.problem.rule for found in read(changed(three))[1]}
    assert {"E-REF-009", "E-REF-005", "E-GUARD-005"} <= codes
