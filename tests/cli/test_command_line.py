"""The command as a whole: how it starts, what it answers to mistakes, and that it never shows a traceback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import motcua

from motcua import __version__, cli
from motcua.cli import COMMANDS, procedures


def test_the_version_is_printed() -> None:
    """`--version` prints the version on stdout."""
    said = motcua("--version")

    assert (0, f"motcua {__version__}\n", "") == (said.code, said.out, said.err)


def test_starting_imports_no_part_that_was_not_called() -> None:
    """`--version` loads neither the domain's machinery, nor the database's, nor a reader of files."""
    script = (
        "import sys; from motcua.cli import main; main(['--version']); "
        "print(sorted({'sqlalchemy', 'ruamel.yaml', 'pydantic', 'statemachine', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert f"motcua {__version__}\n[]\n" == done.stdout


def test_help_names_every_command() -> None:
    """`--help` lists all commands without loading them."""
    said = motcua("--help")

    assert 0 == said.code
    assert [] == [name for name in COMMANDS if name not in said.out]


@pytest.mark.parametrize(
    "arguments", [["valdate"], ["validate"], ["validate", "--nothing", "x"], ["calendar", "show", "soon"]]
)
def test_a_mistyped_command_line_is_a_usage_error(arguments: list[str]) -> None:
    """Unknown commands and options, and missing or misshapen arguments exit with 2."""
    said = motcua(*arguments)

    assert (2, "") == (said.code, said.out)
    assert "Traceback" not in said.err


def test_a_usage_error_is_json_where_json_was_wanted() -> None:
    """With --json a usage error is an object on stderr, too."""
    said = motcua("validate", "--json")

    assert (2, "Usage") == (said.code, said.error)


def test_an_error_speaks_the_language_that_was_chosen() -> None:
    """An error is Vietnamese unless --lang or MOTCUA_LANG wants English, and names its code."""
    vi, en = motcua("explain", "X-1"), motcua("explain", "X-1", "--lang", "en")
    environment = motcua("explain", "X-1", MOTCUA_LANG="en")

    assert "Không có quy tắc X-1." in vi.err
    assert "There is no rule X-1." in en.err
    assert en.err == environment.err
    assert "[UnknownRule]" in vi.err
    assert (4, "") == (vi.code, vi.out)


def test_an_error_in_json_carries_both_languages() -> None:
    """With --json an error is one JSON object on stderr, and stdout stays empty."""
    said = motcua("explain", "X-1", "--json")

    assert (4, "") == (said.code, said.out)
    error = json.loads(said.err)["error"]
    assert ["code", "message"] == list(error)
    assert ["vi", "en"] == list(error["message"])


def test_an_unforeseen_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw exits with 1 and one line; only MOTCUA_DEBUG shows the traceback."""

    def broken() -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(procedures, "config_folder", broken)
    plain, debug = motcua("explain", "X"), motcua("explain", "X", MOTCUA_DEBUG="1")

    assert (1, 1) == (plain.code, debug.code)
    assert 1 == len(plain.err.splitlines())
    assert "RuntimeError: boom" in plain.err
    assert "Traceback" in debug.err


def test_an_interruption_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command without a word of Python."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(procedures, "config_folder", interrupted)
    said = motcua("explain", "X")

    assert (130, "") == (said.code, said.err)


def test_a_misspelt_setting_is_refused() -> None:
    """A MOTCUA_ variable that means nothing is an error of the input, not silently ignored."""
    said = motcua("explain", "E-CAL-001", MOTCUA_DBB="x")

    assert (3, "UnknownSetting") == (said.code, said.err.rpartition("[")[2].strip("]\n"))


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A diagram for a folder that does not exist is not found, with the name of the file."""
    target = tmp_path / "nowhere" / "x.svg"
    said = motcua("diagram", "1.001612", "-o", target, "--json")

    assert 2 == said.code

    said = motcua("diagram", "1.001612", "-o", target)

    assert 4 == said.code
    assert str(target) in said.err


def test_the_module_runs_as_the_command() -> None:
    """`python -m motcua` behaves as `motcua`, exit code included."""
    done = subprocess.run(
        [sys.executable, "-m", "motcua", "explain", "X-1"], capture_output=True, text=True, check=False
    )

    assert (4, "") == (done.returncode, done.stdout)


def test_a_reader_that_leaves_early_causes_no_traceback() -> None:
    """A closed pipe ends the output quietly."""
    command = f"{sys.executable} -m motcua calendar show 2026 --json | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)

    assert "" == done.stderr


def test_each_command_is_where_the_table_says() -> None:
    """Every command that this release announces can be loaded, and has help."""
    assert [] == [name for name in COMMANDS if not cli.load(name).help and not cli.load(name).commands]


def leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command, or the commands that it groups, by their whole names."""
    parts = getattr(command, "commands", None)
    if parts is None:
        yield name, command
        return
    for part, below in parts.items():
        yield from leaves(f"{name} {part}", below)


def test_every_command_can_be_told_how_to_speak() -> None:
    """Language and quiet are options of each command, not only of the whole."""
    every = (leaf for name in COMMANDS for leaf in leaves(name, cli.load(name)))
    lacking = [
        (name, option)
        for name, command in every
        for option in ("--lang", "--quiet")
        if not any(option in parameter.opts for parameter in command.params)
    ]

    assert [] == lacking
