"""The directory of agencies: what ships is whole, and every way to break it has its code and its place."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from motcua.adapters.agency_files import read_directory
from motcua.adapters.agency_reading import AGENCY_RULES
from motcua.adapters.yaml_files import InvalidFile
from states.directory import Directory

CONFIG = Path(__file__).resolve().parents[2] / "config"
DAY = date(2026, 3, 2)

POSITIONS = """
positions:
  - {id: head, label: {vi: a, en: a}, human: true}
  - {id: officer, label: {vi: a, en: a}, human: true}
"""
KINDS = """
kinds:
  - {id: top, label: {vi: a, en: a}, level: province, staff: {head: 1, officer: 2}}
  - {id: unit, label: {vi: a, en: a}, level: commune, staff: {head: 1}}
"""
REGISTRY = """
registry: {since: 2025-07-01, calendar: vn-gov}
agencies:
  - {code: H99, name: Top, kind: top, parent: null}
  - {code: H99.01, name: Unit, kind: unit, parent: H99}
"""


@pytest.fixture(scope="module")
def shipped() -> Directory:
    """The directory that ships with the program."""
    return read_directory(CONFIG)


def written(root: Path, positions: str = POSITIONS, kinds: str = KINDS, registry: str = REGISTRY) -> Path:
    """Write a small config folder; an empty text leaves its file out."""
    for name, text in (
        ("roles/positions.yaml", positions),
        ("agencies/kinds.yaml", kinds),
        ("agencies/registry.yaml", registry),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if text:
            (root / name).write_text(text, encoding="utf-8")
    return root


def problems(root: Path) -> list[tuple[str, str, int]]:
    """Return code, file name and line of every problem."""
    with pytest.raises(InvalidFile) as caught:
        read_directory(root)
    return [(p.problem.rule, Path(p.file).name, p.line) for p in caught.value.problems]


def test_the_shipped_province_has_two_hundred_agencies(shipped: Directory) -> None:
    """The fictional province has 204 agencies, 130 of them communes, under one committee."""
    kinds = Counter(agency.kind for agency in shipped.agencies)
    assert (204, 130, "H99") == (len(shipped.agencies), kinds["commune_committee"], shipped.province)


@pytest.mark.parametrize(
    "kind",
    [
        "provincial_committee",
        "public_service_centre",
        "department_of_construction",
        "department_of_environment",
        "industrial_zone_board",
        "provincial_police",
        "fire_police",
        "provincial_tax",
    ],
)
def test_kinds_that_procedures_resolve_alone_are_unique(shipped: Directory, kind: str) -> None:
    """A party that resolves to the only agency of its kind finds exactly one."""
    assert 1 == len(shipped.of_kind(kind))


def test_every_agency_has_a_head_and_every_name_is_its_own(shipped: Directory) -> None:
    """Each agency has somebody at its head on any day since it began, and no two share a name."""
    headless = [
        agency.code
        for agency in shipped.agencies
        if not any(shipped.holders(agency.code, position, DAY) for position in ("head", "chairman"))
    ]
    assert ([], 204) == (headless, len({agency.name for agency in shipped.agencies}))


def test_officers_are_opaque_unique_and_the_same_on_every_reading(shipped: Directory) -> None:
    """Officers get ids of agency and number: unique, repeatable, and no names."""
    assert shipped == read_directory(CONFIG)
    officers = [post.officer for post in shipped.posts]
    assert len(officers) == len(set(officers))
    assert "cb.h99.41.01-1" == shipped.holders("H99.41.01", "head", DAY)[0]


def test_nobody_holds_a_post_before_it_begins(shipped: Directory) -> None:
    """Posts are held from their first day on, that day included."""
    seen = [bool(shipped.holders("H99.41.01", "head", day)) for day in (date(2025, 6, 30), date(2025, 7, 1))]
    assert [False, True] == seen


def test_an_agency_may_begin_and_end_on_days_of_its_own(tmp_path: Path) -> None:
    """`since` and `until` of an agency bound its posts; the end is the first day without them."""
    registry = (
        REGISTRY
        + "  - {code: H99.02, name: U, kind: unit, parent: H99, since: 2026-01-01, until: 2026-02-01}\n"
    )
    directory = read_directory(written(tmp_path, registry=registry))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    assert [False, True, True, False] == [bool(directory.holders("H99.02", "head", day)) for day in days]


EXTRA = "  - {code: H99.02, name: U, kind: unit, parent: %s}\n"


@pytest.mark.parametrize(
    ("registry", "expected"),
    [
        ("", ("E-AGENCY-001", "registry.yaml", 1)),
        (REGISTRY.replace("name: Unit", "name: Unit, boss: x"), ("E-AGENCY-002", "registry.yaml", 5)),
        (REGISTRY.replace(", parent: H99}", "}"), ("E-AGENCY-003", "registry.yaml", 5)),
        (REGISTRY.replace("2025-07-01", "2025-02-30"), ("E-AGENCY-004", "registry.yaml", 2)),
        (REGISTRY.replace("H99.01", "h99-01"), ("E-AGENCY-004", "registry.yaml", 5)),
        (REGISTRY + EXTRA.replace("H99.02", "H99.01") % "H99", ("E-AGENCY-005", "registry.yaml", 6)),
        (REGISTRY + EXTRA % "H98", ("E-AGENCY-006", "registry.yaml", 6)),
        (REGISTRY + EXTRA % "H99.02", ("E-AGENCY-007", "registry.yaml", 6)),
        (REGISTRY.replace("kind: unit", "kind: team"), ("E-AGENCY-008", "registry.yaml", 5)),
        (REGISTRY + EXTRA % "null", ("E-AGENCY-011", "registry.yaml", 3)),
        (
            REGISTRY.replace("parent: H99}", "parent: H99, until: 2025-07-01}"),
            ("E-AGENCY-013", "registry.yaml", 5),
        ),
    ],
)
def test_a_broken_registry_is_told_with_code_and_line(
    tmp_path: Path, registry: str, expected: tuple[str, str, int]
) -> None:
    """Each way to break the registry gives its own code at the line to mend."""
    assert [expected] == problems(written(tmp_path, registry=registry))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (KINDS.replace("staff: {head: 1}", "staff: {head: 0}"), {"E-AGENCY-004", "E-AGENCY-010"}),
        (KINDS.replace("level: commune", "level: district"), {"E-AGENCY-004"}),
        (KINDS.replace("officer: 2", "wizard: 2"), {"E-AGENCY-009"}),
        (KINDS.replace("staff: {head: 1}", "staff: {officer: 1}"), {"E-AGENCY-010"}),
        (
            KINDS + "  - {id: top, label: {vi: a, en: a}, level: province, staff: {head: 1}}\n",
            {"E-AGENCY-012"},
        ),
    ],
)
def test_broken_kinds_are_told_with_their_codes(tmp_path: Path, kinds: str, expected: set[str]) -> None:
    """Each way to break the staffing gives its own code, in the file of kinds."""
    found = problems(written(tmp_path, kinds=kinds))
    assert (expected, {"kinds.yaml"}) == ({code for code, _, _ in found}, {file for _, file, _ in found})


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Problems of several files come together, and each has a message in both languages."""
    root = written(
        tmp_path, kinds=KINDS.replace("officer: 2", "wizard: 2"), registry=REGISTRY + EXTRA % "H98"
    )
    with pytest.raises(InvalidFile) as caught:
        read_directory(root)
    told = caught.value.problems
    assert ["E-AGENCY-009", "E-AGENCY-006"] == [p.problem.rule for p in told]
    assert all("{" not in p.message(language, AGENCY_RULES) for p in told for language in ("vi", "en"))


def test_a_long_circle_is_told_for_each_of_its_members(tmp_path: Path) -> None:
    """Two agencies that are above one another are both named; the reading ends."""
    circle = REGISTRY.replace("parent: H99}", "parent: H99.02}") + EXTRA % "H99.01"
    assert ["E-AGENCY-007", "E-AGENCY-007"] == [
        code for code, _, _ in problems(written(tmp_path, registry=circle))
    ]
