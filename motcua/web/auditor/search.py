"""The auditor's search; its address is the query, so that it can be kept and passed on."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from motcua.services.auditing import Wanted, search
from motcua.services.catalogue import catalogue
from motcua.services.describing_agencies import listed as agencies
from motcua.services.identity import today
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering

router = APIRouter(include_in_schema=False)
Auditor = Annotated[Visitor, Depends(entering("auditor"))]
Short = Annotated[str, Query(max_length=60)]

SAVED = (
    ("Đang trễ hoặc xong trễ", "Late, or completed late", {"tre": "0"}),
    (
        "Trễ hơn 2 ngày, chưa có thư xin lỗi",
        "More than 2 days late, no apology",
        {"tre": "2", "xin_loi": "khong"},
    ),
    ("Xong trễ hơn 5 ngày", "More than 5 days late", {"tre": "5"}),
)
"""Queries that stand ready: in both languages, and their fields."""


@router.get("/kiem-toan")
def search_page(
    request: Request,
    visitor: Auditor,
    co_quan: Short = "",
    thu_tuc: Short = "",
    ma: Short = "",
    tre: Annotated[str, Query(pattern=r"^[0-9]{0,3}$")] = "",
    tu: Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = "",
    den: Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = "",
    xin_loi: Annotated[str, Query(pattern=r"^(khong)?$")] = "",
    sau: Short = "",
) -> Response:
    """Show a page of the dossiers that a query finds."""
    house = house_of(request)
    wanted = Wanted(
        agency=co_quan or None,
        procedure=thu_tuc or None,
        text=ma.strip().upper(),
        late=int(tre) if tre else None,
        since=_day(tu),
        until=_day(den),
        without_apology=bool(xin_loi),
    )
    fields = ("co_quan", "thu_tuc", "ma", "tre", "tu", "den", "xin_loi")
    typed = dict(zip(fields, (co_quan, thu_tuc, ma, tre, tu, den, xin_loi), strict=True))
    return site_of(request).pages.show(
        request,
        "audit_search.html.j2",
        **search(house, wanted, sau),
        typed=typed,
        address=urlencode({name: value for name, value in typed.items() if value}),
        saved=[(vi, en, urlencode(fields)) for vi, en, fields in SAVED],
        agencies=agencies(house, today(house)),
        procedures=[(row["code"], row["name"]) for row in catalogue(house)],
        first=not sau,
    )


def _day(given: str) -> date | None:
    """Return the day that was asked for; one that no calendar has counts as none."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
