"""The documents say what is: their words, keys, commands, codes and picture are those of the program."""

import re
from pathlib import Path
from typing import Any

import pytest
from shipped import CONFIG, shipped

from motcua import settings
from motcua.adapters.procedure_files import ALL_RULES
from motcua.adapters.schema import KINDS, json_schema
from motcua.adapters.yaml_files import read_yaml_file
from motcua.cli import COMMANDS, main
from motcua.cli.output import ExitCode
from states.diagram import lanes_svg

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
RULE_CODE = re.compile(r"\b[EW]-[A-Z]+-[0-9]{3}\b")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PROVINCE = ("agencies/kinds.yaml", "agencies/registry.yaml")
CALENDAR = ("calendars/vn-gov/calendar.yaml", "calendars/vn-gov/2026.yaml")


def code(name: str) -> str:
    """All the Python of a package."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / name).rglob("*.py")))


def quoted(name: str) -> set[str]:
    """Every word that a document sets in backticks."""
    text = re.sub(r"(?ms)^```.*?^```", "", (DOCS / name).read_text(encoding="utf-8"))
    return {word for piece in re.findall(r"`([^`]+)`", text) for word in WORD.findall(piece)}


def keys(value: Any) -> set[str]:
    """Every key of a nested value."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()


def schema_keys(kind: str) -> set[str]:
    """Every key that a kind of config file may have."""
    schema = json_schema(kind)
    shapes = [schema, *schema.get("$defs", {}).values()]
    return set().union(*(shape.get("properties", {}) for shape in shapes))


def test_every_rule_that_the_code_names_can_be_explained() -> None:
    """A designer never meets a code that `motcua explain` does not know."""
    named = {match for name in ("states", "motcua") for match in RULE_CODE.findall(code(name))}

    assert set() == named - set(ALL_RULES)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_is_explained_in_both_languages(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`motcua explain` has, for each rule, the message and the reason in the language asked for."""
    for rule in ALL_RULES.values():
        done = main(["explain", rule.code, "--lang", lang])
        text = (rule.vi, rule.why_vi) if lang == "vi" else (rule.en, rule.why_en)
        assert (ExitCode.OK, True) == (done, "\n\n".join(text) in capsys.readouterr().out), rule.code


def test_documents_name_only_rules_that_exist() -> None:
    """A code in a document is one of the linter's, and each family of codes is described."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md")))
    families = {rule.rpartition("-")[0] for rule in ALL_RULES if rule.startswith("E")}

    assert set() == set(RULE_CODE.findall(text)) - set(ALL_RULES)
    assert set() == {family for family in families if f"`{family}`" not in text}


def test_the_glossary_has_only_words_that_the_code_uses() -> None:
    """Every identifier in the first column of the glossary occurs in the program."""
    rows = re.findall(r"(?m)^\| `([^`]+)` \|", (DOCS / "glossary.md").read_text(encoding="utf-8"))
    used = set(WORD.findall("\n".join(map(code, ("states", "audit", "motcua", "flows")))))

    assert len(rows) > 50
    assert [] == [row for row in rows if not set(WORD.findall(row)) <= used]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_key_of_a_config_file_is_described(kind: str) -> None:
    """A designer finds each key that a file may have in the guide."""
    assert set() == schema_keys(kind) - quoted("procedure-file.md")


@pytest.mark.parametrize("file", [*CALENDAR, *PROVINCE])
def test_every_key_of_calendars_and_agencies_is_described(file: str) -> None:
    """The keys that the shipped calendars and agencies use are in the guide; staffing names positions."""
    positions: Any = read_yaml_file(CONFIG / "roles" / "positions.yaml").value
    used = keys(read_yaml_file(CONFIG / file).value) - {item["id"] for item in positions["positions"]}

    assert set() == used - {"vi", "en"} - quoted("procedure-file.md")


def test_every_command_is_listed() -> None:
    """The list of commands has each command of the program."""
    text = (DOCS / "cli.md").read_text(encoding="utf-8")

    assert [] == [name for name in COMMANDS if f"`motcua {name}" not in text]


def test_every_exit_code_is_listed() -> None:
    """The table of exit codes is that of the program."""
    rows = re.findall(r"(?m)^\| ([0-9]+) \|", (DOCS / "cli.md").read_text(encoding="utf-8"))

    assert sorted(ExitCode) == sorted(map(int, rows))


def test_every_variable_is_listed() -> None:
    """Each variable of the environment that the program reads is described."""
    known = set(re.findall(r'"(MOTCUA_[A-Z_]+[A-Z])"', Path(settings.__file__).read_text(encoding="utf-8")))

    assert set() == known - quoted("cli.md")


def test_the_picture_is_drawn_from_the_procedure_as_it_is() -> None:
    """README shows what `motcua diagram 1.001612 -o docs/ho-kinh-doanh.svg` writes today."""
    picture = (DOCS / "ho-kinh-doanh.svg").read_text(encoding="utf-8")

    assert lanes_svg(shipped("1.001612-ho-kinh-doanh"), "vi") == picture


def test_decisions_are_numbered_and_whole() -> None:
    """Each decision has its number in its title, a context, a decision, consequences and evidence."""
    pages = sorted((DOCS / "adr").glob("*.md"))
    parts = ("**Context.**", "**Decision.**", "**Consequences.**", "**Evidence.**")

    assert list(range(1, len(pages) + 1)) == [int(page.name[:4]) for page in pages]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert [] == [part for part in (f"# {int(page.name[:4])} ", *parts) if part not in text], page.name


@pytest.mark.parametrize(("name", "most"), [("README.md", 120), ("CONTRIBUTING.md", 80)])
def test_the_first_pages_are_short(name: str, most: int) -> None:
    """What a newcomer reads first is read in one go."""
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= most


def test_links_lead_somewhere() -> None:
    """Every relative link and picture of README and docs is a file."""
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")):
        links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        assert [] == [link for link in links if "://" not in link and not (page.parent / link).is_file()]
