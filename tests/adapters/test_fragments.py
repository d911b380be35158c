"""Fragments: written once, filled in where they are used, judged in the file where each part stands."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from builders import label, ladder_mapping, procedure_mapping

from motcua.adapters.procedure_files import (
    ALL_RULES,
    compile_document,
    read_procedure,
    read_surroundings,
    validate_paths,
)
from motcua.adapters.schema import json_schema
from states.procedure import Procedure

Raw = dict[str, Any]


def write(file: Path, value: Any) -> Path:
    """Write plain values as a file of the YAML subset that is JSON, one key or item to a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return file


def head(id: str, version: int = 1, **more: object) -> Raw:
    """The head of a fragment."""
    return {"id": id, "version": version, "label": label(id), **more}


def parameter(id: str, example: object, **more: object) -> Raw:
    """A parameter of a fragment."""
    return {"id": id, "label": label(id), "example": example, **more}


def withdrawal() -> Raw:
    """The last transition of the sound procedure as a fragment, with what it starts from filled in later."""
    move = procedure_mapping()["transitions"][-1]
    return {
        "fragment": head("withdrawal"),
        "parameters": [
            parameter("sources", ["submitted"]),
            parameter("who", ["applicant"], default=move["by"]),
        ],
        "transitions": [{**move, "from": "$sources", "by": "$who"}],
    }


def whole() -> Raw:
    """The sound procedure, its last transition taken from the fragment."""
    mapping = procedure_mapping()
    *rest, move = mapping["transitions"]
    given = {"fragment": "withdrawal@1", "with": {"sources": move["from"]}}
    return {**mapping, "use": [given], "transitions": rest}


class Folder:
    """A config folder with one procedure and some fragments."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("step", "case"):
            write(root / "ladders" / f"{name}.yaml", ladder_mapping(name))
        self.fragment(withdrawal())
        self.procedure(whole())

    def fragment(self, value: Raw, name: str | None = None) -> Path:
        """Write a fragment under its own name, or another."""
        return write(self.root / "fragments" / f"{name or value['fragment']['id']}.yaml", value)

    def procedure(self, value: Raw) -> Path:
        """Write the procedure."""
        return write(self.root / "procedures" / "permit" / "procedure.yaml", value)

    def compiled(self) -> Procedure:
        """Compile the procedure; its problems fail the test."""
        found, problems = read_procedure(self.root / "procedures" / "permit", read_surroundings(self.root))
        assert found is not None, problems
        return found

    def told(self) -> set[tuple[str, str]]:
        """File name and code of every problem of the folder."""
        return {(Path(found.file).name, found.problem.rule) for found in validate_paths([self.root])}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A sound config folder."""
    return Folder(tmp_path / "config")


def test_a_procedure_of_pieces_compiles_to_the_same(folder: Folder) -> None:
    """Nothing but the digest of its source tells a procedure with a fragment from the same in one file."""
    pieces = compile_document(folder.compiled())
    folder.procedure(procedure_mapping())
    together = compile_document(folder.compiled())
    assert pieces.pop("source_sha256") != together.pop("source_sha256")
    assert together == pieces


def test_a_sound_folder_has_no_problem(folder: Folder) -> None:
    """A fragment that is used and a procedure that uses it are clean."""
    assert set() == folder.told()


def test_digest_without_fragments_is_that_of_the_file(folder: Folder) -> None:
    """A procedure in one file keeps the digest of that file, as versions published before fragments have it."""
    file = folder.procedure(procedure_mapping())
    assert sha256(file.read_bytes()).hexdigest() == folder.compiled().source_sha256


def test_digest_covers_every_fragment(folder: Folder) -> None:
    """A changed byte of a fragment changes the digest of what uses it, even where the table stays."""
    before = folder.compiled()
    file = folder.root / "fragments" / "withdrawal.yaml"
    file.write_bytes(file.read_bytes() + b"\n")
    after = folder.compiled()
    assert before.table == after.table
    assert before.source_sha256 != after.source_sha256


def test_a_list_argument_is_spliced_into_a_list(folder: Folder) -> None:
    """An argument that is a list takes the place of its parameter item by item."""
    expected = folder.compiled().transition[procedure_mapping()["transitions"][-1]["id"]].sources
    value = withdrawal()
    first, *rest = procedure_mapping()["transitions"][-1]["from"]
    value["transitions"][0]["from"] = [first, "$sources"]
    value["parameters"][0]["example"] = ["appraising"]
    folder.fragment(value)
    folder.procedure({**whole(), "use": [{"fragment": "withdrawal@1", "with": {"sources": rest}}]})
    assert expected == folder.compiled().transition["withdraw"].sources


def test_first_entries_stand_before_those_of_the_procedure(folder: Folder) -> None:
    """A fragment says whether its entries come first; else they follow."""
    assert "withdraw" == folder.compiled().transitions[-1].id
    folder.fragment({**withdrawal(), "fragment": head("withdrawal", first=True)})
    assert "withdraw" == folder.compiled().transitions[0].id


def test_the_same_fragment_by_two_ways_is_taken_once(folder: Folder) -> None:
    """A fragment that two others use with the same arguments does not become its own twin."""
    law = {"id": "decree", "instrument": "2/2025", "source": "read", "verified": True}
    folder.fragment({"fragment": head("basis"), "legal_basis": [law]})
    folder.fragment({**withdrawal(), "use": ["basis@1"]})
    folder.procedure({**whole(), "use": ["basis@1", *whole()["use"]]})
    assert set() == folder.told()
    assert ["decree"] == [one.id for one in folder.compiled().citations if one.id == "decree"]


def line_of(file: Path, text: str) -> int:
    """The line of the only occurrence of *text* in a file, from 1."""
    [found] = [number for number, line in enumerate(file.read_text().splitlines(), 1) if text in line]
    return found


def test_a_problem_in_a_fragment_points_into_its_file(folder: Folder) -> None:
    """A name that the procedure lacks is told at its line of the fragment."""
    value = withdrawal()
    value["transitions"][0]["to"] = "nowhere"
    file = folder.fragment(value)
    [found] = validate_paths([folder.root])
    assert (file.as_posix(), "E-REF-001", line_of(file, '"to"')) == (
        found.file,
        found.problem.rule,
        found.line,
    )


def test_a_problem_in_an_argument_points_to_the_procedure(folder: Folder) -> None:
    """A wrong argument is told where it was written, not where it is put."""
    given = {"fragment": "withdrawal@1", "with": {"sources": ["nowhere"]}}
    file = folder.procedure({**whole(), "use": [given]})
    [found] = [one for one in validate_paths([folder.root]) if one.problem.rule == "E-REF-001"]
    assert (file.as_posix(), line_of(file, '"nowhere"')) == (found.file, found.line)


def test_twins_of_fragment_and_procedure_are_refused(folder: Folder) -> None:
    """An id of a fragment may not be used again by the procedure."""
    folder.procedure({**procedure_mapping(), "use": whole()["use"]})
    assert {("withdrawal.yaml", "E-ID-001")} == folder.told()


USED: list[tuple[object, str]] = [
    ([], "W-FRAG-004"),
    ("withdrawal@1", "E-SCHEMA-003"),
    (["withdrawal"], "E-SCHEMA-005"),
    ([{"fragment": "withdrawal@1", "given": {}}], "E-SCHEMA-001"),
    (["withdrawal@2"], "E-REF-016"),
    (["withdrawal@1"], "E-FRAG-001"),
    ([{"fragment": "withdrawal@1", "with": {"sources": ["submitted"], "colour": "red"}}], "E-REF-017"),
]


@pytest.mark.parametrize(("use", "code"), USED)
def test_a_wrong_use_is_told_by_its_code(folder: Folder, use: object, code: str) -> None:
    """Unknown fragments, versions and parameters, missing arguments and idle fragments each have a code."""
    folder.procedure({**procedure_mapping(), "use": use})
    assert code in {rule for _, rule in folder.told()}


def test_a_circle_is_refused(folder: Folder) -> None:
    """Fragments that use each other in a circle are told, and what uses them cannot be read."""
    folder.fragment({"fragment": head("one"), "use": ["two@1"]})
    folder.fragment({"fragment": head("two"), "use": ["one@1"]})
    folder.procedure({**procedure_mapping(), "use": [*whole()["use"], "one@1"]})
    told = folder.told()
    assert {("one.yaml", "E-FRAG-002"), ("two.yaml", "E-FRAG-002"), ("procedure.yaml", "E-FRAG-003")} <= told


BROKEN: list[tuple[Raw, str]] = [
    ({"transitions": [{"id": "x", "from": "$nobody"}]}, "E-REF-017"),
    ({"transitions": [{"id": "x"}]}, "E-SCHEMA-002"),
    ({"clocks": {}}, "E-SCHEMA-001"),
    ({"fragment": {"id": "withdrawal"}}, "E-SCHEMA-002"),
    ({"parameters": [parameter("a", 1), parameter("a", 2)]}, "E-ID-001"),
    ({"use": ["nothing@1"]}, "E-REF-016"),
]


@pytest.mark.parametrize(("change", "code"), BROKEN)
def test_a_broken_fragment_is_told_at_its_own_file(folder: Folder, change: Raw, code: str) -> None:
    """What is wrong with a fragment is told in its file, whoever uses it."""
    folder.fragment({**withdrawal(), **change})
    assert ("withdrawal.yaml", code) in folder.told()


def test_two_files_of_one_version_are_twins(folder: Folder) -> None:
    """A name and version belong to one file; another version is another file."""
    folder.fragment(withdrawal(), "again")
    assert "E-ID-001" in {rule for _, rule in folder.told()}
    folder.fragment({**withdrawal(), "fragment": head("withdrawal", 2)}, "again")
    assert {("again.yaml", "W-FRAG-004")} == folder.told()


def test_every_code_has_both_languages(folder: Folder) -> None:
    """The messages of the rules on fragments differ by language and name the fragment."""
    folder.procedure({**procedure_mapping(), "use": ["withdrawal@1"]})
    [found] = [one for one in validate_paths([folder.root]) if one.problem.rule == "E-FRAG-001"]
    assert found.message("vi", ALL_RULES) != found.message("en", ALL_RULES)
    assert "withdrawal" in found.message("en", ALL_RULES)


def test_the_schema_lets_a_parameter_stand_for_a_value() -> None:
    """In the published schema of fragments every value of a transition may be a parameter."""
    moves = json_schema("fragment")["$defs"]["TransitionShape"]["properties"]
    assert all({"$ref": "#/$defs/Parameter"} in value["anyOf"] for value in moves.values())
