"""init: a repository that validates, plays and is edited with help from its first minute."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import motcua

from motcua.adapters.schema import KINDS, json_schema
from motcua.adapters.yaml_files import read_yaml_file

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as `init` leaves it."""
    folder = tmp_path_factory.mktemp("begun") / "kho"
    assert 0 == motcua("init", folder).code
    return folder


def test_a_new_repository_is_clean_and_its_scenarios_pass(repository: Path) -> None:
    """`validate DIR` finds nothing, `test DIR` passes, and every transition of the example is played."""
    validated, tested = motcua("validate", repository, "--json"), motcua("test", repository, "--json")
    [played] = tested.json["procedures"]

    assert (0, []) == (validated.code, validated.json["problems"])
    assert (0, True) == (tested.code, tested.json["ok"])
    assert [] == played["coverage"]["unused"]


def test_a_new_repository_stands_on_its_own(repository: Path, tmp_path: Path) -> None:
    """Named by MOTCUA_CONFIG it is all that a database needs."""
    config = {"MOTCUA_CONFIG": str(repository)}
    db = tmp_path / "motcua.db"

    assert 0 == motcua("db", "upgrade", "--db", db, **config).code
    assert 0 == motcua("publish", "9.000001", "--by", "an", "--db", db, **config).code
    assert 0 == motcua("diagram", "9.000001", **config).code


def test_its_own_calendar_counts_in_its_tests(tmp_path: Path) -> None:
    """`test DIR` plays by the calendars of DIR: with its year gone the scenarios lie beyond the calendar."""
    motcua("init", tmp_path / "kho")
    for year in (2026, 2027):
        (tmp_path / "kho" / "calendars" / "vn-gov" / f"{year}.yaml").unlink()

    assert 3 == motcua("test", tmp_path / "kho").code


def test_what_was_made_is_told(tmp_path: Path) -> None:
    """Stdout has the files, stderr what to do next; the text of the files is there."""
    said = motcua("init", tmp_path / "kho", "--json").json
    files = {path.relative_to(tmp_path / "kho").as_posix() for path in (tmp_path / "kho").rglob("*.*")}

    assert {"README.md", ".gitignore", ".pre-commit-config.yaml", ".vscode/settings.json"} < set(
        said["files"]
    )
    assert {file for file in files if (tmp_path / "kho" / file).is_file()} == set(said["files"])


@pytest.mark.parametrize("name", ["notes.txt", ".git"])
def test_a_folder_that_is_not_empty_is_refused(name: str, tmp_path: Path) -> None:
    """Nothing is written beside what is there, hidden files included; exit 5."""
    (tmp_path / name).touch()
    said = motcua("init", tmp_path, "--json")

    assert (5, "FolderNotEmpty") == (said.code, said.error)
    assert [name] == [path.name for path in tmp_path.iterdir()]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """`init` of a file is refused as well."""
    (tmp_path / "file").touch()

    assert 5 == motcua("init", tmp_path / "file").code


def test_editors_know_every_kind_of_file(repository: Path) -> None:
    """The settings map each schema, which lies beside, to files of the repository."""
    settings = json.loads((repository / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    mapped = settings["yaml.schemas"]

    assert {f"./schemas/{kind}.json" for kind in KINDS} == set(mapped)
    for kind in KINDS:
        assert json_schema(kind) == json.loads((repository / "schemas" / f"{kind}.json").read_text("utf-8"))
        assert kind in ("fragment", "order") or list(repository.glob(mapped[f"./schemas/{kind}.json"]))


def test_the_hooks_run_commands_that_exist(repository: Path) -> None:
    """Both the hook of a new repository and the one this project offers judge a repository, and find a mistake."""
    offered: Any = read_yaml_file(ROOT / ".pre-commit-hooks.yaml").value
    own: Any = read_yaml_file(repository / ".pre-commit-config.yaml").value
    lines = [[*hook["entry"].split(), *hook["args"]] for hook in offered]
    lines += [hook["entry"].split() for hook in own["repos"][0]["hooks"]]

    assert ["motcua-validate", "motcua-test"] == [hook["id"] for hook in offered]
    for _, command, place in lines:
        assert 0 == motcua(command, repository / place).code


def test_files_of_tools_are_not_judged(repository: Path, tmp_path: Path) -> None:
    """`validate` of a folder passes over hidden files; named outright they are judged."""
    assert [] == motcua("validate", repository, "--json").json["problems"]
    assert 3 == motcua("validate", repository / ".pre-commit-config.yaml").code
