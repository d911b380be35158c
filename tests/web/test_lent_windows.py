"""A browser window that tests lend to one another knows nothing of the test before."""

from collections.abc import Callable

import pytest
from browsing import NARROW
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn

_SIGNS = """() => [
  localStorage.length, sessionStorage.length, innerWidth, matchMedia("(prefers-color-scheme: dark)").matches,
  document.querySelectorAll("a:hover").length,
]"""


def test_nothing_of_whoever_had_a_window_before_is_left(
    browser: Browser, address: str, signed_in: Callable[[str], SignedIn]
) -> None:
    """Cookies, other windows, size, theme, where the pointer is, and what a page stores as it is left."""
    with window(browser, address, signed_in("officer"), size=NARROW) as one:
        one.goto("/tra-cuu")
        one.evaluate("""() => {
          sessionStorage.setItem("a", "1");
          addEventListener("pagehide", () => localStorage.setItem("keys", "off"));
        }""")
        one.emulate_media(color_scheme="dark")
        one.context.new_page()
        one.set_viewport_size({"width": 1280, "height": 720})
        one.locator("header a").first.hover()
    with window(browser, address) as other:
        other.goto("/tra-cuu")
        left, cookies, pages = other.evaluate(_SIGNS), other.context.cookies(), other.context.pages

    assert other is one
    assert ([0, 0, 1280, False, 0], [], [one]) == (left, cookies, pages)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_that_is_still_on_its_way_is_left(browser: Browser, address: str, scripts: bool) -> None:
    """Who presses a button last and waits for nothing has not failed."""
    for _ in range(3):
        with window(browser, address, scripts=scripts) as page:
            page.goto("/tra-cuu")
            page.get_by_role("button", name="Tra cứu").click(no_wait_after=True)


def test_a_window_that_cannot_be_given_back_is_closed(browser: Browser, address: str) -> None:
    """One that has left the site would be lent on with whatever it holds."""
    with window(browser, address) as page:
        page.goto("about:blank")

    assert page.is_closed()


def test_a_window_without_scripts_is_lent_again(browser: Browser, address: str) -> None:
    """It is emptied by the debugger, which pages cannot forbid."""
    lent = []
    for _ in range(2):
        with window(browser, address, scripts=False) as page:
            page.goto("/tra-cuu")
            lent.append(page)

    assert lent[0] is lent[1]
