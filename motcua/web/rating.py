"""Ratings at the desk: a device at a counter, touched once, and paper ballots that an officer types in."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from limits import RateLimitItemPerMinute
from starlette.responses import RedirectResponse, Response

from motcua.services.access import Visitor
from motcua.services.ports import DossierNotFound, RatedAlready
from motcua.services.ratings import (
    CommentTooLong,
    NoScore,
    NotFinished,
    UnknownDevice,
    device_agency,
    rate_at_counter,
    rate_by_ballot,
)
from motcua.web.addresses import address_of
from motcua.web.language import language_of
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led
from motcua.web.visitors import entering
from states.errors import DomainError

router = APIRouter()
DEVICE_PAGE = "/danh-gia/quay/{quay}"
BALLOT_PAGE = "/danh-gia/phieu"
TOUCHES = RateLimitItemPerMinute(30)
BACK_AFTER = 5
"""Seconds after which a device shows its faces again."""

Code = Annotated[str, Query(max_length=40)]
Given = Annotated[str, Form(max_length=200)]
Comment = Annotated[str, Form(max_length=20_000)]
Counter = Annotated[Visitor, Depends(entering("counter"))]


@router.get(DEVICE_PAGE, include_in_schema=False)
def device_page(request: Request, quay: str, may: Code = "", xong: Code = "", luot: Code = "") -> Response:
    """Show five faces; after a touch thank, and come back to them by itself.

    Whose turn it is stands in the address (`luot`): who goes back after a touch is still the same person.
    """
    site = site_of(request)
    agency, counter = _counter(quay)
    name = device_agency(site.house, agency, counter, may)
    start = f"{request.url.path}?{urlencode({'may': may})}"
    if not luot and xong != "1":
        return RedirectResponse(f"{start}&{urlencode({'luot': site.house.new_id()})}", 303)
    facts = {"agency": name, "counter": counter, "start": start, "key": luot}
    shown = site.pages.show(request, "device.html.j2", thanked=xong == "1", **facts)
    if xong == "1":
        shown.headers["refresh"] = f"{BACK_AFTER}; url={start}"
    return shown


@router.post(DEVICE_PAGE, include_in_schema=False)
def touch(request: Request, quay: str, may: Code = "", diem: Given = "", key: Given = "") -> Response:
    """Take one touch; the same page sent twice counts once."""
    agency, counter = _counter(quay)
    site_of(request).limits.hit(TOUCHES, "device", quay, address_of(request))
    with suppress(RatedAlready):
        rate_at_counter(site_of(request).house, agency, counter, may, key, _score(diem))
    return RedirectResponse(f"{request.url.path}?{urlencode({'may': may, 'xong': '1'})}", 303)


@router.get(BALLOT_PAGE, include_in_schema=False)
def ballot_page(request: Request, visitor: Counter) -> Response:
    """Ask an officer of the counter for what stands on a paper ballot."""
    return _ballot(request, "", "", None, just_done(request) or "")


@router.post(BALLOT_PAGE, include_in_schema=False)
def ballot_form(
    request: Request, visitor: Counter, ma: Given = "", diem: Given = "", y_kien: Comment = ""
) -> Response:
    """Record a paper ballot in the name of the officer who typed it in."""
    code = ma.strip().upper()
    try:
        rate_by_ballot(house_of(request).whole, visitor, code, _score(diem), y_kien)
    except (DossierNotFound, RatedAlready, NotFinished, NoScore, CommentTooLong) as error:
        return _ballot(request, code, y_kien, error)
    return led(f"{BALLOT_PAGE}?{urlencode({'xong': code})}")


def _ballot(request: Request, code: str, comment: str, error: DomainError | None, done: str = "") -> Response:
    field = (
        "diem-5" if isinstance(error, NoScore) else "y_kien" if isinstance(error, CommentTooLong) else "ma"
    )
    found = [] if error is None else [{"field": field, "text": error.message(language_of(request))}]
    facts = {"code": code, "comment": comment, "done": done, "found": found}
    return site_of(request).pages.show(request, "ballot.html.j2", 200 if error is None else 422, **facts)


def _counter(named: str) -> tuple[str, int]:
    """Read the agency and the number of a counter, such as `H99.41.01-2`. Raises: UnknownDevice."""
    agency, _, number = named.rpartition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 3):
        raise UnknownDevice
    return agency, int(number)


def _score(given: str) -> int:
    return int(given) if given in ("1", "2", "3", "4", "5") else 0
