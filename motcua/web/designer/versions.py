"""Procedures with their versions: in force, proposed, former; what a proposal changes; approval by a second person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from motcua.services.catalogue import PROPOSED, catalogue, changes, in_force, versions_of
from motcua.services.publishing import ProposalNotFound, approve
from motcua.services.versions import under_way
from motcua.web.designer.playing import played
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.diagram import lanes_svg
from states.errors import DomainError

router = APIRouter(prefix="/thiet-ke", include_in_schema=False)
Designer = Annotated[Visitor, Depends(entering("designer"))]


@router.get("")
def procedures(request: Request, visitor: Designer) -> Response:
    """Show all procedures."""
    return site_of(request).pages.show(request, "procedures.html.j2", rows=catalogue(house_of(request)))


@router.get("/{code}")
def procedure(
    request: Request, visitor: Designer, code: str, ban: str = "", kich_ban: str = "", dem: str = ""
) -> Response:
    """Show a procedure: its versions, and one of them. Raises: ProcedureNotFound."""
    return _page(request, visitor, code, ban, play=bool(kich_ban), count=bool(dem))


@router.post("/{code}/duyet")
def approve_version(
    request: Request, visitor: Designer, code: str, digest: Annotated[str, Form(max_length=64)]
) -> Response:
    """Put a proposal in force, as its second person."""
    house = house_of(request)
    try:
        if digest not in {version["digest"] for version in versions_of(house, code)}:
            raise ProposalNotFound(digest=digest[:64])
        approve(house.whole, digest, visitor.person, visitor.auth)
    except DomainError as error:
        return _page(request, visitor, code, digest, error)
    return led(f"/thiet-ke/{code}?ban={digest}&xong=duyet")


def _page(
    request: Request,
    visitor: Visitor,
    code: str,
    chosen: str,
    error: DomainError | None = None,
    *,
    play: bool = False,
    count: bool = False,
) -> Response:
    site, lang = site_of(request), language_of(request)
    house, config = house_of(request), site.drafts
    versions = versions_of(house, code)
    first = next((one for one in versions if one["status"] != PROPOSED), versions[0])
    shown = next((one for one in versions if chosen and one["digest"] == chosen), first)
    drawn = house.worlds.procedure(shown["digest"])
    return site.pages.show(
        request,
        "procedure.html.j2",
        200 if error is None else STATUSES[error.kind],
        code=code,
        name={"vi": drawn.name.vi, "en": drawn.name.en},
        versions=versions,
        shown=shown,
        changes=changes(in_force(house, code), drawn, config.public_statuses),
        picture=lanes_svg(drawn, lang, styled=False),
        scenarios=played(config, config.source_of(drawn, shown["source"]), lang) if play else None,
        under_way=under_way(house.whole, [code]) if count else None,
        lines=shown["source"].decode(errors="replace").splitlines(),
        done=just_done(request),
        faults=[] if error is None else [{"field": None, "text": error.message(lang)}],
    )
