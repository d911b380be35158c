"""One action on the tasks that were marked in the inbox, and what became of each."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from motcua.services.bulk import ASSIGN, CLAIM, MOVE, RELEASE, Deed, Marked, UnknownDeed, do_all, movable
from motcua.web.dossier.page import form_of
from motcua.web.faults import STATUSES
from motcua.web.forms import TextTooLong, text_of
from motcua.web.language import language_of
from motcua.web.officer.desk import DESK, Officer, show_inbox
from motcua.web.site import house_of, site_of
from motcua.web.visitors import Visitor
from states.errors import DomainError

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(form_of)]
_MOST = 200


@router.post("/viec/nhieu")
def many(
    request: Request,
    visitor: Officer,
    form: Form,
    hang: str = "all",
    thu_tuc: str | None = None,
    sau: str | None = None,
) -> Response:
    """Do one thing with every task that is marked, or ask along which transition they are to go."""
    try:
        marked = _marked(form)
        deed = _deed(form)
        if deed.kind == MOVE and not deed.transition:
            return _which(request, visitor, marked)
    except TextTooLong as error:
        return _which(request, visitor, marked, form, error)
    except DomainError as error:
        return show_inbox(request, visitor, hang, thu_tuc, sau, error)
    house = house_of(request).whole
    results = do_all(house, visitor, marked, deed, str(form.get("key") or "")[:80])
    return _done(request, results)


def _which(
    request: Request,
    visitor: Visitor,
    marked: list[Marked],
    form: FormData | None = None,
    error: DomainError | None = None,
) -> Response:
    house = house_of(request)
    typed = {} if form is None else {name: text for name, text in form.items() if isinstance(text, str)}
    return site_of(request).pages.show(
        request,
        "many_move.html.j2",
        200 if error is None else STATUSES[error.kind],
        marked=marked,
        codes=list(dict.fromkeys(one.code for one in marked)),
        moves=movable(house, visitor, marked),
        key=house.new_id(),
        typed=typed,
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
        back=_back(request),
        here=request.url.query,
    )


def _done(request: Request, results: list[dict[str, Any]]) -> Response:
    lang = language_of(request)
    told = [{**row, "error": None if row["error"] is None else row["error"].message(lang)} for row in results]
    return site_of(request).pages.show(request, "many_done.html.j2", results=told, back=_back(request))


def _back(request: Request) -> str:
    return f"{DESK}?{request.url.query}" if request.url.query else DESK


def _deed(form: FormData) -> Deed:
    """Read what is to be done. Raises: UnknownDeed, TextTooLong."""
    kind, officer = str(form.get("do") or ""), str(form.get("officer") or "")
    if kind not in (CLAIM, RELEASE, ASSIGN, MOVE) or (kind == ASSIGN and not officer):
        raise UnknownDeed(most=_MOST)
    transition = str(form.get("transition") or "")[:80]
    given = text_of(form, f"reason:{transition}")
    return Deed(kind, officer[:80], transition, given or None)


def _marked(form: FormData) -> list[Marked]:
    """Read which tasks are marked. Raises: UnknownDeed, when none is, too many, or what no page of ours sends."""
    found = [_one(str(each)) for each in form.getlist("task")]
    if not 1 <= len(found) <= _MOST:
        raise UnknownDeed(most=_MOST)
    return found


def _one(text: str) -> Marked:
    code, _, rest = text.partition("|")
    version, _, task = rest.partition("|")
    if not (code and task and version.isascii() and version.isdecimal() and len(version) < 10):
        raise UnknownDeed(most=_MOST)
    return Marked(code[:60], int(version), task[:120])
