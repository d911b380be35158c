"""Who is calling: recognised by the session's cookie, led to the sign-in, kept out of rooms that are not theirs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from motcua.services.access import Visitor, recognise, record_denial
from motcua.web.api.callers import needs_token, recognised
from motcua.web.assets import ICON, PREFIX
from motcua.web.coming_back import ask_to_sign_in, came_from, ours
from motcua.web.faults import API, refuse, signed_out
from motcua.web.forms import is_form, read_form, typed_by_hand
from motcua.web.limits import DENIALS
from motcua.web.places import ROOM_NAMES
from motcua.web.site import Site, site_of
from states.errors import DomainError, Kind

__all__ = [
    "COOKIE",
    "PENDING",
    "SIGN_IN",
    "Recognition",
    "Visitor",
    "csrf_of",
    "entering",
    "forget",
    "keep",
    "own_form",
]

COOKIE = "__Host-sid"
PENDING = "__Host-oidc"
SIGN_IN = "/dang-nhap"
OWN = "/toi"
"""One's own account."""

FIELD = "csrf"
_HEADER = "x-csrf"
STREAM = "/viec/luong"
BY_ITSELF = "x-by-itself"
"""Header of what a list that stays open reads again."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NotAdmitted(DomainError):
    """You may not enter {path}. It is for: {rooms}. Ask the administrator if it should be for you."""

    kind = Kind.NOT_AUTHORISED
    vi = "Bạn không được vào {path}. Trang này dành cho: {rooms_vi}. Nếu cần, hãy đề nghị quản trị."


class ForeignForm(DomainError):
    """This form does not come from a page of this site, or it is from before you signed in. Open the page again."""

    kind = Kind.NOT_AUTHORISED
    vi = "Biểu mẫu này không đến từ trang của hệ thống, hoặc có từ trước khi đăng nhập. Hãy mở lại trang."


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is not for everybody."""


class PasswordNeeded(Exception):
    """Somebody came by a one-time password, and must choose their own before anything else."""


@dataclass(frozen=True)
class Recognition:
    """Middleware that tells the rooms who is calling, and turns away what another site sends in their name.

    Programs below `/api/` are nobody by a cookie: what a browser sends by itself proves nothing there. They come by the
    token of a client system, and without one learn not even which addresses there are.
    """

    app: ASGIApp
    site: Site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set `visitor` and `csrf` of the request's state, then pass it on."""
        if scope["type"] != "http" or scope["path"] == ICON or scope["path"].startswith(f"{PREFIX}/"):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            if not scope["path"].startswith(API):
                _same_site(request)
                await run_in_threadpool(self._recognise, request)
            elif needs_token(scope["path"]) and not await run_in_threadpool(recognised, request, self.site):
                await signed_out(request)(scope, receive, send)
                return
        except DomainError as error:
            await refuse(request, error)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _recognise(self, request: Request) -> None:
        token = request.cookies.get(COOKIE, "")
        request.state.token = token
        request.state.visitor = None
        request.state.csrf = ""
        self.site.rules.renewed(self.site.house, self.site.wall.now())
        if token:
            site = self.site
            request.state.visitor = recognise(
                site.house, site.doors, token, site.wall.now(), used=not _by_itself(request)
            )
        if request.state.visitor is not None:
            request.state.csrf = csrf_of(token)


def entering(*rooms: str) -> Callable[[Request], Visitor]:
    """Return a dependency that gives the visitor, if they may enter one of *rooms*; without any, whoever is signed in.

    Nobody is led to the sign-in, a program gets 401, somebody else 403, which is recorded. Who came by a one-time
    password is led to their account, to choose another.
    """

    def enter(request: Request) -> Visitor:
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        if visitor is None:
            raise SignInNeeded
        if visitor.renews and request.url.path not in (OWN, f"{OWN}/mat-khau"):
            raise PasswordNeeded
        if rooms and not visitor.rooms.intersection(rooms):
            site = site_of(request)
            site.limits.hit(DENIALS, visitor.person)
            record_denial(site.house, visitor, "enter", request.url.path[:200], f"not of {', '.join(rooms)}")
            vi, en = (", ".join(ROOM_NAMES[room][language] for room in rooms) for language in (0, 1))
            raise NotAdmitted(path=request.url.path, rooms=en, rooms_vi=vi)
        return visitor

    return enter


async def own_form(request: Request) -> AsyncIterator[None]:
    """Check that what changes something carries the token of the session in which its form was shown.

    The form is read once, here; the files that came with it are closed when the request is over.

    Raises:
        HTTPException: 400, for a NUL: nobody types one, and PostgreSQL keeps none.
        ForeignForm: It does not.
    """
    try:
        await _readable(request)
        await _owned(request)
        yield
    finally:
        await request.close()


async def _readable(request: Request) -> None:
    said = [request.url.path, *(part for pair in request.query_params.multi_items() for part in pair)]
    typed: list[tuple[str, str]] = []
    if is_form(request):
        typed = await read_form(request)
        said += [part for pair in typed for part in pair]
    if any("\0" in text for text in said) and not request.url.path.startswith(API):
        raise HTTPException(400)
    request.state.typed = typed_by_hand(typed)


async def _owned(request: Request) -> None:
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if request.method in _SAFE or visitor is None:
        return
    given = request.headers.get(_HEADER, "")
    if not given and is_form(request):
        given = str((await request.form()).get(FIELD, ""))
    if not compare_digest(given.encode(), request.state.csrf.encode()):
        raise ForeignForm


def csrf_of(token: str) -> str:
    """Return the token that forms of a session carry; it follows from the session's and does not give it away."""
    return sha256(f"csrf:{token}".encode()).hexdigest()


def keep(response: Response, cookie: str, token: str) -> None:
    """Let the browser keep a token until it is closed, for this host alone, out of reach of scripts."""
    response.set_cookie(cookie, token, path="/", secure=True, httponly=True, samesite="lax")


def forget(response: Response, cookie: str = COOKIE) -> None:
    """Let the browser forget a token."""
    response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="lax")


def install(app: FastAPI) -> None:
    """Let the site lead whoever must sign in to where that is done."""
    app.add_exception_handler(SignInNeeded, _led_to_the_sign_in)
    app.add_exception_handler(PasswordNeeded, _led_to_their_account)


async def _led_to_the_sign_in(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(API):
        return signed_out(request)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = wanted if request.method in _SAFE else came_from(request)
    there = f"{SIGN_IN}?di={quote(ours(wanted), safe='/')}" if wanted != "/" else SIGN_IN
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"hx-redirect": SIGN_IN})
    typed = getattr(request.state, "typed", [])
    if typed:
        return ask_to_sign_in(request, 401, wanted, typed=typed)
    return RedirectResponse(there, 303)


async def _led_to_their_account(request: Request, error: Exception) -> Response:
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"hx-redirect": OWN})
    return RedirectResponse(OWN, 303)


def _by_itself(request: Request) -> bool:
    """Tell whether an open page asks without anybody having touched it."""
    return request.url.path == STREAM or BY_ITSELF in request.headers


def _same_site(request: Request) -> None:
    """Refuse what a page of another site made the browser send. Raises: ForeignForm.

    Source: OWASP ASVS 5.0, V3.5.1; W3C Fetch Metadata. A browser without either header sends the form's token still.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin"):
        raise ForeignForm
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise ForeignForm
