"""Procedures for programs: which there are, and what each asks for."""

from typing import Any

from fastapi import APIRouter, Request

from motcua.services import connected
from motcua.services.clients import READ
from motcua.web.api import models_procedures as models
from motcua.web.api.asked import ProcedureCode
from motcua.web.api.callers import V1, ApiRoute, Calling, scoped
from motcua.web.api.problems import problems
from motcua.web.site import house_of

router = APIRouter(prefix=f"{V1}/procedures", tags=["procedures"], route_class=ApiRoute)


@router.get("", response_model=models.Procedures, responses=problems(), openapi_extra=scoped(READ))
def list_procedures(request: Request, caller: Calling) -> Any:
    """List the procedures that have a version in force, by code."""
    return {"items": connected.known_procedures(house_of(request))}


@router.get(
    "/{procedure}", response_model=models.Procedure, responses=problems(404), openapi_extra=scoped(READ)
)
def one_procedure(request: Request, caller: Calling, procedure: ProcedureCode) -> Any:
    """Return the version of a procedure in force today: its states, transitions, facts, papers and clocks."""
    return connected.one_procedure(house_of(request), procedure)
