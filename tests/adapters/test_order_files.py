"""Order files: what is whole becomes an order, and every way to break one has its code and its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.adapters.order_files import check_order, read_order
from motcua.adapters.procedure_files import validate_paths
from motcua.adapters.yaml_files import InvalidFile
from states.order import OrderKind, Past
from states.term import Term, Unit

SUSPEND = """
order:
  id: storm
  kind: suspend
  instrument: {number: "15", signed: "2026-09-09", signer: A, basis: law, source: gazette, verified: true}
  cause: {vi: a, en: a}
  since: "2026-09-08T07:30+07:00"
  until: "2026-09-11T07:30+07:00"
  clocks: [legal, steps]
  later: true
  filter: {agencies: [H99.41], opened: {before: "2026-09-01T00:00+07:00"}}
"""
EXTEND = SUSPEND.replace("suspend", "extend").replace(
    '  until: "2026-09-11T07:30+07:00"\n', "  term: {working_days: 3}\n"
)
REVERSE = (
    SUSPEND.split("  until", maxsplit=1)[0].replace("suspend", "reverse")
    + "  reverses: storm0\n  past: withdrawn\n"
)


def written(folder: Path, text: str) -> Path:
    """Write an order."""
    file = folder / "order.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_kind_of_order_is_read(tmp_path: Path) -> None:
    """Instants in UTC, terms exact, what is not named empty."""
    storm = read_order(written(tmp_path, SUSPEND))
    assert (OrderKind.SUSPEND, datetime(2026, 9, 8, 0, 30, tzinfo=UTC), True) == (
        storm.kind, storm.since, storm.later,
    )  # fmt: skip
    assert (("H99.41",), ()) == (storm.filter.agencies, storm.filter.procedures)
    assert Term(Unit.WORKING_DAYS, 12) == read_order(written(tmp_path, EXTEND)).term
    assert Past.WITHDRAWN == read_order(written(tmp_path, REVERSE)).past
    assert [] == validate_paths([written(tmp_path, SUSPEND)])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  later: true\n", "", "E-ORDER-002"),
        ("  later: true\n", "  later: true\n  past: stands\n", "E-ORDER-001"),
        ("2026-09-11", "2026-09-07", "E-ORDER-003"),
        ("{before:", '{since: "2026-10-01T00:00+07:00", before:', "E-ORDER-003"),
        ("[legal, steps]", "[legal, legal]", "E-ORDER-004"),
        ("[H99.41]", "[H99.41, H99.41]", "E-ORDER-004"),
        ("verified: true", "verified: false", "W-ORDER-001"),
        ("07:30+07:00", "07:30", "E-SCHEMA-008"),
        ("suspend", "forgive", "E-SCHEMA-004"),
        ("  id: storm\n", "  id: storm\n  more: 1\n", "E-SCHEMA-001"),
    ],
)
def test_every_fault_has_its_code(tmp_path: Path, old: str, new: str, code: str) -> None:
    """And only that one; an order with an error is not read, one with a warning is."""
    file = written(tmp_path, SUSPEND.replace(old, new))
    assert {code} == {found.problem.rule for found in check_order(file)}
    if code.startswith("E"):
        with pytest.raises(InvalidFile):
            read_order(file)
    else:
        assert "storm" == read_order(file).id


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    """The reader's own codes come first."""
    assert {"E-YAML-020"} == {found.problem.rule for found in check_order(written(tmp_path, ""))}
