"""The calendar files: the shipped ones read, and each mistake gives its coded problem and place."""

import re
import shutil
from pathlib import Path

import pytest
from office_time import CALENDARS, VN

from motcua.adapters.calendar_files import read_calendar, read_calendars
from motcua.adapters.calendar_reading import CALENDAR_RULES
from motcua.adapters.yaml_files import InvalidFile
from states.calendar import CalendarDefinition
from states.calendar_rules import RULES
from states.wire import from_wire, to_wire


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped calendar, to be spoiled."""
    return Path(shutil.copytree(CALENDARS / "vn-gov", tmp_path / "vn-gov"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first *old* in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[tuple[str, str, int]]:
    """Read a spoiled calendar and return rule, file name and line of each problem."""
    with pytest.raises(InvalidFile) as caught:
        read_calendar(folder)
    for found in caught.value.problems:
        assert found.message("vi", CALENDAR_RULES) != found.problem.rule
        assert re.search(r"\{[a-z_]+\}", found.message("en", CALENDAR_RULES)) is None
    return [(found.problem.rule, Path(found.file).name, found.line) for found in caught.value.problems]


def test_the_shipped_calendars_are_sound() -> None:
    """The calendar of state agencies covers 2024 to 2026 signed and 2027 as a draft."""
    found = read_calendars(CALENDARS)["vn-gov"]

    assert [(2024, "signed"), (2025, "signed"), (2026, "signed"), (2027, "draft")] == [
        (year.year, year.status) for year in found.years
    ]
    assert (420, 480) == (found.utc_offset_minutes, found.day_minutes)


def test_a_definition_survives_the_codec() -> None:
    """What a calendar says can be written as plain values and read back."""
    assert VN.definition == from_wire(CalendarDefinition, to_wire(VN.definition))


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "line"),
    [
        pytest.param(
            "2026.yaml", "status: signed", "status: signed\nmood: good", "E-CAL-002", 7, id="unknown-key"
        ),
        pytest.param("2026.yaml", "    verified: true\n", "", "E-CAL-003", 9, id="missing-key"),
        pytest.param("2026.yaml", "status: signed", "status: decided", "E-CAL-004", 6, id="unknown-status"),
        pytest.param("2026.yaml", "verified: true", "verified: maybe", "E-CAL-004", 13, id="no-truth-value"),
        pytest.param("2026.yaml", "work:", "work: 3\nodd:", "E-CAL-002", 80, id="no-list"),
        pytest.param("2026.yaml", 'vi: "Tết Dương lịch"', 'vi: ""', "E-CAL-004", 10, id="empty-label"),
        pytest.param("2026.yaml", "day: 2026-01-01", "day: 2026-02-30", "E-CAL-005", 9, id="no-such-day"),
        pytest.param("2026.yaml", "day: 2026-01-01", "day: 1/1/2026", "E-CAL-005", 9, id="another-notation"),
        pytest.param("2026.yaml", "day: 2026-01-01", "day: 2025-01-01", "E-CAL-006", 9, id="another-year"),
        pytest.param("2026.yaml", "day: 2026-01-01", "day: 2026-01-02", "E-CAL-007", 14, id="day-twice"),
        pytest.param("2026.yaml", "day: 2026-01-01", "day: 2026-01-04", "E-CAL-008", 9, id="sunday-off"),
        pytest.param(
            "2026.yaml", "day: 2026-01-10", "day: 2026-01-12", "E-CAL-009", None, id="make-up-monday"
        ),
        pytest.param("2026.yaml", "for: 2026-01-02", "for: 2026-01-05", "E-CAL-010", 1, id="half-a-swap"),
        pytest.param(
            "2026.yaml", "source: Bộ luật Lao động, Điều 112", "source: null", "E-CAL-011", 13, id="no-source"
        ),
        pytest.param("calendar.yaml", "07:00-11:30", "11:30-07:00", "E-CAL-012", 11, id="reversed"),
        pytest.param("calendar.yaml", "07:00-11:30", "7h-11h30", "E-CAL-012", 11, id="not-hours"),
        pytest.param("calendar.yaml", "13:30-17:00", "13:30-24:01", "E-CAL-012", 11, id="after-midnight"),
        pytest.param("calendar.yaml", "13:30-17:00", "11:00-17:00", "E-CAL-013", 11, id="overlap"),
        pytest.param("calendar.yaml", "13:30-17:00", "11:30-17:00", "E-CAL-013", 11, id="touching"),
        pytest.param("calendar.yaml", "  sun: []\n", "", "E-CAL-014", 10, id="six-days"),
        pytest.param("calendar.yaml", "  sun: []", "  sun: []\n  cn: []", "E-CAL-014", 10, id="eight-days"),
        pytest.param("calendar.yaml", "id: vn-gov", "id: vn", "E-CAL-016", 4, id="id-is-not-the-folder"),
        pytest.param("2026.yaml", "year: 2026", "year: 2025", "E-CAL-016", 5, id="year-is-not-the-file"),
        pytest.param("calendar.yaml", '"+07:00"', '"+7"', "E-CAL-004", 8, id="no-offset"),
        pytest.param(
            "calendar.yaml", "day_minutes: 480", "day_minutes: 450", "E-CAL-004", 9, id="no-whole-quarter"
        ),
        pytest.param("calendar.yaml", "id: vn-gov", "id: [", "E-YAML-007", None, id="not-yaml"),
    ],
)
def test_each_mistake_has_its_code_and_place(
    folder: Path, file: str, old: str, new: str, rule: str, line: int | None
) -> None:
    """A spoiled file is refused with the rule it breaks and the line to mend."""
    spoil(folder, file, old, new)
    found = problems(folder)

    assert rule in {code for code, _, _ in found}
    assert line is None or (rule, file, line) in found


def test_a_year_missing_in_the_middle_is_named(folder: Path) -> None:
    """Deadlines run on over the years, so a gap is an error."""
    (folder / "2025.yaml").unlink()

    assert [("E-CAL-015", "2025.yaml", 1)] == problems(folder)


def test_missing_and_strange_files_are_named(folder: Path) -> None:
    """A folder without its head file, without years, or with a file that would be ignored, is refused."""
    (folder / "2028.yml").write_text("", encoding="utf-8")
    (folder / "calendar.yaml").unlink()
    for year in (2024, 2025, 2026, 2027):
        (folder / f"{year}.yaml").unlink()

    assert [
        ("E-CAL-017", "2028.yml", 1),
        ("E-CAL-001", "calendar.yaml", 1),
        ("E-CAL-001", "vn-gov", 1),
    ] == problems(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    """Mistakes in several files come in one answer."""
    spoil(folder, "2024.yaml", "day: 2024-01-01", "day: 2024-01-06")
    spoil(folder, "2025.yaml", "status: signed", "status: maybe")
    spoil(folder, "calendar.yaml", "07:00-11:30", "07:00")

    assert {("E-CAL-008", "2024.yaml"), ("E-CAL-004", "2025.yaml"), ("E-CAL-012", "calendar.yaml")} == {
        (rule, file) for rule, file, _ in problems(folder.parent / "vn-gov")
    }
    with pytest.raises(InvalidFile):
        read_calendars(folder.parent)


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "a: {b: [c]}", "off: [1, {day: 2}]\nwork: {x: 1}\nhours: 7", "hours: {mon: x}"]
)
@pytest.mark.parametrize("file", ["calendar.yaml", "2026.yaml"])
def test_any_other_document_is_refused_in_good_order(folder: Path, file: str, text: str) -> None:
    """Whatever stands in a file, the answer is a list of problems."""
    (folder / file).write_text(text, encoding="utf-8")

    assert problems(folder)


def test_rules_are_numbered_without_gaps() -> None:
    """Every rule has its own code, in order, and its words in both languages."""
    assert [f"E-CAL-{n:03}" for n in range(1, len(RULES) + 1)] == [rule.code for rule in RULES]
    assert all(rule.vi and rule.en and rule.why_vi and rule.why_en for rule in RULES)
