"""Every "no" as an answer: a page for people, problem+json for programs; what went wrong inside stays inside."""

import logging
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from motcua.web.language import language_of, speaker
from motcua.web.site import site_of
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
    429: ("Quá nhiều yêu cầu. Hãy đợi một phút.", "Too many requests. Wait a minute."),
}
_BROKEN = (
    "Hệ thống gặp lỗi; không có gì bị thay đổi. Hãy thử lại, hoặc báo quản trị kèm mã sau.",
    "Something failed inside; nothing was changed. Try again, or tell the administrator this code.",
)
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
    return _answer(request, status, error.code, error.message(language_of(request)))


def signed_out(request: Request) -> Response:
    """Answer a program that nobody vouches for."""
    message = speaker(language_of(request))(*_WORDS[401])
    return _answer(request, 401, "Http401", message, {"www-authenticate": "Bearer"})


def too_large(request: Request) -> Response:
    """Answer to a request that says that it brings too much."""
    return _answer(request, 413, "Http413", speaker(language_of(request))(*_WORDS[413]))


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    return refuse(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    vi, en = _WORDS.get(error.status_code, (str(error.detail), str(error.detail)))
    message = speaker(language_of(request))(vi, en)
    return _answer(request, error.status_code, f"Http{error.status_code}", message, error.headers)


async def _unreadable(request: Request, error: Exception) -> Response:
    """Name the places that cannot be read; what stood there is not sent back."""
    assert isinstance(error, RequestValidationError)
    places = [
        {"pointer": "/" + "/".join(str(part) for part in each["loc"]), "detail": each["msg"]}
        for each in error.errors()
    ]
    said = "; ".join(f"{place['pointer']}: {place['detail']}" for place in places)
    message = speaker(language_of(request))(f"Dữ liệu không hợp lệ: {said}.", f"Invalid data: {said}.")
    return _answer(request, 422, "InvalidRequest", message, errors=places)


async def _broken(request: Request, error: Exception) -> Response:
    """What nobody foresaw: logged with a number, told without its reason."""
    number = site_of(request).house.new_id()[:12]
    _log.error("request %s %s failed, %s", request.method, request.url.path, number, exc_info=error)
    message = speaker(language_of(request))(*_BROKEN)
    return _answer(request, 500, "InternalFault", f"{message} {number}")


def _answer(
    request: Request, status: int, code: str, message: str, headers: Any = None, **more: Any
) -> Response:
    if request.url.path.startswith(API):
        body = {
            "type": f"urn:motcua:error:{code}",
            "title": code,
            "status": status,
            "detail": message,
            **more,
        }
        return JSONResponse(body, status, headers, PROBLEM)
    shown = site_of(request).pages.show(request, "fault.html.j2", status, code=code, message=message)
    for name, value in (headers or {}).items():
        shown.headers[name] = value
    return shown
