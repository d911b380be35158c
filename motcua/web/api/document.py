"""The OpenAPI document of the API, made from the routes themselves, and a page of it for people."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import JSONResponse, Response

from motcua import __version__
from motcua.services.clients import SCOPES
from motcua.web.api import calendars, dossiers, procedures, work
from motcua.web.api.callers import DOCUMENT, SCOPE
from motcua.web.api.conditions import REQUIRED
from motcua.web.api.models_work import CloudEvent
from motcua.web.api.problems import Problem
from motcua.web.site import site_of

ROUTERS = (procedures.router, dossiers.router, work.router, calendars.router)
router = APIRouter(include_in_schema=False)
Plain = dict[str, Any]
_ABOUT = """The API of motcua for systems of agencies.

Every request carries the token of a client system (`motcua client add`). It sees dossiers of its agencies and nothing
else, acts in its positions under its own name, and what it does is recorded like everything else. Every POST
carries an `Idempotency-Key`; every transition the `ETag` of the dossier as it was seen, in `If-Match`. Errors are
problem details (RFC 9457) with a code for programs and messages in Vietnamese and English.
"""


@cache
def document() -> Plain:
    """Return the OpenAPI 3.1 document; it is true for every route because it is made from them."""
    described = FastAPI(title="motcua", version=__version__, description=_ABOUT)
    for each in ROUTERS:
        described.include_router(each)
    made: Plain = described.openapi()
    schemas: Plain = made["components"]["schemas"]
    for model in (Problem, CloudEvent):
        own = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(own.pop("$defs", {}))
        schemas[model.__name__] = own
    made["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "Token of a client system."}
    }
    for path in made["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                _require(parameter)
    return made


def _require(parameter: Plain) -> None:
    """Say of what is asked for with an answer of its own that it is required."""
    if parameter["schema"].pop(REQUIRED, False):
        pattern = parameter["schema"].pop("pattern", None)
        parameter["required"] = True
        parameter["schema"] = {"type": "string"} | ({} if pattern is None else {"pattern": pattern})


@router.get(DOCUMENT)
def openapi(request: Request) -> Response:
    """Give the document; it is for everybody, and holds nothing of this installation."""
    return JSONResponse(document())


@router.get("/api")
def overview(request: Request) -> Response:
    """Show the operations of the API to people."""
    made = document()
    rows = [
        {"path": path, "method": method.upper(), "scope": operation.get(SCOPE, ""), **_told(operation)}
        for path, methods in made["paths"].items()
        for method, operation in methods.items()
    ]
    return site_of(request).pages.show(request, "api.html.j2", rows=rows, scopes=SCOPES, document=DOCUMENT)


def _told(operation: Plain) -> Plain:
    return {
        "said": operation.get("description", "").partition("\n")[0],
        "statuses": sorted(operation["responses"]),
    }
