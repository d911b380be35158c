"""Puts together what a demonstration needs: an empty database of virtual time, a file of notices, a forged copy."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from motcua.adapters.clock import VirtualClock
from motcua.adapters.notice_file import NoticeFile
from motcua.bootstrap.house import build, close
from motcua.bootstrap.upgrading import upgrade
from motcua.services.installation import Installation
from motcua.services.ports import DatabaseNotReady, NewRecord, Portal, PortalTable
from motcua.settings import Settings
from states.errors import DomainError, Kind

if TYPE_CHECKING:
    from motcua.adapters.stand_in.portal import StandInPortal

UNIT = "H99"
IMPATIENT = timedelta(seconds=0.2)


class DatabaseNotEmpty(DomainError):
    """The database {database} holds dossiers or records already; an empty one is needed. Name another."""

    kind = Kind.CONFLICT
    vi = "Cơ sở dữ liệu {database} đã có hồ sơ hoặc bản ghi; cần cơ sở dữ liệu trống. Hãy chỉ nơi khác."


@contextmanager
def rehearsal_house(
    url: str, settings: Settings, begins: datetime, seed: int | None = None
) -> Iterator[tuple[Installation, VirtualClock]]:
    """Make a database of virtual time that begins at an aware instant, and lend its installation and its clock.

    Args:
        url: Of a database that is empty or does not exist.
        settings: Of the installation.
        begins: Where its time begins.
        seed: What the ids of dossiers are drawn from, so that whatever is ordered by them is the same again; by
            chance where there is none.

    Raises:
        DatabaseNotEmpty: The database holds records already.
        DatabaseNotReady: It cannot be reached or written.
    """
    refuse_records(url)
    upgrade(url, settings=settings, virtual_time=begins)
    clock = VirtualClock(begins)
    house = build(url, settings=settings, virtual=clock)
    if seed is not None:
        dice = Random(f"{seed}:ids")
        house = replace(house, new_id=lambda: f"{dice.getrandbits(128):032x}")
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


class StandInLine:
    """The way to a portal that stands in: patient, but where it is slow on purpose nobody waits for it."""

    def __init__(self, server: "StandInPortal", table: PortalTable, files: Path) -> None:
        """Prepare the way; *files* is where what citizens submit would be kept."""
        from motcua.adapters.file_folder import HashedFolder
        from motcua.adapters.portal_http import PortalHttp, read_portal

        gateway, self._server = read_portal(server.url, ""), server
        kept = HashedFolder(files)
        self._patient = Portal(PortalHttp(gateway, UNIT), table, kept)
        self._impatient = Portal(PortalHttp(gateway, UNIT, patience=IMPATIENT), table, kept)

    @property
    def portal(self) -> Portal:
        """The portal, by the way that is taken at the moment."""
        return self._impatient if "slow" in self._server.mischief else self._patient

    @property
    def requests(self) -> tuple[int, int]:
        """What it was asked so far, and of that what suffered."""
        return self._server.asked, self._server.troubled

    def behave(self, mischief: Sequence[str], share: float) -> None:
        """Let a share of what it is asked suffer from now on; none where there is no mischief."""
        self._server.heal()
        self._server.mischief, self._server.chance = tuple(mischief), share


@contextmanager
def stand_in_line(settings: Settings, seed: int, files: Path) -> Iterator[StandInLine]:
    """Lend the way to a portal that stands in, on this machine and a free port.

    Raises:
        InvalidFile: The table of its language is not understood.
    """
    from motcua.adapters.portal_table import NAME, read_portal_table
    from motcua.adapters.stand_in.portal import StandInPortal

    table = read_portal_table(settings.config_dir / NAME)
    server = StandInPortal(seed=seed, pause=2 * IMPATIENT).start()
    try:
        yield StandInLine(server, table, files)
    finally:
        server.close()


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
