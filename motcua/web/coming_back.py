"""Where somebody was: the address of the page that a form stood on, and the sign-in that leads back to it."""

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from motcua.web.addresses import keeps_sessions
from motcua.web.forms import Typed
from motcua.web.site import site_of

LONGEST = 4_000
"""Characters of an address that one is led back to; ours are shorter, also with every filter set."""

_SIGN_IN = "/dang-nhap"


def ours(wanted: str) -> str:
    """Return an address if it is one of this site's; else the first page's."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours and len(wanted) <= LONGEST else "/"


def came_from(request: Request) -> str:
    """Return the address of the page of ours that a form stood on; the first page's, where the browser tells none."""
    try:
        there = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    if there.netloc != request.headers.get("host") or there.path.startswith(_SIGN_IN):
        return "/"
    return ours(there.path + (f"?{there.query}" if there.query else ""))


def ask_to_sign_in(
    request: Request,
    status: int,
    di: str,
    login: str = "",
    found: list[dict[str, Any]] | None = None,
    typed: Typed | None = None,
) -> Response:
    """Answer with the sign-in; with what was typed into a form that came after the session had ended."""
    site = site_of(request)
    return site.pages.show(
        request,
        "sign_in.html.j2",
        status,
        di=ours(di),
        login=login,
        found=found or [],
        typed=typed or [],
        virtual=site.house.virtual,
        provider=site.provider is not None,
        keeps=keeps_sessions(request),
        host=request.url.hostname or "",
    )
