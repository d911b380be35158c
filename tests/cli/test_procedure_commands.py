"""validate, explain, schema and diagram."""

from pathlib import Path

import pytest
from command_line import motcua

CODE = "1.001612"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with two files that are wrong."""
    (tmp_path / "procedure.yaml").write_text("procedure: {code: 1}\nschema_version: '9'\n", encoding="utf-8")
    (tmp_path / "scenarios.yaml").write_text("scenarios: [\n", encoding="utf-8")
    return tmp_path


def test_the_shipped_config_is_clean() -> None:
    """`validate config` finds nothing and exits with 0."""
    said = motcua("validate", "config", "--format", "json")

    assert (0, {"ok": True, "problems": []}) == (said.code, said.json)


def test_problems_are_json_with_place_and_both_languages(broken: Path) -> None:
    """Every problem has code, severity, file, line, column, path and a message in two languages; exit 3."""
    said = motcua("validate", broken, "--format", "json")

    assert (3, False, "") == (said.code, said.json["ok"], said.err)
    keys = ["code", "severity", "file", "line", "column", "path", "message"]
    assert all(keys == list(problem) for problem in said.json["problems"])
    assert all(["vi", "en"] == list(problem["message"]) for problem in said.json["problems"])
    files = {Path(problem["file"]).name for problem in said.json["problems"]}
    assert {"procedure.yaml", "scenarios.yaml"} == files


def test_json_and_format_json_are_the_same(broken: Path) -> None:
    """`--json` is another way to say `--format json`."""
    assert motcua("validate", broken, "--json") == motcua("validate", broken, "--format", "json")


def test_problems_are_text_that_editors_can_follow(broken: Path) -> None:
    """Each line is file:line:column, the code, and the message in the chosen language; the count is on stderr."""
    vi, en = motcua("validate", broken), motcua("validate", broken, "--lang", "en")
    first = next(line for line in en.out.splitlines() if "scenarios.yaml" in line)

    assert first.startswith(f"{broken.as_posix()}/scenarios.yaml:")
    assert " E-YAML-" in first
    assert vi.out != en.out
    assert "errors" in en.err
    assert "" == motcua("validate", broken, "--quiet").err


def test_problems_are_annotations_for_a_forge(broken: Path) -> None:
    """`--format github` prints one workflow command for each problem."""
    said = motcua("validate", broken, "--format", "github")

    assert 3 == said.code
    assert all(line.startswith("::error file=") for line in said.out.splitlines())


def test_a_path_that_does_not_exist_is_a_problem_of_its_own(tmp_path: Path) -> None:
    """A missing path is reported like any other problem, with exit code 3."""
    said = motcua("validate", tmp_path / "nowhere", "--json")

    assert (3, ["E-YAML-001"]) == (said.code, [problem["code"] for problem in said.json["problems"]])


def test_a_rule_is_explained_in_both_languages() -> None:
    """`explain` knows rules of every kind of file, in any case of letters."""
    said = motcua("explain", "e-cal-006", "--json").json

    assert ("E-CAL-006", "error") == (said["code"], said["severity"])
    assert said["why"]["vi"] in motcua("explain", "E-CAL-006").out
    assert said["why"]["en"] in motcua("explain", "E-CAL-006", "--lang", "en").out


@pytest.mark.parametrize("kind", ["procedure", "scenarios", "ladder", "positions"])
def test_each_kind_of_file_has_a_schema(kind: str) -> None:
    """`schema KIND` prints a JSON Schema."""
    said = motcua("schema", kind)

    assert f"urn:motcua:schema:{kind}:1.0" == said.json["$id"]


def test_an_unknown_kind_of_file_is_not_found() -> None:
    """`schema` names the kinds it knows."""
    said = motcua("schema", "novel")

    assert 4 == said.code
    assert "scenarios" in said.err


def test_the_data_of_a_new_dossier_is_described() -> None:
    """`schema --data` names agency, papers and facts; what officers establish later is not the applicant's to give."""
    described = motcua("schema", "--data", CODE).json
    properties = described["properties"]

    assert ["facts"] == described["required"]
    assert {"agency", "received", "helped", "returns"} <= set(described["properties"])
    assert ["has_members"] == properties["facts"]["required"]
    assert "boolean" == properties["facts"]["properties"]["has_members"]["type"]
    assert {"has_members"} == set(properties["facts"]["properties"])
    assert "giay_de_nghi" in properties["documents"]["items"]["enum"]


def test_a_procedure_is_drawn_both_ways(tmp_path: Path) -> None:
    """A .svg gets lanes, a .mmd and stdout get Mermaid."""
    svg, mermaid = tmp_path / "x.svg", tmp_path / "x.mmd"

    assert 0 == motcua("diagram", CODE, "-o", svg).code
    assert 0 == motcua("diagram", CODE, "-o", mermaid).code
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert mermaid.read_text(encoding="utf-8") == motcua("diagram", CODE).out
    assert 2 == motcua("diagram", CODE, "-o", tmp_path / "x.png").code


def test_a_procedure_that_is_not_there_is_not_found() -> None:
    """An unknown code exits with 4 and says what there is."""
    said = motcua("diagram", "9.999999")

    assert 4 == said.code
    assert CODE in said.err
