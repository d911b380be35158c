"""The overview: how appointments were kept, by agency, procedure and month, and who is worst off."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from motcua.services.boards import Period, UnreadableMonth, listed, overview, period_of
from motcua.services.identity import today
from motcua.services.ports import DossierFilter
from motcua.web.boards.heat import heat_page
from motcua.web.boards.tables import PARTIES, WORDS, list_sheet, overview_sheets
from motcua.web.faults import STATUSES
from motcua.web.language import language_of, speaker
from motcua.web.sheets import Sheet, as_csv, as_xlsx
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering

router = APIRouter(include_in_schema=False)
Leader = Annotated[Visitor, Depends(entering("leader", "auditor"))]
EVERY = 100_000
"""Rows of a list that is taken as a file."""


@router.get("/tong-quan")
def show(
    request: Request,
    visitor: Leader,
    tu: str = "",
    den: str = "",
    co_quan: str = "",
    trang: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """Show the overview of some months; of the present one, where none are chosen."""
    site, faults, status = site_of(request), [], 200
    try:
        period = _period(request, tu, den)
    except UnreadableMonth as error:
        period, status = _period(request, "", ""), STATUSES[error.kind]
        faults = [{"field": "tu", "text": error.message(language_of(request))}]
    seen = overview(house_of(request), visitor, period, co_quan or None)
    return site.pages.show(
        request,
        "overview.html.j2",
        status,
        seen=seen,
        heat=heat_page(seen, trang),
        faults=faults,
        words=WORDS,
        parties=PARTIES,
        **_months(period),
    )


@router.get("/tong-quan.csv")
def show_csv(
    request: Request, visitor: Leader, tu: str = "", den: str = "", co_quan: str = "", bang: int = 0
) -> Response:
    """Give one table of the overview as CSV."""
    return as_csv(_sheets(request, visitor, _period(request, tu, den), co_quan), bang, "tong-quan")


@router.get("/tong-quan.xlsx")
def show_xlsx(request: Request, visitor: Leader, tu: str = "", den: str = "", co_quan: str = "") -> Response:
    """Give the tables of the overview as a workbook."""
    return as_xlsx(_sheets(request, visitor, _period(request, tu, den), co_quan), "tong-quan")


@router.get("/tong-quan/ho-so")
def dossiers(
    request: Request,
    visitor: Leader,
    tu: str = "",
    den: str = "",
    co_quan: str = "",
    thu_tuc: str = "",
    tre: str = "",
    mo: str = "",
    sau: str = "",
) -> Response:
    """Show the dossiers behind a number: finished in some months, or still open (`mo=1`)."""
    period = _period(request, tu, den)
    wanted = _wanted(period, thu_tuc, tre, mo)
    found = listed(house_of(request), visitor, wanted, co_quan or None, after=sau)
    return site_of(request).pages.show(
        request,
        "board_dossiers.html.j2",
        **found,
        title=_title(wanted),
        kept=_kept(request),
        path="/tong-quan/ho-so",
        up="/tong-quan",
        first=not sau,
    )


def exported(
    request: Request,
    visitor: Leader,
    tu: str = "",
    den: str = "",
    co_quan: str = "",
    thu_tuc: str = "",
    tre: str = "",
    mo: str = "",
) -> Sheet:
    """Return the table of the dossiers behind a number, by the same filter as their page."""
    return _list(request, visitor, _wanted(_period(request, tu, den), thu_tuc, tre, mo), co_quan)


@router.get("/tong-quan/ho-so.csv")
def dossiers_csv(sheet: Annotated[Sheet, Depends(exported)]) -> Response:
    """Give the dossiers behind a number as CSV."""
    return as_csv([sheet], 0, "ho-so")


@router.get("/tong-quan/ho-so.xlsx")
def dossiers_xlsx(sheet: Annotated[Sheet, Depends(exported)]) -> Response:
    """Give the dossiers behind a number as a workbook."""
    return as_xlsx([sheet], "ho-so")


def _period(request: Request, since: str, until: str) -> Period:
    return period_of(since or None, until or None, today(house_of(request)))


def _months(period: Period) -> dict[str, Any]:
    return {
        "since": f"{period.first:%Y-%m}",
        "until": f"{period.last:%Y-%m}",
        "period": period,
        "before": period.before,
    }


def _sheets(request: Request, visitor: Visitor, period: Period, agency: str) -> list[Sheet]:
    found = overview(house_of(request), visitor, period, agency or None)
    return overview_sheets(found, language_of(request))


def _wanted(period: Period, procedure: str, late: str, open_: str) -> DossierFilter:
    return DossierFilter(
        procedure=procedure or None,
        finished=None if open_ == "1" else period.days,
        late=late == "1",
        whole=True,
    )


def _list(request: Request, visitor: Visitor, wanted: DossierFilter, agency: str) -> Sheet:
    found = listed(house_of(request), visitor, wanted, agency or None, limit=EVERY)
    lang = language_of(request)
    return list_sheet(speaker(lang)("Hồ sơ", "Dossiers"), found["rows"], lang)


def _title(wanted: DossierFilter) -> dict[str, str]:
    if wanted.finished is None:
        late = {"vi": "Hồ sơ đang trễ", "en": "Dossiers that are late"}
        return late if wanted.late else {"vi": "Hồ sơ đang giải quyết", "en": "Open dossiers"}
    late = {"vi": "Hồ sơ giải quyết trễ hạn", "en": "Dossiers finished late"}
    return late if wanted.late else {"vi": "Hồ sơ đã giải quyết", "en": "Finished dossiers"}


def _kept(request: Request) -> dict[str, str]:
    names = ("tu", "den", "co_quan", "thu_tuc", "tre", "mo", "buoc")
    return {name: request.query_params[name] for name in names if request.query_params.get(name)}
