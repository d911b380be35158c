"""What pages take from the config folder as it stands: names of national statuses, the citizens' desk."""

import tomllib
from functools import cache
from pathlib import Path

from motcua.adapters.citizen_files import read_citizens_desk
from motcua.services.ports import CitizensDesk

FILE = "public_statuses.toml"


@cache
def public_statuses(config_dir: Path) -> dict[int, dict[str, str]]:
    """Return the names of all national statuses by code and language; none where there is no such file."""
    file = config_dir / FILE
    if not file.is_file():
        return {}
    return {int(code): names for code, names in tomllib.loads(file.read_text(encoding="utf-8")).items()}


@cache
def citizens_desk(config_dir: Path) -> CitizensDesk:
    """Return where feedback goes and which results are public. Raises: UnreadableDesk."""
    return read_citizens_desk(config_dir)
