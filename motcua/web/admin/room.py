"""Who enters the administrator's room, and what its pages have in common."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request

from motcua.web.language import language_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

Admin = Annotated[Visitor, Depends(entering("admin"))]
Text = Annotated[str, Form(max_length=200)]
Name = Annotated[str, Form(max_length=80)]


def room() -> APIRouter:
    """Return a router below the administrator's address."""
    return APIRouter(prefix="/quan-tri", include_in_schema=False)


def told(request: Request, error: DomainError | None, field: str | None = None) -> list[dict[str, Any]]:
    """Return an error as the summary of a form shows it."""
    return [] if error is None else [{"field": field, "text": error.message(language_of(request))}]
