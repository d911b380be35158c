"""Where results are given out: what is ready, found by code or scanner, and what the post has not delivered."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from motcua.services import handoffs
from motcua.services.access import seen
from motcua.services.desk import CONSIGNED, SHOWN, Handing, return_result, returnable, scanned, waits_here
from motcua.services.inbox import inbox
from motcua.services.intake import MalformedCode, parse_code
from motcua.services.liaison import by_post
from motcua.web.dossier.asking import field_of, told
from motcua.web.dossier.page import form_of
from motcua.web.faults import STATUSES
from motcua.web.forms import LONGEST_LINE, RECEIVER, text_of, texts
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/tra-ket-qua", include_in_schema=False)
Counter = Annotated[Visitor, Depends(entering("counter"))]
Form = Annotated[FormData, Depends(form_of)]
CARRIER = ("Đơn vị vận chuyển", "Carrier")
RECEIPT = ("Số hiệu bưu gửi", "Number of the consignment")
_LONGEST_NUMBER = 100


@router.get("")
def ready(request: Request, visitor: Counter, ma: str = "", sau: str | None = None) -> Response:
    """Show what is ready; lead to the dossier of a code, or of the text of a scanned square code.

    Whose result does not wait here is led to its page, where it says what the applicant was asked for.
    """
    if not ma:
        return _list(request, visitor, after=sau, done=just_done(request))
    try:
        stored = seen(house_of(request), visitor, scanned(ma))
    except DomainError as error:
        return _list(request, visitor, error, ma)
    room = "tra-ket-qua" if waits_here(house_of(request), stored) else "ho-so"
    return RedirectResponse(f"/{room}/{stored.dossier.code}", 303)


@router.get("/{code}")
def result(request: Request, visitor: Counter, code: str) -> Response:
    """Show a result that waits, and ask who takes it. Raises: DossierNotFound."""
    return _result(request, visitor, code)


@router.post("/{code}")
def hand_over(request: Request, visitor: Counter, code: str, form: Form) -> Response:
    """Give a result out, once."""
    house = house_of(request)
    stored = seen(house, visitor, code)
    way = str(form.get("way") or "")
    try:
        receiver = text_of(form, "receiver", RECEIVER, LONGEST_LINE)
        handing = Handing(str(form.get("shown") or ""), receiver)
        version, given, key = told(house.worlds.procedure(stored.dossier.cfg), way, form)
        actor, auth = visitor.actor, visitor.auth
        return_result(house.whole, code, way, actor, version, handing, given.facts, key=key, auth=auth)
    except DomainError as error:
        return _result(request, visitor, code, error, form)
    return led(f"/tra-ket-qua?xong={code}")


@router.post("/{code}/buu-gui/{state}")
def posted(request: Request, visitor: Counter, code: str, state: str, form: Form) -> Response:
    """Note that the carrier took it, with the receipt; or that it was delivered."""
    house = house_of(request)
    seen(house, visitor, code)
    version = str(form.get("version") or "")
    seen_version = int(version) if version.isdecimal() and len(version) < 10 else -1
    asked = handoffs.Asked(code, state, visitor.actor, seen_version, visitor.auth, str(form.get("key") or ""))
    try:
        if form.get("do") == "dispatch":
            carrier = text_of(form, "carrier", CARRIER, _LONGEST_NUMBER)
            receipt = text_of(form, "receipt", RECEIPT, _LONGEST_NUMBER)
            handoffs.dispatch(house.whole, asked, carrier, receipt)
        else:
            handoffs.deliver(house.whole, asked)
    except DomainError as error:
        return _list(request, visitor, error, typed={**texts(form), "place": f"{code}/{state}"})
    return led(f"/tra-ket-qua?xong={code}")


def _list(
    request: Request,
    visitor: Visitor,
    error: DomainError | None = None,
    wanted: str = "",
    after: str | None = None,
    done: str | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    house = house_of(request)
    found = inbox(house, visitor.person, "results", after=after)
    return site_of(request).pages.show(
        request,
        "returns.html.j2",
        200 if error is None else STATUSES[error.kind],
        rows=found["rows"],
        next=found["next"],
        post=[row for agency in visitor.agencies for row in by_post(house, agency)],
        wanted=wanted[:500],
        done=_code(done),
        typed=typed or {},
        key=house.new_id(),
        faults=[] if error is None else [{"field": "ma", "text": error.message(language_of(request))}],
    )


def _code(said: str | None) -> str | None:
    """Return what an address says, if it is a code."""
    try:
        return None if said is None else parse_code(said)
    except MalformedCode:
        return None


def _result(
    request: Request,
    visitor: Visitor,
    code: str,
    error: DomainError | None = None,
    form: FormData | None = None,
) -> Response:
    house = house_of(request)
    stored = seen(house, visitor, code)
    try:
        found = returnable(house, stored)
    except DomainError as trouble:
        return _list(request, visitor, error or trouble, code)
    procedure = house.worlds.procedure(stored.dossier.cfg)
    typed = {} if form is None else texts(form)
    return site_of(request).pages.show(
        request,
        "result.html.j2",
        200 if error is None else STATUSES[error.kind],
        **{
            **found,
            "ways": [
                {**way, "fields": [field_of(procedure, name) for name in way["inputs"]]}
                for way in found["ways"]
            ],
        },
        papers_shown=SHOWN,
        consigned=CONSIGNED,
        typed=typed,
        key=typed.get("key") or house.new_id(),
        faults=[] if error is None else [{"field": "shown", "text": error.message(language_of(request))}],
    )
