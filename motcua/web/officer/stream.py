"""The stream of an inbox that stays open: what changed in it, as server-sent events."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from motcua.services.live import open_list
from motcua.web.live import hub_of
from motcua.web.officer.desk import Officer
from motcua.web.site import house_of
from motcua.web.visitors import STREAM

router = APIRouter(include_in_schema=False)


@router.get(STREAM)
async def stream(
    request: Request,
    visitor: Officer,
    hang: str = "all",
    thu_tuc: str | None = None,
    sau: str | None = None,
    tu: str = "",
) -> Response:
    """Tell what changes in a page of the inbox from now on; at once, whether anything did since the page was read."""
    since = request.headers.get("last-event-id") or tu
    house, hub = house_of(request), hub_of(request)
    listed = await run_in_threadpool(open_list, house, visitor, hang, thu_tuc or None, sau)
    return StreamingResponse(
        hub.events(visitor, listed, since[:40]),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )
