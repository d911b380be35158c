"""The table of the portal's language: what ships is honest and whole, and every way to break it has its code."""

from pathlib import Path

import pytest

from motcua.adapters.portal_table import check_portal_table, read_portal_table
from motcua.adapters.procedure_files import validate_paths
from motcua.adapters.yaml_files import InvalidFile

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "portal.yaml"


def broken(folder: Path, old: str, new: str) -> list[str]:
    """The codes of what is wrong once a part of the shipped table is another."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    file = folder / "portal.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [found.problem.rule for found in check_portal_table(file)]


def test_every_public_status_has_its_honest_code() -> None:
    """One to ten are told as what they are, and `validate` looks at the table."""
    table = read_portal_table(SHIPPED)

    assert [str(n) for n in range(1, 11)] == [table.status(n, None) for n in range(1, 11)]
    assert [] == validate_paths([SHIPPED])


@pytest.mark.parametrize("status", [5, 6, 8])
def test_a_table_that_lies_is_refused(tmp_path: Path, status: int) -> None:
    """What waits or was stopped cannot be told as completed."""
    line = f'{{public: {status}, code: "{status}"}}'

    assert ["E-PORTAL-002"] == broken(tmp_path, line, f'{{public: {status}, code: "9"}}')
    with pytest.raises(InvalidFile, match="E-PORTAL-002"):
        read_portal_table(tmp_path / "portal.yaml")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ('    - {public: 7, code: "7"}\n', "", ["E-PORTAL-001"]),
        ('{public: 7, code: "7"}', '{public: 7, code: "11"}', ["E-PORTAL-003"]),
        ('{public: 7, code: "7"}', '{public: 6, code: "6"}', ["E-PORTAL-001", "E-PORTAL-004"]),
        ('{public: 7, code: "7"}', '{public: 7, outcome: withdrawn, code: "7"}', ["E-PORTAL-001"]),
        (', mobile: "1"', "", ["E-PORTAL-005"]),
        (', mobile: "1"', ', mobile: "1", pigeon: "3"', ["E-PORTAL-005"]),
        ('done: ["0"]', 'done: ["0", "3"]', ["E-PORTAL-006"]),
        ("most_file_mib: 50", "most_file_mib: 0", ["E-SCHEMA-004"]),
    ],
)
def test_every_fault_has_its_code(tmp_path: Path, old: str, new: str, rules: list[str]) -> None:
    """A missing, strange or unreachable line, a channel too few or too many, an answer of two meanings."""
    assert rules == sorted(broken(tmp_path, old, new))


def test_a_line_with_an_outcome_goes_before_the_one_without(tmp_path: Path) -> None:
    """The first that fits counts; a portal may have a code of its own for an outcome."""
    own = '    - {code: "19", means: 9, label: {vi: "Từ chối", en: "Refused"}}\n  # Our public'
    told = '- {public: 9, outcome: refused, code: "19"}\n    - {public: 9, code: "9"}'
    text = SHIPPED.read_text(encoding="utf-8").replace("  # Our public", own, 1)
    file = tmp_path / "portal.yaml"
    file.write_text(text.replace('- {public: 9, code: "9"}', told, 1), encoding="utf-8")
    table = read_portal_table(file)

    assert ("19", "9") == (table.status(9, "refused"), table.status(9, "granted"))
