"""The front door: it leads everybody to their own first page, and says whether the site is alive."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from motcua.web.site import site_of
from motcua.web.visitors import OWN

router = APIRouter()
_FIRST = {
    "officer": "/viec",
    "counter": "/tiep-nhan",
    "supervisor": "/dieu-hanh",
    "leader": "/tong-quan",
    "designer": "/thiet-ke",
    "auditor": "/kiem-toan",
    "admin": "/quan-tri",
}


@router.get("/", include_in_schema=False)
def front(request: Request) -> Response:
    """Send an officer to their work and everybody else to the look-up."""
    visitor = getattr(request.state, "visitor", None)
    rooms: frozenset[str] = getattr(visitor, "rooms", frozenset())
    path = next((path for room, path in _FIRST.items() if room in rooms), "/tra-cuu")
    if getattr(visitor, "renews", False):
        path = OWN
    return RedirectResponse(path, 303)


@router.get("/healthz", include_in_schema=False)
def health(request: Request) -> JSONResponse:
    """Tell whether the database answers. Raises: DatabaseNotReady."""
    site_of(request).house.store.reading()
    return JSONResponse({"ok": True})
