"""The site: its middleware, its rooms, and what it answers when something is wrong."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from motcua.web import assets, faults, front
from motcua.web.headers import SecurityHeaders
from motcua.web.site import Site

ROOMS = (front.router,)


def create_app(site: Site) -> FastAPI:
    """Return the web application over one installation; it opens and closes nothing itself."""
    app = FastAPI(
        title="motcua",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(SecurityHeaders, secure=site.secure)],
    )
    app.state.site = site
    faults.install(app)
    app.mount(assets.PREFIX, assets.Assets(), name="static")
    for room in ROOMS:
        app.include_router(room)
    return app
