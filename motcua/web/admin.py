"""The administrator's room: agencies, calendars, accounts, mandates, other systems, and how the installation is."""

import sys
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.access import disable, listed_accounts
from motcua.services.calendar_grid import calendars, grid
from motcua.services.delegating import listed_delegations, revoke
from motcua.services.describing_agencies import agency_at, history_of, tree
from motcua.services.doctor import Surroundings
from motcua.services.doctor.inside import check_inside
from motcua.services.identity import today
from motcua.services.peer_standing import standing
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/quan-tri", include_in_schema=False)
Admin = Annotated[Visitor, Depends(entering("admin"))]
Day = Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class OwnAccount(DomainError):
    """You cannot close the account that you are signed in by. Let another administrator do it."""

    vi = "Không thể khóa chính tài khoản đang dùng. Hãy nhờ quản trị viên khác."


@router.get("")
def overview(request: Request, visitor: Admin) -> Response:
    """Show how the installation is: what a doctor finds inside, the portal, and other installations."""
    site, house = site_of(request), house_of(request).whole
    here = Surroundings(python=sys.version_info[:3], at=site.wall.now())
    return site.pages.show(
        request,
        "admin.html.j2",
        checks=list(check_inside(here, house)),
        peers=standing(house),
        virtual=house.virtual,
    )


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


@router.get("/tai-khoan")
def accounts(request: Request, visitor: Admin) -> Response:
    """Show all accounts."""
    return site_of(request).pages.show(
        request, "accounts.html.j2", rows=listed_accounts(house_of(request).whole)
    )


@router.post("/tai-khoan/khoa")
def close_account(request: Request, visitor: Admin, login: Annotated[str, Form(max_length=80)]) -> Response:
    """Close an account for good; whoever is signed in by it is signed out. Raises: AccountNotFound, OwnAccount."""
    if login == visitor.login:
        raise OwnAccount
    disable(house_of(request).whole, login, visitor.person, visitor.auth)
    return RedirectResponse("/quan-tri/tai-khoan", 303)


@router.get("/uy-quyen")
def mandates(request: Request, visitor: Admin) -> Response:
    """Show all mandates."""
    rows = listed_delegations(house_of(request).whole)
    return site_of(request).pages.show(request, "mandates.html.j2", rows=rows[::-1])


@router.post("/uy-quyen/thu-hoi")
def take_back(request: Request, visitor: Admin, mandate: Annotated[str, Form(max_length=80)]) -> Response:
    """Take a mandate back. Raises: DelegationRefused."""
    revoke(house_of(request).whole, mandate, visitor.person, visitor.auth)
    return RedirectResponse("/quan-tri/uy-quyen", 303)


def _day(given: str) -> date | None:
    """Return the day that was asked for; one that no calendar has counts as none."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
