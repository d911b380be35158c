"""The wheel works without the checkout: built, installed in a fresh environment, run from another folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in *folder* with a bare environment and return what it printed."""
    environ = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of an environment that has the wheel and its dependencies, but not the checkout.

    The dependencies are those of the running environment: a .pth file adds its folder to the path, and
    .pth files that lie there, such as that of an editable install, are not followed.
    """
    built, home = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built, folder=ROOT)
    [wheel] = built.glob("*.whl")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    quiet = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, "install", *quiet, wheel, folder=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip()
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def test_the_wheel_brings_its_config_and_templates(installed: Path, tmp_path: Path) -> None:
    """Code, config and templates all come from the installed wheel, none from the checkout."""
    program = (
        "import states, audit, flows, motcua.settings as s; x = s.load_settings({});"
        "from flows.prefect_worker import deployments_file as d;"
        "print(states.__file__, audit.__file__, flows.__file__, s.__file__, x.config_dir, x.templates_dir,"
        " d(), sep='\\n')"
    )

    places = run(installed / "python", "-c", program, folder=tmp_path).split("\n")[:-1]

    assert 7 == len(places)
    assert all(Path(place).is_relative_to(installed.parent) and Path(place).exists() for place in places)


def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    """`motcua --version` answers from any folder."""
    assert "0.1.0" in run(installed / "motcua", "--version", folder=tmp_path)


def test_the_installed_command_knows_the_shipped_calendar(installed: Path, tmp_path: Path) -> None:
    """A due date is computed from the calendar inside the wheel."""
    question = (
        "calendar",
        "due",
        "--calendar",
        "vn-gov",
        "--from",
        "2026-01-30T10:00",
        "--term",
        "5 working_days",
    )

    answer = json.loads(run(installed / "motcua", *question, "--json", folder=tmp_path))

    assert {"due", "provisional", "calendar_digest", "days"} <= answer.keys()
