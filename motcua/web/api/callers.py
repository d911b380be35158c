"""Which client system is calling: known by its token before anything else is looked at, held to its scopes."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, cast

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from motcua.services.clients import Caller, hold_to, recognise_client
from motcua.web.api.strict import StrictRequest
from motcua.web.limits import DENIALS
from motcua.web.site import Site, site_of

V1 = "/api/v1"
DOCUMENT = f"{V1}/openapi.json"
SCOPE = "x-scope"
"""Where the description of an operation names the scope that it needs."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def needs_token(path: str) -> bool:
    """Tell whether an address answers nobody without a token, whether it exists or not."""
    return path.startswith(f"{V1}/") and path != DOCUMENT


def recognised(request: Request, site: Site) -> bool:
    """Set `caller` of the request's state by its bearer token; tell whether that opens anything.

    Source: RFC 6750, section 2.1.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    site.rules.renewed(site.house, site.wall.now())
    caller = recognise_client(site.house, token.strip()) if scheme.lower() == "bearer" else None
    request.state.caller = caller
    return caller is not None


def caller_of(request: Request) -> Caller:
    """Return which client system a request comes from."""
    return cast(Caller, request.state.caller)


async def _calling(request: Request) -> Caller:
    return caller_of(request)  # no thread is needed for that


Calling = Annotated[Caller, Depends(_calling)]


def scoped(scope: str) -> dict[str, Any]:
    """Return what the description of an operation says of the scope that it needs."""
    return {SCOPE: scope, "security": [{"bearer": [scope]}]}


class ApiRoute(APIRoute):
    """A route that checks the scope of the token before it reads what was sent, and reads JSON strictly."""

    def get_route_handler(self) -> Handler:
        """Return the handler of FastAPI behind both checks."""
        handle, scope = super().get_route_handler(), (self.openapi_extra or {}).get(SCOPE)

        async def checked(request: Request) -> Response:
            if scope is not None and scope not in caller_of(request).client.scopes:
                await run_in_threadpool(_refused, request, scope)
            answer = await handle(StrictRequest(request.scope, request.receive))
            answer.headers.setdefault("cache-control", "private, no-cache")
            return answer

        return checked


def _refused(request: Request, scope: str) -> None:
    site, caller = site_of(request), caller_of(request)
    site.limits.hit(DENIALS, caller.visitor.person)
    hold_to(site.house, caller, scope, request.url.path)
