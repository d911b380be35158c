"""Filters of the inbox with names: keep, rename, delete."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.filters import drop_filter, keep_filter, rename_filter
from motcua.services.inbox import QUEUES
from motcua.web.officer.desk import DESK, Officer, show_inbox
from motcua.web.site import house_of
from motcua.web.visitors import Visitor
from states.errors import DomainError

router = APIRouter(prefix="/viec/loc", include_in_schema=False)
Name = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=80)]


@router.post("")
def keep(
    request: Request, visitor: Officer, name: Name = "", hang: Short = "all", thu_tuc: Short = ""
) -> Response:
    """Keep the filter of the page under a name."""
    fields = {"hang": hang if hang in QUEUES else "all", "thu_tuc": thu_tuc}
    query = urlencode({field: text for field, text in fields.items() if text})
    return _done(
        request, visitor, name, query, lambda: keep_filter(house_of(request), visitor.person, name, query)
    )


@router.post("/doi-ten")
def rename(request: Request, visitor: Officer, name: Name = "", new: Name = "") -> Response:
    """Give a filter another name."""
    house = house_of(request)
    return _done(request, visitor, new, "", lambda: rename_filter(house, visitor.person, name, new))


@router.post("/xoa")
def drop(request: Request, visitor: Officer, name: Name = "") -> Response:
    """Forget a filter."""
    return _done(request, visitor, name, "", lambda: drop_filter(house_of(request), visitor.person, name))


def _done(request: Request, visitor: Visitor, name: str, query: str, do: Callable[[], None]) -> Response:
    try:
        do()
    except DomainError as error:
        return show_inbox(request, visitor, error=error, name=name)
    return RedirectResponse(f"{DESK}?{query}" if query else DESK, 303)
