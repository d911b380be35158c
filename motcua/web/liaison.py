"""Between agencies: offers to accept or return, questions to answer, and what waits at whom."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from motcua.services import handoffs
from motcua.services.access import looked_at
from motcua.services.consultations import answer
from motcua.services.liaison import offers, outgoing, questions
from motcua.services.ports import DossierNotFound
from motcua.services.sharing import question_of
from motcua.web.dossier.page import form_of
from motcua.web.faults import STATUSES
from motcua.web.forms import TextTooLong, text_of, texts, typed_by_hand
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/lien-thong", include_in_schema=False)
Officer = Annotated[Visitor, Depends(entering("officer", "counter"))]
Form = Annotated[FormData, Depends(form_of)]
ANSWERS = {
    "agree": ("Đồng ý", "Agree"),
    "object": ("Không đồng ý", "Object"),
    "other": ("Ý kiến khác", "Other"),
}
OPINION = ("Nội dung ý kiến, căn cứ", "Opinion and its basis")
DONE = {
    "acknowledge": ("Đã báo nhận được.", "Acknowledged."),
    "accept": ("Đã nhận xử lý.", "Taken over."),
    "return": ("Đã trả lại.", "Returned."),
    "answer": ("Đã gửi trả lời.", "Answered."),
}


@router.get("")
def desk(
    request: Request,
    visitor: Officer,
    co_quan: str = "",
    den: str | None = None,
    hoi: str | None = None,
) -> Response:
    """Show what one agency of the visitor is to answer, and what it waits for."""
    return _desk(request, visitor, co_quan, den=den, hoi=hoi, done=just_done(request) or "")


@router.post("/{code}/ban-giao/{state}")
def handle(request: Request, visitor: Officer, code: str, state: str, form: Form) -> Response:
    """Acknowledge, accept or give back what was offered."""
    house, done = house_of(request), str(form.get("do") or "")
    sight = looked_at(house, visitor, code)
    offered = sight.stored.dossier.handoffs.get(state)
    if not sight.whole and (offered is None or not sight.covers(offered.receiver)):
        raise DossierNotFound(code=code)
    version = str(form.get("version") or "")
    expected = int(version) if version.isdecimal() and len(version) < 10 else -1
    asked = handoffs.Asked(code, state, visitor.actor, expected, visitor.auth, str(form.get("key") or ""))
    agency = str(form.get("agency") or "")
    try:
        if done == "return":
            handoffs.give_back(house.whole, asked, text_of(form, "reason") or None)
        elif done == "accept":
            handoffs.accept(house.whole, asked)
        else:
            done = "acknowledge"
            handoffs.acknowledge(house.whole, asked)
    except DomainError as error:
        return _desk(request, visitor, agency, error, typed={**texts(form), "place": f"{code}/{state}"})
    if done == "accept":
        return RedirectResponse(f"/ho-so/{code}?xong=nhan", 303)
    return led(f"/lien-thong?co_quan={agency}&xong={done}")


@router.get("/{code}/hoi/{consultation}/{question}")
def question_page(
    request: Request, visitor: Officer, code: str, consultation: str, question: str
) -> Response:
    """Show a question with what it shares, and nothing else. Raises: DossierNotFound."""
    return _question(request, visitor, code, consultation, question)


@router.post("/{code}/hoi/{consultation}/{question}")
def reply(
    request: Request, visitor: Officer, code: str, consultation: str, question: str, form: Form
) -> Response:
    """Answer a question for the agency that was asked."""
    house = house_of(request)
    question_of(house, visitor, code, consultation, question)
    try:
        answer(
            house.whole,
            code,
            consultation,
            question,
            str(form.get("answer") or ""),
            visitor.actor,
            reason=text_of(form, "reason", OPINION) or None,
            auth=visitor.auth,
            key=str(form.get("key") or ""),
        )
    except DomainError as error:
        return _question(request, visitor, code, consultation, question, error, form)
    return led("/lien-thong?xong=answer")


def _desk(
    request: Request,
    visitor: Visitor,
    agency: str,
    error: DomainError | None = None,
    *,
    den: str | None = None,
    hoi: str | None = None,
    done: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response:
    house = house_of(request)
    kept = typed or {}
    chosen = agency if agency in visitor.agencies else next(iter(visitor.agencies), "")
    offered = offers(house, chosen, den, actor=visitor.actor)
    there = any(
        f"{row['code']}/{row['state']}" == kept.get("place") and row["returns"] and "return" in row["acts"]
        for row in offered["rows"]
    )
    names = {code: house.worlds.directory.get(code).name for code in visitor.agencies}
    return site_of(request).pages.show(
        request,
        "liaison.html.j2",
        200 if error is None else STATUSES[error.kind],
        agencies=names,
        agency=chosen,
        offers=offered,
        typed=kept,
        left=[] if there else typed_by_hand((name, kept.get(name, "")) for name in ("reason",)),
        questions=questions(house, chosen, hoi),
        outgoing=outgoing(house, chosen),
        key=house.new_id(),
        done=DONE.get(done),
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
    )


def _question(
    request: Request,
    visitor: Visitor,
    code: str,
    consultation: str,
    question: str,
    error: DomainError | None = None,
    form: FormData | None = None,
) -> Response:
    house = house_of(request)
    field = "reason" if isinstance(error, TextTooLong) else "answer"
    typed = {} if form is None else texts(form)
    return site_of(request).pages.show(
        request,
        "question.html.j2",
        200 if error is None else STATUSES[error.kind],
        asked=question_of(house, visitor, code, consultation, question),
        consultation=consultation,
        answers=ANSWERS,
        typed=typed,
        key=typed.get("key") or house.new_id(),
        faults=[] if error is None else [{"field": field, "text": error.message(language_of(request))}],
    )
