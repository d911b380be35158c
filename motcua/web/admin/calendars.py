"""The administrator's pages of calendars: those in force, and each year as a grid."""

from fastapi import Request
from starlette.responses import Response

from motcua.services.calendar_grid import calendars, grid
from motcua.web.admin.room import Admin, room
from motcua.web.site import house_of, site_of

router = room()


@router.get("/lich")
def calendar_list(request: Request, visitor: Admin) -> Response:
    """Show the calendars in force."""
    return site_of(request).pages.show(request, "calendars.html.j2", rows=calendars(house_of(request)))


@router.get("/lich/{name}/{year}")
def calendar_year(request: Request, visitor: Admin, name: str, year: int) -> Response:
    """Show a year of a calendar as a grid. Raises: NoSuchYear."""
    house = house_of(request)
    shown = grid(house, name, year)
    known = next(row for row in calendars(house) if row["id"] == name)
    return site_of(request).pages.show(request, "calendar_year.html.j2", grid=shown, calendar=known)
