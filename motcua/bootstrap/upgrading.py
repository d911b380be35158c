"""Creates and upgrades a database, puts config in force in a new one, and describes what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audit.record import RecordType
from motcua.bootstrap.house import LOG, config_folder, open_house, operating_system_user, read_settings
from motcua.services.installation import VIRTUAL_TIME, Installation
from motcua.services.ports import DatabaseNotReady
from motcua.settings import Settings
from states.errors import DomainError, Kind

SYSTEM = "system"


class NotFresh(DomainError):
    """The database {database} holds records already, so it keeps real time. Name a new one for virtual time."""

    kind = Kind.CONFLICT
    vi = "Cơ sở dữ liệu {database} đã có bản ghi nên theo giờ thật. Hãy chỉ cơ sở dữ liệu mới cho giờ ảo."


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What `upgrade` did.

    Attributes:
        database: Its URL, fit to be shown.
        before: Schema revision found; None for a new database.
        virtual_time: When its virtual time began; None where it keeps real time.
        adopted: Calendars (by id) and directories (by code of the province) put in force now, with their digests.
    """

    database: str
    before: str | None
    revision: str
    log: str
    virtual_time: str | None
    adopted: Mapping[str, str]


def upgrade(
    db: str | None = None,
    *,
    settings: Settings | None = None,
    virtual_time: datetime | None = None,
    by: str | None = None,
) -> Upgraded:
    """Bring a database to the schema of this program, and a new one into working order.

    A new database gets its log name for good, then the calendars and the directory of the config folder.
    What is in force already stays. Everything is recorded; run again, it changes nothing.

    Args:
        db: URL or path; that of the settings when None.
        settings: Read from the environment when None.
        virtual_time: Begin virtual time at this aware instant; only for a database without records.
        by: Who puts calendars and directory in force; the user of this process when None.

    Raises:
        DatabaseNotReady: It cannot be reached or written.
        NotFresh: Virtual time for a database that has records.
        InvalidFile: The config folder's calendars or agencies are broken; the schema stands, nothing is in force.
    """
    from motcua.store import migrate

    settings = settings or read_settings()
    url = db or settings.database_url
    before = _revision(url)
    revision = migrate.upgrade(url)
    _name(url, settings, virtual_time)
    with open_house(url, settings=settings) as house:
        _record_schema(house, before, revision)
        adopted = _adopt_config(house, settings, by)
        return Upgraded(_shown(url), before, revision, house.log, house.store.note(VIRTUAL_TIME), adopted)


def status(db: str | None = None, *, settings: Settings | None = None) -> dict[str, Any]:
    """Describe a database: its schema, its log and what is in force.

    Raises:
        DatabaseNotReady: It is missing, unreachable, or has another schema.
    """
    settings = settings or read_settings()
    url = db or settings.database_url
    with open_house(url, settings=settings) as house:
        return {
            "database": _shown(url),
            "revision": _revision(url),
            "log": house.log,
            "virtual_time": house.store.note(VIRTUAL_TIME),
            "calendars": {item.name: item.digest for item in house.store.adopted("calendar")},
            "directories": {item.name: item.digest for item in house.store.adopted("directory")},
            "procedures": [
                {
                    "code": v.code,
                    "version": v.version,
                    "digest": v.digest,
                    "approved": v.approved_at is not None,
                }
                for v in house.store.versions()
            ],
            "next_wake": house.store.next_wake(),
        }


def _revision(url: str) -> str | None:
    from motcua.store.migrate import current

    try:
        return current(url)
    except DatabaseNotReady:
        return None


def _shown(url: str) -> str:
    from motcua.store.urls import parse_url, shown

    return shown(parse_url(url))


def _name(url: str, settings: Settings, virtual_time: datetime | None) -> None:
    """Leave the notes that can never change: the log's name, and whether time is virtual."""
    from motcua.store.store import open_store

    with open_store(url) as store:
        if virtual_time is not None and store.note(VIRTUAL_TIME) is None:
            if next(store.all_records(), None) is not None:
                raise NotFresh(database=_shown(url))
            store.set_note(VIRTUAL_TIME, virtual_time.astimezone(UTC).isoformat())
        if store.note(LOG) is None:
            store.set_note(LOG, settings.log_origin)


def _record_schema(house: Installation, before: str | None, revision: str) -> None:
    """Record a changed schema; in a database of virtual time the first system record says that it is one."""
    from motcua.services.system_records import next_record

    auth = operating_system_user()
    if house.virtual and house.store.head(SYSTEM) is None:
        event = {"kind": "virtual_time", "began": house.store.note(VIRTUAL_TIME)}
        new = next_record(house, SYSTEM, RecordType.VIRTUAL_TIME, event=event, at=house.now(), auth=auth)
        house.store.append([new])
    if before != revision:
        event = {"kind": "schema_change", "before": before, "after": revision}
        new = next_record(house, SYSTEM, RecordType.SCHEMA_CHANGE, event=event, at=house.now(), auth=auth)
        house.store.append([new])


def _adopt_config(house: Installation, settings: Settings, by: str | None) -> dict[str, str]:
    from motcua.services.adopting import adopt_calendar, adopt_directory

    config, auth = config_folder(settings), operating_system_user()
    adopted: dict[str, str] = {}
    if not house.store.adopted("calendar"):
        for definition in config.calendars.values():
            adopt_calendar(house, definition, by or auth.user, auth)
        adopted |= {item.name: item.digest for item in house.store.adopted("calendar")}
    if not house.store.adopted("directory"):
        directory = config.directory
        adopted[directory.province] = adopt_directory(house, directory, by or auth.user, auth)
    return adopted
