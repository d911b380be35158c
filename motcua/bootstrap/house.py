"""Puts one installation together: store, clock, log name, renderer, and the config folder beside it."""

import getpass
import os
import secrets
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.record import Auth
from motcua.adapters.clock import PacedClock, SystemClock, VirtualClock, read_uptime
from motcua.bootstrap.peering import peers_of
from motcua.services.installation import VIRTUAL_END, VIRTUAL_PACE, VIRTUAL_TIME, Installation, Worlds
from motcua.services.ports import Channel, Clock, Store, Typesetter
from motcua.services.watch import Watch
from motcua.settings import Settings, as_variables, load_settings
from states.errors import DomainError

if TYPE_CHECKING:
    from motcua.adapters.config_folder import ConfigFolder

LOG = "log"


class ClockNotVirtual(DomainError):
    """This database keeps real time, so no command may set its clock. Create one with "db upgrade --virtual-time"."""

    vi = (
        "Cơ sở dữ liệu này theo giờ thật nên không được đặt đồng hồ. "
        "Hãy tạo cơ sở dữ liệu bằng «db upgrade --virtual-time»."
    )


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this run from the environment, the settings file and the defaults."""
    return load_settings(os.environ if environ is None else environ)


def build(
    db: str | None = None, *, settings: Settings | None = None, virtual: Clock | None = None
) -> Installation:
    """Open the database and put the installation around it; it closes with the process.

    Args:
        db: URL or path of the database; that of the settings when None.
        settings: Read from the environment when None.
        virtual: The clock to write by; only for a database of virtual time, which else begins at the instant
            of its last record.

    Raises:
        DatabaseNotReady: The database is missing, unreachable or of another schema.
        ClockNotVirtual: A clock was given and the database keeps real time.
    """
    from motcua.store.store import open_store

    settings = settings or read_settings()
    store = open_store(db or settings.database_url)
    log = store.note(LOG) or settings.log_origin
    peers = peers_of(settings, log)
    began = store.note(VIRTUAL_TIME)
    if virtual is not None and began is None:
        store.close()
        raise ClockNotVirtual
    return Installation(
        store=store,
        clock=virtual or _clock(store, began),
        log=log,
        renderer=_LateRenderer(settings.templates_dir),
        worlds=Worlds(store, peers.agencies),
        peers=peers,
        new_id=lambda: uuid.uuid4().hex,
        new_salt=lambda: secrets.token_bytes(32),
        virtual=began is not None,
        watch=Watch(read_uptime, timedelta(minutes=settings.clock_step_minutes)),
        dispatch=settings.dispatch_procedure or None,
        portal=bool(settings.portal_url),
    )


def _clock(store: Store, began: str | None) -> Clock:
    """Return the clock that a database keeps: real time, virtual time that runs, or one that nobody moves."""
    if began is None:
        return SystemClock()
    paced = store.note(VIRTUAL_PACE)
    if paced is None:
        return _Latest(store, datetime.fromisoformat(began))
    pace, since = paced.split()
    end = store.note(VIRTUAL_END)
    return PacedClock(
        datetime.fromisoformat(began),
        datetime.fromisoformat(since),
        int(pace),
        None if end is None else datetime.fromisoformat(end),
    )


@contextmanager
def open_house(
    db: str | None = None, *, settings: Settings | None = None, virtual: Clock | None = None
) -> Iterator[Installation]:
    """Lend an installation as `build` makes it, and close its database afterwards."""
    house = build(db, settings=settings, virtual=virtual)
    try:
        yield house
    finally:
        close(house)


def close(house: Installation) -> None:
    """Close the database of an installation."""
    shut: Any = house.store
    shut.close()


def environment_of(settings: Settings, db: str | None = None) -> dict[str, str]:
    """Return the variables by which a process in any folder opens the same house.

    Raises:
        DatabaseNotReady: *db* is no URL or path of a database.
    """
    from motcua.store.urls import parse_url, sqlite_file

    url = parse_url(db or settings.database_url)
    if (file := sqlite_file(url)) is not None:
        url = url.set(database=str(file.absolute()))
    return as_variables(replace(settings, database_url=url.render_as_string(hide_password=False)))


def mailbox(settings: Settings) -> Channel:
    """Return the local mailbox channel."""
    from motcua.adapters.channels import MailboxFolder

    return MailboxFolder(settings.mailbox_dir)


def paper_press(settings: Settings | None = None) -> Typesetter:
    """Return the press that sets official papers; nothing is read yet."""
    from motcua.adapters.typesetting import PaperPress

    settings = settings or read_settings()
    return PaperPress(settings.templates_dir, settings.config_dir)


def config_folder(settings: Settings | None = None) -> "ConfigFolder":
    """Return what the designer wrote; nothing is read yet."""
    from motcua.adapters.config_folder import ConfigFolder

    settings = settings or read_settings()
    return ConfigFolder(settings.config_dir, settings.templates_dir)


def operating_system_user() -> Auth:
    """Tell who runs this process, by the system's word and not the environment's; a nameless one by its number."""
    if not hasattr(os, "getuid"):
        return Auth(idp="os", user=getpass.getuser())
    import pwd

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = f"uid-{os.getuid()}"
    return Auth(idp="os", user=name)


@dataclass
class _Latest:
    """The clock of a database of virtual time that nobody moves: its last record's instant."""

    store: Store
    began: datetime
    _clock: VirtualClock | None = field(default=None, init=False)

    def now(self) -> datetime:
        if self._clock is None:
            self._clock = VirtualClock(self.began)
            if (last := self.store.last_at()) is not None:
                self._clock.move(last)
        return self._clock.now()


@dataclass
class _LateRenderer:
    """Reads the templates when the first notice is rendered, so that no other command waits for them."""

    templates: Path
    _renderer: Any = field(default=None, init=False)

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        if self._renderer is None:
            from motcua.adapters.rendering import JinjaRenderer

            self._renderer = JinjaRenderer(self.templates)
        text: str = self._renderer.render(template, context)
        return text
