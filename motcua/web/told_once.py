"""What a form did is told once, by the page that its answer leads to: an address that says "done" proves nothing."""

from hashlib import sha256
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

COOKIE = "__Host-done"
_SECONDS = 60
"""How long the browser has to follow the answer."""


def led(address: str) -> RedirectResponse:
    """Lead on after something was done; the page there may say so once, as `just_done` tells it."""
    response = RedirectResponse(address, 303)
    place = response.headers["location"].partition("#")[0]
    response.set_cookie(
        COOKIE, _mark(place), max_age=_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
    )
    return response


def just_done(request: Request, name: str = "xong") -> str | None:
    """Return what the address says under a name, where a form of this browser led here just now; else None."""
    return request.query_params.get(name) if _led_here(request) else None


def forget_told(request: Request, response: Response) -> None:
    """Let the browser forget that a form led to the page that is shown: its next look at it is told nothing."""
    if _led_here(request):
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def _led_here(request: Request) -> bool:
    return request.cookies.get(COOKIE) == _mark(f"{request.url.path}?{request.url.query}")


def _mark(place: str) -> str:
    return sha256(unquote(place).encode()).hexdigest()
