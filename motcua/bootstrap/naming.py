"""What pages call the ids of the config folder: from its words, its positions and its kinds of agencies."""

import tomllib
from collections.abc import Mapping
from typing import Any

from motcua.bootstrap.house import config_folder
from motcua.services.ports import Words
from motcua.settings import Settings

FILE = "words.toml"
_VALUES = "values"


def words(settings: Settings) -> Words:
    """Return the names of an installation; what nobody named goes by its id. Raises: InvalidFile."""
    config, file = config_folder(settings), settings.config_dir / FILE
    said: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    choices = {f"{_VALUES}.{fact}": names for fact, names in said.get(_VALUES, {}).items()}
    positions = {id: label for id, (label, _) in config.rooms.items()}
    kinds = {kind: names for kind, names in said.items() if kind != _VALUES}
    return Words({**kinds, **choices, "position": positions, "kind": config.agency_kinds})
