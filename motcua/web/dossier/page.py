"""Shows a dossier and sends it on its way."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from motcua.services.access import looked_at, seen
from motcua.services.access.visitor import AUDITOR
from motcua.services.giving_out import CONSIGNED, POSTED, SHOWN, Handing, gives_out, noting
from motcua.services.inbox import applicant_of, lit
from motcua.services.installation import Installation
from motcua.services.papers import asked_for, sign, signable
from motcua.services.papers import listed as papers_of
from motcua.services.papers import show as show_paper
from motcua.services.papers.finding import PaperSigned
from motcua.services.ports import Stored
from motcua.services.presenting import describe
from motcua.services.presenting_clocks import explained
from motcua.services.sharing import share_of
from motcua.services.standing_in import acting_as, openings, signable_for
from motcua.services.tasks import claimable
from motcua.services.timeline import timeline
from motcua.services.transitions import send
from motcua.services.trying import barred
from motcua.web.dossier.asking import asked, told
from motcua.web.dossier.refusals import faults_of
from motcua.web.faults import STATUSES
from motcua.web.forms import LONGEST_LINE, RECEIVER, Typed, text_of, texts, typed_by_hand
from motcua.web.headers import with_styles_of
from motcua.web.language import language_of
from motcua.web.site import Site, house_of, site_of
from motcua.web.visitors import Visitor, entering
from states.diagram import lanes_svg
from states.errors import DomainError
from states.procedure import APPLICANT, Procedure

router = APIRouter(prefix="/ho-so", include_in_schema=False)
Reader = Annotated[Visitor, Depends(entering("officer", "counter", "supervisor", "leader", "auditor"))]
Doer = Annotated[Visitor, Depends(entering("officer", "counter", "supervisor", "leader"))]
"""An auditor's account only reads, whatever posts its person holds."""


DONE = ("nhan", "ky", "tiep-nhan")
"""What is done to a dossier, as addresses say it, beside its transitions and extensions."""


async def form_of(request: Request) -> FormData:
    """Read a form whose fields depend on the procedure."""
    return await request.form()


@router.get("/{code}")
def dossier_page(request: Request, visitor: Reader, code: str) -> Response:
    """Show a dossier, or what of it is shared with the visitor. Raises: DossierNotFound, also where that is nothing."""
    house = house_of(request)
    sight = looked_at(house, visitor, code)
    if sight.whole:
        return _page(request, visitor, sight.stored)
    share = share_of(house, visitor, sight)
    return site_of(request).pages.show(request, "share.html.j2", share=share, key=house.new_id())


@router.post("/{code}/{transition}")
def move(
    request: Request,
    visitor: Doer,
    code: str,
    transition: str,
    form: Annotated[FormData, Depends(form_of)],
) -> Response:
    """Send a dossier along a transition, as the page of the version that was seen offered it."""
    house = house_of(request)
    stored = seen(house, visitor, code)
    try:
        version, given, key = told(house.worlds.of(stored.dossier.cfg).procedure, transition, form)
        given = replace(given, reason=noting(house, stored, transition, given.reason, _handing(form)))
        with acting_as(house.whole, visitor.actor, visitor.auth, _mandate(form), transition, code) as who:
            send(house.whole, code, transition, who, version, given, visitor.auth, key)
    except DomainError as error:
        return _page(request, visitor, seen(house, visitor, code), error, form)
    return RedirectResponse(f"/ho-so/{code}?xong={transition}", 303)


@router.get("/{code}/giay-to")
def paper(request: Request, visitor: Reader, code: str, so: str, dang: str = "pdf") -> Response:
    """Give a paper of a dossier as PDF or HTML, as it was signed."""
    house = house_of(request)
    seen(house, visitor, code)
    found = show_paper(house, site_of(request).press, code, so)
    kept = {"cache-control": "private, no-store"}
    if dang == "html":
        headers = {"content-security-policy": with_styles_of(found.html), **kept}
        return Response(found.html, 200, headers, "text/html; charset=utf-8")
    return Response(found.pdf, 200, kept, "application/pdf")


@router.post("/{code}/giay-to/ky")
def sign_paper(
    request: Request,
    visitor: Doer,
    code: str,
    so: Annotated[str, Form()],
    version: Annotated[int, Form()],
    mandate: Annotated[str, Form()] = "",
) -> Response:
    """Sign a drafted paper; pressed twice by the same person, it is signed once."""
    house, press = house_of(request), site_of(request).press
    seen(house, visitor, code)
    try:
        with acting_as(house.whole, visitor.actor, visitor.auth, mandate, "sign", code) as who:
            sign(house.whole, press, code, so, who, visitor.auth, version)
    except PaperSigned as error:
        if error.facts["officer"] != visitor.actor.person:
            return _page(request, visitor, seen(house, visitor, code), error)
    except DomainError as error:
        return _page(request, visitor, seen(house, visitor, code), error)
    return RedirectResponse(f"/ho-so/{code}?xong=ky#papers", 303)


def _page(
    request: Request,
    visitor: Visitor,
    stored: Stored,
    error: DomainError | None = None,
    typed: FormData | None = None,
) -> Response:
    site, lang = site_of(request), language_of(request)
    house, dossier = house_of(request), stored.dossier
    world, now = house.worlds.of(dossier.cfg), house.now(stored)
    view = describe(house, stored)
    doable = _doable(site, house, visitor, stored, view["actions"])
    lines = timeline(house, stored, site.pages.words)
    return site.pages.show(
        request,
        "dossier.html.j2",
        200 if error is None else STATUSES[error.kind],
        view=view,
        applicant=applicant_of(house, stored.id),
        wanted=asked_for(house, stored),
        lights={id: lit(world, clock, now) for id, clock in dossier.clocks.items()},
        explained=explained(house, stored),
        timeline=lines,
        names={
            code: world.directory.name_of(code, world.calendar.local_date(now)) for code in _agencies(view)
        },
        documents=_handed_in(world.procedure, dossier.documents),
        papers=papers_of(house, site.press, dossier.code),
        **doable,
        **_giving_out(house, visitor, stored),
        left=_left(typed, doable["actions"]),
        picture=lanes_svg(world.procedure, lang, lit=dossier.states, styled=False),
        key=house.new_id(),
        faults=faults_of(error, world.procedure, site.pages.words, lang),
        typed=typed or FormData(),
        done=_done(request, world.procedure, visitor.person, lines),
        receipt=request.query_params.get("giay"),
    )


def _doable(
    site: Site, house: Installation, visitor: Visitor, stored: Stored, actions: list[Any]
) -> dict[str, Any]:
    """Return what the visitor may do, in their own right or for another; nothing, where they only read."""
    procedure, words = house.worlds.procedure(stored.dossier.cfg), site.pages.words
    if AUDITOR in visitor.duties:
        return {
            "actions": asked(procedure, words, actions, None),
            "signable": (),
            "signable_for": {},
            "acts": False,
            "claimable": (),
        }
    opened = openings(house.whole, stored, visitor.actor, actions)
    return {
        "actions": asked(
            procedure, words, actions, visitor, opened, barred(house.whole, stored, visitor.actor, actions)
        ),
        "signable": signable(house, site.press, stored, visitor.actor),
        "signable_for": signable_for(house.whole, site.press, stored, visitor.actor),
        "acts": True,
        "claimable": claimable(house.whole, stored, visitor.actor),
    }


def _giving_out(house: Installation, visitor: Visitor, stored: Stored) -> dict[str, Any]:
    """Return what gives a result out, and what is asked of who takes it; the counter is led to its own page for it."""
    return {
        "gives_out": gives_out(house, stored),
        "counter": "counter" in visitor.rooms,
        "posted": stored.dossier.delivery == POSTED,
        "papers_shown": SHOWN,
        "consigned": CONSIGNED,
    }


def _handing(form: FormData) -> Handing | None:
    """Return who takes a result and what they showed, where the form asks for it. Raises: TextTooLong."""
    if "receiver" not in form:
        return None
    return Handing(str(form.get("shown") or ""), text_of(form, "receiver", RECEIVER, LONGEST_LINE))


def _mandate(form: FormData) -> str:
    return str(form.get("mandate") or "")


def _done(request: Request, procedure: Procedure, person: str, lines: list[Any]) -> Any:
    """Return the visitor's last deed on the dossier, where the address says that something was done; else None.

    An address can be typed by anybody; what is shown as done stands in the record.
    """
    said = request.query_params.get("xong", "")
    if said not in DONE and said not in procedure.transition and said not in procedure.extension:
        return None
    return next((line for line in lines if line["who"] == person), None)


def _left(typed: FormData | None, actions: list[dict[str, Any]]) -> Typed:
    """Return what was typed for something that is not offered any more: no form is left to show it in."""
    slots = {
        f"{action['id']}-{way['id']}" if way else action["id"] for action in actions for way in action["ways"]
    }
    return [] if typed is None or typed.get("_for") in slots else typed_by_hand(texts(typed).items())


def _agencies(view: Mapping[str, Any]) -> set[str]:
    held = {clock["holder"] for clock in view["clocks"]}
    may = {who["agency"] or "" for action in view["actions"] for who in action["by"]}
    return (held | may) - {"", APPLICANT}


def _handed_in(procedure: Procedure, documents: Iterable[str]) -> list[Any]:
    labels = {paper.id: {"vi": paper.label.vi, "en": paper.label.en} for paper in procedure.documents}
    return [labels.get(name, name) for name in documents]
