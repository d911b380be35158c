"""`motcua demo` as people and programs meet it: its JSON, its picture, its two engines, its exit codes."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from motcua.cli import main

CONTRACT = {
    "seconds",
    "procedures",
    "agencies",
    "dossiers",
    "transitions",
    "records",
    "on_time_rate",
    "rungs",
    "apologies",
    "supplements",
    "withdrawals",
    "verify",
    "replay",
    "tamper",
}


def _demo(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["demo", *arguments])
    return code, capsys.readouterr().out


def test_the_figures_are_the_same_on_postgresql(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, postgres_url: str
) -> None:
    """Both engines tell the same story, keep every deadline, and the forged copy of either is caught."""
    few = ("--dossiers", "14", "--seed", "3", "--json")
    code, out = _demo(capsys, *few, "--keep", str(tmp_path / "sqlite"))
    also, told = _demo(capsys, *few, "--keep", str(tmp_path / "postgres"), "--db", postgres_url)
    on_sqlite, on_postgres = (_timeless(json.loads(text)) for text in (out, told))
    portal = on_postgres["portal"]

    assert (0, 0) == (code, also)
    assert on_sqlite == on_postgres
    assert 14 == on_postgres["dossiers"]
    assert 0 < min(on_postgres["components"], on_postgres["rungs"]["due"])
    assert {"equal": 14 + on_postgres["components"], "different": 0} == on_postgres["replay"]
    assert (0, 0, True) == (
        on_postgres["rungs"]["doubled"],
        on_postgres["rungs"]["missed"],
        on_postgres["tamper"][0],
    )
    assert (0, 0, True) == (portal["differences"], portal["refused"], 0 < portal["compared"])
    assert 0 < min(portal[name] for name in ("held_up", "tried_again", "misbehaved", "arrived"))


def _timeless(told: dict[str, Any]) -> dict[str, Any]:
    """The figures without the time it took, the random id of a stream, and how the schema came to be."""
    assert set(told) >= CONTRACT
    passing = {"seconds", "transitions_per_second", "records"}
    kept = {key: value for key, value in told.items() if key not in passing}
    return {
        **kept,
        "tamper": (told["tamper"]["caught"], told["tamper"]["dossier"]),
        "verify": told["verify"]["ok"],
    }


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A demonstration that people watched: where it was kept, and what they saw."""
    keep = tmp_path_factory.mktemp("demo") / "province"
    with redirect_stdout(StringIO()) as screen:
        assert 0 == main(["demo", "--dossiers", "12", "--keep", str(keep), "--lang", "en", "--quiet"])
    return keep, screen.getvalue()


def test_the_picture_names_what_was_made_and_what_to_try(seen: tuple[Path, str]) -> None:
    """People get tables, one diagram, and commands against the database that was kept."""
    keep, out = seen
    [diagram] = keep.glob("*.svg")

    assert diagram.name in out
    assert "On time, the lowest rate first" in out
    assert "caught at" in out
    assert f"motcua audit verify --db sqlite:///{keep / 'motcua.db'}" in out


def test_a_database_that_holds_records_is_a_conflict(
    capsys: pytest.CaptureFixture[str], seen: tuple[Path, str]
) -> None:
    """The second demonstration in one folder is refused, and the first stays as it was."""
    keep, _ = seen
    before = (keep / "motcua.db").read_bytes()
    second, out = _demo(capsys, "--dossiers", "3", "--keep", str(keep), "--json")

    assert (5, "") == (second, out)
    assert before == (keep / "motcua.db").read_bytes()
