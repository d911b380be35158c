"""Where one installation keeps its things: from the environment, then config/settings.toml, then defaults."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from states.errors import DomainError, Kind

_HOME = "MOTCUA_HOME"
_FOLDERS = {"config": "MOTCUA_CONFIG", "templates": "MOTCUA_TEMPLATES"}
_KEYS = {
    "database_url": "MOTCUA_DB",
    "mailbox_dir": "MOTCUA_MAILBOX",
    "log_origin": "MOTCUA_LOG_ORIGIN",
    "engine": "MOTCUA_ENGINE",
    "channels": "MOTCUA_CHANNELS",
    "contacts": "MOTCUA_CONTACTS",
    "mail_domain": "MOTCUA_MAIL_DOMAIN",
    "smtp_url": "MOTCUA_SMTP",
    "smtp_password_file": "MOTCUA_SMTP_PASSWORD_FILE",
    "smtp_from": "MOTCUA_SMTP_FROM",
    "http_url": "MOTCUA_HTTP",
    "http_token_file": "MOTCUA_HTTP_TOKEN_FILE",
    "http_via": "MOTCUA_HTTP_VIA",
    "clock_step_minutes": "MOTCUA_CLOCK_STEP_MINUTES",
    "dispatch_procedure": "MOTCUA_DISPATCH_PROCEDURE",
    "portal_url": "MOTCUA_PORTAL",
    "portal_unit": "MOTCUA_PORTAL_UNIT",
    "portal_token_file": "MOTCUA_PORTAL_TOKEN_FILE",
    "peers": "MOTCUA_PEERS",
    "webhook_key_file": "MOTCUA_WEBHOOK_KEY_FILE",
}
_TEXTS = (
    "mail_domain",
    "smtp_url",
    "smtp_from",
    "http_url",
    "dispatch_procedure",
    "portal_url",
    "portal_unit",
)
_FACE = ("MOTCUA_LANG", "MOTCUA_DEBUG")
_KNOWN_VARIABLES = frozenset({_HOME, *_FOLDERS.values(), *_KEYS.values(), *_FACE})
_TEST_PREFIX = "MOTCUA_TEST_"

ENGINES = ("embedded", "prefect")
CHANNELS = ("mailbox", "smtp", "http")
MINUTES_OF_A_DAY = 1440


class UnknownSetting(DomainError):
    """{where} has a setting that does not exist: {name}. Remove it or use one of: {known}."""

    vi = "{where} có thiết lập không tồn tại: {name}. Hãy bỏ đi hoặc dùng một trong: {known}."


class InvalidSetting(DomainError):
    """{where}: the setting {name} is {given}; it must be a text that is not empty. Correct it and try again."""

    vi = "{where}: thiết lập {name} là {given}; giá trị phải là chuỗi không rỗng. Hãy sửa rồi thực hiện lại."


class UnknownEngine(DomainError):
    """There is no engine {given}. Write one of: {known}."""

    vi = "Không có bộ điều phối {given}. Hãy ghi một trong: {known}."


class UnknownChannel(DomainError):
    """There is no channel {given}. Write one or more of: {known}, the preferred one first."""

    vi = "Không có kênh {given}. Hãy ghi một hoặc nhiều kênh trong số: {known}, kênh ưu tiên đứng trước."


class InvalidMinutes(DomainError):
    """The setting clock_step_minutes is {given}; write a whole number of minutes from 1 to {most}."""

    vi = "Thiết lập clock_step_minutes là {given}; hãy ghi số phút nguyên từ 1 đến {most}."


class UnreadableSettings(DomainError):
    """{where} cannot be read: {reason}. Correct the file, or name another folder with MOTCUA_CONFIG."""

    vi = "Không đọc được {where}: {reason}. Hãy sửa tệp, hoặc chỉ thư mục khác bằng MOTCUA_CONFIG."


class MissingFolder(DomainError):
    """The folder {folder}, named by {name}, does not exist. Create it or correct {name}."""

    kind = Kind.NOT_FOUND
    vi = "Thư mục {folder} do {name} chỉ ra không tồn tại. Hãy tạo thư mục hoặc sửa {name}."


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run needs to know about its installation. All folders are absolute.

    Attributes:
        home: Where this installation writes; it may not exist yet.
        config_dir: What the designer writes; read only.
        templates_dir: What people read; read only.
        database_url: URL of the database; `sqlite:///` with an absolute path, or PostgreSQL.
        mailbox_dir: Where the local mailbox channel drops messages; it may not exist yet.
        log_origin: Name of this installation's audit log, as its checkpoints will carry it.
        engine: What wakes the services by the clock, one of `ENGINES`.
        channels: Names of `CHANNELS`; a message goes by the first that has an address of its recipient.
        contacts: File with the addresses of officers and agencies; None when there is none.
        mail_domain: Who is not in that file has an address of this domain; empty: none.
        smtp_url: `smtps://`, `smtp://` (STARTTLS) or `smtp+plain://`, with a user where one is needed.
        smtp_password_file: Holds the password of that user; None: it is in the URL, or none is needed.
        smtp_from: The address that messages come from.
        http_url: Where messages are posted to.
        http_token_file: Holds the bearer token of the gateway; None: none is needed.
        http_via: What the gateway is asked to send by, the preferred one first.
        clock_step_minutes: A step of the clock by more is recorded, and holds escalations if it goes forward.
        dispatch_procedure: Code of the procedure in which dossiers without a known agency wait; empty: none.
        portal_url: Where the national portal is; empty: it is told nothing.
        portal_unit: The code by which the portal knows this installation.
        portal_token_file: Holds the bearer token of the portal; None: none is needed.
        peers: File of other installations that dossiers are handed over to; None: there are none.
        webhook_key_file: Holds the private key by which they know this one.
    """

    home: Path
    config_dir: Path
    templates_dir: Path
    database_url: str
    mailbox_dir: Path
    log_origin: str
    engine: str = "embedded"
    channels: tuple[str, ...] = ("mailbox",)
    contacts: Path | None = None
    mail_domain: str = ""
    smtp_url: str = ""
    smtp_password_file: Path | None = None
    smtp_from: str = ""
    http_url: str = ""
    http_token_file: Path | None = None
    http_via: tuple[str, ...] = ("sms",)
    clock_step_minutes: int = 5
    dispatch_procedure: str = ""
    peers: Path | None = None
    webhook_key_file: Path | None = None
    portal_url: str = ""
    portal_unit: str = ""
    portal_token_file: Path | None = None

    @property
    def files_dir(self) -> Path:
        """Where files that came with submissions are kept, by their hash."""
        return self.home / "files"


def load_settings(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings of one run.

    Args:
        environ: Variables of the process; every `MOTCUA_` variable must be a known one.
        folder: Folder that relative paths of the environment start from; the current one when None.

    Raises:
        UnknownSetting: A variable or a key of the file that means nothing.
        InvalidSetting: A value that is empty or not text.
        UnknownEngine, UnknownChannel: No such engine or channel.
        UnreadableSettings: The file is not TOML in UTF-8.
        MissingFolder: A folder named by the environment does not exist.
    """
    here = (folder or Path.cwd()).resolve()
    given = _variables(environ)
    home = here / given.get(_HOME, ".motcua")
    config_dir = _data_folder("config", given, here)
    values = _file_values(config_dir / "settings.toml") | {
        key: given[variable] for key, variable in _KEYS.items() if variable in given
    }
    return Settings(
        home=home,
        config_dir=config_dir,
        templates_dir=_data_folder("templates", given, here),
        database_url=values.get("database_url", f"sqlite:///{home / 'motcua.db'}"),
        mailbox_dir=home / values.get("mailbox_dir", "mailbox"),
        log_origin=values.get("log_origin", "motcua.local/audit"),
        engine=known_engine(values.get("engine", "embedded")),
        clock_step_minutes=_minutes(values.get("clock_step_minutes", "5")),
        peers=_file_of(values, "peers", config_dir),
        webhook_key_file=_file_of(values, "webhook_key_file", config_dir),
        **_ways_out(values, config_dir),
    )


def _ways_out(values: Mapping[str, str], config_dir: Path) -> dict[str, Any]:
    """Read how messages leave the house, and what else is plain text."""
    return {
        "channels": _known_channels(values.get("channels", "mailbox")),
        "contacts": _file_of(values, "contacts", config_dir),
        "smtp_password_file": _file_of(values, "smtp_password_file", config_dir),
        "http_token_file": _file_of(values, "http_token_file", config_dir),
        "portal_token_file": _file_of(values, "portal_token_file", config_dir),
        "http_via": tuple(values.get("http_via", "sms").replace(",", " ").split()),
        **{key: values.get(key, "") for key in _TEXTS},
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


def _minutes(given: str) -> int:
    """Read a number of minutes, from 1 to a day. Raises: InvalidMinutes."""
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MINUTES_OF_A_DAY):
        raise InvalidMinutes(given=given, most=MINUTES_OF_A_DAY)
    return int(given)


def _file_of(values: Mapping[str, str], key: str, folder: Path) -> Path | None:
    return folder / values[key] if key in values else None


def as_variables(settings: Settings) -> dict[str, str]:
    """Return the environment that gives another process, in whichever folder it runs, the same settings."""
    return {
        _HOME: str(settings.home),
        _FOLDERS["config"]: str(settings.config_dir),
        _FOLDERS["templates"]: str(settings.templates_dir),
        **{variable: text for key, variable in _KEYS.items() if (text := _text_of(getattr(settings, key)))},
    }


def _text_of(value: object) -> str:
    """Return a setting as it would be written; nothing for one that is not set."""
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return this program's variables, refusing a misspelt one and an empty one."""
    ours = {
        name: value
        for name, value in environ.items()
        if name.startswith("MOTCUA_") and not name.startswith(_TEST_PREFIX)
    }
    _refuse_unknown("environment", ours, _KNOWN_VARIABLES)
    _refuse_blank("environment", ours)
    return ours


def _file_values(path: Path) -> dict[str, str]:
    """Return the keys of the settings file; none when there is no file."""
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableSettings(where=path, reason=error) from error
    _refuse_unknown(str(path), values, _KEYS)
    _refuse_blank(str(path), values)
    return values


def _data_folder(name: str, given: Mapping[str, str], here: Path) -> Path:
    """Find a data folder: the one the environment names, the wheel's own, or the checkout's."""
    variable = _FOLDERS[name]
    if variable in given:
        named = here / given[variable]
        if not named.is_dir():
            raise MissingFolder(folder=named, name=variable)
        return named
    package = Path(__file__).resolve().parent
    packaged = package / "_data" / name
    return packaged if packaged.is_dir() else package.parent / name


def _refuse_unknown(where: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted(set(names) - set(known)):
        raise UnknownSetting(where=where, name=name, known=", ".join(sorted(known)))


def _refuse_blank(where: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if not isinstance(value, str) or not value.strip():
            raise InvalidSetting(where=where, name=name, given=repr(value))
