"""What every page works with: the installation, its settings, and how pages are written."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from motcua.services.installation import Installation
from motcua.services.ports import Typesetter
from motcua.settings import Settings
from motcua.web.pages import Pages


@dataclass(frozen=True)
class Site:
    """One web site over one installation.

    Attributes:
        press: Sets papers, for several threads at once.
        secure: Whether browsers reach it by HTTPS, so that they may be told to insist on it.
    """

    house: Installation
    settings: Settings
    press: Typesetter
    pages: Pages
    secure: bool = False


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    return cast(Site, request.app.state.site)


def house_of(request: Request) -> Installation:
    """Return the installation behind a request."""
    return site_of(request).house


def site(house: Installation, settings: Settings, press: Typesetter, *, secure: bool = False) -> Site:
    """Put a site together; its pages come from the folder of templates."""
    return Site(house, settings, press, Pages(settings.templates_dir / "pages"), secure)
