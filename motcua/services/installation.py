"""One installation: its store, clock, log name and the worlds its dossiers live in; handed to every use case."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from motcua.services.ports import (
    Clock,
    DatabaseNotReady,
    Peers,
    ProcedureNotFound,
    Reading,
    Renderer,
    Store,
    Stored,
)
from motcua.services.watch import Watch
from states.calendar import BusinessCalendar, CalendarDefinition
from states.directory import Directory
from states.procedure import Procedure
from states.wire import from_wire
from states.world import World

VIRTUAL_TIME = "virtual_time"
VIRTUAL_PACE = "virtual_pace"
"""Note of a database whose virtual time runs: so many times as fast as the real one, since an instant of that."""

VIRTUAL_END = "virtual_end"
"""Note of the instant at which virtual time that runs stands still for good."""


@dataclass
class Worlds:
    """Procedures by digest, which never change, and the calendars and directory in force, read afresh on demand.

    Attributes:
        elsewhere: Beginnings of the codes of agencies that other installations serve.
    """

    store: Store
    elsewhere: tuple[str, ...] = ()
    _procedures: dict[str, Procedure] = field(default_factory=dict)
    _calendars: dict[str, BusinessCalendar] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _directory: Directory | None = None
    _directory_digest: str = ""
    _worlds: dict[str, World] = field(default_factory=dict)

    def of(self, cfg: str) -> World:
        """Return the world of dossiers pinned to the compiled version *cfg*."""
        world = self._worlds.get(cfg)
        if world is None:
            directory = self.directory
            world = World(
                self.procedure(cfg),
                self._calendars,
                directory,
                cfg,
                self._digests,
                self._directory_digest,
                self.elsewhere,
            )
            self._worlds[cfg] = world
        return world

    def procedure(self, cfg: str) -> Procedure:
        """Return a compiled version by its digest, in force or not."""
        if cfg not in self._procedures:
            version = self.store.version(cfg)
            if version is None:
                raise ProcedureNotFound(procedure=cfg, day="-")
            self._procedures[cfg] = _procedure(version.compiled)
        return self._procedures[cfg]

    @property
    def directory(self) -> Directory:
        """The agencies and posts in force."""
        if self._directory is None:
            self.refresh()
        if self._directory is None:
            raise _not_adopted(
                "no directory of agencies is in force", "chưa có danh bạ cơ quan nào được áp dụng"
            )
        return self._directory

    @property
    def calendars(self) -> dict[str, BusinessCalendar]:
        """The calendars in force, by id."""
        if self._directory is None:
            self.refresh()
        return self._calendars

    @property
    def calendar_digests(self) -> dict[str, str]:
        """Digests of the calendars in force, by id."""
        return self._digests

    @property
    def directory_digest(self) -> str:
        """Digest of the directory in force."""
        return self._directory_digest

    def refresh(self) -> None:
        """Read again which calendars and directory are in force; long-running workers do so before each sweep."""
        directories = self.store.adopted("directory")
        if not directories:
            raise _not_adopted(
                "no directory of agencies is in force", "chưa có danh bạ cơ quan nào được áp dụng"
            )
        newest = directories[-1]
        calendars = {item.name: item for item in self.store.adopted("calendar")}
        digests = {name: item.digest for name, item in calendars.items()}
        if digests == self._digests and newest.digest == self._directory_digest:
            return
        directory = _directory(newest.body)
        for name in sorted({agency.calendar for agency in directory.agencies} - calendars.keys()):
            raise _not_adopted(f"the calendar {name} is not in force", f"lịch {name} chưa được áp dụng")
        self._directory, self._directory_digest = directory, newest.digest
        self._calendars = {name: calendar_of(item.body) for name, item in calendars.items()}
        self._digests = digests
        self._worlds = {}


@lru_cache(maxsize=256)
def _procedure(compiled: str) -> Procedure:
    """Read a compiled version, once for all installations of a process."""
    return from_wire(Procedure, json.loads(compiled))


@lru_cache(maxsize=2)
def _directory(body: str) -> Directory:
    """Read a directory, which has thousands of posts, once for all installations of a process."""
    return from_wire(Directory, json.loads(body))


@lru_cache(maxsize=64)
def calendar_of(body: str) -> BusinessCalendar:
    """Lay out an adopted calendar, once for all installations of a process."""
    return BusinessCalendar(from_wire(CalendarDefinition, json.loads(body)))


def _not_adopted(reason: str, reason_vi: str) -> DatabaseNotReady:
    return DatabaseNotReady(
        database="-",
        reason=reason,
        reason_vi=reason_vi,
        remedy='Run "motcua db upgrade".',
        remedy_vi="Hãy chạy «motcua db upgrade».",
    )


@dataclass(frozen=True)
class Installation:
    """What every use case works with.

    Attributes:
        log: Name of the audit log, unique to this installation.
        clock: The writing clock; used where the database has none of its own.
        new_id: Makes opaque dossier ids.
        new_salt: Makes 32 random bytes.
        virtual: Whether the database was created for virtual time.
        watch: Tells when the writing clock must be doubted; virtual time never is.
        peers: Other installations that dossiers are handed over to.
        dispatch: Code of the procedure by which a dispatcher finds the competent agency; None where there is none.
        portal: Whether the national portal is owed what happens to dossiers.
        undivided: The installation itself, where this one shows a visitor's part of it.
    """

    store: Store
    clock: Clock
    log: str
    renderer: Renderer
    worlds: Worlds
    new_id: Callable[[], str]
    new_salt: Callable[[], bytes]
    virtual: bool = False
    watch: Watch = field(default_factory=Watch)
    dispatch: str | None = None
    portal: bool = False
    peers: Peers = field(default_factory=Peers)
    undivided: "Installation | None" = None

    @property
    def whole(self) -> "Installation":
        """The installation in which everything is seen and commands are carried out."""
        return self if self.undivided is None else self.undivided

    def now(self, before: Stored | None = None) -> datetime:
        """Return the instant of a decision, never before the last record; after a step in doubt, without the step."""
        if self.virtual:
            now = self.clock.now()
        else:
            reading = (before and before.reading) or self.whole.store.reading()
            now = self.clock_of(reading)
            now = now if reading.hold is None else reading.hold.vouched(now)
        return now if before is None else max(now, before.at)

    def clock_of(self, reading: Reading) -> datetime:
        """Return what the writing clock says: the database's where it has one, right or wrong."""
        return reading.now or self.clock.now()
