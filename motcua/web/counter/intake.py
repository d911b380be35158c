"""The intake counter: find a procedure, see what it asks and what date it promises, take the dossier in."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from motcua.services.desk import (
    Asked,
    asked,
    catalogue,
    described,
    foreseen,
    same_person,
    sent_before,
    take_in,
)
from motcua.services.idempotency import KeyReused
from motcua.web.counter.form import CHANNELS, Read, read, typed
from motcua.web.dossier.asking import field_of
from motcua.web.dossier.page import form_of
from motcua.web.faults import STATUSES
from motcua.web.forms import SentBefore
from motcua.web.language import language_of, speaker
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/tiep-nhan", include_in_schema=False)
Counter = Annotated[Visitor, Depends(entering("counter"))]
Form = Annotated[FormData, Depends(form_of)]
Plain = dict[str, Any]


@router.get("")
def search_page(request: Request, visitor: Counter, tim: str = "") -> Response:
    """Find a procedure by words or code."""
    wanted = tim[:100]
    found = catalogue(house_of(request), wanted)
    return site_of(request).pages.show(request, "intake_search.html.j2", found=found, wanted=wanted)


@router.get("/{procedure}")
def intake_page(request: Request, visitor: Counter, procedure: str) -> Response:
    """Show what a procedure asks. Raises: ProcedureNotFound."""
    return _page(request, visitor, asked(house_of(request), procedure), FormData())


@router.post("/{procedure}/xem")
def look_ahead(request: Request, visitor: Counter, procedure: str, form: Form) -> Response:
    """Show the form again with what was typed, the papers it needs and the date that it would promise."""
    wanted = asked(house_of(request), procedure)
    return _page(request, visitor, wanted, form, read(wanted, form, visitor, _say(request)), [])


@router.post("/{procedure}")
def take(request: Request, visitor: Counter, procedure: str, form: Form) -> Response:
    """Take the dossier in; accept it and sign its receipt where the officer says so."""
    site, wanted = site_of(request), asked(house_of(request), procedure)
    given = read(wanted, form, visitor, _say(request))
    accepts = form.get("then") == "accept"
    faults = [*given.faults, *_undecided(request, form)] or _unwelcome(request, visitor, given, form, accepts)
    if faults:
        return _page(request, visitor, wanted, form, given, faults, 422)
    try:
        inputs = given.inputs if accepts else None
        key, actor, auth = str(form.get("key") or ""), visitor.actor, visitor.auth
        done = take_in(
            house_of(request).whole, site.press, given.wanted, actor, key, inputs=inputs, auth=auth
        )
    except DomainError as error:
        told = SentBefore() if isinstance(error, KeyReused) else error
        said = [{"field": None, "text": told.message(language_of(request))}]
        anew = house_of(request).new_id() if told is not error else ""
        return _page(request, visitor, wanted, form, given, said, STATUSES[told.kind], anew)
    receipt = "" if done.receipt is None else f"&giay={quote(done.receipt, safe='')}"
    return RedirectResponse(f"/ho-so/{done.code}?xong=tiep-nhan{receipt}", 303)


def _undecided(request: Request, form: FormData) -> list[Plain]:
    """Say that neither of the two buttons was pressed."""
    if form.get("then") in ("accept", "keep"):
        return []
    text = "Hãy chọn tiếp nhận ngay hoặc chỉ lưu.", "Choose: accept now, or save only."
    return [{"field": None, "text": _say(request)(*text)}]


def _unwelcome(request: Request, visitor: Visitor, given: Read, form: FormData, accepts: bool) -> list[Plain]:
    """Say before anything is opened what an acceptance would be refused for, or that the person is here already."""
    house, lang = house_of(request).whole, language_of(request)
    try:
        told = foreseen(house, given.wanted, visitor.actor, given.inputs)
    except DomainError as error:
        return [{"field": None, "text": error.message(lang)}]
    if accepts and told["refused"] is not None:
        return [{"field": None, "text": told["refused"].message(lang)}]
    same = same_person(house, visitor, given.wanted.procedure, given.id_number)
    key = str(form.get("key") or "")
    if same and form.get("anyway") != "yes" and not sent_before(house, visitor.actor, key, visitor.auth):
        text = _say(request)(
            "Người này đã có hồ sơ đang giải quyết theo thủ tục này. Hãy xem lại; nếu vẫn nhận, đánh dấu xác nhận.",
            "This person has an open dossier of this procedure. Look at it; to go on all the same, confirm.",
        )
        return [{"field": "anyway", "text": text}]
    return []


def _page(
    request: Request,
    visitor: Visitor,
    wanted: Asked,
    form: FormData,
    given: Read | None = None,
    faults: list[Plain] | None = None,
    status: int = 200,
    key: str = "",
) -> Response:
    house, procedure = house_of(request), wanted.procedure
    given = given or read(wanted, form, visitor, _say(request))
    inputs = () if wanted.accepting is None else wanted.accepting.inputs
    return site_of(request).pages.show(
        request,
        "intake.html.j2",
        status,
        procedure=procedure,
        channels=CHANNELS,
        agencies=wanted.agencies,
        agency=given.wanted.agency,
        facts=[field_of(procedure, name) for name in wanted.facts],
        inputs=[field_of(procedure, name) for name in inputs],
        given=given.wanted.documents,
        typed=typed(form),
        promise=_promise(request, visitor, given),
        same=same_person(house.whole, visitor, procedure.code, given.id_number),
        accepts=wanted.accepting is not None,
        key=key or str(form.get("key") or "") or house.new_id(),
        faults=faults or [],
        **described(wanted, given.wanted.facts),
    )


def _promise(request: Request, visitor: Visitor, given: Read) -> Plain:
    """Tell the date, or in words why it cannot be told yet."""
    asks = any(str(fault["field"]).startswith("fact-") for fault in given.faults)
    if asks or given.wanted.agency is None:
        return {"clock": None, "refused": None, "asks": asks}
    try:
        told = foreseen(house_of(request).whole, given.wanted, visitor.actor, given.inputs)
    except DomainError as error:
        return {"clock": None, "refused": error.message(language_of(request)), "asks": False}
    refused = told["refused"]
    return {
        **told,
        "asks": False,
        "refused": None if refused is None else refused.message(language_of(request)),
    }


def _say(request: Request) -> Any:
    return speaker(language_of(request))
