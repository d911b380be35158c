"""`validate_paths` finds the config files under a path, says what is wrong in each, and what it cannot read."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import ladder_mapping, parsed, procedure_mapping

from motcua.adapters.procedure_files import find_root, validate_paths
from motcua.adapters.procedure_reading import add_table

SCENARIO = {
    "id": "one",
    "title": {"vi": "một", "en": "one"},
    "opened_at": "2026-03-02T08:30",
    "channel": "counter",
    "steps": [{"at": "2026-03-02T08:40", "do": "fly", "by": "counter"}],
}


def write(file: Path, value: Any) -> Path:
    """Write plain values as a file of the YAML subset that is JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A config folder with a procedure, its scenarios and two ladders; no calendars, no agencies."""
    config = tmp_path / "config"
    for name in ("step", "case"):
        write(config / "ladders" / f"{name}.yaml", ladder_mapping(name))
    write(config / "procedures" / "permit" / "procedure.yaml", procedure_mapping())
    write(config / "procedures" / "permit" / "scenarios.yaml", {"scenarios": [SCENARIO]})
    return config


def codes(*paths: Path) -> list[tuple[str, str]]:
    """File name and code of every problem."""
    return [(Path(found.file).name, found.problem.rule) for found in validate_paths(paths)]


def test_a_config_folder_is_judged_whole(root: Path) -> None:
    """Every file is judged, scenarios against the procedure beside them."""
    assert [("scenarios.yaml", "E-REF-007")] == codes(root)


@pytest.mark.parametrize("part", ["procedures", "procedures/permit", "procedures/permit/scenarios.yaml"])
def test_a_part_is_judged_against_the_whole(root: Path, part: str) -> None:
    """A folder or file inside a config folder finds the ladders of that folder, and nothing is told twice."""
    assert [("scenarios.yaml", "E-REF-007")] == codes(root / part, root / part)


def test_two_ladders_of_one_name(root: Path) -> None:
    """A second file for the same ladder and version is refused."""
    write(root / "ladders" / "twin.yaml", ladder_mapping("step"))
    assert ("twin.yaml", "E-ID-001") in codes(root)


def test_a_broken_ladder_stops_what_names_it(root: Path) -> None:
    """A ladder with a mistake is reported itself, and is not known to the procedures that name it."""
    write(root / "ladders" / "step.yaml", ladder_mapping("step", rungs=[]))
    assert {("step.yaml", "E-SCHEMA-009"), ("procedure.yaml", "E-REF-004")} <= set(codes(root))


def test_what_is_no_config(tmp_path: Path) -> None:
    """A missing file, an empty folder and a file of another kind each have their code."""
    other = write(tmp_path / "other.yaml", {"recipe": "soup"})
    empty = tmp_path / "empty"
    empty.mkdir()
    found = {rule for _, rule in codes(tmp_path / "none.yaml", empty, other)}
    assert {"E-YAML-001", "E-SCHEMA-011", "E-SCHEMA-010"} == found


def test_a_file_anywhere_is_known_by_its_root_key(tmp_path: Path) -> None:
    """A procedure under another name is judged as one; without a config folder its ladders are not known."""
    file = write(tmp_path / "draft.yaml", procedure_mapping())
    assert {("draft.yaml", "E-REF-004")} == set(codes(file))


def test_the_config_folder_is_found_upwards(root: Path) -> None:
    """The nearest folder with parts of a config is the root of a file."""
    assert (root, None) == (find_root(root / "procedures" / "permit"), find_root(root.parent))


def test_a_chart_that_cannot_be_built_is_a_problem() -> None:
    """What the chart's builder refuses becomes a coded problem too, should no rule have seen it."""
    mapping = procedure_mapping()
    mapping["transitions"][0]["to"] = "nowhere"
    procedure, problems = add_table(parsed(mapping))
    assert (None, ["E-SHAPE-009"]) == (procedure, [problem.rule for problem in problems])
