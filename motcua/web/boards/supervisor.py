"""The board of work: what lies where, what nobody has confirmed, and handing tasks to somebody else."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from motcua.services.access import looked_at
from motcua.services.boards import Choice, Narrowing, desk_tasks, desks, hand_out, unacknowledged
from motcua.services.ports import DossierNotFound
from motcua.services.tasks import acknowledge
from motcua.web.boards.tables import desk_sheets
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.sheets import Sheet, as_csv, as_xlsx
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(include_in_schema=False)
Supervisor = Annotated[Visitor, Depends(entering("supervisor"))]
POOL = "-"
"""Stands in addresses for tasks that nobody has taken."""

_MOST = 200


class UnreadableChoice(DomainError):
    """Nothing to hand out was chosen, too much at once, or no officer. Mark tasks and choose an officer."""

    vi = "Chưa chọn việc hoặc cán bộ, hoặc chọn quá nhiều. Hãy đánh dấu việc và chọn cán bộ."


async def form_of(request: Request) -> FormData:
    """Read a form with a row for each task."""
    return await request.form()


@router.get("/dieu-hanh")
def board(request: Request, visitor: Supervisor, co_quan: str = "") -> Response:
    """Show the board of the visitor's agencies, or of one of them."""
    return _board(request, visitor, co_quan or None)


@router.get("/dieu-hanh.csv")
def board_csv(request: Request, visitor: Supervisor, co_quan: str = "", bang: int = 0) -> Response:
    """Give one table of the board as CSV."""
    return as_csv(_sheets(request, visitor, co_quan or None), bang, "dieu-hanh")


@router.get("/dieu-hanh.xlsx")
def board_xlsx(request: Request, visitor: Supervisor, co_quan: str = "") -> Response:
    """Give the tables of the board as a workbook."""
    return as_xlsx(_sheets(request, visitor, co_quan or None), "dieu-hanh")


@router.get("/dieu-hanh/viec")
def tasks(request: Request, visitor: Supervisor, sau: str | None = None) -> Response:
    """Show the tasks behind a count; the address says which."""
    return _tasks(request, visitor, sau)


@router.post("/dieu-hanh/viec")
def reassign(request: Request, visitor: Supervisor, form: Annotated[FormData, Depends(form_of)]) -> Response:
    """Give one task, or all that are marked, to another officer, and show what became of each."""
    try:
        chosen = _chosen(form)
    except DomainError as error:
        marked = frozenset(str(each) for each in form.getlist("task"))
        return _tasks(request, visitor, request.query_params.get("sau"), error, marked)
    results = hand_out(house_of(request).whole, visitor, chosen, str(form.get("key") or ""))
    lang = language_of(request)
    told = [{**row, "error": None if row["error"] is None else row["error"].message(lang)} for row in results]
    return site_of(request).pages.show(
        request, "handed_out.html.j2", results=told, back=f"/dieu-hanh/viec?{request.url.query}"
    )


@router.post("/dieu-hanh/{code}/xac-nhan")
def confirm(
    request: Request,
    visitor: Supervisor,
    code: str,
    clock: Annotated[str, Form()],
    rung: Annotated[str, Form()],
    version: Annotated[int, Form()],
    key: Annotated[str, Form()],
) -> Response:
    """Confirm that an escalation was seen."""
    house = house_of(request)
    sight = looked_at(house, visitor, code)
    reached = [one.agency for one in sight.stored.dossier.awaited if (one.clock, one.rung) == (clock, rung)]
    if not sight.whole and not any(map(sight.covers, reached)):
        raise DossierNotFound(code=code)
    try:
        acknowledge(house.whole, code, clock, rung, visitor.actor, visitor.auth, key, expect=version)
    except DomainError as error:
        return _board(request, visitor, None, error)
    return led("/dieu-hanh?xong=1#rungs")


def _board(
    request: Request, visitor: Visitor, agency: str | None, error: DomainError | None = None
) -> Response:
    site, house, lang = site_of(request), house_of(request), language_of(request)
    return site.pages.show(
        request,
        "board.html.j2",
        200 if error is None else STATUSES[error.kind],
        board=desks(house, visitor, agency),
        waiting=unacknowledged(house, visitor, agency),
        positions=site.doors.positions,
        key=house_of(request).new_id(),
        pool=POOL,
        faults=[] if error is None else [{"field": None, "text": error.message(lang)}],
        done=just_done(request),
    )


def _sheets(request: Request, visitor: Visitor, agency: str | None) -> list[Sheet]:
    site, house = site_of(request), house_of(request)
    found = desks(house, visitor, agency), unacknowledged(house, visitor, agency)
    return desk_sheets(*found, site.doors.positions, language_of(request))


def _tasks(
    request: Request,
    visitor: Visitor,
    after: str | None,
    error: DomainError | None = None,
    marked: frozenset[str] = frozenset(),
) -> Response:
    site = site_of(request)
    narrowing, asked = _narrowing(request), request.query_params
    kept = {name: asked[name] for name in _FILTERS if asked.get(name)}
    return site.pages.show(
        request,
        "board_tasks.html.j2",
        200 if error is None else STATUSES[error.kind],
        **desk_tasks(house_of(request), visitor, narrowing, after),
        narrowing=narrowing,
        kept=kept,
        first=after is None,
        after=after,
        marked=marked,
        positions=site.doors.positions,
        key=house_of(request).new_id(),
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
    )


_FILTERS = ("co_quan", "thu_tuc", "buoc", "hoi", "vi_tri", "nguoi", "mau", "lau")


def _narrowing(request: Request) -> Narrowing:
    asked: dict[str, Any] = {name: request.query_params.get(name) or None for name in _FILTERS}
    person = asked["nguoi"]
    return Narrowing(
        agency=asked["co_quan"],
        procedure=asked["thu_tuc"],
        state=asked["buoc"],
        asked=None if asked["hoi"] is None else asked["hoi"] == "1",
        position=asked["vi_tri"],
        assignee="" if person == POOL else person,
        light=asked["mau"],
        aged=asked["lau"] == "1",
    )


def _chosen(form: FormData) -> list[Choice]:
    """Read which tasks go to whom: the one whose button was pressed, else all that are marked.

    Raises:
        UnreadableChoice: None, more than a page shows, no officer, or what no page of ours sends.
    """
    one = str(form.get("one") or "")
    marked = [one] if one else [str(each) for each in form.getlist("task")]
    found = [_choice(each, str(form.get(f"officer:{each}" if one else "officer") or "")) for each in marked]
    if not 1 <= len(found) <= _MOST:
        raise UnreadableChoice
    return found


def _choice(text: str, officer: str) -> Choice:
    code, _, rest = text.partition("|")
    version, _, task = rest.partition("|")
    if not (code and task and officer and version.isdecimal() and len(version) < 10):
        raise UnreadableChoice
    return Choice(code, task, int(version), officer)
