"""The site: its middleware, its rooms, and what it answers when something is wrong."""

from functools import cache

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from motcua.web import (
    assets,
    citizen,
    door,
    faults,
    feedback,
    front,
    hooks,
    liaison,
    rating,
    visitors,
)
from motcua.web.admin import accounts, agencies, calendars, health, mandates
from motcua.web.api import document
from motcua.web.auditor import register, replay, search
from motcua.web.boards import leader, process_map, supervisor
from motcua.web.bodies import BodyLimit
from motcua.web.compression import Compression
from motcua.web.counter import intake, returning
from motcua.web.designer import bench, versions
from motcua.web.dossier import page, scans
from motcua.web.headers import SecurityHeaders
from motcua.web.live import Hub
from motcua.web.officer import desk, filters, many, stream
from motcua.web.site import Site

ROOMS = (
    front.router,
    door.router,
    stream.router,
    many.router,
    filters.router,
    desk.router,
    scans.router,
    page.router,
    citizen.router,
    rating.router,
    feedback.router,
    intake.router,
    returning.router,
    liaison.router,
    supervisor.router,
    leader.router,
    process_map.router,
    search.router,
    replay.router,
    register.router,
    bench.router,
    versions.router,
    hooks.router,
    health.router,
    agencies.router,
    calendars.router,
    accounts.router,
    mandates.router,
    document.router,
    *document.ROUTERS,
)


def create_app(site: Site) -> FastAPI:
    """Return the web application over one installation; it opens and closes nothing itself."""
    app = FastAPI(
        title="motcua",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(SecurityHeaders, secure=site.secure),
            Middleware(Compression),
            Middleware(BodyLimit),
            Middleware(visitors.Recognition, site),
        ],
    )
    app.state.site = site
    app.state.open_lists = feedback.OpenLists()
    app.state.live = Hub(site)
    faults.install(app)
    visitors.install(app)
    app.router.routes.extend(_routes())
    return app


@cache
def _routes() -> list[BaseRoute]:
    """What is found where, the same at every site: to read the signatures of all pages takes a fifth of a second."""
    app = FastAPI(openapi_url=None, dependencies=[Depends(visitors.own_form)])
    app.mount(assets.PREFIX, assets.Assets(), name="static")
    app.add_route(assets.ICON, assets.icon)
    for room in ROOMS:
        app.include_router(room)
    return app.router.routes
