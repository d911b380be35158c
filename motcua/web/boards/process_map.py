"""The map of a procedure: its lanes with how many dossiers stand where, and how many of them are late."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from motcua.services.boards import chart, listed
from motcua.services.ports import DossierFilter
from motcua.web.boards.tables import chart_sheets
from motcua.web.language import language_of
from motcua.web.sheets import as_csv, as_xlsx
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.diagram import lanes_svg

router = APIRouter(prefix="/quy-trinh", include_in_schema=False)
Looker = Annotated[Visitor, Depends(entering("supervisor", "leader", "auditor"))]


@router.get("/{code}/ban-do")
def show(request: Request, visitor: Looker, code: str, co_quan: str = "") -> Response:
    """Show the map; each box with dossiers leads to them."""
    seen = chart(house_of(request), visitor, code, co_quan or None)
    lang = language_of(request)
    links = {
        row["state"]: f"/quy-trinh/{code}/ho-so?{_query(row['state'], co_quan)}"
        for row in seen["rows"]
        if row["drawn"]
    }
    picture = lanes_svg(seen["procedure"], lang, seen["counts"], seen["late"], styled=False, links=links)
    return site_of(request).pages.show(request, "map.html.j2", seen=seen, picture=picture)


@router.get("/{code}/ban-do.csv")
def show_csv(request: Request, visitor: Looker, code: str, co_quan: str = "") -> Response:
    """Give the counts of the map as CSV."""
    seen = chart(house_of(request), visitor, code, co_quan or None)
    return as_csv(chart_sheets(seen, language_of(request)), 0, "ban-do")


@router.get("/{code}/ban-do.xlsx")
def show_xlsx(request: Request, visitor: Looker, code: str, co_quan: str = "") -> Response:
    """Give the counts of the map as a workbook."""
    seen = chart(house_of(request), visitor, code, co_quan or None)
    return as_xlsx(chart_sheets(seen, language_of(request)), "ban-do")


@router.get("/{code}/ho-so")
def dossiers(
    request: Request,
    visitor: Looker,
    code: str,
    co_quan: str = "",
    buoc: str = "",
    tre: str = "",
    sau: str = "",
) -> Response:
    """Show the open dossiers that stand in a box."""
    wanted = DossierFilter(procedure=code, state=buoc or None, late=tre == "1")
    found = listed(house_of(request), visitor, wanted, co_quan or None, after=sau)
    given = {"co_quan": co_quan, "buoc": buoc, "tre": tre}
    return site_of(request).pages.show(
        request,
        "board_dossiers.html.j2",
        **found,
        title={"vi": "Hồ sơ đang ở bước", "en": "Dossiers that stand in a step"},
        kept={name: value for name, value in given.items() if value},
        path=f"/quy-trinh/{code}/ho-so",
        up=f"/quy-trinh/{code}/ban-do",
        first=not sau,
    )


def _query(state: str, agency: str) -> str:
    given = {"buoc": state, "co_quan": agency}
    return urlencode({name: value for name, value in given.items() if value})
