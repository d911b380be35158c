"""Begins a config repository: the starter's own files, parts of the shipped config, and JSON Schemas for editors."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from motcua.adapters.schema import KINDS, json_schema
from states.errors import DomainError, Kind

STARTER = "starter"
SCHEMAS = "schemas"
_COPIED = ("agencies", "calendars", "iso9001", "ladders", "portal.yaml", "roles", "public_statuses.toml")
_PLACES = {
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "procedures": "procedures",
    "vscode-extensions.json": ".vscode/extensions.json",
    "vscode-settings.json": ".vscode/settings.json",
}


class FolderNotEmpty(DomainError):
    """The folder {folder} is not empty; a repository would mix with what is there. Name an empty or a new folder."""

    kind = Kind.CONFLICT
    vi = "Thư mục {folder} không trống; kho mới sẽ lẫn với những gì đang có. Hãy chỉ thư mục trống hoặc thư mục mới."


def begin(folder: Path, config: Path, templates: Path) -> list[str]:
    """Fill an empty or new folder with a config repository, and return its files, by their paths in it.

    Args:
        folder: Where it begins.
        config: The config folder that ladders, roles, agencies and calendars are copied from.
        templates: Holds the starter.

    Raises:
        FolderNotEmpty: Something lies there.
        OSError: It cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    for source, target in _parts(config, templates):
        _copy(source, folder / target)
    _write_schemas(folder / SCHEMAS)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _parts(config: Path, templates: Path) -> Iterator[tuple[Path, str]]:
    for name, target in _PLACES.items():
        yield templates / STARTER / name, target
    for name in _COPIED:
        if (config / name).exists():
            yield config / name, name


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def _write_schemas(folder: Path) -> None:
    folder.mkdir()
    for kind in KINDS:
        text = json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
        (folder / f"{kind}.json").write_text(text, encoding="utf-8")
