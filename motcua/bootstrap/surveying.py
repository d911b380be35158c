"""Looks around for `motcua doctor`: what the machine, the settings and the database are like, whatever is broken."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

from motcua.adapters.clock import SystemClock
from motcua.bootstrap.house import build, close, read_settings
from motcua.bootstrap.portal import national_portal, portal_table
from motcua.bootstrap.sending import notice_channel
from motcua.services.doctor import Folder, Surroundings
from motcua.services.installation import Installation
from motcua.services.ports import DatabaseNotReady, PortalTable
from motcua.settings import Settings
from states.errors import DomainError

_UNENCRYPTED = ("http", "smtp+plain")
_AT_HOME = ("localhost", "127.0.0.1", "::1")


@contextmanager
def survey(db: str | None = None) -> Iterator[tuple[Surroundings, Installation | None]]:
    """Lend what can be found out, and the installation where its database opens; no DomainError leaves here."""
    try:
        settings = read_settings()
    except DomainError as error:
        yield Surroundings(_python(), SystemClock().now(), closed=error, unset=error), None
        return
    house, closed = _opened(db, settings)
    try:
        yield _around(db or settings.database_url, settings, house, closed), house
    finally:
        if house is not None:
            close(house)


def surroundings(house: Installation, settings: Settings) -> Surroundings:
    """Return what lies around an installation that is open."""
    from motcua.store.store import SqlStore

    store = house.store
    url = settings.database_url
    if isinstance(store, SqlStore):
        url = store.database.url.render_as_string(hide_password=False)
    return _around(url, settings, house, None)


def _around(
    url: str, settings: Settings, house: Installation | None, closed: DomainError | None
) -> Surroundings:
    revision, newest = _schema(url)
    return Surroundings(
        python=_python(),
        at=SystemClock().now(),
        database=_hidden(url, database=True),
        revision=revision,
        newest=newest,
        closed=closed,
        folders=tuple(_folders(url, settings)),
        settings=_shown(settings, url),
        unset=_unset(house, settings),
        exposed=tuple(_exposed(settings)),
        portal=_portal(settings),
    )


def _python() -> tuple[int, int, int]:
    return sys.version_info.major, sys.version_info.minor, sys.version_info.micro


def _opened(db: str | None, settings: Settings) -> tuple[Installation | None, DomainError | None]:
    try:
        return build(db, settings=settings), None
    except DomainError as error:
        return None, error


def _schema(url: str) -> tuple[str | None, str]:
    from motcua.store.migrate import current
    from motcua.store.revision import newest

    try:
        return current(url), newest()
    except DatabaseNotReady:
        return None, newest()


def _unset(house: Installation | None, settings: Settings) -> DomainError | None:
    """Put the channels together, which opens nothing, to hear what the worker would hear."""
    if house is None:
        return None
    try:
        notice_channel(house, settings)
        national_portal(settings)
    except DomainError as error:
        return error
    return None


def _portal(settings: Settings) -> PortalTable | None:
    """A table that nobody can read is the business of `_unset`."""
    try:
        return portal_table(settings)
    except DomainError:
        return None


def _exposed(settings: Settings) -> Iterator[str]:
    """A URL that nobody can read is the business of `_unset`."""
    urls = {"smtp": settings.smtp_url, "http": settings.http_url, "portal": settings.portal_url}
    for name, url in urls.items():
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if (
            name in (*settings.channels, "portal")
            and parts.scheme in _UNENCRYPTED
            and parts.hostname not in _AT_HOME
        ):
            yield name


def _folders(url: str, settings: Settings) -> Iterator[Folder]:
    """Yield where it is written to; a folder that does not exist yet lies where its parent does."""
    from motcua.store.urls import parse_url, sqlite_file

    places = {"mailbox": settings.mailbox_dir}
    try:
        file = sqlite_file(parse_url(url))
    except DatabaseNotReady:
        file = None
    if file is not None:
        places = {"database": file.absolute().parent, **places}
    for name, path in places.items():
        there = next((place for place in (path, *path.parents) if place.exists()), Path(path.anchor))
        yield Folder(name, str(path), shutil.disk_usage(there).free)


def _shown(settings: Settings, url: str) -> Mapping[str, str]:
    """Return the settings as text, without a password; what is not set is left out."""
    plain = {item.name: getattr(settings, item.name) for item in fields(settings)}
    plain |= {name: _hidden(plain[name]) for name in ("smtp_url", "http_url", "portal_url")}
    plain["database_url"] = _hidden(url, database=True)
    return {
        name: " ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in plain.items()
        if value not in (None, "")
    }


def _hidden(url: str, *, database: bool = False) -> str:
    """Return a URL with *** for its password, and without what a query may hide."""
    from motcua.store.urls import parse_url, shown

    try:
        if database:
            return shown(parse_url(url))
        parts = urlsplit(url)
        if parts.password is None and not parts.query:
            return url
        user = f"{parts.username}:***@" if parts.password is not None else ""
        host = parts.netloc.rpartition("@")[2]
        return parts._replace(netloc=user + host, query="***" if parts.query else "").geturl()
    except (DomainError, ValueError):
        return f"{url.partition(':')[0]}:***"
