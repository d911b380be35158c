"""Checks of what lies around the store: Python, settings, the database as such, its schema, disks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.services.doctor.findings import Check, Status, Words, told, worse
from motcua.services.ports import PortalTable
from states.errors import DomainError

OLDEST_PYTHON = (3, 11)
LITTLE_SPACE, NO_SPACE = 2**30, 100 * 2**20


@dataclass(frozen=True, slots=True)
class Folder:
    """A place that is written to; sizes in bytes."""

    name: str
    path: str
    free: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found outside the store.

    Attributes:
        at: This machine's clock.
        database: Its URL, fit to be shown.
        revision: The schema it has; None when it has none or cannot be asked.
        newest: The schema this program needs.
        closed: Why the database cannot be opened.
        settings: By name, fit to be shown.
        unset: Why the settings, or the channels they name, cannot be used.
        exposed: Channels that send over a network without encryption.
        portal: The table of the national portal, with the terms of what is told; None without one.
    """

    python: tuple[int, int, int]
    at: datetime
    database: str = "-"
    revision: str | None = None
    newest: str = ""
    closed: DomainError | None = None
    folders: tuple[Folder, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    unset: DomainError | None = None
    exposed: tuple[str, ...] = ()
    portal: PortalTable | None = None


def check_outside(found: Surroundings) -> Iterator[Check]:
    """Yield the checks that need no database."""
    yield _python(found)
    yield _settings(found)
    yield _database(found)
    yield _schema(found)
    yield from map(_space, found.folders)


def _python(found: Surroundings) -> Check:
    version = ".".join(map(str, found.python))
    if found.python >= OLDEST_PYTHON:
        return Check(
            "python", Status.OK, Words(f"Python {version}", f"Python {version}"), facts={"version": version}
        )
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return Check(
        "python",
        Status.FAIL,
        Words(f"Python {version} quá cũ", f"Python {version} is too old"),
        Words(f"Hãy cài Python {wanted} trở lên.", f"Install Python {wanted} or later."),
        {"version": version},
    )


def _settings(found: Surroundings) -> Check:
    if found.unset is not None:
        return Check("settings", Status.FAIL, told(found.unset), facts=found.settings)
    if found.exposed:
        names = ", ".join(found.exposed)
        return Check(
            "settings",
            Status.WARN,
            Words(
                f"kênh {names} gửi qua mạng không mã hóa", f"{names} sends over a network without encryption"
            ),
            Words("Hãy dùng smtps://, smtp:// hoặc https://.", "Use smtps://, smtp:// or https://."),
            found.settings,
        )
    channels = found.settings.get("channels", "-")
    return Check(
        "settings",
        Status.OK,
        Words(f"kênh thông báo: {channels}", f"channels: {channels}"),
        facts=found.settings,
    )


def _database(found: Surroundings) -> Check:
    facts = {"database": found.database}
    if found.closed is not None:
        return Check("database", Status.FAIL, told(found.closed), facts=facts)
    return Check(
        "database", Status.OK, Words(f"mở được {found.database}", f"{found.database} opens"), facts=facts
    )


def _schema(found: Surroundings) -> Check:
    facts = {"revision": found.revision, "needed": found.newest}
    if found.revision is not None and found.revision == found.newest:
        return Check(
            "migrations",
            Status.OK,
            Words(f"lược đồ {found.revision}", f"schema {found.revision}"),
            facts=facts,
        )
    has = found.revision or "–"
    return Check(
        "migrations",
        Status.FAIL,
        Words(f"lược đồ {has}, cần {found.newest}", f"schema {has}, {found.newest} is needed"),
        Words("Hãy chạy «motcua db upgrade».", 'Run "motcua db upgrade".'),
        facts,
    )


def _space(folder: Folder) -> Check:
    free = folder.free // 2**20
    status = worse(-folder.free, -LITTLE_SPACE, -NO_SPACE)
    remedy = None
    if status is not Status.OK:
        remedy = Words("Hãy giải phóng dung lượng ổ đĩa.", "Free some space on its disk.")
    return Check(
        f"disk:{folder.name}",
        status,
        Words(f"còn trống {free} MiB tại {folder.path}", f"{free} MiB free at {folder.path}"),
        remedy,
        {"path": folder.path, "free_bytes": folder.free},
    )
