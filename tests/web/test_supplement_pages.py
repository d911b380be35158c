"""A supplement that is asked for during the appraisal, through pages alone, without scripts."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from people import action, desk_of, do, find, hand_in, holder, look_up, read, sign, window
from playwright.sync_api import Browser, Page
from web_province import SignedIn

from flows.embedded import run_round
from motcua.bootstrap.rehearsal import notice_file
from motcua.services.citizens import check_code
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
WANTED = "Chưa rõ địa điểm kinh doanh và biên bản họp"


def stay(windows: ExitStack, browser: Browser, address: str, who: SignedIn | None = None) -> Page:
    """Open a window without scripts that stays open until the others close."""
    return windows.enter_context(window(browser, address, who, scripts=False))


def bring(counter: Page, scanned: str, paper: str) -> str:
    """Open a dossier by what the scanner types, tick what was brought, and hand it on; returns what was read there."""
    counter.goto("/tra-ket-qua")
    counter.get_by_label("Quét mã QR").fill(scanned)
    counter.keyboard.press("Enter")
    counter.wait_for_url("**/ho-so/*")
    found = counter.locator("main").inner_text()
    action(counter, "Nộp hồ sơ bổ sung").get_by_label(paper).check()
    do(counter, "Nộp hồ sơ bổ sung")
    return found


def test_a_supplement_asked_for_in_the_appraisal_is_brought_and_the_dossier_goes_on(
    browser: Browser, address: str, province: Site, signed_in: ENTER, tmp_path: Path
) -> None:
    """Asked by its officer on paper, read by the citizen, brought to the counter by the receipt, proposed; no scripts.

    The counter reads there what was asked; the officer finds it in the inbox again, and cannot ask a second time.
    """
    desk = signed_in(desk_of(province))
    with ExitStack() as windows:
        counter = stay(windows, browser, address, desk)
        code = hand_in(counter)
        check = check_code(province.house, province.house.store.load(code).id)
        officer = stay(windows, browser, address, signed_in(holder(province, code, "officer")))
        find(officer, code)
        do(officer, "Yêu cầu bổ sung hồ sơ", reason=WANTED)
        with notice_file(tmp_path / "notices.txt") as notices:
            run_round(province.house, province.press, notices)
        sign(officer, code, "Phiếu yêu cầu bổ sung")
        citizen = stay(windows, browser, address)
        told, paper = look_up(citizen, code, check), read(citizen, "Phiếu yêu cầu bổ sung")
        read_at_desk = bring(counter, f"{code} 1/GTN-2026 {check}", "Biên bản họp")
        again = signed_in(holder(province, code, "officer"))
        officer = stay(windows, browser, address, again)
        find(officer, code)
        page = officer.locator("main").inner_text()
        do(officer, "Trình kết quả thẩm định", proposal="grant")

    after = province.house.store.load(code).dossier
    assert ("Hãy bổ sung hồ sơ" in told, WANTED in told, WANTED in paper) == (True, True, True)
    assert (WANTED in read_at_desk, WANTED in page) == (True, True)
    assert (("tax_code",), 1, True) == (
        after.states,
        after.facts["supplement_count"],
        "bien_ban_hop" in after.documents,
    )
