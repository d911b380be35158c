"""diff: files, folders, codes, versions and digests; for people by audience, for programs as JSON."""

import json
import shutil
from pathlib import Path

import pytest
from command_line import motcua
from shipped import CONFIG

CODE = "1.001612"
FOLDER = CONFIG / "procedures" / "1.001612-ho-kinh-doanh"
DATA = {"agency": "H99.41.01", "facts": {"has_members": False}, "documents": ["giay_de_nghi"]}


@pytest.fixture(scope="module")
def slower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config folder in which the household business takes five working days and has another version number."""
    config = Path(shutil.copytree(CONFIG, tmp_path_factory.mktemp("slower") / "config"))
    file = config / "procedures" / FOLDER.name / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('version: "1.1.0"', 'version: "1.2.0"'),
        ("legal: {term: {working_days: 3}", "legal: {term: {working_days: 5}"),
    ):
        assert 1 == text.count(old)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return config


@pytest.fixture(scope="module")
def db(slower: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped version in force, the slower one proposed, and one dossier that waits for intake."""
    folder = tmp_path_factory.mktemp("diff")
    db, data = folder / "motcua.db", folder / "data.json"
    data.write_text(json.dumps(DATA), encoding="utf-8")
    assert 0 == motcua("db", "upgrade", "--db", db).code
    digest = motcua("publish", CODE, "--by", "an", "--db", db).out.strip()
    assert 0 == motcua("publish", "--approve", digest, "--by", "binh", "--db", db).code
    config = slower / "procedures" / FOLDER.name
    assert 0 == motcua("publish", config, "--by", "an", "--db", db).code
    said = motcua("dossier", "new", CODE, "--channel", "online", "--data", data, "--db", db, "--json")
    assert 0 == said.code, said.err
    return db


def test_the_same_version_changes_nothing_for_anybody() -> None:
    """A code, a folder and a file of one procedure do not differ; exit 0."""
    said = motcua("diff", CODE, FOLDER, "--json")

    assert (0, True, []) == (said.code, said.json["same"], said.json["differences"])
    assert "Nothing changes" in motcua("diff", FOLDER, FOLDER / "procedure.yaml", "--lang", "en").out


def test_a_longer_term_is_told_to_everybody(slower: Path) -> None:
    """Each reader's part has the line, in the language asked for."""
    other = slower / "procedures" / FOLDER.name
    vi, en = (motcua("diff", FOLDER, other, "--lang", lang).out for lang in ("vi", "en"))

    assert 4 == en.count("3 working days → 5 working days")
    assert 4 == vi.count("3 ngày làm việc → 5 ngày làm việc")
    assert ["Applicants", "Officers", "Leaders", "Auditors"] == [
        line.split(" (")[0] for line in en.splitlines() if line and line[0] not in " -+"
    ]


def test_programs_read_each_difference_once(slower: Path) -> None:
    """JSON has both sides, and each difference with its place, its readers and both languages."""
    said = motcua("diff", FOLDER, slower / "procedures" / FOLDER.name, "--json").json
    [found] = said["differences"]

    assert ("1.1.0", "1.2.0", False) == (said["before"]["version"], said["after"]["version"], said["same"])
    assert ("clock", "legal", "term", "changed") == tuple(
        found[key] for key in ("subject", "id", "aspect", "change")
    )
    assert ("3 working days", "5 ngày làm việc") == (found["before"]["en"], found["after"]["vi"])
    assert "under_way" not in said


def test_dossiers_under_way_are_told_on_their_version(db: Path) -> None:
    """With --db a code is the version in force; a version is named by its number; the open dossier stands on A."""
    said = motcua("diff", CODE, f"{CODE}@1.2.0", "--db", db, "--json").json
    [standing] = said["under_way"]

    assert ("1.1.0", "1.2.0") == (said["before"]["version"], said["after"]["version"])
    assert ("before", 1, {"submitted": 1}, []) == tuple(
        standing[key] for key in ("side", "open", "states", "gone")
    )
    assert "1 open" in motcua("diff", CODE, f"{CODE}@1.2.0", "--db", db, "--lang", "en").out


def test_a_digest_names_a_version(db: Path) -> None:
    """Eight digits of it are enough; the file on disk has the same digest as what was published from it."""
    digest = motcua("diff", CODE, FOLDER, "--json").json["after"]["digest"]
    said = motcua("diff", digest[:8], FOLDER, "--db", db, "--json").json

    assert (True, digest) == (said["same"], said["before"]["digest"])


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("9.999999", "ProcedureFileNotFound"),
        (f"{CODE}@7.0.0", "VersionNotFound"),
        ("f" * 12, "VersionNotFound"),
    ],
)
def test_what_is_not_there_is_not_found(name: str, error: str, db: Path) -> None:
    """Exit 4, with the name that was asked for."""
    said = motcua("diff", name, FOLDER, "--db", db, "--json")

    assert (4, error) == (said.code, said.error)


def test_a_version_without_a_database_cannot_be_read() -> None:
    """Without --db a version number leads nowhere, and the error says what to add."""
    said = motcua("diff", f"{CODE}@1.1.0", FOLDER, "--lang", "en")

    assert 3 == said.code
    assert "--db" in said.err
