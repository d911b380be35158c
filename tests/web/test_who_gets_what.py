"""S93: every address of the site, times everybody whom it is not for: the sign-in, 401, 403 or 404, and never data.

The addresses are those of the application itself, so that a new one is held to this without being listed. What is for
everybody, and what is for whoever is signed in, is listed here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from web_province import SignedIn, client_of

from motcua.services.access import concerned, disable, sign_out
from motcua.services.ports import Stored
from motcua.web.limits import Limits
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, SIGN_IN

OPEN = (
    "/",
    "/healthz",
    SIGN_IN,
    "/demo",
    "/static",
    "/favicon.ico",
    "/tra-cuu",
    "/danh-gia/quay",
    "/phan-anh",
    "/ket-qua-cong-khai",
    "/api/v1/openapi.json",
)
"""For everybody, with all below: the door, and what citizens look up and say."""
ALONE = ("/api",)
"""For everybody, without what lies below: that is for systems, by their tokens, and a session opens none of it."""
PROGRAMS = ("/api/v1",)
OWN = ("/toi", "/dang-xuat")
"""For whoever is signed in: their own account."""
ENDLESS = ("/viec/luong",)
"""An answer that does not end has tests of its own, in test_open_lists.py, as far as it begins at all."""

NO_DATA = {303, 401, 403, 404}
DENIED_A_MINUTE = 25
"""So many denials are answered as such within a minute, and some more."""
UNREAD = {400, 404, 405, 413, 415, 422, 428}
"""A form that lacks what it must have is refused before anybody looks at the dossier."""


@dataclass(frozen=True)
class Asked:
    """One way of asking for an address, with the names in it filled."""

    method: str
    pattern: str
    path: str

    def send(self, client: TestClient, csrf: str = "") -> Any:
        """Ask; what changes something comes with the token of the form, and nothing else."""
        data = None if self.method == "GET" else {"csrf": csrf}
        return client.request(self.method, self.path, data=data)


def addresses(site: Site, code: str) -> Iterator[Asked]:
    """Every address and method of the application; a `code` in it is that of the dossier."""
    application: Any = client_of(site).app
    for route in application.routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for found in [route] if contexts is None else contexts():
            pattern, needed = found.path, _needed(found)
            for method in sorted((getattr(found, "methods", None) or set()) - {"HEAD", "OPTIONS"}):
                path = re.sub(r"\{code(?::\w+)?\}", code, pattern)
                yield Asked(method, pattern, re.sub(r"\{[^}]*\}", "1", path) + needed)


def _needed(route: Any) -> str:
    """Return the part of an address that fills what it must be asked with."""
    given = getattr(getattr(route, "dependant", None), "query_params", ())
    names = [each.alias for each in given if each.field_info.is_required()]
    return f"?{'&'.join(f'{name}=1' for name in names)}" if names else ""


def below(path: str, roots: tuple[str, ...]) -> bool:
    """Tell whether a path is one of *roots*, or lies below one."""
    return any(path == root or (root != "/" and path.startswith(f"{root}/")) for root in roots)


@pytest.fixture
def foreign(province: Site) -> Stored:
    """An open dossier."""
    return next(iter(province.house.store.iterate(open_only=True)))


def kept(province: Site, code: str) -> list[Asked]:
    """The addresses that are not for everybody."""
    found = addresses(province, code)
    return [asked for asked in found if not below(asked.pattern, OPEN) and asked.pattern not in ALONE]


def test_the_addresses_of_the_application_are_found(province: Site) -> None:
    """Those of the door are among them, each with its method."""
    found = {(asked.method, asked.pattern) for asked in addresses(province, "x")}

    assert {("GET", "/toi"), ("POST", "/dang-xuat"), ("POST", "/toi/phien/{session}/ket-thuc")} <= found


@pytest.mark.parametrize("who", ["nobody", "closed", "disabled", "forged"])
def test_whoever_is_not_signed_in_any_more_gets_nothing(
    province: Site, signed_in: Callable[[str], SignedIn], foreign: Stored, who: str
) -> None:
    """Nobody, an ended session, a disabled account, a made-up token: the sign-in, or 401 below /api/."""
    client, csrf = client_of(province), ""
    if who in ("closed", "disabled"):
        one = signed_in("officer")
        client, csrf = client_of(province, one), one.csrf
        if who == "closed":
            sign_out(province.house, one.cookies[COOKIE])
        else:
            disable(
                province.house,
                next(a.login for a in province.house.store.accounts() if a.person == one.person),
            )
    if who == "forged":
        client.cookies.set(COOKIE, "0" * 64)
    wrong = []
    for asked in kept(province, foreign.dossier.code):
        answer = asked.send(client, csrf)
        ours = answer.status_code != 303 or answer.headers["location"].startswith(SIGN_IN)
        if answer.status_code not in NO_DATA or not ours:
            wrong.append((asked.method, asked.pattern, answer.status_code))

    assert [] == wrong


def test_whoever_has_no_post_and_no_duty_enters_no_room(
    province: Site, signed_in: Callable[[str], SignedIn], foreign: Stored
) -> None:
    """Wrong room: 403 or 404 everywhere but for their own account."""
    one = signed_in("stranger")
    asked = [each for each in kept(province, foreign.dossier.code) if not below(each.pattern, OWN)]
    answers = []
    for number, each in enumerate(asked):
        if number % DENIED_A_MINUTE == 0:
            client = client_of(replace(province, limits=Limits()), one)
        answers.append((each.method, each.pattern, each.send(client, one.csrf).status_code))

    assert [] == [answer for answer in answers if answer[2] not in {401, 403, 404}]


def test_officers_of_an_agency_that_a_dossier_does_not_concern_learn_nothing_of_it(
    province: Site, signed_in: Callable[[str], SignedIn], foreign: Stored
) -> None:
    """Wrong agency, every room that posts open: 403 or 404 where its code is asked for, else no word of it."""
    code, seq = foreign.dossier.code, foreign.seq
    for person in strangers(province, foreign):
        one = signed_in(person)
        wrong = []
        others = [each for each in kept(province, code) if not below(each.pattern, (*OWN, *ENDLESS))]
        for number, asked in enumerate(others):
            if number % DENIED_A_MINUTE == 0:
                client = client_of(replace(province, limits=Limits()), one)
            answer = asked.send(client, one.csrf)
            named = "{code" in asked.pattern
            fits = {403, 404} if asked.method == "GET" else {403, *UNREAD}
            fits = {401} if below(asked.pattern, PROGRAMS) else fits
            if (named and answer.status_code not in fits) or (not named and code in answer.text):
                wrong.append((person, asked.method, asked.pattern, answer.status_code))
        assert [] == wrong
    assert seq == province.house.store.load(code).seq


def strangers(province: Site, foreign: Stored) -> list[str]:
    """A head and a one-stop officer of one agency that the dossier does not concern and that is not above one."""
    directory = province.house.worlds.directory
    concern = concerned(province.house, foreign)
    seats: dict[str, dict[str, str]] = {}
    for post in directory.posts:
        if directory.get(post.agency).kind == "commune_committee" and post.agency not in concern:
            seats.setdefault(post.agency, {})[post.position] = post.officer
    held = next(iter(seats.values()))
    return [held["head"], held["one_stop_officer"]]
