"""The administrator's pages of agencies: the tree as of a day, and one agency with its posts and its past."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from motcua.services.describing_agencies import agency_at, history_of, tree
from motcua.services.identity import today
from motcua.web.admin.room import Admin, room
from motcua.web.site import house_of, site_of

router = room()
Day = Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


@router.get("/co-quan")
def agencies(request: Request, visitor: Admin, ngay: Day = "") -> Response:
    """Show the tree of agencies as of a day; today without one."""
    house = house_of(request)
    day = _day(ngay) or today(house)
    return site_of(request).pages.show(
        request, "agencies.html.j2", tree=tree(house, day), day=day.isoformat()
    )


@router.get("/co-quan/{code}")
def agency(request: Request, visitor: Admin, code: str, ngay: Day = "") -> Response:
    """Show an agency as of a day, and over time. Raises: AgencyNotFound."""
    house = house_of(request)
    day = _day(ngay) or today(house)
    return site_of(request).pages.show(
        request,
        "agency.html.j2",
        agency=agency_at(house, code, day),
        history=history_of(house, code),
        day=day.isoformat(),
    )


def _day(given: str) -> date | None:
    """Return the day that was asked for; one that no calendar has counts as none."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
