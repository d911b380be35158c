"""What a screen costs whoever opens it for the first time: everything that it loads, as it comes over the wire."""

import re
from html import unescape
from typing import Any

import pytest
from browsing import served
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from benchmarks.screens import EDITOR, patterns, screens, token_of
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, STREAM

MOST = 150 * 1024
"""Bytes of the bodies, compressed as they are sent."""


def test_every_page_of_the_application_is_among_the_screens(province: Site) -> None:
    """A new page is measured without being listed, or this fails; what has no data here may be left out.

    An icon for what is no page stands alone.
    """
    application: Any = client_of(province).app
    without_data = {
        "/quan-tri/webhooks/{id}",
        "/quan-tri/lich/de-xuat/{digest}",
        "/lien-thong/{code}/hoi/{consultation}/{question}",
    }
    seen = {screen.pattern for screen in screens(province)} | without_data

    assert {"/favicon.ico"} == patterns(application) - seen


def entering(province: Site, who: str) -> TestClient:
    """A client of somebody as a browser is one: it says that nobody else asked for the page."""
    client = client_of(province, SignedIn(who, {COOKIE: token_of(province, who)}, None, "") if who else None)
    client.headers.update({"sec-fetch-site": "none", "accept-encoding": "gzip"})
    return client


def weights(client: TestClient, path: str, known: dict[str, int]) -> dict[str, int]:
    """Return the bytes of a document, and of every style, script, picture and font that it names, as they are sent."""
    answer = client.get(path)
    assert 200 == answer.status_code, path
    found = {path: answer.num_bytes_downloaded}
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text):
        found |= {name: _weight(client, unescape(name), known)}
        if ".css" in name:
            sheet = client.get(name).text
            fonts = [f"/static/{font}" for font in re.findall(r'url\("(vendor/[^"]+)"\)', sheet)]
            found |= {font: _weight(client, font, known) for font in fonts}
    return found


def _weight(client: TestClient, path: str, known: dict[str, int]) -> int:
    if path not in known:
        known[path] = client.get(path).num_bytes_downloaded
    return known[path]


def test_no_screen_weighs_more_than_150_kib(province: Site) -> None:
    """Documents, styles, scripts and all fonts together, for somebody who has nothing of it yet."""
    known: dict[str, int] = {}
    found: dict[str, int] = {}
    clients: dict[str, TestClient] = {}
    for screen in screens(province):
        client = clients.setdefault(screen.who, clients.get(screen.who) or entering(province, screen.who))
        if screen.path != EDITOR:
            found[screen.path] = sum(weights(client, screen.path, known).values())

    assert {} == {path: weight for path, weight in found.items() if weight > MOST}
    assert 40 <= len(found)


def test_a_browser_loads_what_was_weighed_and_no_more(browser: Browser, province: Site) -> None:
    """The inbox, opened for the first time: the bytes of the network, heads included, and no other address."""
    inbox = next(screen for screen in screens(province) if screen.path == "/viec")
    weighed = weights(entering(province, inbox.who), inbox.path, {})
    sent: list[int] = []
    asked: list[str] = []
    with served(province) as address:
        context = browser.new_context(base_url=address)
        token = token_of(province, inbox.who)
        context.add_cookies(
            [{"name": COOKIE, "value": token, "domain": "localhost", "path": "/", "secure": True}]
        )
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.goto(inbox.path)
        page.evaluate("document.fonts.ready.then(() => 0)")
        context.close()

    assert [] == [path for path in asked if path not in weighed and not path.startswith(STREAM)]
    assert 50_000 < sum(sent) < MOST


def first(client: TestClient, path: str, **headers: str) -> str | None:
    """Return how an answer is packed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get(path, headers=named)
    assert 200 == answer.status_code
    packed: str | None = answer.headers.get("content-encoding")
    return packed


def test_what_another_site_asks_for_is_not_compressed(province: Site) -> None:
    """A page's length tells nothing about its secrets to whoever chose a part of its words (BREACH)."""
    client = client_of(province, SignedIn("", {COOKIE: token_of(province, "officer")}, None, ""))

    assert {"same-origin": "gzip", "none": "gzip", "cross-site": None, "same-site": None} == {
        site: first(client, "/viec", sec_fetch_site=site)
        for site in ("same-origin", "none", "cross-site", "same-site")
    }
    assert None is first(client, "/viec")
    assert "gzip" == first(client, "/static/motcua.css", sec_fetch_site="cross-site")


@pytest.mark.parametrize("path", ["/dieu-hanh.xlsx", "/static/icon.svg"])
def test_what_is_packed_or_small_is_sent_as_it_is(province: Site, path: str) -> None:
    """Compressing it again would cost time for nothing."""
    client = client_of(province, SignedIn("", {COOKIE: token_of(province, "leader")}, None, ""))

    assert None is first(client, path, sec_fetch_site="none")
