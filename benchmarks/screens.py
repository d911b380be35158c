"""Every screen of the site, with somebody who may see it and something to see: what the bars of pages are held to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from motcua.services.access import PARTS, add_account, begin, play
from motcua.services.citizens import check_code
from motcua.services.inbox import inbox
from motcua.services.ports import QUESTION, Stored, WaitsWanted
from motcua.services.ratings import device_code
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, STREAM
from states.dossier import CONSULT

EDITOR = "/thiet-ke/ban-nhap"
"""The designer's editor, which loads the text of a procedure; the bar of weight leaves it out."""

_MOVES_ON = (
    "/",
    "/quan-tri",
    "/viec/tiep",
    "/phan-anh/da-gui",
    "/dang-nhap/oidc",
    "/dang-nhap/oidc/ve",
    "/healthz",
)
"""Addresses that lead elsewhere, or are for programs."""


@dataclass(frozen=True, slots=True)
class Screen:
    """An address as somebody opens it.

    Attributes:
        who: A part of the role picker or the id of a person; empty for a citizen.
        pattern: The address as the application declares it.
    """

    who: str
    path: str
    pattern: str


def patterns(application: Any) -> set[str]:
    """Return the addresses at which the application shows a page: no files, no API, nothing that only leads on."""
    found = set[str]()
    for route in application.routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for each in [route] if contexts is None else contexts():
            if "GET" in (getattr(each, "methods", None) or ()):
                found.add(each.path)
    files = {path for path in found if path.endswith((".csv", ".xlsx", ".ics", "/giay-to", "/tep/{field}"))}
    programs = {path for path in found if path.startswith("/api/")}
    return found - files - programs - {STREAM, *_MOVES_ON}


def token_of(site: Site, who: str) -> str:
    """Sign somebody in and return the token that a browser would keep."""
    house, now = site.house, site.wall.now()
    if who in {part.id for part in PARTS}:
        return play(house, site.doors, who, now).token
    account = house.store.account(who.lower()) or add_account(house, who.lower(), who, who)
    return begin(house, site.doors, account, now).token


def cookie(token: str) -> str:
    """Return the header by which a browser says who it is."""
    return f"{COOKIE}={token}"


def screens(site: Site) -> Iterator[Screen]:
    """Yield the screens, each with data: the longest of the dossiers that somebody sees, where one is shown."""
    yield from _citizens(site)
    yield from _officers(site)
    yield from _between(site)
    for path in ("/dieu-hanh", "/dieu-hanh/viec", "/khong-phu-hop"):
        yield Screen("leader", path, path)
    for path in ("/tong-quan", "/tong-quan/ho-so"):
        yield Screen("chairman", path, path)
    busy = max(site.house.store.iterate(open_only=True), key=lambda stored: stored.seq).dossier.procedure
    for part in ("ban-do", "ho-so"):
        yield Screen("chairman", f"/quy-trinh/{busy}/{part}", f"/quy-trinh/{{code}}/{part}")
    for path in ("/thiet-ke", EDITOR):
        yield Screen("designer", path, path)
    yield Screen("designer", f"/thiet-ke/{busy}", "/thiet-ke/{code}")
    yield from _those_who_look_after(site)


def _citizens(site: Site) -> Iterator[Screen]:
    paths = (
        "/dang-nhap",
        "/demo",
        "/api",
        "/tra-cuu",
        "/phan-anh",
        "/phan-anh/tra-loi",
        "/ket-qua-cong-khai",
    )
    for path in paths:
        yield Screen("", path, path)
    ended = max((one for one in site.house.store.iterate() if one.dossier.ended), key=lambda one: one.seq)
    codes = f"ma={quote(ended.dossier.code)}&kt={check_code(site.house, ended.id)}"
    yield Screen("", f"/tra-cuu?{codes}", "/tra-cuu")
    agency = ended.dossier.agency
    device = f"/danh-gia/quay/{agency}-1?may={device_code(site.house, agency, 1)}&luot=1"
    yield Screen("", device, "/danh-gia/quay/{quay}")


def _officers(site: Site) -> Iterator[Screen]:
    who, code = _at_work(site)
    for path in ("/toi", "/toi/uy-quyen", "/viec", "/lien-thong"):
        yield Screen(who, path, path)
    yield Screen(who, f"/ho-so/{code}", "/ho-so/{code}")
    yield Screen(who, f"/ho-so/{code}/tep", "/ho-so/{code}/tep")
    for path in ("/tiep-nhan", "/tra-ket-qua", "/danh-gia/phieu"):
        yield Screen("one_stop_officer", path, path)
    yield Screen("one_stop_officer", "/tiep-nhan?tim=dang%20ky", "/tiep-nhan")
    offered = sorted(version.code for version in site.house.store.versions())
    yield Screen("one_stop_officer", f"/tiep-nhan/{offered[0]}", "/tiep-nhan/{procedure}")


def _at_work(site: Site) -> tuple[str, str]:
    """The officer with most tasks in hand, and the one of their dossiers with most records."""
    held: dict[str, list[Stored]] = {}
    for row in site.house.store.tasks(limit=5_000):
        if row.task.assignee is not None:
            held.setdefault(row.task.assignee, []).append(site.house.store.load(row.code))
    who = max(held, key=lambda person: len(held[person]))
    return who, max(held[who], key=lambda stored: stored.seq).dossier.code


def _between(site: Site) -> Iterator[Screen]:
    """A question that waits, and a result that waits, each with an officer who deals with it."""
    house, posts = site.house, site.house.worlds.directory.posts
    for row in house.store.waits(WaitsWanted(QUESTION), 1):
        stored = house.store.load(row.code)
        name = row.wait.id.removeprefix(CONSULT)
        asked = house.worlds.procedure(stored.dossier.cfg).question[name][1]
        position = house.worlds.procedure(stored.dossier.cfg).role[asked.role].position
        person = next(p.officer for p in posts if (p.agency, p.position) == (row.wait.answerer, position))
        yield Screen(
            person, f"/lien-thong/{row.code}/hoi/{name}", "/lien-thong/{code}/hoi/{consultation}/{question}"
        )
    for post in posts:
        if post.position == "one_stop_officer" and (rows := inbox(house, post.officer, "results")["rows"]):
            yield Screen(post.officer, f"/tra-ket-qua/{rows[0]['code']}", "/tra-ket-qua/{code}")
            return


def _those_who_look_after(site: Site) -> Iterator[Screen]:
    """Auditors and administrators."""
    house = site.house
    longest = max(house.store.iterate(), key=lambda stored: stored.seq).dossier
    yield Screen("auditor", "/kiem-toan", "/kiem-toan")
    yield Screen("auditor", f"/kiem-toan/{longest.code}", "/kiem-toan/{code}")
    for entry in house.store.nonconformities()[:1]:
        yield Screen("auditor", f"/khong-phu-hop/{entry.id}", "/khong-phu-hop/{name:path}")
    for part in ("/suc-khoe", "/co-quan", "/lich", "/tai-khoan", "/uy-quyen", "/webhooks"):
        yield Screen("admin", f"/quan-tri{part}", f"/quan-tri{part}")
    yield Screen("admin", f"/quan-tri/co-quan/{longest.agency}", "/quan-tri/co-quan/{code}")
    name, calendar = next(iter(house.worlds.calendars.items()))
    year = calendar.local_date(house.now()).year
    for part in ("", "/sua"):
        yield Screen(
            "admin", f"/quan-tri/lich/{name}/{year}{part}", f"/quan-tri/lich/{{name}}/{{year}}{part}"
        )
