"""The national names of public statuses, as the config folder gives them."""

import tomllib
from functools import cache
from pathlib import Path

FILE = "public_statuses.toml"


@cache
def public_statuses(config_dir: Path) -> dict[int, dict[str, str]]:
    """Return the names of all national statuses by code and language; none where there is no such file."""
    file = config_dir / FILE
    if not file.is_file():
        return {}
    return {int(code): names for code, names in tomllib.loads(file.read_text(encoding="utf-8")).items()}
