"""The administrator's page of webhooks: who is told of what, what was sent, and sent again at a press."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.bootstrap import hook_wire
from motcua.services.cloud_events import LABELS
from motcua.services.webhooks import (
    Subscription,
    add_webhook,
    disable_webhook,
    listed_deliveries,
    listed_webhooks,
    replay,
)
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/quan-tri/webhooks", include_in_schema=False)
Admin = Annotated[Visitor, Depends(entering("admin"))]


@router.get("")
def webhooks(request: Request, visitor: Admin) -> Response:
    """Show all webhooks, and the form for another one."""
    return _list(request)


@router.post("")
def add(
    request: Request,
    visitor: Admin,
    agency: Annotated[str, Form(max_length=40)],
    url: Annotated[str, Form(max_length=500)],
    types: Annotated[list[str] | None, Form(max_length=40)] = None,
) -> Response:
    """Add a webhook; its key is on the page that answers, and nowhere afterwards."""
    site = site_of(request)
    wanted = Subscription(agency.strip(), url.strip(), tuple(types or ()))
    try:
        made = add_webhook(
            house_of(request).whole, hook_wire(site.settings), wanted, visitor.person, visitor.auth
        )
    except DomainError as error:
        return _list(request, error, wanted)
    return _list(request, secret=made.secrets[0], added=made.id)


@router.post("/{id}/khoa")
def close(request: Request, visitor: Admin, id: str) -> Response:
    """Close a webhook for good. Raises: WebhookNotFound."""
    disable_webhook(house_of(request).whole, id, visitor.person, visitor.auth)
    return RedirectResponse("/quan-tri/webhooks", 303)


@router.get("/{id}")
def deliveries(request: Request, visitor: Admin, id: str) -> Response:
    """Show what was sent to a webhook, the newest first. Raises: WebhookNotFound."""
    house = house_of(request).whole
    rows = listed_deliveries(house, id)
    hook = next(row for row in listed_webhooks(house) if row["id"] == id)
    done = just_done(request)
    return site_of(request).pages.show(
        request, "webhook.html.j2", hook=hook, rows=rows, done=done, labels=LABELS
    )


@router.post("/{id}/gui-lai")
def send_again(
    request: Request, visitor: Admin, id: str, delivery: Annotated[str, Form(max_length=80)]
) -> Response:
    """Let a delivery be sent again with the next round of the worker. Raises: WebhookNotFound."""
    replay(house_of(request).whole, id, delivery, visitor.person, visitor.auth)
    return led(f"/quan-tri/webhooks/{id}?xong=1")


def _list(
    request: Request,
    error: DomainError | None = None,
    typed: Subscription | None = None,
    secret: str | None = None,
    added: str | None = None,
) -> Response:
    site = site_of(request)
    house = house_of(request).whole
    directory = house.worlds.directory
    return site.pages.show(
        request,
        "webhooks.html.j2",
        200 if error is None else STATUSES[error.kind],
        rows=listed_webhooks(house),
        agencies=[(agency.code, agency.name) for agency in directory.agencies],
        labels=LABELS,
        typed=typed,
        secret=secret,
        added=added,
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
    )
