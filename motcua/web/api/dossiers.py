"""Dossiers for programs: handed in, read, sent on their way; each change once, and on the version that was seen."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from motcua.services import connected
from motcua.services.access import seen
from motcua.services.clients import ACT, READ, TAKE_IN
from motcua.services.ports import Stored
from motcua.services.presenting_clocks import explained
from motcua.web.api import models
from motcua.web.api.asked import DossierCode, Limit, Move, NewDossier, ProcedureFilter, TaskAct
from motcua.web.api.callers import V1, ApiRoute, Calling, scoped
from motcua.web.api.conditions import Key, Versions, etag, on_one_of, unchanged
from motcua.web.api.problems import problems
from motcua.web.site import house_of

router = APIRouter(prefix=f"{V1}/dossiers", tags=["dossiers"], route_class=ApiRoute)
_TAG = {"ETag": {"schema": {"type": "string"}, "description": "Goes into If-Match and If-None-Match."}}
_MOVED = {**problems(404, 409), 200: {"headers": _TAG}}
Code = Annotated[
    str,
    Query(pattern=r"^[0-9A-Z.-]{0,40}$", description="`next` of the page before; begins behind this code."),
]


@router.get("", response_model=models.Dossiers, responses=problems(), openapi_extra=scoped(READ))
def list_dossiers(
    request: Request,
    caller: Calling,
    procedure: ProcedureFilter = None,
    state: Annotated[
        Literal["open", "ended"] | None, Query(description="Only open ones, or only ended ones.")
    ] = None,
    after: Code = "",
    limit: Limit = 50,
) -> Any:
    """List the dossiers of which the client's agencies see everything, by code."""
    ended = None if state is None else state == "ended"
    items, following = connected.dossier_page(
        house_of(request), caller, procedure=procedure, ended=ended, after=after, limit=limit
    )
    return {"items": items, "next": following}


@router.post(
    "",
    status_code=201,
    response_model=models.Dossier,
    responses={
        **problems(404, 409),
        201: {"headers": {**_TAG, "Location": {"schema": {"type": "string"}, "description": "The dossier."}}},
    },
    openapi_extra=scoped(TAKE_IN),
)
def hand_in(request: Request, response: Response, caller: Calling, key: Key, wanted: NewDossier) -> Any:
    """Hand in a dossier at an agency of the client; it gets its code and public status 1."""
    house = house_of(request)
    stored = connected.hand_in(house.whole, caller, wanted.submission(), key)
    response.headers["location"] = f"{V1}/dossiers/{stored.dossier.code}"
    response.headers["etag"] = etag(stored)
    return connected.one_dossier(house, stored)


@router.get(
    "/{code}",
    response_model=models.Dossier,
    responses={
        **problems(404),
        200: {"headers": _TAG},
        304: {"description": "What the ETag in If-None-Match names is still true.", "headers": _TAG},
    },
    openapi_extra=scoped(READ),
)
def one_dossier(
    request: Request,
    response: Response,
    caller: Calling,
    code: DossierCode,
    if_none_match: Annotated[str | None, Header(description="ETag of what is known already.")] = None,
) -> Any:
    """Return a dossier as it stands."""
    house = house_of(request)
    stored = seen(house, caller.visitor, code)
    if unchanged(if_none_match, etag(stored)):
        return Response(status_code=304, headers={"etag": etag(stored)})
    response.headers["etag"] = etag(stored)
    return connected.one_dossier(house, stored)


@router.get(
    "/{code}/actions",
    response_model=models.Actions,
    responses={**problems(404), 200: {"headers": _TAG}},
    openapi_extra=scoped(READ),
)
def actions(request: Request, response: Response, caller: Calling, code: DossierCode) -> Any:
    """Return what may be sent now, by whom, and why not where a guard refuses."""
    house = house_of(request)
    stored = seen(house, caller.visitor, code)
    response.headers["etag"] = etag(stored)
    return {"version": stored.dossier.version, "items": connected.actions_of(house, caller, stored)}


@router.post(
    "/{code}/transitions",
    response_model=models.Dossier,
    responses={**_MOVED, **problems(404, 409, 412, 428)},
    openapi_extra=scoped(ACT),
)
def move(
    request: Request,
    response: Response,
    caller: Calling,
    code: DossierCode,
    key: Key,
    versions: Versions,
    wanted: Move,
) -> Any:
    """Send a dossier along a transition, or extend its term, in a position of the client; as it stands then.

    Giving a ready result out says in `handed_to` who took it and what they showed.
    """
    house = house_of(request)
    given, transition = wanted.particulars(), wanted.transition
    handing = None if wanted.handed_to is None else wanted.handed_to.handing()

    def act(version: int | None) -> Stored:
        return connected.move(house.whole, caller, code, transition, version, given, key, handing)

    stored = on_one_of(versions, seen(house, caller.visitor, code), act)
    response.headers["etag"] = etag(stored)
    return connected.one_dossier(house, stored)


@router.post("/{code}/tasks", response_model=models.Dossier, responses=_MOVED, openapi_extra=scoped(ACT))
def take_task(
    request: Request, response: Response, caller: Calling, code: DossierCode, key: Key, wanted: TaskAct
) -> Any:
    """Take a task from the pool in a position of the client, or give it back."""
    house = house_of(request)
    stored = connected.take_task(house.whole, caller, code, wanted.task, key, back=wanted.act == "release")
    response.headers["etag"] = etag(stored)
    return connected.one_dossier(house, stored)


@router.get(
    "/{code}/clocks", response_model=models.Clocks, responses=problems(404), openapi_extra=scoped(READ)
)
def clocks(request: Request, caller: Calling, code: DossierCode) -> Any:
    """Return the clocks of a dossier as of now, and day by day how each due instant is computed."""
    house = house_of(request)
    return {"items": explained(house, seen(house, caller.visitor, code))}


@router.get(
    "/{code}/records", response_model=models.Trail, responses=problems(404), openapi_extra=scoped(READ)
)
def records(
    request: Request,
    caller: Calling,
    code: DossierCode,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Begins behind this number.")] = 0,
    limit: Limit = 50,
) -> Any:
    """Return the trail of a dossier: what happened, who did it, and the hash of each record."""
    house = house_of(request)
    items, following = connected.trail(house, seen(house, caller.visitor, code), after, limit)
    return {"items": items, "next": following}
