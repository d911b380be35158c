"""What pages call the ids of the config folder: from its words, its positions and its kinds of agencies."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motcua.bootstrap.house import config_folder
from motcua.services.ports import Words
from motcua.settings import Settings
from states.errors import DomainError

FILE = "words.toml"
_VALUES = "values"
_LANGUAGES = {"vi", "en"}


class UnreadableWords(DomainError):
    """The file words.toml cannot be read: {reason}. Mend it after the one that ships."""

    vi = "Không đọc được tệp words.toml: {reason}. Hãy sửa theo tệp mẫu đi kèm."


def words(settings: Settings) -> Words:
    """Return the names of an installation; what nobody named goes by its id. Raises: InvalidFile, UnreadableWords."""
    config, said = config_folder(settings), _read(settings.config_dir / FILE)
    choices = {f"{_VALUES}.{fact}": names for fact, names in said.pop(_VALUES, {}).items()}
    named = {kind: _named(kind, names) for kind, names in {**said, **choices}.items()}
    positions = {id: label for id, (label, _) in config.rooms.items()}
    return Words({**named, "position": positions, "kind": config.agency_kinds})


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (OSError, ValueError) as error:
        raise UnreadableWords(reason=error) from error


def _named(kind: str, names: Any) -> Mapping[str, Mapping[str, str]]:
    """Check that each name is there in both languages. Raises: UnreadableWords."""
    for id, name in names.items() if isinstance(names, dict) else ((kind, names),):
        if not isinstance(name, dict) or set(name) != _LANGUAGES:
            raise UnreadableWords(reason=f"{kind}.{id}")
    return dict(names)
