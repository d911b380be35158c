"""An officer's desk: the inbox with its queues, taking and giving back tasks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.inbox import MOST, inbox
from motcua.services.tasks import claim, release
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering

router = APIRouter(include_in_schema=False)
Officer = Annotated[Visitor, Depends(entering("officer", "counter"))]


@router.get("/viec")
def work(
    request: Request, visitor: Officer, hang: str = "all", thu_tuc: str | None = None, sau: str | None = None
) -> Response:
    """Show a queue of the inbox; its address is the filter, so that it can be kept and passed on."""
    found = inbox(house_of(request), visitor.person, hang, procedure=thu_tuc or None, after=sau)
    return site_of(request).pages.show(
        request, "inbox.html.j2", **found, queue=hang, procedure=thu_tuc, most=MOST, first=sau is None
    )


@router.get("/viec/tiep")
def following(request: Request, visitor: Officer) -> Response:
    """Lead to the most urgent task there is; to the inbox when there is none."""
    rows = inbox(house_of(request), visitor.person, limit=1)["rows"]
    return RedirectResponse(f"/ho-so/{rows[0]['code']}" if rows else "/viec", 303)


@router.post("/viec/{code}/{task}/nhan")
def take(request: Request, visitor: Officer, code: str, task: str, key: Annotated[str, Form()]) -> Response:
    """Take a task from the pool."""
    claim(house_of(request), code, task, visitor.actor, key=key)
    return RedirectResponse(f"/ho-so/{code}", 303)


@router.post("/viec/{code}/{task}/tra")
def give_back(
    request: Request, visitor: Officer, code: str, task: str, key: Annotated[str, Form()]
) -> Response:
    """Give a task back to the pool."""
    release(house_of(request), code, task, visitor.actor, key=key)
    return RedirectResponse(f"/ho-so/{code}", 303)
