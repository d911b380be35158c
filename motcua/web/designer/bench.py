"""The bench: a draft is checked in memory, problems beside its lines, compared, rehearsed, and proposed."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from starlette.responses import Response

from audit.canonical import digest
from motcua.services.catalogue import changes, in_force, versions_of
from motcua.services.publishing import propose
from motcua.web.designer.playing import played
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import Site, house_of, site_of
from motcua.web.told_once import led
from motcua.web.visitors import Visitor, entering
from states.diagram import lanes_svg
from states.errors import DomainError
from states.wire import to_wire

router = APIRouter(prefix="/thiet-ke", include_in_schema=False)
Designer = Annotated[Visitor, Depends(entering("designer"))]
LARGEST = 256 * 1024
"""Bytes of a draft, as many as of a file of the config folder."""


class DraftTooLarge(DomainError):
    """The draft has more than {limit} KiB. Leave out what the procedure does not need."""

    vi = "Bản nháp lớn hơn {limit} KiB. Hãy bỏ bớt phần không cần."


class NotAsChecked(DomainError):
    """This text was not checked yet, or has errors. Read what the check says below, then propose."""

    vi = "Văn bản này chưa được kiểm tra, hoặc còn lỗi. Hãy xem kết quả kiểm tra bên dưới rồi đề xuất lại."


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `shown` is what the page needs, `source` None where there are errors."""

    source: Any
    identity: str
    shown: dict[str, Any]


@router.get("/ban-nhap")
def bench(request: Request, visitor: Designer, tu: Annotated[str, Query(max_length=60)] = "") -> Response:
    """Show the bench; with `tu`, beginning with the newest version of that procedure. Raises: ProcedureNotFound."""
    text = ""
    if tu:
        text = versions_of(house_of(request), tu)[0]["source"].decode(errors="replace")
    return _page(request, text, None)


@router.post("/ban-nhap")
def check_draft(
    request: Request,
    visitor: Designer,
    yaml: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    viec: Annotated[str, Form(max_length=20)] = "kiem-tra",
    checked: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Check a draft; propose it, where that is asked for and it is the one that was checked."""
    site, lang = site_of(request), language_of(request)
    data = (file.file.read(LARGEST + 1) if file is not None else b"") or yaml.replace("\r\n", "\n").encode()
    if len(data) > LARGEST:
        return _page(request, yaml, None, DraftTooLarge(limit=LARGEST // 1024))
    found = _check(site, data, lang)
    text = data.decode(errors="replace")
    if viec != "de-xuat":
        return _page(request, text, found)
    try:
        if found.source is None or checked != found.identity:
            raise NotAsChecked
        done = propose(house_of(request).whole, found.source.procedure, data, visitor.person, visitor.auth)
    except DomainError as error:
        return _page(request, text, found, error)
    return led(f"/thiet-ke/{done.code}?ban={done.digest}&xong=de-xuat")


def _check(site: Site, data: bytes, lang: str) -> Checked:
    config = site.drafts
    judged = config.judge(data)
    problems: list[dict[str, Any]] = [
        {
            "line": one.line,
            "column": one.column,
            "code": one.problem.rule,
            "severity": config.severity(one),
            "text": config.message(one, lang),
        }
        for one in judged.problems
    ]
    by_line: dict[int, list[Any]] = {}
    for problem in problems:
        by_line.setdefault(problem["line"], []).append(problem)
    shown: dict[str, Any] = {"problems": problems, "by_line": by_line, "draft": None}
    if judged.source is None:
        return Checked(None, "", shown)
    procedure = judged.source.procedure
    shown["draft"] = {
        "code": procedure.code,
        "version": procedure.version,
        "name": {"vi": procedure.name.vi, "en": procedure.name.en},
        "picture": lanes_svg(procedure, lang, styled=False),
        "changes": changes(in_force(site.house, procedure.code), procedure, config.public_statuses),
        "scenarios": played(config, judged.source, lang),
    }
    return Checked(judged.source, digest(to_wire(procedure)), shown)


def _page(request: Request, text: str, found: Checked | None, error: DomainError | None = None) -> Response:
    shown = {} if found is None else found.shown
    return site_of(request).pages.show(
        request,
        "bench.html.j2",
        200 if error is None else STATUSES[error.kind],
        text=text,
        lines=text.splitlines(),
        checked=None if found is None else found.identity,
        problems=shown.get("problems", []),
        by_line=shown.get("by_line", {}),
        draft=shown.get("draft"),
        faults=[] if error is None else [{"field": "yaml", "text": error.message(language_of(request))}],
    )
