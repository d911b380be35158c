"""Reads the settings of one run, and writes them down for another process."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from motcua.settings.errors import (
    InvalidMinutes,
    InvalidNetwork,
    MissingFolder,
    UnknownChannel,
    UnknownEngine,
)
from motcua.settings.given import file_values, variables
from motcua.settings.names import CHANNELS, ENGINES, FOLDERS, HOME, KEYS, MINUTES_OF_A_DAY
from motcua.settings.settings import Settings

_TEXTS = (
    "mail_domain",
    "smtp_url",
    "smtp_from",
    "http_url",
    "dispatch_procedure",
    "clamd_url",
    "portal_url",
    "portal_unit",
    "site_url",
    "oidc_issuer",
    "oidc_client",
    "oidc_acr",
)
_MINUTES = {"clock_step_minutes": "5", "session_idle_minutes": "15", "session_minutes": "480"}


def load_settings(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings of one run.

    Args:
        environ: Variables of the process; every `MOTCUA_` variable must be a known one.
        folder: Folder that relative paths of the environment start from; the current one when None.

    Raises:
        UnknownSetting: A variable or a key of the file that means nothing.
        InvalidSetting: A value that is empty or not text.
        UnknownEngine, UnknownChannel: No such engine or channel.
        InvalidMinutes, InvalidNetwork: No number of minutes, no address or network.
        UnreadableSettings: The file is not TOML in UTF-8.
        MissingFolder: A folder named by the environment does not exist.
    """
    here = (folder or Path.cwd()).resolve()
    given = variables(environ)
    home = here / given.get(HOME, ".motcua")
    config_dir = _data_folder("config", given, here)
    values = file_values(config_dir / "settings.toml") | {
        key: given[variable] for key, variable in KEYS.items() if variable in given
    }
    return Settings(
        home=home,
        config_dir=config_dir,
        templates_dir=_data_folder("templates", given, here),
        database_url=values.get("database_url", f"sqlite:///{home / 'motcua.db'}"),
        mailbox_dir=home / values.get("mailbox_dir", "mailbox"),
        log_origin=values.get("log_origin", "motcua.local/audit"),
        engine=known_engine(values.get("engine", "embedded")),
        peers=_file_of(values, "peers", config_dir),
        webhook_key_file=_file_of(values, "webhook_key_file", config_dir),
        **_ways_out(values, config_dir),
    )


def _ways_out(values: Mapping[str, str], config_dir: Path) -> dict[str, Any]:
    """Read how messages leave the house, and what else is plain text or a number of minutes."""
    return {
        "channels": _known_channels(values.get("channels", "mailbox")),
        "contacts": _file_of(values, "contacts", config_dir),
        "smtp_password_file": _file_of(values, "smtp_password_file", config_dir),
        "http_token_file": _file_of(values, "http_token_file", config_dir),
        "oidc_secret_file": _file_of(values, "oidc_secret_file", config_dir),
        "portal_token_file": _file_of(values, "portal_token_file", config_dir),
        "webhook_hosts": tuple(values.get("webhook_hosts", "").replace(",", " ").split()),
        "trusted_proxies": _networks("trusted_proxies", values.get("trusted_proxies", "")),
        "http_via": tuple(values.get("http_via", "sms").replace(",", " ").split()),
        **{key: values.get(key, "") for key in _TEXTS},
        **{key: _minutes(key, values.get(key, usual)) for key, usual in _MINUTES.items()},
    }


def known_engine(given: str) -> str:
    """Return *given*. Raises: UnknownEngine."""
    if given not in ENGINES:
        raise UnknownEngine(given=given, known=", ".join(ENGINES))
    return given


def _known_channels(given: str) -> tuple[str, ...]:
    """Read names divided by spaces or commas. Raises: UnknownChannel."""
    named = tuple(dict.fromkeys(given.replace(",", " ").split()))
    for name in named:
        if name not in CHANNELS:
            raise UnknownChannel(given=name, known=", ".join(CHANNELS))
    return named or ("mailbox",)


def _networks(name: str, given: str) -> tuple[str, ...]:
    """Read addresses and networks divided by spaces or commas. Raises: InvalidNetwork."""
    named = tuple(given.replace(",", " ").split())
    for each in named:
        try:
            ip_network(each, strict=False)
        except ValueError as error:
            raise InvalidNetwork(name=name, given=each) from error
    return named


def _minutes(name: str, given: str) -> int:
    """Read a number of minutes, from 1 to a day. Raises: InvalidMinutes."""
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MINUTES_OF_A_DAY):
        raise InvalidMinutes(name=name, given=given, most=MINUTES_OF_A_DAY)
    return int(given)


def _file_of(values: Mapping[str, str], key: str, folder: Path) -> Path | None:
    return folder / values[key] if key in values else None


def _data_folder(name: str, given: Mapping[str, str], here: Path) -> Path:
    """Find a data folder: the one the environment names, the wheel's own, or the checkout's."""
    variable = FOLDERS[name]
    if variable in given:
        named = here / given[variable]
        if not named.is_dir():
            raise MissingFolder(folder=named, name=variable)
        return named
    package = Path(__file__).resolve().parent.parent
    packaged = package / "_data" / name
    return packaged if packaged.is_dir() else package.parent / name


def as_variables(settings: Settings) -> dict[str, str]:
    """Return the environment that gives another process, in whichever folder it runs, the same settings."""
    return {
        HOME: str(settings.home),
        FOLDERS["config"]: str(settings.config_dir),
        FOLDERS["templates"]: str(settings.templates_dir),
        **{variable: text for key, variable in KEYS.items() if (text := _text_of(getattr(settings, key)))},
    }


def _text_of(value: object) -> str:
    """Return a setting as it would be written; nothing for one that is not set."""
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, tuple) else str(value)
