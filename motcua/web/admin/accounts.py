"""The administrator's page of accounts: issued with a password for once, closed, opened again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.access import (
    DUTIES,
    Issued,
    Visitor,
    Wanted,
    accounts_with_posts,
    close,
    issue,
    issue_password,
    reopen,
)
from motcua.services.installation import Installation
from motcua.web.admin.room import Admin, Name, Text, room, told
from motcua.web.faults import STATUSES
from motcua.web.site import house_of, site_of
from states.errors import DomainError

router = room()
PAGE = "/tai-khoan"


@router.get(PAGE)
def accounts(request: Request, visitor: Admin, nguoi: Annotated[str, Query(max_length=80)] = "") -> Response:
    """Show all accounts, and the form for another one; for a person of the directory where one is named."""
    typed = Wanted(nguoi.lower(), nguoi, "") if nguoi else None
    return _list(request, typed=typed)


@router.post(PAGE)
def add(
    request: Request,
    visitor: Admin,
    login: Name = "",
    person: Name = "",
    name: Text = "",
    duties: Annotated[list[str] | None, Form(max_length=20)] = None,
) -> Response:
    """Issue an account; its password is on the page that answers, and nowhere afterwards."""
    site = site_of(request)
    wanted = Wanted(login.strip().lower(), person.strip(), name, tuple(duties or ()))
    try:
        issued = issue(house_of(request).whole, visitor, wanted, site.wall.now())
    except DomainError as error:
        return _list(request, error, typed=wanted)
    return _list(request, issued=issued)


@router.post(f"{PAGE}/mat-khau")
def another_password(
    request: Request, visitor: Admin, login: Name, sure: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """Issue another password for an account, shown once; its sessions end, so it is asked first whether to."""
    if sure != "yes" and login in {row.login for row in house_of(request).whole.store.accounts()}:
        return _list(request, asked=login)
    return _anew(request, visitor, login, issue_password)


@router.post(f"{PAGE}/mo-lai")
def open_again(request: Request, visitor: Admin, login: Name) -> Response:
    """Open a closed account again by a new password, shown once."""
    return _anew(request, visitor, login, reopen)


@router.post(f"{PAGE}/khoa")
def close_account(request: Request, visitor: Admin, login: Name) -> Response:
    """Close an account; whoever is signed in by it is signed out. Raises: AccountNotFound, OwnAccount."""
    close(house_of(request).whole, visitor, login)
    return RedirectResponse(f"/quan-tri{PAGE}?khoa={quote(login, safe='')}", 303)


def _anew(
    request: Request,
    visitor: Visitor,
    login: str,
    by: Callable[[Installation, Visitor, str, datetime], Issued],
) -> Response:
    """Issue a password for an account that is there; it is on the page that answers, and nowhere afterwards."""
    try:
        issued = by(house_of(request).whole, visitor, login, site_of(request).wall.now())
    except DomainError as error:
        return _list(request, error)
    return _list(request, issued=issued)


def _list(
    request: Request,
    error: DomainError | None = None,
    *,
    typed: Wanted | None = None,
    issued: Issued | None = None,
    asked: str | None = None,
) -> Response:
    site = site_of(request)
    rows = accounts_with_posts(house_of(request).whole, site.doors)
    return site.pages.show(
        request,
        "accounts.html.j2",
        200 if error is None else STATUSES[error.kind],
        rows=rows,
        known=DUTIES,
        typed=typed,
        issued=issued,
        asked=asked,
        closed=_closed(rows, request.query_params.get("khoa")),
        faults=told(request, error),
    )


def _closed(rows: Sequence[Mapping[str, Any]], named: str | None) -> str | None:
    """Return the login that an address says was closed, if it is."""
    return next((row["login"] for row in rows if row["login"] == named and row["disabled"]), None)
