"""What was set, as text: variables of the environment and keys of the file; a misspelt name is refused."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from motcua.settings.errors import InvalidSetting, UnknownSetting, UnreadableSettings
from motcua.settings.names import KEYS, KNOWN_VARIABLES, TEST_PREFIX


def variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return this program's variables, refusing a misspelt one and an empty one."""
    ours = {
        name: value
        for name, value in environ.items()
        if name.startswith("MOTCUA_") and not name.startswith(TEST_PREFIX)
    }
    _refuse_unknown("environment", ours, KNOWN_VARIABLES)
    _refuse_blank("environment", ours)
    return ours


def file_values(path: Path) -> dict[str, str]:
    """Return the keys of the settings file; none when there is no file."""
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableSettings(where=path, reason=error) from error
    _refuse_unknown(str(path), values, KEYS)
    _refuse_blank(str(path), values)
    return values


def _refuse_unknown(where: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted(set(names) - set(known)):
        raise UnknownSetting(where=where, name=name, known=", ".join(sorted(known)))


def _refuse_blank(where: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if not isinstance(value, str) or not value.strip():
            raise InvalidSetting(where=where, name=name, given=repr(value))
