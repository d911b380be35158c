"""The papers of a dossier as data: sent, marked as reused or from a store, opened by whom they are shared with."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from motcua.services.access import looked_at, seen
from motcua.services.scans import Arrived, Room, digitise, given, look_again, papers_of
from motcua.web.dossier.page import form_of
from motcua.web.faults import STATUSES
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import Visitor, entering
from states.errors import DomainError

router = APIRouter(prefix="/ho-so/{code}/tep", include_in_schema=False)
Officer = Annotated[Visitor, Depends(entering("officer", "counter"))]
Reader = Annotated[Visitor, Depends(entering("officer", "counter", "supervisor", "leader", "auditor"))]
Form = Annotated[FormData, Depends(form_of)]
WAYS = {
    "scanned": ("Số hóa tại chỗ", "Scanned here"),
    "reused": ("Tái sử dụng dữ liệu đã có", "Reused"),
    "store": ("Lấy từ kho dữ liệu của công dân", "From the citizen's store"),
}
STANDINGS = {
    "clean": ("đã quét mã độc", "scanned, clean"),
    "unseen": ("chưa quét mã độc", "not scanned"),
    "pending": ("đang cách ly, chờ quét", "in quarantine, to be scanned"),
    "gone": ("không còn tệp", "gone"),
}
FLAGS = {
    "javascript": ("có mã lệnh", "has scripts"),
    "embedded": ("có tệp đính kèm bên trong", "has files inside"),
    "pages": ("rất nhiều trang", "very many pages"),
}
_ATTACHED = "default-src 'none'; sandbox"


@router.get("")
def papers(request: Request, visitor: Reader, code: str) -> Response:
    """Show which papers are data, with their files. Raises: DossierNotFound."""
    return _page(request, visitor, code)


@router.post("")
def send(request: Request, visitor: Officer, code: str, form: Form) -> Response:
    """Note how a paper became data, with the files that come along."""
    house = house_of(request)
    seen(house, visitor, code)
    files = [
        Arrived(sent.filename or "", sent.file.read())
        for sent in form.getlist("files")
        if isinstance(sent, UploadFile) and (sent.filename or sent.size)
    ]
    document, how, key = (str(form.get(name) or "") for name in ("document", "how", "key"))
    try:
        digitise(
            house.whole, _room(request), code, document, how, files, visitor.actor, key=key, auth=visitor.auth
        )
    except DomainError as error:
        return _page(request, visitor, code, error)
    return led(f"/ho-so/{code}/tep?xong=1")


@router.get("/{field}")
def download(request: Request, visitor: Reader, code: str, field: str) -> Response:
    """Give a file to be saved; no browser shows it. Raises: DossierNotFound, ScannerSilent, FileGone, FileDiffers."""
    found = given(house_of(request), _room(request), visitor, code, field)
    headers = {
        "content-disposition": f'attachment; filename="{found.name}"',
        "content-security-policy": _ATTACHED,
        "cache-control": "no-store",
    }
    return Response(found.held, 200, headers, found.media)


@router.post("/{field}/quet")
def scan(request: Request, visitor: Officer, code: str, field: str) -> Response:
    """Let the scanner look at what is in quarantine."""
    try:
        look_again(house_of(request), _room(request), visitor, code, field)
    except DomainError as error:
        return _page(request, visitor, code, error)
    return led(f"/ho-so/{code}/tep?xong=1")


def _room(request: Request) -> Room:
    room = site_of(request).scans
    if room is None:
        raise HTTPException(404)
    return room


def _page(request: Request, visitor: Visitor, code: str, error: DomainError | None = None) -> Response:
    house, room = house_of(request), _room(request)
    sight = looked_at(house, visitor, code)
    return site_of(request).pages.show(
        request,
        "scans.html.j2",
        200 if error is None else STATUSES[error.kind],
        code=code,
        papers=papers_of(house, room, sight),
        open=sight.whole and not sight.stored.dossier.ended,
        ways=WAYS,
        standings=STANDINGS,
        flags=FLAGS,
        most=room.limits.file // (1024 * 1024),
        done=just_done(request),
        key=house.new_id(),
        faults=[] if error is None else [{"field": None, "text": error.message(language_of(request))}],
    )
