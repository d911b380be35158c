"""Every "no" as an answer: a page for people, problem+json for programs; what went wrong inside stays inside."""

import logging
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from motcua.web.language import language_of, speaker
from motcua.web.site import site_of
from motcua.web.unreadable import in_words
from states.errors import DomainError, Kind

API = "/api/"
PROBLEM = "application/problem+json"
STATUSES = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.NOT_AUTHORISED: 403,
    Kind.UNSOUND: 500,
    Kind.NOT_READY: 503,
}
API_STATUSES = {
    "KeyMissing": 400,
    "MalformedKey": 400,
    "StaleDossier": 412,
    "KeyReused": 422,
    "ConditionMissing": 428,
}
"""What programs get for an error by its code, where that is another status than a page has."""

_WORDS = {
    400: (
        "Yêu cầu không đọc được. Hãy quay lại và thử lần nữa.",
        "The request cannot be read. Go back and try again.",
    ),
    401: ("Hãy đăng nhập để tiếp tục.", "Sign in to go on."),
    403: ("Bạn không được vào trang này.", "You may not enter this page."),
    404: ("Không có trang này. Hãy kiểm tra địa chỉ.", "There is no such page. Check the address."),
    405: ("Trang này không nhận cách gọi đó.", "This page is not asked that way."),
    413: ("Dữ liệu gửi lên quá lớn.", "What was sent is too large."),
}
_BROKEN = (
    "Hệ thống gặp lỗi; không có gì bị thay đổi. Hãy thử lại, hoặc báo quản trị kèm mã sau.",
    "Something failed inside; nothing was changed. Try again, or tell the administrator this code.",
)
_TOKEN = (
    "Cần mã truy cập còn hiệu lực của một hệ thống kết nối trong tiêu đề Authorization: Bearer.",
    "The header Authorization: Bearer must carry the token of a client system that is not closed.",
)
_MOST_PLACES = 20
_log = logging.getLogger("motcua.web")


def install(app: FastAPI) -> None:
    """Let the site answer every kind of fault."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Exception, _broken)


def refuse(request: Request, error: DomainError) -> Response:
    """Answer with an error of the domain: its code, its message in the visitor's language, its status."""
    status = STATUSES[error.kind]
    if request.url.path.startswith(API):
        status = API_STATUSES.get(error.code, status)
    return _answer(request, status, error.code, (error.message("vi"), error.message("en")))


def signed_out(request: Request) -> Response:
    """Answer a program that nobody vouches for."""
    return _answer(request, 401, "Http401", _TOKEN, {"www-authenticate": "Bearer"})


def too_large(request: Request) -> Response:
    """Answer to a request that says that it brings too much."""
    return _answer(request, 413, "Http413", _WORDS[413])


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    return refuse(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and request.method in ("GET", "HEAD") and _without_end(request) != "/":
        return RedirectResponse(_without_end(request), 307)
    words = _WORDS.get(error.status_code, (str(error.detail), str(error.detail)))
    if error.status_code == 429:
        words = _wait(error)
    return _answer(request, error.status_code, f"Http{error.status_code}", words, error.headers)


def _without_end(request: Request) -> str:
    """Return the address of a page that was asked for with a stroke at its end; `/` when there is none to lead to.

    It names no host: what a request says of that is its own.
    """
    path: str = request.scope["path"]
    if path.startswith((API, "//", "/\\")) or not path.endswith("/") or not path.isprintable():
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(path.rstrip("/") or "/", safe="/") + query if path.strip("/") else "/"


def _wait(error: HTTPException) -> tuple[str, str]:
    """Say how long to wait at most, as the header says it to programs."""
    minutes = -(-int((error.headers or {}).get("retry-after", "60")) // 60)
    return (
        f"Quá nhiều yêu cầu. Hãy thử lại sau, nhiều nhất là {minutes} phút.",
        f"Too many requests. Try again after {minutes} min at most.",
    )


async def _unreadable(request: Request, error: Exception) -> Response:
    """Name the places that cannot be read; what stood there is not sent back."""
    assert isinstance(error, RequestValidationError)
    places = [
        {"pointer": _told("/" + "/".join(str(part) for part in each["loc"])), "detail": _told(each["msg"])}
        for each in error.errors()[:_MOST_PLACES]
    ]
    said = "; ".join(f"{place['pointer']}: {place['detail']}" for place in places)
    words = f"Dữ liệu không hợp lệ: {said}.", f"Invalid data: {said}."
    if not request.url.path.startswith(API):
        words = in_words(error.errors()[:_MOST_PLACES])
    return _answer(request, 422, "InvalidRequest", words, errors=places)


def _told(text: str) -> str:
    """Shorten what may have come from outside, and take out what is no text."""
    return text[:200].encode("utf-8", "replace").decode()


async def _broken(request: Request, error: Exception) -> Response:
    """What nobody foresaw: logged with a number, told without its reason."""
    number = site_of(request).house.new_id()[:12]
    _log.error("request %s %s failed, %s", request.method, request.url.path, number, exc_info=error)
    vi, en = _BROKEN
    return _answer(request, 500, "InternalFault", (f"{vi} {number}", f"{en} {number}"))


def _answer(
    request: Request, status: int, code: str, words: tuple[str, str], headers: Any = None, **more: Any
) -> Response:
    vi, en = words
    message = speaker(language_of(request))(vi, en)
    if request.url.path.startswith(API):
        body = {
            "type": f"urn:motcua:error:{code}",
            "title": code,
            "status": status,
            "detail": message,
            "code": code,
            "message": {"vi": vi, "en": en},
            **more,
        }
        return JSONResponse(body, status, headers, PROBLEM)
    typed = getattr(request.state, "typed", [])
    shown = site_of(request).pages.show(
        request, "fault.html.j2", status, code=code, message=message, typed=typed
    )
    for name, value in (headers or {}).items():
        shown.headers[name] = value
    return shown
