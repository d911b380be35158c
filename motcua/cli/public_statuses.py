"""The national names of public statuses, as the config folder gives them."""

import tomllib
from functools import cache
from pathlib import Path

from motcua.bootstrap import read_settings
from motcua.cli.output import FACE
from states.procedure import Label


def public_name(status: int) -> str:
    """Return the name of a national status in the language of this run; empty where the config has none."""
    names = _names(read_settings().config_dir / "public_statuses.toml")
    return names.get(str(status), {}).get(FACE.lang, "")


def public_labels() -> dict[int, Label]:
    """Return the names of all national statuses in both languages, by code."""
    names = _names(read_settings().config_dir / "public_statuses.toml")
    return {int(code): Label(name["vi"], name["en"]) for code, name in names.items()}


@cache
def _names(file: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
