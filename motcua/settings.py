"""Where one installation keeps its things: from the environment, then config/settings.toml, then defaults."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from states.errors import DomainError, Kind

_HOME = "MOTCUA_HOME"
_FOLDERS = {"config": "MOTCUA_CONFIG", "templates": "MOTCUA_TEMPLATES"}
_KEYS = {"database_url": "MOTCUA_DB", "mailbox_dir": "MOTCUA_MAILBOX", "log_origin": "MOTCUA_LOG_ORIGIN"}
_KEYS["engine"] = "MOTCUA_ENGINE"
_FACE = ("MOTCUA_LANG", "MOTCUA_DEBUG")
_KNOWN_VARIABLES = frozenset({_HOME, *_FOLDERS.values(), *_KEYS.values(), *_FACE})
_TEST_PREFIX = "MOTCUA_TEST_"


class UnknownSetting(DomainError):
    """{where} has a setting that does not exist: {name}. Remove it or use one of: {known}."""

    vi = "{where} có thiết lập không tồn tại: {name}. Hãy bỏ đi hoặc dùng một trong: {known}."


class InvalidSetting(DomainError):
    """{where}: the setting {name} is {given}; it must be a text that is not empty. Correct it and try again."""

    vi = "{where}: thiết lập {name} là {given}; giá trị phải là chuỗi không rỗng. Hãy sửa rồi thực hiện lại."


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
    """

    home: Path
    config_dir: Path
    templates_dir: Path
    database_url: str
    mailbox_dir: Path
    log_origin: str


def load_settings(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings of one run.

    Args:
        environ: Variables of the process; every `MOTCUA_` variable must be a known one.
        folder: Folder that relative paths of the environment start from; the current one when None.

    Raises:
        UnknownSetting: A variable or a key of the file that means nothing.
        InvalidSetting: A value that is empty or not text.
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
    )


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
