"""Puts together what a demonstration needs: an empty database of virtual time, a file of notices, a forged copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from motcua.adapters.clock import VirtualClock
from motcua.adapters.notice_file import NoticeFile
from motcua.bootstrap.house import build, close
from motcua.bootstrap.upgrading import upgrade
from motcua.services.installation import Installation
from motcua.services.ports import DatabaseNotReady, NewRecord
from motcua.settings import Settings
from states.errors import DomainError, Kind


class DatabaseNotEmpty(DomainError):
    """The database {database} holds dossiers or records already; an empty one is needed. Name another."""

    kind = Kind.CONFLICT
    vi = "Cơ sở dữ liệu {database} đã có hồ sơ hoặc bản ghi; cần cơ sở dữ liệu trống. Hãy chỉ nơi khác."


@contextmanager
def rehearsal_house(
    url: str, settings: Settings, begins: datetime
) -> Iterator[tuple[Installation, VirtualClock]]:
    """Make a database of virtual time that begins at an aware instant, and lend its installation and its clock.

    Raises:
        DatabaseNotEmpty: The database holds records already.
        DatabaseNotReady: It cannot be reached or written.
    """
    refuse_records(url)
    upgrade(url, settings=settings, virtual_time=begins)
    clock = VirtualClock(begins)
    house = build(url, settings=settings, virtual=clock)
    try:
        yield house, clock
    finally:
        close(house)


def refuse_records(url: str) -> None:
    """Check that a database holds nothing yet; one that does not exist holds nothing.

    Raises:
        DatabaseNotEmpty: It holds records.
    """
    from motcua.store.migrate import current
    from motcua.store.store import open_store
    from motcua.store.urls import parse_url, shown

    try:
        if current(url) is None:
            return
    except DatabaseNotReady:
        return
    with open_store(url) as store:
        if next(store.all_records(), None) is not None:
            raise DatabaseNotEmpty(database=shown(parse_url(url)))


@contextmanager
def notice_file(path: Path) -> Iterator[NoticeFile]:
    """Lend the channel that keeps every notice in one file."""
    channel = NoticeFile(path)
    try:
        yield channel
    finally:
        channel.close()


@contextmanager
def forged_copy(url: str, settings: Settings, record: NewRecord) -> Iterator[Installation]:
    """Lend a copy of the database, in a temporary file, in which one byte of *record* was changed."""
    from motcua.store.forging import copy_database, forge

    with TemporaryDirectory(prefix="motcua-") as folder:
        copy = Path(folder) / "copy.db"
        copy_database(url, copy)
        forge(copy, record)
        house = build(f"sqlite:///{copy}", settings=settings)
        try:
            yield house
        finally:
            close(house)
