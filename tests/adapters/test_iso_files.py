"""The map of ISO 9001: what ships is whole, and every way to break it has its code and its place."""

import re
from pathlib import Path

import pytest

from audit.record import RecordType
from motcua.adapters.iso_files import ISO_RULES, EditionNotFound, check_clauses, read_clauses
from motcua.adapters.procedure_files import validate_paths
from motcua.adapters.yaml_files import InvalidFile
from motcua.services.evidence import EVENTS

CONFIG = Path(__file__).resolve().parents[2] / "config"
SOUND = """
edition: {id: "2015", standard: S, label: {vi: a, en: a}}
sources:
  - {id: text, title: {vi: a, en: a}}
clauses:
  - {id: "8.1", title: {vi: a, en: a}, source: text, verified: false}
  - {id: "8.2", title: {vi: a, en: a}, elsewhere: {vi: a, en: a}, source: text, verified: false}
evidence:
  - {id: moved, record: transition, label: {vi: a, en: a}, clauses: ["8.1"], source: text, verified: false}
  - {id: fired, event: transition_fired, label: {vi: a, en: a}, clauses: ["8.1"], source: text, verified: true}
causes:
  - {id: people, label: {vi: a, en: a}}
"""


def written(root: Path, text: str, name: str = "2015") -> Path:
    """Write a map into a config folder."""
    file = root / "iso9001" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_map_is_clean() -> None:
    """No problem, and validate looks at it."""
    assert [] == check_clauses(CONFIG / "iso9001" / "2015.yaml")
    assert [] == validate_paths([CONFIG / "iso9001"])


def test_the_shipped_map_knows_every_kind_of_record_and_event() -> None:
    """Each type of record, and each kind of event or the record it makes up, evidences some clause."""
    clauses = read_clauses(CONFIG, "2015")
    named = {kind.record for kind in clauses.evidence if kind.event is None}
    events = {kind.event for kind in clauses.evidence}
    assert {RecordType.REGISTRY} == set(RecordType) - named
    assert set() == EVENTS - events - named


def test_a_clause_contains_those_below_it() -> None:
    """8.5 is every clause that begins with 8.5 and a dot."""
    clauses = read_clauses(CONFIG, "2015")
    assert [f"8.5.{n}" for n in range(1, 7)] == [clause.id for clause in clauses.within("8.5")]
    assert ["8.6"] == [clause.id for clause in clauses.within("8.6")]
    assert () == clauses.within("8.")


def test_a_sound_map_is_read_whole(tmp_path: Path) -> None:
    """Clauses, kinds of evidence, causes, and the digest of the file."""
    written(tmp_path, SOUND)
    read = read_clauses(tmp_path, "2015")
    assert [("moved", "transition", None), ("fired", None, "transition_fired")] == [
        (kind.id, kind.record, kind.event) for kind in read.evidence
    ]
    assert (["people"], None, {"vi": "a", "en": "a"}) == (
        list(read.causes),
        read.clauses[0].elsewhere,
        read.clauses[1].elsewhere,
    )
    assert 64 == len(read.sha256)


@pytest.mark.parametrize(
    ("code", "line", "before", "after"),
    [
        ("E-ISO-001", 10, "{id: fired,", "{id: moved,"),
        ("E-ISO-002", 9, 'clauses: ["8.1"]', 'clauses: ["8.1", "8.9"]'),
        ("E-ISO-003", 9, "record: transition", "record: transaction"),
        ("E-ISO-004", 10, "event: transition_fired", "event: fired"),
        ("E-ISO-005", 9, "record: transition, ", ""),
        ("E-ISO-006", 2, 'id: "2015"', 'id: "2016"'),
        ("E-ISO-007", 6, "source: text", "source: hearsay"),
        ("W-ISO-001", 7, "elsewhere: {vi: a, en: a}, ", ""),
        ("W-ISO-002", 6, "source: text", "elsewhere: {vi: a, en: a}, source: text"),
        ("E-SCHEMA-001", 12, "{id: people,", "{id: people, weight: 3,"),
        ("E-SCHEMA-002", 6, ", verified: false", ""),
        ("E-SCHEMA-005", 6, '"8.1"', '"8,1"'),
        ("E-SCHEMA-009", 9, '["8.1"]', "[]"),
        ("E-YAML-017", 2, "edition:", "1:"),
    ],
)
def test_every_fault_has_its_code_and_its_place(
    tmp_path: Path, code: str, line: int, before: str, after: str
) -> None:
    """One fault gives one problem of that code, told without gaps; errors stop the map from being used."""
    assert before in SOUND
    file = written(tmp_path, SOUND.replace(before, after, 1))
    found = {(p.problem.rule, p.line): p for p in check_clauses(file)}
    assert (code, line) in found
    told = "".join(found[code, line].message(language, ISO_RULES) for language in ("vi", "en"))
    assert [] == re.findall("{[a-z]", told)
    if code.startswith("E"):
        with pytest.raises(InvalidFile):
            read_clauses(tmp_path, "2015")


def test_an_edition_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    """The message names what the folder holds."""
    written(tmp_path, SOUND)
    with pytest.raises(EditionNotFound, match="2015"):
        read_clauses(tmp_path, "2026")


def test_a_map_is_known_by_its_root_key(tmp_path: Path) -> None:
    """Outside its folder too, `validate` judges it as what it is."""
    file = tmp_path / "2016.yaml"
    file.write_text(SOUND, encoding="utf-8")
    assert ["E-ISO-006"] == [found.problem.rule for found in validate_paths([file])]
