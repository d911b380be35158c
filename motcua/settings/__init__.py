"""Where one installation keeps its things: from the environment, then config/settings.toml, then defaults."""

from motcua.settings.errors import (
    InvalidMinutes,
    InvalidSetting,
    MissingFolder,
    UnknownChannel,
    UnknownEngine,
    UnknownSetting,
    UnreadableSettings,
)
from motcua.settings.loading import as_variables, known_engine, load_settings
from motcua.settings.names import CHANNELS, ENGINES
from motcua.settings.settings import Settings

__all__ = [
    "CHANNELS",
    "ENGINES",
    "InvalidMinutes",
    "InvalidSetting",
    "MissingFolder",
    "Settings",
    "UnknownChannel",
    "UnknownEngine",
    "UnknownSetting",
    "UnreadableSettings",
    "as_variables",
    "known_engine",
    "load_settings",
]
