"""The register of nonconformities: list, one entry, and the steps from containing it to closing it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.services import nonconformities as register
from motcua.services.installation import Installation
from motcua.services.register_steps import Entry, InvalidStep
from motcua.services.register_telling import listed, told
from motcua.web.auditor.replay import EDITION
from motcua.web.faults import STATUSES
from motcua.web.forms import typed_by_hand
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError, Kind

router = APIRouter(prefix="/khong-phu-hop", include_in_schema=False)
Reader = Annotated[Visitor, Depends(entering("auditor", "leader", "supervisor"))]
Doer = Annotated[Visitor, Depends(entering("leader", "supervisor"))]
"""An auditor's account raises entries and takes no step on them, whatever posts its person holds."""
Words = Annotated[str, Form(max_length=8_000)]
Short = Annotated[str, Form(max_length=80)]
Steps = Annotated[int, Form(ge=0, le=10**6)]
"""How many steps the page showed from which a form was sent."""
PageNumber = Annotated[int, Query(ge=1, le=10**6)]
ROWS = 50
"""Entries on one page; the newest stand on the first."""


class StaleEntry(DomainError):
    """Nonconformity {id} has {count} steps by now; this page showed {seen}. Look at them, then go on."""

    kind = Kind.CONFLICT
    vi = "Điểm không phù hợp {id} nay có {count} bước, trang này mới thấy {seen}. Hãy xem lại rồi thực hiện tiếp."


@router.get("")
def register_page(request: Request, visitor: Reader, loc: str = "mo", trang: PageNumber = 1) -> Response:
    """Show a page of the register: what is open, or all; to a leader that of their agencies and of those below."""
    house = house_of(request)
    entries = register.visible(house, visitor.person, "auditor" in visitor.duties, open_only=loc != "tat-ca")
    last = max(1, -(-len(entries) // ROWS))
    number = min(trang, last)
    return site_of(request).pages.show(
        request,
        "nonconformities.html.j2",
        rows=listed(house, entries[::-1][(number - 1) * ROWS : number * ROWS]),
        number=number,
        last=last,
        every=len(entries),
        everything=loc == "tat-ca",
        causes=_causes(request),
    )


@router.get("/{name:path}")
def entry_page(request: Request, visitor: Reader, name: str) -> Response:
    """Show an entry with its steps and what may be done next. Raises: NonconformityNotFound."""
    return _page(request, visitor, name)


@router.post("/{name:path}/khac-phuc")
def contain(request: Request, visitor: Doer, name: str, steps: Steps, text: Words = "") -> Response:
    """Record what was done at once."""
    return _step(
        request,
        visitor,
        name,
        steps,
        lambda house: register.contain(house, name, visitor.person, text, visitor.auth),
        text=text,
    )


@router.post("/{name:path}/nguyen-nhan")
def cause(
    request: Request, visitor: Doer, name: str, steps: Steps, cause: Short = "", text: Words = ""
) -> Response:
    """Record the root cause."""
    known = _causes(request)
    return _step(
        request,
        visitor,
        name,
        steps,
        lambda house: register.set_cause(
            house, name, visitor.person, cause, known, text.strip() or None, visitor.auth
        ),
        text=text,
        cause=cause,
    )


@router.post("/{name:path}/hanh-dong")
def action(
    request: Request,
    visitor: Doer,
    name: str,
    steps: Steps,
    owner: Short = "",
    due: Short = "",
    text: Words = "",
) -> Response:
    """Set the corrective action, who answers for it, and by when."""
    return _step(
        request,
        visitor,
        name,
        steps,
        lambda house: register.act(house, name, visitor.person, owner.strip(), _day(due), text, visitor.auth),
        text=text,
        owner=owner,
        due=due,
    )


@router.post("/{name:path}/kiem-tra")
def check(request: Request, visitor: Doer, name: str, steps: Steps) -> Response:
    """Look whether the same came again since the action."""
    return _step(
        request, visitor, name, steps, lambda house: register.check(house, name, visitor.person, visitor.auth)
    )


@router.post("/{name:path}/dong")
def close(request: Request, visitor: Doer, name: str, steps: Steps, text: Words = "") -> Response:
    """Close an entry whose action was effective."""
    return _step(
        request,
        visitor,
        name,
        steps,
        lambda house: register.close(house, name, visitor.person, text.strip() or None, visitor.auth),
        text=text,
    )


def _step(
    request: Request,
    visitor: Visitor,
    name: str,
    steps: int,
    take: Callable[[Installation], Entry],
    **typed: str,
) -> Response:
    house = house_of(request)
    entry = register.seen(house, name, visitor.person, "auditor" in visitor.duties)
    try:
        if steps != len(entry.steps):
            raise StaleEntry(id=entry.row.id, seen=steps, count=len(entry.steps))
        take(house.whole)
    except DomainError as error:
        return _page(request, visitor, name, error, typed)
    return RedirectResponse(f"/khong-phu-hop/{name}", 303)


def _page(
    request: Request,
    visitor: Visitor,
    name: str,
    error: DomainError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    site, house = site_of(request), house_of(request)
    entry = register.seen(house, name, visitor.person, "auditor" in visitor.duties)
    stale = isinstance(error, (StaleEntry, register.StepOutOfOrder))
    faults: list[Any] = (
        [] if error is None else [{"field": None, "text": error.message(language_of(request))}]
    )
    return site.pages.show(
        request,
        "nonconformity.html.j2",
        200 if error is None else STATUSES[error.kind],
        entry=told(house, entry),
        causes=_causes(request),
        acts="auditor" not in visitor.duties and register.has_a_say(house, entry, visitor.person),
        typed={} if stale else typed or {},
        left=typed_by_hand((typed or {}).items()) if stale else [],
        faults=faults,
    )


def _causes(request: Request) -> Any:
    return site_of(request).drafts.clauses(EDITION).causes


def _day(given: str) -> date:
    """Read a day. Raises: InvalidStep."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidStep(reason="it needs a day", reason_vi="cần một ngày") from None
