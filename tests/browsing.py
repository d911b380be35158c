"""A site on a free port of the loopback, and a real browser that looks at it in both themes and widths."""

import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from motcua.web.serving import server
from motcua.web.site import Site

SMALL = "/static/icon.svg"
"""A file of every site."""
AXE = Path(__file__).parent / "web" / "vendor" / "axe-core@4.14.1" / "axe.min.js"
WIDE, NARROW = (1280, 900), (360, 780)
THEMES = ("light", "dark")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--num-raster-threads=1", "--js-flags=--no-opt",
)  # fmt: skip
"""Nothing that pages notice; no page is open long enough for the optimising compiler to pay."""


COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that look at colours."""
_RUN = """async (rules) => {
  const judged = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})});
  return JSON.stringify(judged.violations);
}"""


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve a site from a thread; lend its address, and stop it afterwards."""
    with _door() as door:
        running = server(site, "127.0.0.1", 0)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{door.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join(30)


def _door() -> socket.socket:
    """The port of the last site where it is free again: a browser knows the files of that address; else any."""
    try:
        door = socket.create_server(("127.0.0.1", _port[0]))
    except OSError:
        door = socket.create_server(("127.0.0.1", 0))
    _port[0] = door.getsockname()[1]
    return door


_port = [0]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium; that there is none is a failure, never a skip."""
    path = os.environ.get("MOTCUA_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path is not None, "no Chromium: install the package chromium, or name it in MOTCUA_TEST_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def lent(
    browser: Browser,
    address: str | None = None,
    cookies: Sequence[Any] = (),
    *,
    scripts: bool = True,
    size: tuple[int, int] = (1280, 720),
) -> Iterator[Page]:
    """Lend a window in which nothing is left of whoever had it before.

    One in which a test failed, or that cannot be emptied, is closed.

    A new window costs a process and a second of its time, so that the same ones are lent again and again.

    Args:
        browser: The browser.
        address: What paths are relative to.
        cookies: What a visitor carries, as `storage_state` of a browser context gives it.
        scripts: Whether pages may run any.
        size: Width and height in pixels.
    """
    idle = _idle(browser).setdefault((address, scripts), [])
    page = idle.pop() if idle else _new(browser, address, scripts)
    try:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.context.add_cookies(list(cookies))
        yield page
    except BaseException:
        page.context.close()
        raise
    if _forgotten(page):
        idle.append(page)
    else:
        page.context.close()


@cache
def _idle(browser: Browser) -> dict[tuple[str | None, bool], list[Page]]:
    """The windows of a browser that nobody has now, by where they start and whether scripts run."""
    return {}


def _new(browser: Browser, address: str | None, scripts: bool) -> Page:
    return browser.new_context(base_url=address, java_script_enabled=scripts).new_page()


def _forgotten(page: Page) -> bool:
    """Leave nothing behind; False where the page shows no site, or is on its way to another page.

    A page that would read itself again, or listens, is left for a file; what it stores as it is left goes too.
    """
    try:
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.mouse.move(0, 0)
        page.goto("/".join(page.url.split("/")[:3]) + SMALL)
        page.evaluate("(localStorage.clear(), sessionStorage.clear(), 0)")
        page.context.clear_cookies()
    except Error:
        return False
    return True


@dataclass
class Looked:
    """What a page turned out to be, seen once in each theme and width.

    Attributes:
        violations: What axe-core found, as `theme width rule: target`.
        sideways: The combinations in which the page is wider than the window.
        strangers: Addresses on other hosts that it asked for.
        complaints: What the browser wrote to its console, breaches of the policy among it.
    """

    violations: list[str]
    sideways: list[str]
    strangers: list[str]
    complaints: list[str]


def look_at(browser: Browser, address: str, state: Any = None, shots: Path | None = None) -> Looked:
    """Open a page in both themes and widths, let axe-core check each, and keep pictures where wanted.

    A theme changes colours and nothing else (`tests/web/test_front.py`): in the dark the rules about colour are enough.

    Args:
        browser: The browser.
        address: The whole address of the page.
        state: Cookies of a visitor, as `storage_state` of a browser context gives them.
        shots: A folder for pictures; also taken from the environment variable MOTCUA_TEST_SHOTS.
    """
    folder = shots or (Path(given) if (given := os.environ.get("MOTCUA_TEST_SHOTS")) else None)
    found = Looked([], [], [], [])
    with lent(browser, cookies=state["cookies"] if state else (), size=WIDE) as page:
        listening = _listen(page, address, found)
        page.goto(address)
        _judge(page, found, partial(_keep, page, folder, address))
        for event, told in listening.items():
            page.remove_listener(event, told)
    return found


def look_as_it_stands(page: Page) -> Looked:
    """Let axe-core check what an answer shows that has no address of its own, in both themes and widths."""
    found = Looked([], [], [], [])
    _judge(page, found, lambda seen: None)
    return found


def _judge(page: Page, found: Looked, keep: Callable[[str], None]) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")  # by the debugger, past the policy of the page
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            _check(page, f"{theme} {width}", COLOUR if theme == "dark" else None, found)
            keep(f"{theme}-{width}")


def _keep(page: Page, folder: Path | None, address: str, seen: str) -> None:
    """Take a picture where one is wanted."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(c if c.isalnum() else "_" for c in address.split("/", 3)[-1]) or "root"
    page.screenshot(path=folder / f"{name[:80]}-{seen}.png", full_page=True)


def _listen(page: Page, address: str, found: Looked) -> dict[Any, Callable[[Any], None]]:
    """Write down what a page asks for and complains of; return what listens, by event."""
    host = "/".join(address.split("/")[:3])
    listening: dict[Any, Callable[[Any], None]] = {
        "request": lambda asked: None if _ours(asked.url, host) else found.strangers.append(asked.url),
        "console": lambda said: found.complaints.append(said.text) if said.type == "error" else None,
        "pageerror": lambda error: found.complaints.append(str(error)),
    }
    for event, told in listening.items():
        page.on(event, told)
    return listening


def _ours(url: str, host: str) -> bool:
    return url.startswith((host + "/", "data:", "blob:"))


def _check(page: Page, where: str, rules: list[str] | None, found: Looked) -> None:
    """Judge the page as it stands, by some rules or by all."""
    judged = json.loads(page.evaluate(_RUN, rules))
    for rule in judged:
        for node in rule["nodes"]:
            found.violations.append(f"{where} {rule['id']}: {node['target'][0]}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.sideways.append(where)


CLEAN = Looked([], [], [], [])
