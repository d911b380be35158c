"""The open room: feedback and complaints without an account, answers that were published, results that are public."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from limits import RateLimitItemPerHour
from starlette.responses import RedirectResponse, Response

from motcua.bootstrap import citizens_desk
from motcua.services.citizens import (
    Feedback,
    FeedbackIncomplete,
    FeedbackTooLong,
    admit,
    checked,
    give_feedback,
    public_results,
    published_answers,
)
from motcua.services.idempotency import KeyReused
from motcua.services.ports import CitizensDesk
from motcua.web.addresses import address_of
from motcua.web.forms import SentBefore
from motcua.web.language import language_of
from motcua.web.look_ups import counted
from motcua.web.site import Site, site_of
from states.directory import AgencyNotFound
from states.errors import DomainError

router = APIRouter()
FEEDBACK = "/phan-anh"
BY_ADDRESS = RateLimitItemPerHour(20)
FRESH = timedelta(minutes=1)
"""How long an open list is shown as it was found; nobody can make the database look more often."""

Text = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form()]
Code = Annotated[str, Query(max_length=200)]


@dataclass
class OpenLists:
    """What everybody may read, found at most once a minute, by one request at a time."""

    _found: dict[str, tuple[datetime, list[dict[str, Any]]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, site: Site, find: Callable[..., list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Return a list, found anew where it is older than a minute."""
        now, name = site.wall.now(), find.__name__
        with self._lock:
            at, rows = self._found.get(name, (None, []))
            if at is None or not at <= now < at + FRESH:
                rows = find(site.house, desk_of(site))
                self._found[name] = (now, rows)
        return rows


@router.get(FEEDBACK, include_in_schema=False)
def feedback_page(request: Request) -> Response:
    """Ask what somebody wants to say."""
    return _page(request, {}, None)


@router.post(FEEDBACK, include_in_schema=False)
def feedback_form(
    request: Request,
    loai: Text = "",
    viec: Text = "",
    co_quan: Text = "",
    noi_dung: Long = "",
    ho_ten: Text = "",
    dien_thoai: Text = "",
    thu: Text = "",
    key: Text = "",
) -> Response:
    """Take it in, and show its codes."""
    site = site_of(request)
    contact = {"name": ho_ten, "phone": dien_thoai, "email": thu}
    given = Feedback(loai, viec, co_quan, noi_dung, contact)
    try:
        checked(site.house, desk_of(site), given)
        site.limits.hit(BY_ADDRESS, "feedback", address_of(request))
        code, check = give_feedback(site.house, desk_of(site), given, key or site.house.new_id())
    except (FeedbackIncomplete, FeedbackTooLong, AgencyNotFound, KeyReused) as error:
        typed = {"loai": loai, "viec": viec, "co_quan": co_quan, "noi_dung": noi_dung}
        told = SentBefore() if isinstance(error, KeyReused) else error
        return _page(request, {**typed, "ho_ten": ho_ten, "dien_thoai": dien_thoai, "thu": thu}, told)
    return RedirectResponse(f"{FEEDBACK}/da-gui?{urlencode({'ma': code, 'kt': check})}", 303)


@router.get(f"{FEEDBACK}/da-gui", include_in_schema=False)
def sent_page(request: Request, ma: Code = "", kt: Code = "") -> Response:
    """Show both codes once more, to be kept. Raises: LookUpRefused, where they are not those of a dossier."""
    counted(request, ma)
    site = site_of(request)
    code = admit(site.house, site.press, ma, kt).dossier.code
    return site.pages.show(request, "feedback_sent.html.j2", code=code, check=kt)


@router.get(f"{FEEDBACK}/tra-loi", include_in_schema=False)
def answers_page(request: Request) -> Response:
    """Show answers that nobody can be known from."""
    site = site_of(request)
    return site.pages.show(request, "answers.html.j2", answers=lists_of(request).get(site, published_answers))


@router.get("/ket-qua-cong-khai", include_in_schema=False)
def results_page(request: Request) -> Response:
    """List results that the law makes public."""
    site = site_of(request)
    results = lists_of(request).get(site, public_results)
    return site.pages.show(request, "results.html.j2", results=results, laws=desk_of(site).results)


def lists_of(request: Request) -> OpenLists:
    """Return the open lists of the application that a request came to."""
    return cast(OpenLists, request.app.state.open_lists)


def desk_of(site: Site) -> CitizensDesk:
    """Return what the config folder says of the citizens' pages."""
    return citizens_desk(site.settings.config_dir)


def _page(request: Request, typed: dict[str, str], error: DomainError | None) -> Response:
    site, desk = site_of(request), desk_of(site_of(request))
    day = site.house.now().date()
    agencies = [
        agency
        for agency in site.house.worlds.directory.agencies
        if agency.until is None or day < agency.until
    ]
    found = [] if error is None else [{"field": "noi_dung", "text": error.message(language_of(request))}]
    facts = {"typed": typed, "kinds": desk.kinds, "topics": desk.topics, "found": found}
    return site.pages.show(
        request,
        "feedback.html.j2",
        200 if error is None else 409 if isinstance(error, SentBefore) else 422,
        agencies=sorted(agencies, key=lambda agency: agency.name),
        key=site.house.new_id(),
        **facts,
    )
