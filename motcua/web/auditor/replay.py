"""Replays a dossier record by record, and says whether its trail is whole."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.access import seen
from motcua.services.auditing import inspect, verify_dossier
from motcua.services.ports import Stored
from motcua.services.raising import Finding, raise_nonconformity
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.diagram import lanes_svg
from states.errors import DomainError

router = APIRouter(prefix="/kiem-toan", include_in_schema=False)
Auditor = Annotated[Visitor, Depends(entering("auditor"))]
EDITION = "2015"
"""The edition of ISO 9001 whose clauses findings name."""


@router.get("/{code}")
def replay(
    request: Request, visitor: Auditor, code: str, so: Annotated[int | None, Query(ge=0, le=10**9)] = None
) -> Response:
    """Show a dossier as of one of its records. Raises: DossierNotFound."""
    return _page(request, seen(house_of(request), visitor, code), so)


@router.post("/{code}/khong-phu-hop")
def raise_finding(
    request: Request,
    visitor: Auditor,
    code: str,
    so: Annotated[int, Form(ge=1, le=10**9)],
    clause: Annotated[str, Form(max_length=20)],
    key: Annotated[str, Form(max_length=80)],
    text: Annotated[str, Form(max_length=8_000)] = "",
) -> Response:
    """Raise a nonconformity about a record, and lead to its entry in the register."""
    site = site_of(request)
    house = house_of(request)
    stored = seen(house, visitor, code)
    known = site.drafts.clauses(EDITION)
    try:
        entry = raise_nonconformity(house.whole, stored, Finding(so, clause, text), known, visitor, key=key)
    except DomainError as error:
        return _page(request, stored, so, error, {"text": text, "clause": clause})
    return RedirectResponse(f"/khong-phu-hop/{entry.row.id}", 303)


def _page(
    request: Request,
    stored: Stored,
    seq: int | None,
    error: DomainError | None = None,
    typed: dict[str, Any] | None = None,
) -> Response:
    site, house, lang = site_of(request), house_of(request), language_of(request)
    found = inspect(house, stored, seq)
    moment = found["moment"]
    part = request.headers.get("hx-request") == "true"
    return site.pages.show(
        request,
        "audit_moment.html.j2" if part else "audit_replay.html.j2",
        200 if error is None else STATUSES[error.kind],
        **found,
        code=stored.dossier.code,
        key=house.new_id(),
        picture=None
        if moment is None
        else lanes_svg(moment["procedure"], lang, lit=moment["lit"], styled=False),
        verdict=None if part else verify_dossier(house, stored),
        clauses=() if part else site.drafts.clauses(EDITION).clauses,
        faults=[] if error is None else [{"field": "text", "text": error.message(lang)}],
        typed=typed or {},
    )
