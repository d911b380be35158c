"""Begins a config repository from what ships with the program."""

from pathlib import Path

from motcua.adapters.starter import begin
from motcua.bootstrap.house import read_settings


def begin_repository(folder: Path) -> list[str]:
    """Fill an empty or new folder, and return the paths of its files. Raises: FolderNotEmpty."""
    settings = read_settings()
    return begin(folder, settings.config_dir, settings.templates_dir)
