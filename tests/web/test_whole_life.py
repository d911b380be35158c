"""The whole life of dossiers through pages alone: as people use them, some of them without scripts."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from browsing import served
from on_the_way import on_the_way
from people import action, desk_of, do, find, hand_in, holder, look_up, read, sign, window
from playwright.sync_api import Browser, expect
from web_province import SignedIn

from audit.record import from_raw
from flows.embedded import run_round
from motcua.adapters.clock import VirtualClock
from motcua.bootstrap.rehearsal import notice_file
from motcua.services.citizens import check_code
from motcua.services.ratings import ratings_of
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
HOUSEHOLD, LAND = "1.001612", "1.012756"
APOLOGY = "Văn bản xin lỗi và hẹn lại"


STEPS: tuple[tuple[str, str | None, str, dict[str, str]], ...] = (
    ("officer", None, "Trình kết quả thẩm định", {"proposal": "grant"}),
    ("officer", "tax", "Trả mã số thuế", {}),
    ("unit_head", None, "Ký giấy chứng nhận", {}),
    ("clerk", None, "Phát hành kết quả", {}),
)
"""Position, party where it is not the lead, what they do, with what."""


def work_through(browser: Browser, address: str, site: Site, signed_in: ENTER, code: str) -> None:
    """Let each find the dossier in their inbox and send it on; officer and clerk without scripts."""
    for position, party, label, given in STEPS:
        agency = None if party is None else site.house.store.load(code).dossier.parties[party]
        who = signed_in(holder(site, code, position, agency))
        with window(browser, address, who, scripts=position == "unit_head") as page:
            find(page, code)
            do(page, label, **given)


def test_a_dossier_lives_from_the_counter_to_the_rating_by_five_roles(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """Taken in, proposed, its tax code given, signed, issued, handed over; then its citizen looks it up and rates it.

    The check code that the citizen types stands on the receipt that the counter printed.
    """
    house = province.house
    with window(browser, address, signed_in(desk_of(province))) as counter:
        code = hand_in(counter)
        counter.get_by_role("link", name="xem").click()
        [check] = re.findall(r"check: ([0-9A-Z]{4}-[0-9A-Z]{4})", counter.locator("body").inner_text())
        work_through(browser, address, province, signed_in, code)
        counter.goto("/tra-ket-qua")
        counter.get_by_label("Quét mã QR").fill(f"{code} 1/GTN-2026 {check}")
        counter.keyboard.press("Enter")
        counter.get_by_label("Thẻ căn cước").check()
        counter.get_by_role("button", name="Trả kết quả").click()
        expect(counter.get_by_role("status")).to_contain_text(code)
    with window(browser, address, scripts=False) as citizen:
        said = look_up(citizen, code, check)
        citizen.get_by_label("Rất hài lòng", exact=True).check()
        citizen.get_by_role("button", name="Gửi đánh giá").click()
        expect(citizen.locator("main")).to_contain_text("Bạn đã đánh giá: Rất hài lòng")

    after = house.store.load(code)
    assert ("Giấy tiếp nhận" in said, after.dossier.public, after.dossier.outcome) == (True, 10, "granted")
    assert [5] == [rating.score for rating in ratings_of(house, after)]
    records = [from_raw(row.raw) for row in house.store.records(f"dossier:{after.id}")]
    assert [] == [each.seq for each in records if each.actor is not None and each.auth is None]


def test_what_is_missing_is_asked_for_and_brought(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """Kept without its paper, guided, read by the citizen, brought to the counter, accepted; all without scripts."""
    with (
        window(browser, address, signed_in(desk_of(province)), scripts=False) as counter,
        window(browser, address, scripts=False) as citizen,
    ):
        code = hand_in(counter, papers=False)
        check = check_code(province.house, province.house.store.load(code).id)
        do(counter, "Hướng dẫn hoàn thiện hồ sơ", reason="Thiếu giấy đề nghị đăng ký")
        said = look_up(citizen, code, check)
        action(counter, "Nộp lại hồ sơ hoàn thiện").get_by_label("Giấy đề nghị").check()
        do(counter, "Nộp lại hồ sơ hoàn thiện")
        do(counter, "Tiếp nhận hồ sơ", fee_paid="yes")

    after = province.house.store.load(code).dossier
    assert (True, True) == ("Hãy bổ sung hồ sơ" in said, "Thiếu giấy đề nghị đăng ký" in said)
    assert (("appraising",), ("giay_de_nghi",)) == (after.states, after.documents)


def test_a_refusal_reaches_its_citizen_with_its_reason(
    browser: Browser, address: str, province: Site, signed_in: ENTER, tmp_path: Path
) -> None:
    """Proposed, refused with a reason, the refusal signed on its page; the citizen reads the signed paper."""
    stored = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True)
    code, check = stored.dossier.code, check_code(province.house, stored.id)
    with ExitStack() as windows:
        officer, leader = (
            windows.enter_context(window(browser, address, signed_in(holder(province, code, position))))
            for position in ("officer", "unit_head")
        )
        find(officer, code)
        do(officer, "Trình kết quả thẩm định", proposal="refuse")
        find(leader, code)
        do(leader, "Từ chối giải quyết", reason="Ngành nghề bị cấm kinh doanh")
        with notice_file(tmp_path / "notices.txt") as notices:
            run_round(province.house, province.press, notices)
        sign(leader, code, "Phiếu từ chối")
        citizen = windows.enter_context(window(browser, address, scripts=False))
        told = look_up(citizen, code, check)
        paper = read(citizen, "Phiếu từ chối")

    assert (True, True) == ("từ chối" in told.lower(), "Ngành nghề bị cấm kinh doanh" in paper)
    assert "refused" == province.house.store.load(code).dossier.outcome


@dataclass
class LateOffice:
    """An office in which a dossier is left lying, at a clock that the test moves."""

    site: Site
    clock: VirtualClock
    notices: Path

    def lie_until(self, due: datetime | None, hours: int, code: str) -> None:
        """Let working hours go by after an instant, and the worker do what is owed by then."""
        assert due is not None
        house = self.site.house
        calendar = house.worlds.of(house.store.load(code).dossier.cfg).calendar
        self.clock.move(calendar.add(due, hours * 60))
        with notice_file(self.notices) as notices:
            run_round(house, self.site.press, notices)


@pytest.fixture
def late(province: Site, tmp_path: Path) -> LateOffice:
    """The province at a clock of its own."""
    clock = VirtualClock(province.house.now())
    site = replace(province, house=replace(province.house, clock=clock))
    return LateOffice(site, clock, tmp_path / "notices.txt")


def test_a_late_dossier_is_confirmed_on_the_board_and_apologised_for(
    browser: Browser, late: LateOffice, signed_in: ENTER
) -> None:
    """Its step runs out, which is confirmed; then its appointment: a new one, an apology, read by the citizen."""
    house = late.site.house
    stored = on_the_way(late.site, HOUSEHOLD, "accept", fee_paid=True)
    code, clocks = stored.dossier.code, stored.dossier.clocks
    late.lie_until(clocks["step:appraising"].due, 5, code)
    people = {name: signed_in(holder(late.site, code, name)) for name in ("unit_head", "head")}
    with served(late.site) as address:
        with window(browser, address, people["unit_head"]) as leader:
            leader.goto("/dieu-hanh")
            awaited = len(house.store.load(code).dossier.awaited)
            leader.get_by_role("button", name=f"Đã xem cảnh báo của {code}").click()
            expect(leader.get_by_role("status")).to_contain_text("Đã xác nhận")
            confirmed = awaited - len(house.store.load(code).dossier.awaited)
            late.lie_until(clocks["committed"].due, 1, code)
            leader.goto(f"/ho-so/{code}")
            expect(leader.locator(".light.late").first).to_be_visible()
            do(leader, "Xin lỗi và gia hạn", amount="2", reason="Hệ thống thuế gián đoạn")
        with window(browser, address, people["head"]) as head:
            sign(head, code, APOLOGY)
        with window(browser, address, scripts=False) as citizen:
            told = look_up(citizen, code, check_code(house, stored.id))
            letter = read(citizen, APOLOGY)

    assert (1, 1) == (confirmed, house.store.load(code).dossier.facts["extension_count"])
    assert ("Hẹn lại" in told, APOLOGY in told) == (True, True)
    assert ("xin lỗi" in letter, "Hệ thống thuế gián đoạn" in letter) == (True, True)


def test_a_handoff_is_accepted_and_another_is_given_back(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """The registry branch takes one over and gives one back with a reason, which the desk reads and hands on again."""
    one, other = (on_the_way(province, LAND, "accept").dossier for _ in range(2))
    manager = signed_in(holder(province, one.code, "head"))
    counter = signed_in(holder(province, one.code, "one_stop_officer", one.parties["centre"]))
    with (
        window(browser, address, manager, scripts=False) as branch,
        window(browser, address, counter) as desk,
    ):
        branch.goto("/lien-thong")
        branch.get_by_role("button", name=f"Nhận xử lý {one.code}").click()
        expect(branch.get_by_role("status")).to_contain_text("Đã thực hiện")
        branch.goto("/lien-thong")
        branch.locator("summary", has_text=f"Trả lại {other.code}").click()
        article = branch.locator("article").filter(has_text=other.code)
        article.get_by_label("Lý do trả lại").fill("Thiếu trang bổ sung của giấy chứng nhận")
        article.get_by_role("button", name="Trả lại cơ quan gửi").click()
        expect(branch.get_by_role("status")).to_be_visible()

        find(desk, other.code)
        back = desk.locator("main").inner_text()
        do(desk, "Chuyển lại cơ quan giải quyết")

    taken, again = (province.house.store.load(each.code).dossier for each in (one, other))
    assert ("accepted", "offered") == tuple(each.handoffs["assigning"].status for each in (taken, again))
    assert "trả lại" in back.lower()
    assert 2 == again.handoffs["assigning"].number
