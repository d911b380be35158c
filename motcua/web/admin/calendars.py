"""The administrator's pages of calendars: those in force, each year as a grid, and changes that two persons make."""

from typing import Annotated, Any

from fastapi import Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.services.access import denials
from motcua.services.calendar_grid import calendars, grid, grid_to_change
from motcua.services.calendar_proposals import (
    approve_calendar,
    decline_calendar,
    propose_calendar,
)
from motcua.services.describing_calendars import described, described_all, shown_change
from motcua.web.admin.calendar_form import Row, Typed, rows_of
from motcua.web.admin.room import Admin, room, told
from motcua.web.faults import STATUSES
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from states.errors import DomainError

router = room()
Cells = Annotated[list[str] | None, Form(max_length=300)]
Word = Annotated[str, Form(max_length=80)]
PREVIEW, PROPOSE = "xem", "de-xuat"


@router.get("/lich")
def calendar_list(request: Request, visitor: Admin) -> Response:
    """Show the calendars in force, and what is proposed about them."""
    house = house_of(request).whole
    return site_of(request).pages.show(
        request, "calendars.html.j2", rows=calendars(house), proposals=described_all(house)
    )


@router.get("/lich/de-xuat/{digest}")
def proposal(request: Request, visitor: Admin, digest: str) -> Response:
    """Show a proposed change with what would follow. Raises: CalendarProposalNotFound."""
    return _proposal(request, digest)


@router.post("/lich/de-xuat/{digest}/duyet")
def approve(request: Request, visitor: Admin, digest: str) -> Response:
    """Put a proposed change in force as its second person; open deadlines follow."""
    house = house_of(request).whole
    try:
        with denials(house, visitor, "approve_calendar", digest[:64]):
            done = approve_calendar(house, digest, visitor.person, visitor.auth)
    except DomainError as error:
        return _proposal(request, digest, error)
    return led(f"/quan-tri/lich/de-xuat/{digest}?mo={done.open}&doi={done.moved}")


@router.post("/lich/de-xuat/{digest}/bo")
def decline(request: Request, visitor: Admin, digest: str) -> Response:
    """Put a proposal away."""
    house = house_of(request).whole
    try:
        with denials(house, visitor, "decline_calendar", digest[:64]):
            decline_calendar(house, digest, visitor.person, visitor.auth)
    except DomainError as error:
        return _proposal(request, digest, error)
    return RedirectResponse("/quan-tri/lich", 303)


@router.get("/lich/{name}/{year}")
def calendar_year(request: Request, visitor: Admin, name: str, year: int) -> Response:
    """Show a year of a calendar as a grid. Raises: NoSuchYear."""
    house = house_of(request)
    shown = grid(house, name, year)
    known = next(row for row in calendars(house) if row["id"] == name)
    return site_of(request).pages.show(request, "calendar_year.html.j2", grid=shown, calendar=known)


@router.get("/lich/{name}/{year}/sua")
def change_form(
    request: Request,
    visitor: Admin,
    name: str,
    year: int,
    ngay: Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = "",
) -> Response:
    """Show the form that proposes a year; with a row for a day, where one is named. Raises: NoSuchYear."""
    shown = grid_to_change(house_of(request).whole, name, year)
    typed = Typed(shown["digest"], shown["status"], (Row(),))
    return _form(request, shown, typed.with_day(ngay, shown["working"].get(ngay, True)) if ngay else typed)


@router.post("/lich/{name}/{year}/sua")
def change(
    request: Request,
    visitor: Admin,
    name: str,
    year: int,
    base: Word = "",
    status: Word = "",
    verified: Word = "",
    act: Word = "",
    them: Word = "",
    day: Cells = None,
    becomes: Cells = None,
    reason: Cells = None,
    reason_en: Cells = None,
    document: Cells = None,
    source: Cells = None,
    for_day: Cells = None,
) -> Response:
    """Add a row, show what would follow, or propose. Raises: NoSuchYear."""
    house = house_of(request).whole
    shown = grid_to_change(house, name, year)
    columns = (day, becomes, reason, reason_en, document, source, for_day)
    typed = Typed(base, status, rows_of(*(column or [] for column in columns)), bool(verified))
    if them:
        return _form(request, shown, typed.with_day(them, shown["working"].get(them, True)))
    if act not in (PREVIEW, PROPOSE):
        return _form(request, shown, Typed(base, status, (*typed.rows, Row()), typed.verified))
    try:
        with denials(house, visitor, "propose_calendar", f"{name} {year}"):
            wanted = typed.change(name, year)
            if act == PREVIEW:
                return _form(request, shown, typed, told_change=shown_change(house, wanted))
            made = propose_calendar(house, wanted, visitor.person, visitor.auth)
    except DomainError as error:
        return _form(request, shown, typed, error)
    return RedirectResponse(f"/quan-tri/lich/de-xuat/{made.digest}", 303)


def _form(
    request: Request,
    shown: dict[str, Any],
    typed: Typed,
    error: DomainError | None = None,
    told_change: dict[str, Any] | None = None,
) -> Response:
    return site_of(request).pages.show(
        request,
        "calendar_change.html.j2",
        200 if error is None else STATUSES[error.kind],
        grid=shown,
        typed=typed,
        foreseen=told_change,
        faults=told(request, error),
    )


def _proposal(request: Request, digest: str, error: DomainError | None = None) -> Response:
    return site_of(request).pages.show(
        request,
        "calendar_proposal.html.j2",
        200 if error is None else STATUSES[error.kind],
        one=described(house_of(request).whole, digest),
        opened=just_done(request, "mo"),
        moved=just_done(request, "doi"),
        faults=told(request, error),
    )
