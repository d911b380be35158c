"""With the keyboard alone, and its plainest keys: Tab, Enter, arrows."""

from collections.abc import Callable

from on_the_way import on_the_way, somebody
from people import window
from playwright.sync_api import Browser, Page, expect
from web_province import SignedIn

from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"
MOST = 150
"""Presses of Tab after which somebody would have given up."""

_AT = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const ring = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  return {words: (at.innerText || at.getAttribute("aria-label") || at.name || "").trim(), tag: at.tagName,
          seen: box.width > 0 && box.height > 0 && ring && box.right > 0};
}"""


def tab_to(page: Page, words: str, tag: str) -> list[str]:
    """Press Tab until the focus is on something called *words*; returns what had the focus without showing it."""
    hidden = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(_AT)
        if not at["seen"]:
            hidden.append(f"{at['tag']} {at['words'][:40]}")
        if at["words"].startswith(words) and at["tag"] == tag:
            return hidden
    raise AssertionError(f"Tab never came to {tag} {words}")


def test_a_task_is_found_opened_and_done_by_tab_and_enter(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """The skip link first, then the dossier, then its action; wherever the focus is, one sees it."""
    stored = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True)
    code = stored.dossier.code
    who = signed_in(somebody(province, stored.dossier, "officer").person or "")
    with window(browser, address, who) as page:
        page.goto("/viec")
        hidden = tab_to(page, "Đến nội dung chính", "A")
        page.keyboard.press("Enter")
        assert "main" == page.evaluate("document.activeElement.id")
        hidden += tab_to(page, code, "A")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ho-so/{code}")
        hidden += tab_to(page, "Đến nội dung chính", "A")
        page.keyboard.press("Enter")
        hidden += tab_to(page, "–", "SELECT")
        page.keyboard.press("ArrowDown")
        hidden += tab_to(page, "Trình kết quả thẩm định", "BUTTON")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Đã thực hiện")

    assert [] == hidden
    assert ("tax_code",) == province.house.store.load(code).dossier.states
