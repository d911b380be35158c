"""calendar draft, and calendar check --drift."""

from pathlib import Path

from command_line import motcua


def test_a_draft_is_printed_or_written_and_never_over_a_year(tmp_path: Path) -> None:
    """-o writes what stdout would have had; a second time it is refused and the file stays."""
    file = tmp_path / "2028.yaml"
    printed, written = motcua("calendar", "draft", 2028), motcua("calendar", "draft", 2028, "-o", file)

    assert (0, "") == (written.code, written.out)
    assert "status: draft" in printed.out
    assert printed.out == file.read_text(encoding="utf-8")
    assert 5 == motcua("calendar", "draft", 2027, "-o", file).code
    assert printed.out == file.read_text(encoding="utf-8")


def test_a_draft_of_what_is_not_known_fails() -> None:
    """An unknown calendar is not found; a year beyond the package is invalid."""
    assert 4 == motcua("calendar", "draft", 2028, "--calendar", "mars").code
    assert 3 == motcua("calendar", "draft", 2150).code


def test_drift_is_a_warning() -> None:
    """Exit 0; the exchange of January 2026 is listed with both sides, in text and in JSON."""
    text, data = (motcua("calendar", "check", "--drift", *more) for more in (("--lang", "en"), ("--json",)))
    told = [(item["date"], item["signed"], item["library"]) for item in data.json["drift"]]

    assert (0, 0, True) == (text.code, data.code, data.json["ok"])
    assert [("2026-01-02", "off", "working"), ("2026-01-10", "working", "off")] == told
    assert ["vn-gov 2026-01-02: warning", "vn-gov 2026-01-10: warning"] == [
        line[:26] for line in text.out.splitlines()
    ]
    assert "drift" not in motcua("calendar", "check", "--json").json
