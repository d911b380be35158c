"""The door: signing in and out, one's own account, and the role picker of a demonstration."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from motcua.bootstrap.providing import RETURN
from motcua.services.access import (
    SignInRefused,
    Visitor,
    change_own_password,
    come_back,
    end_own_session,
    leave,
    offered,
    own_account,
    play,
    sign_in,
    sign_out,
)
from motcua.services.ports import IdentityProvider
from motcua.web.addresses import address_of, keeps_sessions
from motcua.web.coming_back import ask_to_sign_in, ours
from motcua.web.language import language_of
from motcua.web.limits import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_LOGIN
from motcua.web.site import site_of
from motcua.web.visitors import COOKIE, PENDING, SIGN_IN, entering, forget, keep
from states.errors import DomainError

router = APIRouter()
Text = Annotated[str, Form(max_length=200)]
Address = Annotated[str, Form()]
"""Of any length: one that is not ours, or longer than any of ours, counts as none."""


@router.get(SIGN_IN, include_in_schema=False)
def sign_in_page(request: Request, di: str = "/") -> Response:
    """Ask for login and password."""
    return _sign_in_page(request, di, "")


@router.post(SIGN_IN, include_in_schema=False)
def sign_in_form(request: Request, login: Text = "", password: Text = "", di: Address = "/") -> Response:
    """Let somebody in who knows the password, and lead them where they wanted to go."""
    site = site_of(request)
    site.limits.hit_everywhere(SIGN_IN_BY_ADDRESS, "sign-in", address_of(request))
    site.limits.hit_everywhere(SIGN_IN_BY_LOGIN, "sign-in", login.strip().lower())
    held = request.state.token or None
    try:
        entered = sign_in(site.house, site.doors, login, password, site.wall.now(), held)
    except SignInRefused as error:
        return _sign_in_page(request, di, login, error)
    return _led_in(entered.token, di)


@router.get(f"{SIGN_IN}/oidc", include_in_schema=False)
def leave_for_the_provider(request: Request, di: str = "/") -> Response:
    """Send the browser to the identity provider."""
    site = site_of(request)
    site.limits.hit_everywhere(SIGN_IN_BY_ADDRESS, "sign-in", address_of(request))
    token, there = leave(site.house, _provider(request), ours(di), site.wall.now())
    response = RedirectResponse(there, 303)
    keep(response, PENDING, token)
    return response


@router.get(RETURN, include_in_schema=False)
def come_back_from_the_provider(request: Request) -> Response:
    """Let somebody in for whom the provider vouches, and lead them where they wanted to go."""
    site = site_of(request)
    token = request.cookies.get(PENDING, "")
    held = request.state.token or None
    try:
        entered, wanted = come_back(
            site.house, site.doors, _provider(request), token, request.query_params, site.wall.now(), held
        )
    except DomainError as error:
        return _sign_in_page(request, "/", "", error)
    response = _led_in(entered.token, wanted)
    forget(response, PENDING)
    return response


@router.post("/dang-xuat", include_in_schema=False)
def sign_out_form(request: Request) -> Response:
    """End the session, here and in the database."""
    sign_out(site_of(request).house, request.state.token)
    response = RedirectResponse(SIGN_IN, 303)
    forget(response)
    return response


@router.get("/toi", include_in_schema=False)
def account_page(request: Request, visitor: Annotated[Visitor, Depends(entering())]) -> Response:
    """Show one's own posts, sessions, and the form for another password."""
    return _account_page(request, visitor)


@router.post("/toi/mat-khau", include_in_schema=False)
def password_form(
    request: Request,
    visitor: Annotated[Visitor, Depends(entering())],
    old: Text = "",
    new: Text = "",
    again: Text = "",
) -> Response:
    """Take another password; every other session of the account ends."""
    site = site_of(request)
    site.limits.hit_everywhere(SIGN_IN_BY_LOGIN, "password", visitor.login)
    try:
        entered = change_own_password(site.house, site.doors, visitor, old, new, again, site.wall.now())
    except DomainError as error:
        return _account_page(request, visitor, error)
    return _led_in(entered.token, "/toi?doi=1")


@router.post("/toi/phien/{session}/ket-thuc", include_in_schema=False)
def session_form(
    request: Request, session: str, visitor: Annotated[Visitor, Depends(entering())]
) -> Response:
    """End another session of the same account, as of a computer left behind."""
    end_own_session(site_of(request).house, visitor, session)
    return RedirectResponse("/toi", 303)


@router.get("/demo", include_in_schema=False)
def parts_page(request: Request) -> Response:
    """Offer the parts of a demonstration; only where time is virtual."""
    _demonstration(request)
    site = site_of(request)
    facts = {"keeps": keeps_sessions(request), "host": request.url.hostname or ""}
    return site.pages.show(request, "roles.html.j2", parts=offered(site.house), **facts)


@router.post("/demo", include_in_schema=False)
def part_form(request: Request, part: Text = "") -> Response:
    """Let somebody in as the part that they chose."""
    _demonstration(request)
    site = site_of(request)
    entered = play(site.house, site.doors, part, site.wall.now(), request.state.token or None)
    return _led_in(entered.token, "/")


def _provider(request: Request) -> IdentityProvider:
    provider = site_of(request).provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _demonstration(request: Request) -> None:
    if not site_of(request).house.virtual:
        raise HTTPException(404)


def _led_in(token: str, wanted: str) -> Response:
    """Lead to a page of this site; an address elsewhere counts as none."""
    response = RedirectResponse(ours(wanted), 303)
    keep(response, COOKIE, token)
    return response


def _sign_in_page(request: Request, di: str, login: str, error: DomainError | None = None) -> Response:
    return ask_to_sign_in(request, 200 if error is None else 422, di, login, _said(request, error, "login"))


def _account_page(request: Request, visitor: Visitor, error: DomainError | None = None) -> Response:
    site = site_of(request)
    facts = own_account(site.house, site.doors, visitor, site.wall.now())
    return site.pages.show(
        request,
        "account.html.j2",
        200 if error is None else 422,
        **facts,
        found=_said(request, error, "old"),
        changed=request.query_params.get("doi") == "1",
    )


def _said(request: Request, error: DomainError | None, field: str) -> list[dict[str, Any]]:
    return [] if error is None else [{"field": field, "text": error.message(language_of(request))}]
