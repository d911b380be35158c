"""An officer's desk: the inbox with its queues, taking and giving back tasks."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.access import looked_at
from motcua.services.filters import filters_of
from motcua.services.inbox import MOST, colleagues, inbox
from motcua.services.installation import Installation
from motcua.services.live import mark_now
from motcua.services.ports import DossierNotFound
from motcua.services.tasks import claim, release
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(include_in_schema=False)
Officer = Annotated[Visitor, Depends(entering("officer", "counter"))]
DESK = "/viec"


@router.get(DESK)
def work(
    request: Request, visitor: Officer, hang: str = "all", thu_tuc: str | None = None, sau: str | None = None
) -> Response:
    """Show a queue of the inbox; its address is the filter, so that it can be kept and passed on."""
    return show_inbox(request, visitor, hang, thu_tuc, sau)


@router.get("/viec/tiep")
def following(request: Request, visitor: Officer) -> Response:
    """Lead to the most urgent task there is; to the inbox when there is none."""
    rows = inbox(house_of(request), visitor.person, limit=1)["rows"]
    return RedirectResponse(rows[0]["address"] if rows else DESK, 303)


@router.post("/viec/{code}/{task}/nhan")
def take(request: Request, visitor: Officer, code: str, task: str, key: Annotated[str, Form()]) -> Response:
    """Take a task from the pool. Raises: DossierNotFound, also where the task is not for them."""
    house = house_of(request)
    _theirs(house, visitor, code, task)
    claim(house.whole, code, task, visitor.actor, visitor.auth, key)
    return RedirectResponse(f"/ho-so/{code}", 303)


@router.post("/viec/{code}/{task}/tra")
def give_back(
    request: Request, visitor: Officer, code: str, task: str, key: Annotated[str, Form()]
) -> Response:
    """Give a task back to the pool. Raises: DossierNotFound, also where the task is not for them."""
    house = house_of(request)
    _theirs(house, visitor, code, task)
    release(house.whole, code, task, visitor.actor, visitor.auth, key)
    return RedirectResponse(f"/ho-so/{code}", 303)


def show_inbox(
    request: Request,
    visitor: Visitor,
    queue: str = "all",
    procedure: str | None = None,
    after: str | None = None,
    error: DomainError | None = None,
    **typed: Any,
) -> Response:
    """Answer with a page of the inbox; where something could not be done, with why and with what was typed."""
    house = house_of(request)
    since = mark_now(house)  # before the rows are read: what comes in between is told again, never missed
    found = inbox(house, visitor.person, queue, procedure=procedure or None, after=after)
    kept = {name: text for name, text in (("hang", queue), ("thu_tuc", procedure), ("sau", after)) if text}
    return site_of(request).pages.show(
        request,
        "inbox.html.j2",
        200 if error is None else STATUSES[error.kind],
        **found,
        queue=queue,
        procedure=procedure or None,
        most=MOST,
        first=after is None,
        here=urlencode(kept),
        since=since,
        filters=filters_of(house, visitor.person),
        colleagues=colleagues(house, visitor.person),
        key=house.new_id(),
        done=request.query_params.get("xong"),
        typed=typed,
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
    )


def _theirs(house: Installation, visitor: Visitor, code: str, task: str) -> None:
    """Check that a task, where it is still there, is for the visitor to look at. Raises: DossierNotFound."""
    sight = looked_at(house, visitor, code)
    found = sight.stored.dossier.task(task)
    if not sight.whole and (found is None or not sight.covers(found.agency)):
        raise DossierNotFound(code=code)
