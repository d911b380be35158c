"""Agencies over time, bindings and reorganisations as files: what is right is read, what is wrong has its code."""

from datetime import date
from pathlib import Path

import pytest
from test_agency_files import EXTRA, KINDS, POSITIONS, REGISTRY, problems, written

from motcua.adapters.agency_files import read_directory
from motcua.adapters.change_files import read_change
from motcua.adapters.procedure_files import read_surroundings, validate_paths
from motcua.adapters.yaml_files import InvalidFile
from states.agency import Desk, Heir, Naming
from states.reorganisation import ChangeKind, Seat, Share

DAY = date(2026, 1, 1)
OLD = (
    "  - {code: H99.02, name: U, kind: unit, parent: H99, until: 2026-01-01, "
    "names: [{name: T, until: 2025-09-01}], successors: [{agency: H99.01, since: 2026-01-01}], "
    'desks: [{name: "Quầy 1", address: "12 Lê Lợi"}], escalations: [head]}\n'
)
LINE = "  - {kind: unit, since: %s, by: {H99: %s}}\n"
CHANGE = """
change: {kind: merge, effective: 2026-07-01, basis: "1/NQ-HĐND", agencies: [H99.01, H99.02]}
heirs: [{agency: H99.03}]
new: [{code: H99.03, name: "Mới", kind: unit, level: commune, parent: H99, calendar: vn-gov}]
posts: {follow: [officer], seats: [{officer: an, agency: H99.03, position: head}]}
bindings: [{kind: unit, by: {H99: H99.03}}]
"""


def bound(root: Path, *lines: str, registry: str = REGISTRY) -> Path:
    """Write a small config folder with bindings."""
    written(root, registry=registry)
    (root / "agencies/bindings.yaml").write_text("bindings:\n" + "".join(lines), encoding="utf-8")
    return root


def test_what_an_agency_says_besides_is_read(tmp_path: Path) -> None:
    """Former names, successors, desks and who hears of escalations; the kind's positions where it names none."""
    kinds = KINDS.replace("staff: {head: 1}}", "staff: {head: 1}, escalations: [head]}")
    directory = read_directory(written(tmp_path, kinds=kinds, registry=REGISTRY + OLD))
    old = directory.get("H99.02")
    assert ((Naming("T", date(2025, 9, 1)),), (Heir("H99.01", DAY),)) == (old.names, old.successors)
    assert ((Desk("Quầy 1", "12 Lê Lợi"),), ("head",)) == (old.desks, directory.get("H99.01").escalations)
    assert "H99.01" == directory.seat("H99.02", DAY)


def test_who_hands_out_work_is_said_by_the_positions(tmp_path: Path) -> None:
    """`assigns` marks them; no position does by itself."""
    positions = POSITIONS.replace(
        "{id: head, label: {vi: a, en: a}, human: true}",
        "{id: head, label: {vi: a, en: a}, human: true, assigns: true}",
    )
    read = [read_directory(written(tmp_path, positions=text)).assigners for text in (POSITIONS, positions)]
    assert [(), ("head",)] == read


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (OLD.replace("agency: H99.01", "agency: H99.77"), "E-AGENCY-014"),
        (OLD.replace("agency: H99.01", "agency: H99.02"), "E-AGENCY-015"),
        (
            OLD.replace("until: 2025-09-01}]", "until: 2025-09-01}, {name: S, until: 2025-08-01}]"),
            "E-AGENCY-017",
        ),
        (OLD + EXTRA.replace("H99.02", "H99.03") % "H99.02", "E-AGENCY-018"),
        (OLD.replace("escalations: [head]", "escalations: [king]"), "E-AGENCY-009"),
        (OLD.replace("desks: [{name", "desks: [{title"), "E-AGENCY-002"),
    ],
)
def test_a_broken_history_of_an_agency_is_told(tmp_path: Path, line: str, code: str) -> None:
    """Each way to break what an agency says of its past and its heirs gives its own code."""
    assert code in {found for found, _, _ in problems(written(tmp_path, registry=REGISTRY + line))}


def test_a_calendar_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Only where the folder has calendars at all."""
    read_directory(written(tmp_path))
    (tmp_path / "calendars/vn-north").mkdir(parents=True)
    assert {"E-AGENCY-016"} == {code for code, _, _ in problems(tmp_path)}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((LINE % ("2026-01-01", "H99.77"),), "E-AGENCY-019"),
        ((LINE % ("2026-01-01", "H99"),), "E-AGENCY-019"),
        ((LINE % ("2025-07-01", "H99.02"),), "E-AGENCY-020"),
        ((LINE % ("2025-07-01", "H99.01"), LINE % ("2026-01-01", "H99.03")), "E-AGENCY-021"),
        (((LINE % ("2026-01-01", "H99.01")).replace("kind: unit", "kind: team"),), "E-AGENCY-008"),
        (
            (
                (LINE % ("2026-01-01", "H99.01")).replace(
                    "since: 2026-01-01", "since: 2026-01-01, until: 2025-01-01"
                ),
            ),
            "E-AGENCY-013",
        ),
        (("  - {kind: unit, since: 2026-01-01, by: [H99]}\n",), "E-AGENCY-004"),
    ],
)
def test_broken_bindings_are_told_in_their_file(tmp_path: Path, lines: tuple[str, ...], code: str) -> None:
    """Agencies that are not there, of another kind or closed, and two answers for one day."""
    registry = REGISTRY + OLD + EXTRA.replace("H99.02", "H99.03") % "H99"
    found = problems(bound(tmp_path, *lines, registry=registry))
    assert (code, "bindings.yaml") in {(rule, file) for rule, file, _ in found}


def test_bindings_of_following_periods_are_read(tmp_path: Path) -> None:
    """The first ends on the day on which the next begins."""
    first = (LINE % ("2025-07-01", "H99.01")).replace(
        "since: 2025-07-01", "since: 2025-07-01, until: 2026-01-01"
    )
    registry = REGISTRY + EXTRA.replace("H99.02", "H99.03") % "H99"
    directory = read_directory(bound(tmp_path, first, LINE % ("2026-01-01", "H99.03"), registry=registry))
    days = (date(2025, 12, 31), DAY)
    assert ["H99.01", "H99.03"] == [directory.serving("unit", "1.0", "H99", day) for day in days]


def test_bindings_are_judged_with_the_agencies(tmp_path: Path) -> None:
    """`motcua validate` finds them in the folder of agencies."""
    bound(tmp_path, LINE % ("2026-01-01", "H99.77"))
    assert ["E-AGENCY-019"] == [one.problem.rule for one in validate_paths([tmp_path / "agencies"])]


def test_a_kind_whose_agencies_all_closed_is_no_kind_for_a_party(tmp_path: Path) -> None:
    """Unless somebody took over: then procedures still find an agency for it."""
    kinds = KINDS + "  - {id: gone, label: {vi: a, en: a}, level: commune, staff: {head: 1}}\n"
    line = "  - {code: H99.02, name: U, kind: gone, parent: H99, until: 2026-01-01%s}\n"
    found = []
    for heir in ("", ", successors: [{agency: H99.01, since: 2026-01-01}]"):
        root = written(tmp_path, kinds=kinds, registry=REGISTRY + line % heir)
        found.append(read_surroundings(root).context.party_kinds)
    assert [{"top", "unit"}, {"top", "unit", "gone"}] == found


def test_a_reorganisation_is_read(tmp_path: Path) -> None:
    """Kind, day, who ends, who takes over, who begins, who moves, who serves."""
    (tmp_path / "c.yaml").write_text(CHANGE, encoding="utf-8")
    change = read_change(tmp_path / "c.yaml", {"head": True, "officer": False})
    assert (ChangeKind.MERGE, date(2026, 7, 1)) == (change.kind, change.effective)
    assert (("H99.01", "H99.02"), (Share("H99.03"),)) == (change.agencies, change.heirs)
    assert (("officer",), (Seat("an", "H99.03", "head"),)) == (change.follow, change.seats)
    assert ("H99.03", "Mới", {"H99": "H99.03"}) == (
        change.new[0].code,
        change.new[0].name,
        change.bindings[0].by,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("kind: marry", "E-AGENCY-004"),
        ("kind: merge, day: x", "E-AGENCY-002"),
    ],
)
def test_a_broken_reorganisation_is_told(tmp_path: Path, given: str, code: str) -> None:
    """With the codes of the registry, and the line."""
    (tmp_path / "c.yaml").write_text(CHANGE.replace("kind: merge", given, 1), encoding="utf-8")
    with pytest.raises(InvalidFile) as refused:
        read_change(tmp_path / "c.yaml", {"head": True, "officer": False})
    assert [(code, 2)] == [(one.problem.rule, one.line) for one in refused.value.problems]


def test_positions_and_levels_of_a_reorganisation_are_declared_ones(tmp_path: Path) -> None:
    """A position or a level that nobody declared is told, each at its place."""
    text = CHANGE.replace("position: head", "position: king").replace("level: commune", "level: moon")
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as refused:
        read_change(tmp_path / "c.yaml", {"head": True, "officer": False})
    assert {"E-AGENCY-004", "E-AGENCY-009"} == {one.problem.rule for one in refused.value.problems}
