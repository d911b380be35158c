"""The administrator's page of webhooks: added, closed, what was sent, and sent again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from browsing import CLEAN, NARROW, look_at, served
from hook_receiver import Receiver, receiving
from people import window
from playwright.sync_api import Browser, expect
from programs import commune_of, new_household, program
from web_province import SignedIn, client_of

from motcua.bootstrap import hook_wire
from motcua.services.webhooks import Subscription, add_webhook, listed_webhooks, tell_webhooks
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
PAGE = "/quan-tri/webhooks"


@pytest.fixture
def near(province: Site) -> Site:
    """The province, whose webhooks may go to this machine."""
    return replace(province, settings=replace(province.settings, webhook_hosts=("127.0.0.1",)))


def told(site: Site, receiver: Receiver) -> str:
    """A webhook that was told of one dossier in vain; its id."""
    agency = commune_of(site)
    hook = add_webhook(site.house, hook_wire(site.settings), Subscription(agency, receiver.url), "admin")
    system = program(site, [agency])
    system.post("/dossiers", new_household(site))
    receiver.answers = [410]
    tell_webhooks(site.house, hook_wire(site.settings))
    return hook.id


def test_an_administrator_adds_a_webhook_and_sees_its_key_once(near: Site, signed_in: ENTER) -> None:
    """An address within our own walls is refused, and what was typed stays; another room enters nothing."""
    admin = signed_in("admin")
    client = client_of(near, admin)
    form = {"csrf": admin.csrf, "agency": commune_of(near), "url": "https://his.songlam.example/in"}
    added = client.post(PAGE, data=form)
    refused = client.post(PAGE, data={**form, "url": "https://10.0.0.1/in"})

    assert (200, True, False) == (
        added.status_code,
        "whsec_" in added.text,
        "whsec_" in client.get(PAGE).text,
    )
    assert (422, True) == (refused.status_code, 'value="https://10.0.0.1/in"' in refused.text)
    assert 403 == client_of(near, signed_in("officer")).get(PAGE).status_code
    [hook] = listed_webhooks(near.house)
    assert 303 == client.post(f"{PAGE}/{hook['id']}/khoa", data={"csrf": admin.csrf}).status_code
    assert [True] == [one["disabled"] for one in listed_webhooks(near.house)]


def test_the_key_of_a_webhook_fits_into_a_narrow_window(
    near: Site, signed_in: ENTER, browser: Browser
) -> None:
    """The page that shows it once is no wider than a telephone."""
    with served(near) as address, window(browser, address, signed_in("admin"), size=NARROW) as page:
        page.goto(PAGE)
        page.fill("#url", "https://his.songlam.example/in")
        page.get_by_role("button", name="Thêm webhook").click()
        expect(page.get_by_text("whsec_")).to_be_visible()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert page.evaluate(wide) is False


def test_a_delivery_that_was_given_up_is_sent_again_at_a_press(near: Site, signed_in: ENTER) -> None:
    """The same bytes under the same id; pressed a second time while it waits, there is none to send."""
    admin = signed_in("admin")
    client = client_of(near, admin)
    with receiving() as receiver:
        hook = told(near, receiver)
        page = client.get(f"{PAGE}/{hook}").text
        delivery = page.partition('name="delivery" value="')[2].partition('"')[0]
        form = {"csrf": admin.csrf, "delivery": delivery}
        pressed = [client.post(f"{PAGE}/{hook}/gui-lai", data=form).status_code for _ in range(2)]
        tell_webhooks(near.house, hook_wire(near.settings))
        first, again = receiver.got

    assert ([303, 404], True) == (pressed, "Bỏ lại" in page)
    assert (first[0]["webhook-id"], first[1]) == (again[0]["webhook-id"], again[1])
    assert "Đã nhận" in client.get(f"{PAGE}/{hook}").text


def test_the_pages_of_webhooks_look_alike_everywhere(near: Site, signed_in: ENTER, browser: Browser) -> None:
    """In both themes and widths axe-core finds nothing."""
    with receiving() as receiver:
        hook = told(near, receiver)
    state = signed_in("admin").storage_state
    with served(near) as address:
        for path in (PAGE, f"{PAGE}/{hook}"):
            assert CLEAN == look_at(browser, f"{address}{path}", state)
