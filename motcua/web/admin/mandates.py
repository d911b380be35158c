"""Mandates by page: an administrator's of signed papers, and everybody's own authority."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.mandates import Wish, give, mandates_of, may_be_given, take_back
from motcua.web.admin.room import Admin, Name, Text, told
from motcua.web.faults import STATUSES
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(include_in_schema=False)
PAPERS, OWN = "/quan-tri/uy-quyen", "/toi/uy-quyen"
Anybody = Annotated[Visitor, Depends(entering())]
Moment = Annotated[str, Form(max_length=40)]
Codes = Annotated[list[str] | None, Form(max_length=80)]


@router.get(PAPERS)
def mandates(request: Request, visitor: Admin) -> Response:
    """Show all mandates, and the form for one of a signed paper."""
    return _list(request, visitor, PAPERS)


@router.get(OWN)
def own_mandates(request: Request, visitor: Anybody) -> Response:
    """Show the mandates that one gave or was given, and the form for another of one's own authority."""
    return _list(request, visitor, OWN)


@router.post(PAPERS)
def enter(
    request: Request,
    visitor: Admin,
    grantor: Name = "",
    holder: Name = "",
    document: Text = "",
    agency: Name = "",
    since: Moment = "",
    until: Moment = "",
    procedures: Codes = None,
    actions: Text = "",
) -> Response:
    """Enter a mandate that a signed paper gives."""
    scope = tuple(procedures or ()), actions
    wish = Wish(grantor.strip(), holder.strip(), document, agency, since, until, *scope)
    return _given(request, visitor, wish, PAPERS)


@router.post(OWN)
def give_own(
    request: Request,
    visitor: Anybody,
    holder: Name = "",
    document: Text = "",
    agency: Name = "",
    since: Moment = "",
    until: Moment = "",
    procedures: Codes = None,
    actions: Text = "",
) -> Response:
    """Give a mandate of one's own authority."""
    scope = tuple(procedures or ()), actions
    wish = Wish(visitor.person, holder.strip(), document, agency, since, until, *scope)
    return _given(request, visitor, wish, OWN)


@router.post(f"{PAPERS}/thu-hoi")
def revoke_paper(request: Request, visitor: Admin, mandate: Name) -> Response:
    """Take a mandate back. Raises: DelegationRefused."""
    take_back(house_of(request).whole, visitor, mandate)
    return RedirectResponse(f"{PAPERS}?xong={quote(mandate, safe='')}", 303)


@router.post(f"{OWN}/thu-hoi")
def revoke_own(request: Request, visitor: Anybody, mandate: Name) -> Response:
    """Take back a mandate of one's own authority. Raises: DelegationRefused, NotTheirsToGive."""
    take_back(house_of(request).whole, visitor, mandate)
    return RedirectResponse(f"{OWN}?xong={quote(mandate, safe='')}", 303)


def _given(request: Request, visitor: Visitor, wish: Wish, page: str) -> Response:
    try:
        given = give(house_of(request).whole, visitor, wish)
    except DomainError as error:
        return _list(request, visitor, page, error, wish)
    return RedirectResponse(f"{page}?xong={given.id}", 303)


def _list(
    request: Request,
    visitor: Visitor,
    page: str,
    error: DomainError | None = None,
    typed: Wish | None = None,
) -> Response:
    """Show a list: all mandates to an administrator, to anybody else their own."""
    house = house_of(request).whole
    person = visitor.person if page == OWN else None
    rows, named = mandates_of(house, person), request.query_params.get("xong")
    return site_of(request).pages.show(
        request,
        "mandates.html.j2",
        200 if error is None else STATUSES[error.kind],
        rows=rows,
        offered=may_be_given(house, person),
        page=page,
        own=page == OWN,
        typed=typed,
        done=next((row for row in rows if row["id"] == named), None),
        faults=told(request, error),
    )
