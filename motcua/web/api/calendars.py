"""Deadlines as an iCalendar feed: for client systems, and for people by an address that nobody can guess.

Source:
    RFC 5545 (iCalendar), RFC 7986 (REFRESH-INTERVAL).
"""

from datetime import timedelta
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from icalendar import Calendar, Event
from starlette.exceptions import HTTPException

from motcua.services import connected
from motcua.services.clients import READ, Caller
from motcua.web.api.callers import V1, ApiRoute, Calling, scoped
from motcua.web.api.conditions import unchanged
from motcua.web.api.problems import problems
from motcua.web.language import language_of, speaker
from motcua.web.site import site_of

router = APIRouter(route_class=ApiRoute)
CALENDAR = "text/calendar"
_OFTEN = timedelta(minutes=15)
Known = Annotated[str | None, Header(alias="If-None-Match", description="ETag of what is known already.")]


@router.get(
    f"{V1}/deadlines.ics",
    tags=["work"],
    responses={
        **problems(),
        200: {"content": {CALENDAR: {"schema": {"type": "string"}}}, "description": "iCalendar (RFC 5545)."},
        304: {"description": "What the ETag in If-None-Match names is still true."},
    },
    response_class=Response,
    openapi_extra=scoped(READ),
)
def client_calendar(request: Request, caller: Calling, if_none_match: Known = None) -> Response:
    """Return the running deadlines of the client's agencies as a calendar."""
    return _answer(request, caller, if_none_match)


@router.get("/lich-han/{token}.ics", include_in_schema=False)
def agency_calendar(request: Request, token: str, if_none_match: Known = None) -> Response:
    """Return the calendar that a secret address opens; any other address does not exist."""
    caller = connected.calendar_caller(site_of(request).house, token)
    if caller is None:
        raise HTTPException(404)
    return _answer(request, caller, if_none_match)


def _answer(request: Request, caller: Caller, if_none_match: str | None) -> Response:
    body = _calendar(request, caller)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if unchanged(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, CALENDAR)


def _calendar(request: Request, caller: Caller) -> bytes:
    """Write the calendar; the same deadlines give the same bytes."""
    site, say = site_of(request), speaker(language_of(request))
    made = Calendar()
    made.add("prodid", "-//motcua//deadlines//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", say(f"Hạn giải quyết: {caller.client.name}", f"Deadlines: {caller.client.name}"))
    made.add("refresh-interval", _OFTEN, parameters={"VALUE": "DURATION"})
    for due in connected.deadlines(site.house, caller):
        made.add_component(_event(request, due))
    return bytes(made.to_ical())


def _event(request: Request, due: connected.Deadline) -> Event:
    """Write one deadline: an instant in UTC, under an id that stays the same when it moves."""
    site, say = site_of(request), speaker(language_of(request))
    made = Event()
    made.add("uid", f"{due.code}.{due.clock}@{site.house.log.replace('/', '.')}")
    made.add("dtstamp", due.changed.replace(microsecond=0))
    made.add("last-modified", due.changed.replace(microsecond=0))
    made.add("sequence", due.epoch)
    made.add("dtstart", due.due.replace(microsecond=0))
    maybe = say(" (tạm tính)", " (provisional)") if due.provisional else ""
    made.add("summary", say(f"Hạn {due.code}{maybe}", f"Due {due.code}{maybe}"))
    made.add("description", say(due.title["vi"], due.title["en"]))
    made.add("transp", "TRANSPARENT")
    if site.settings.site_url:
        made.add("url", f"{site.settings.site_url.rstrip('/')}/ho-so/{due.code}")
    return made
