"""The administrator's pages of how the installation is: what a doctor finds, messages given up, other installations."""

from typing import Annotated

from fastapi import Form, Request
from starlette.responses import RedirectResponse, Response

from motcua.bootstrap import surroundings
from motcua.services.access import denials
from motcua.services.dead_letters import dead_letters, try_again
from motcua.services.doctor import examine
from motcua.services.peer_standing import standing
from motcua.web.admin.room import Admin, room
from motcua.web.site import house_of, site_of
from motcua.web.told_once import just_done, led

router = room()
HEALTH = "/quan-tri/suc-khoe"


@router.get("")
def overview(request: Request, visitor: Admin) -> Response:
    """Lead to how the installation is."""
    return RedirectResponse(HEALTH, 303)


@router.get("/suc-khoe")
def health(request: Request, visitor: Admin) -> Response:
    """Show everything that a doctor finds, the messages that were given up, and other installations."""
    site, house = site_of(request), house_of(request).whole
    return site.pages.show(
        request,
        "admin.html.j2",
        checks=examine(surroundings(house, site.settings), house),
        letters=dead_letters(house),
        peers=standing(house),
        virtual=house.virtual,
        tried=just_done(request),
    )


@router.post("/suc-khoe/gui-lai")
def send_again(
    request: Request, visitor: Admin, message: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """Let a message that was given up be tried anew; without one, all of them. Raises: NoDeadLetter."""
    house = house_of(request).whole
    with denials(house, visitor, "retry_message", message):
        count = try_again(house, message, visitor.person, visitor.auth)
    return led(f"{HEALTH}?xong={count}")
