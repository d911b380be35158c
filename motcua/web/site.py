"""What every page works with: the installation, its settings, and how pages are written."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from starlette.requests import Request

from motcua.bootstrap import SystemClock, config_folder, doors, identity_provider, scan_room, words
from motcua.services.access import Doors, Visitor, narrowed
from motcua.services.clients import Caller
from motcua.services.installation import Installation
from motcua.services.ports import Clock, IdentityProvider, Typesetter
from motcua.services.scans import Room
from motcua.settings import Settings
from motcua.web.limits import Limits, Shared
from motcua.web.pages import Pages

if TYPE_CHECKING:
    from motcua.bootstrap import ConfigFolder

_FRESH = timedelta(seconds=5)


@dataclass(frozen=True)
class Pace:
    """How often lists that stay open are looked after.

    Attributes:
        every: Seconds between two looks at the database, for all lists together.
        heartbeat: Seconds after which a silent stream shows that it is alive.
        looks_a_check: After so many looks, sessions are looked at too.
        most: So many streams one person may have; of more the oldest ends.
    """

    every: float = 1.5
    heartbeat: float = 15.0
    looks_a_check: int = 10
    most: int = 3


@dataclass
class Rules:
    """Directory and calendars, read again every few seconds, so that a post that ended opens nothing for long."""

    _read_at: datetime | None = None

    def renewed(self, house: Installation, now: datetime) -> None:
        """Read again what is in force, if that was not done within the last seconds of real time."""
        if self._read_at is None or now - self._read_at >= _FRESH:
            self._read_at = now
            house.worlds.refresh()


@dataclass(frozen=True)
class Site:
    """One web site over one installation.

    Attributes:
        press: Sets papers, for several threads at once.
        doors: Who comes in, and for how long.
        wall: Real time, which sessions are kept by, also where the database's time is virtual.
        limits: How often anybody may try something.
        drafts: The config folder that drafts are read against, as it was when it was first needed.
        secure: Whether browsers reach it by HTTPS, so that they may be told to insist on it.
        provider: Somebody else who vouches for people, where the settings name one.
        scans: Where scans of papers are kept; None where nobody may send any.
        rules: Keeps the directory and the calendars as they are in force now.
        pace: How often lists that stay open are looked after.
    """

    house: Installation
    settings: Settings
    press: Typesetter
    pages: Pages
    doors: Doors
    wall: Clock
    limits: Limits
    drafts: "ConfigFolder"
    secure: bool = False
    rules: Rules = field(default_factory=Rules)
    provider: IdentityProvider | None = None
    scans: Room | None = None
    pace: Pace = field(default_factory=Pace)


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    return cast(Site, request.app.state.site)


def house_of(request: Request) -> Installation:
    """Return the installation as a visitor or a client system may read it: the database shows nothing else.

    Without either it shows no dossier at all. Commands go through its `whole`, in which their own rules hold.
    """
    caller: Caller | None = getattr(request.state, "caller", None)
    visitor: Visitor | None = getattr(request.state, "visitor", None) if caller is None else caller.visitor
    house = site_of(request).house
    if visitor is None:
        return replace(house, store=house.store.narrowed(()))
    return narrowed(house, visitor)


def pages_of(settings: Settings) -> Pages:
    """Return the pages of the folder of templates, in the words of the config folder."""
    return Pages(settings.templates_dir / "pages", words(settings))


def site(
    house: Installation,
    settings: Settings,
    press: Typesetter,
    *,
    secure: bool = False,
    pages: Pages | None = None,
) -> Site:
    """Put a site together; its doors come from the settings and roles.

    Args:
        house: The installation.
        settings: Its settings.
        press: Sets papers.
        secure: Whether browsers reach it by HTTPS.
        pages: Those of the settings that stand ready; else they are read.
    """
    return Site(
        house,
        settings,
        press,
        pages or pages_of(settings),
        doors(settings),
        SystemClock(),
        Limits(Shared(house.store.count_try, SystemClock().now)),
        config_folder(settings),
        secure,
        provider=identity_provider(settings),
        scans=scan_room(settings),
    )
