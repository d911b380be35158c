"""The room of the citizens: where a dossier is, in plain words, for whoever holds its code and its check code."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from motcua.bootstrap import citizens_desk, public_statuses
from motcua.services.citizens import (
    LookUpRefused,
    applicants_paper,
    choose_online,
    examples,
    look_up,
    rate_online,
)
from motcua.services.delivering import AddressMissing, Delivery, WayNotChosen
from motcua.services.idempotency import KeyReused, MalformedKey
from motcua.services.installation import Installation
from motcua.services.papers.finding import PaperNotFound
from motcua.services.ports import CitizensDesk, RatedAlready
from motcua.services.ratings import CommentTooLong, NoScore, NotFinished
from motcua.web.faults import STATUSES
from motcua.web.feedback import lists_of
from motcua.web.forms import SentBefore
from motcua.web.language import language_of
from motcua.web.look_ups import counted
from motcua.web.paper_sheets import paper_answer
from motcua.web.site import site_of
from states.delivering import DeliveryRefused
from states.errors import DomainError

router = APIRouter()
LOOK_UP = "/tra-cuu"
Text = Annotated[str, Query(max_length=200)]
Given = Annotated[str, Form(max_length=200)]
Address = Annotated[str, Form(max_length=1_000)]
Comment = Annotated[str, Form(max_length=20_000)]


@router.get(LOOK_UP, include_in_schema=False)
def look_up_page(request: Request, ma: Text = "", kt: Text = "") -> Response:
    """Ask for both codes; tell where the dossier is once they belong together."""
    code, check = both(ma, kt)
    if not code and not check:
        return _asked(request, "", "", None)
    counted(request, code)
    return _told(request, code, check)


@router.post(f"{LOOK_UP}/danh-gia", include_in_schema=False)
def rating_form(
    request: Request, ma: Given = "", kt: Given = "", diem: Given = "", y_kien: Comment = ""
) -> Response:
    """Take a rating of a dossier that has its result; a second one is thanked for, and changes nothing."""
    code, check = both(ma, kt)
    counted(request, code)
    site = site_of(request)
    score = int(diem) if diem in ("1", "2", "3", "4", "5") else 0
    try:
        rate_online(site.house, site.press, code, check, score, y_kien)
    except LookUpRefused as error:
        return _asked(request, code, check, error)
    except (NoScore, CommentTooLong, NotFinished) as error:
        return _told(request, code, check, error, y_kien)
    except RatedAlready:
        pass
    return RedirectResponse(f"{LOOK_UP}?{urlencode({'ma': code, 'kt': check})}#rating", 303)


@router.post(f"{LOOK_UP}/nhan-ket-qua", include_in_schema=False)
def delivery_form(
    request: Request,
    ma: Given = "",
    kt: Given = "",
    key: Given = "",
    cach: Given = "",
    nguoi_nhan: Address = "",
    dia_chi: Address = "",
    so_may: Address = "",
) -> Response:
    """Note how the result is to come: to the counter, or by post to an address."""
    code, check = both(ma, kt)
    counted(request, code)
    site = site_of(request)
    wanted = Delivery(cach, nguoi_nhan, dia_chi, so_may)
    desk = citizens_desk(site.settings.config_dir)
    try:
        choose_online(site.house, site.press, desk, (code, check), wanted, key or None)
    except LookUpRefused as error:
        return _asked(request, code, check, error)
    except (WayNotChosen, AddressMissing, DeliveryRefused, MalformedKey) as error:
        return _told(request, code, check, error, wanted=wanted)
    except KeyReused:
        return _told(request, code, check, SentBefore(), wanted=wanted)
    return RedirectResponse(f"{LOOK_UP}?{urlencode({'ma': code, 'kt': check})}#delivery", 303)


@router.get(f"{LOOK_UP}/giay-to", include_in_schema=False)
def paper_page(
    request: Request, ma: Text = "", kt: Text = "", so: Text = "", dang: Text = "html"
) -> Response:
    """Show a paper that was signed for the applicant, as HTML or PDF."""
    code, check = both(ma, kt)
    counted(request, code)
    site = site_of(request)
    try:
        paper = applicants_paper(site.house, site.press, code, check, so)
    except (LookUpRefused, PaperNotFound) as error:
        return _asked(request, code, check, error)
    return paper_answer(paper, dang)


def _told(
    request: Request,
    code: str,
    check: str,
    fault: DomainError | None = None,
    comment: str = "",
    wanted: Delivery | None = None,
) -> Response:
    site = site_of(request)
    try:
        told = look_up(site.house, site.press, code, check, citizens_desk(site.settings.config_dir))
    except LookUpRefused as error:
        return _asked(request, code, check, error)
    field = "diem-5" if wanted is None else "cach-counter"
    found = [] if fault is None else [{"field": field, "text": fault.message(language_of(request))}]
    names = public_statuses(site.settings.config_dir)
    facts: dict[str, Any] = {"told": told, "check": check, "names": names, "found": found, "comment": comment}
    facts |= {"wanted": wanted, "key": site.house.new_id()}
    status = 200 if fault is None else STATUSES[fault.kind]
    return site.pages.show(request, "dossier_told.html.j2", status, **facts)


def both(code: str, check: str) -> tuple[str, str]:
    """Return both codes; what a reader made of the square code of a paper may stand in the first field alone."""
    words = code.split()
    if len(words) > 1 and not check.strip():
        return words[0], words[-1]
    return code.strip(), check.strip()


def _asked(request: Request, code: str, check: str, error: LookUpRefused | PaperNotFound | None) -> Response:
    found = [] if error is None else [{"field": "ma", "text": error.message(language_of(request))}]
    site = site_of(request)
    facts = {"code": code, "check": check, "found": found, "names": public_statuses(site.settings.config_dir)}
    status, offered = (200, lists_of(request).get(site, _examples)) if error is None else (404, [])
    return site.pages.show(request, "look_up.html.j2", status, examples=offered, **facts)


def _examples(house: Installation, desk: CitizensDesk) -> list[dict[str, Any]]:
    """Return the examples of a demonstration, as an open list finds them."""
    return examples(house)
