"""Tasks and events for programs: what is to be done, and what happened."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from motcua.services import connected
from motcua.services.clients import FOLLOW, READ
from motcua.web.api import models_work as models
from motcua.web.api.asked import Limit, Mark, ProcedureFilter
from motcua.web.api.callers import V1, ApiRoute, Calling, scoped
from motcua.web.api.problems import problems
from motcua.web.site import house_of

router = APIRouter(prefix=V1, tags=["work"], route_class=ApiRoute)
BATCH = "application/cloudevents-batch+json"
_LINK = {
    "Link": {
        "schema": {"type": "string"},
        "description": 'Where to go on, `rel="next"`; always there, the same address where nothing is new.',
    }
}
Cursor = Annotated[
    str,
    Query(
        max_length=400,
        pattern="^[A-Za-z0-9_-]*$",
        description="Cursor of the last `Link`; empty for the first record, `now` for what comes from here on.",
    ),
]


@router.get("/tasks", response_model=models.Tasks, responses=problems(), openapi_extra=scoped(READ))
def tasks(
    request: Request,
    caller: Calling,
    procedure: ProcedureFilter = None,
    after: Mark = "",
    limit: Limit = 50,
) -> Any:
    """List open tasks, the most urgent first: those that the client took, and those that nobody has taken yet."""
    items, following = connected.open_work(
        house_of(request), caller, procedure=procedure, after=after or None, limit=limit
    )
    return {"items": items, "next": following}


@router.get(
    "/events",
    responses={
        **problems(),
        200: {
            "headers": _LINK,
            "content": {
                BATCH: {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/CloudEvent"}}}
            },
        },
    },
    response_class=Response,
    openapi_extra=scoped(FOLLOW),
)
def events(request: Request, caller: Calling, after: Cursor = "", limit: Limit = 100) -> Response:
    """Follow what happens to dossiers of the client's agencies, in the order of the log, without a gap.

    An answer may be empty though there is more; there is nothing new where its `Link` leads to where it was asked.
    """
    found = connected.follow(house_of(request).whole, caller, after, limit)
    batch = [models.CloudEvent.model_validate(event).model_dump() for event in found.events]
    link = f'<{V1}/events?after={found.cursor}&limit={limit}>; rel="next"'
    return Response(json.dumps(batch, ensure_ascii=False), 200, {"link": link}, BATCH)
