"""Feedback and complaints from sending to the published answer, and results that the law makes public."""

from datetime import timedelta

import limits.storage.memory
import pytest
from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from people import window
from playwright.sync_api import Browser
from web_province import client_of

from motcua.services.citizens import check_code
from motcua.services.identity import officer
from motcua.services.transitions import Particulars, send
from motcua.web.site import Site

GIVEN = {
    "loai": "phan_anh",
    "viec": "lateness",
    "co_quan": "H99.41.01",
    "noi_dung": "Hồ sơ của tôi chậm hai ngày",
    "ho_ten": "Nguyễn Thị Quỳnh Hoa",
    "dien_thoai": "0912 345 678",
}
ANSWER = "Hồ sơ chậm do thiếu người. Cơ quan xin lỗi và đã bổ sung một công chức."
CLASSIFIED = {"topic": "lateness", "about": "H99.41.01"}


class Wall:
    """A clock for the windows in which tries are counted."""

    def __init__(self, at: float = 1_000_000.0) -> None:
        self.at = at

    def time(self) -> float:
        """Return the instant that a test has set."""
        return self.at


def sent(client: TestClient, **changes: str) -> str:
    """Send feedback; returns its code."""
    answer = client.post("/phan-anh", data={**GIVEN, **changes})
    assert 303 == answer.status_code, answer.text
    return answer.headers["location"].partition("ma=")[2].partition("&")[0]


def move(site: Site, code: str, transition: str, **given: object) -> None:
    """Let whoever holds the role move a dossier, the first of those who have not acted."""
    house = site.house
    dossier = house.store.load(code).dossier
    procedure = house.worlds.procedure(dossier.cfg)
    role = procedure.role[procedure.transition[transition].by[0]]
    agency, day = dossier.parties[role.party], house.now().date()
    assigned = next((task.assignee for task in dossier.tasks if task.assignee), None)
    person = assigned or house.worlds.directory.holders(agency, role.position, day)[0]
    send(house, code, transition, officer(house, person), None, Particulars(**given))  # type: ignore[arg-type]  # any of them


def answered(site: Site, code: str, text: str = ANSWER, publishable: bool = True) -> None:
    """Take feedback in, answer it and release the answer."""
    move(site, code, "accept", facts=CLASSIFIED)
    move(site, code, "draft_answer", facts={"publishable": publishable}, reason=text)
    move(site, code, "release")


def test_feedback_goes_its_way_from_a_form_to_a_published_answer(
    browser: Browser, address: str, province: Site
) -> None:
    """Without an account and without scripts; the answer stands under its codes, and in the list without the sender."""
    with window(browser, address, scripts=False) as page:
        page.goto(f"{address}/phan-anh")
        page.get_by_role("button", name="Gửi").click()
        asked = page.get_by_role("alert").inner_text()
        page.get_by_label("Cơ quan nào").select_option("H99.41.01")
        page.get_by_label("Nội dung").fill(GIVEN["noi_dung"])
        page.get_by_role("textbox", name="Họ tên").fill(GIVEN["ho_ten"])
        page.get_by_role("button", name="Gửi").press("Enter")
        code = page.locator("dd").first.inner_text()
        answered(province, code)
        page.get_by_role("link", name="Xem ngay").click()
        page.get_by_role("heading", name=code).wait_for()
        seen = page.locator("main").inner_text()
        page.goto(f"{address}/phan-anh/tra-loi")
        published = page.locator("main").inner_text()

    assert ("Còn thiếu: nội dung" in asked, ANSWER in seen) == (True, True)
    assert (True, False, False) == (
        ANSWER in published, GIVEN["ho_ten"] in published, GIVEN["noi_dung"] in published,
    )  # fmt: skip


def test_only_answers_that_nobody_is_known_from_are_published(province: Site) -> None:
    """Not those that were not meant to be, and not those that name the sender or hold a number after all."""
    client = client_of(province)
    texts = {
        "Không công bố.": False,
        f"Gửi bà {GIVEN['ho_ten']}: đã xử lý.": True,
        "Liên hệ 0912 345 678.": True,
        "Gửi thư tới an@songlam.example.": True,
        "Danh mục giấy tờ đã được sửa.": True,
    }
    for text, publishable in texts.items():
        answered(province, sent(client), text, publishable)

    page = client.get("/phan-anh/tra-loi").text

    assert ["Danh mục giấy tờ đã được sửa."] == [text for text in texts if text in page]


def test_an_open_list_is_looked_for_once_a_minute(province: Site) -> None:
    """What was answered meanwhile shows a minute later; nobody can make the database look more often."""
    client = client_of(province)
    assert ANSWER not in client.get("/phan-anh/tra-loi").text
    answered(province, sent(client))

    assert ANSWER not in client.get("/phan-anh/tra-loi").text
    client.app.state.open_lists._found.clear()  # type: ignore[attr-defined]  # an ASGI app, to types
    assert ANSWER in client.get("/phan-anh/tra-loi").text


def test_a_complaint_needs_a_name_and_feedback_does_not(province: Site) -> None:
    """What is missing is said on the same page, and what was typed stays."""
    client = client_of(province)
    nameless = client.post("/phan-anh", data={**GIVEN, "loai": "khieu_nai", "ho_ten": " "})
    code = sent(client, loai="khieu_nai")

    assert (422, True, True) == (
        nameless.status_code, "họ tên người khiếu nại" in nameless.text, GIVEN["noi_dung"] in nameless.text,
    )  # fmt: skip
    assert "MC.000011" == province.house.store.load(code).dossier.procedure
    assert sent(client, ho_ten="", dien_thoai="")


def test_what_is_unknown_or_too_long_is_refused(province: Site) -> None:
    """A kind, topic or agency that there is not, no text, ten thousand letters and one."""
    client = client_of(province)
    bad = [{"loai": "x"}, {"viec": "x"}, {"co_quan": "H00"}, {"noi_dung": " "}, {"noi_dung": "x" * 10_001}]

    assert {422} == {client.post("/phan-anh", data={**GIVEN, **change}).status_code for change in bad}


def test_a_form_that_is_sent_twice_is_taken_in_once(province: Site) -> None:
    """The same key gets the same codes."""
    client = client_of(province)
    places = {client.post("/phan-anh", data={**GIVEN, "key": "k" * 32}).headers["location"] for _ in range(2)}

    assert 1 == len(places)


def test_who_sends_too_often_must_wait(province: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty within an hour from one address, what is not complete apart; the answer says how long to wait."""

    class Wall:
        at = 1_000_000.0

        def time(self) -> float:
            return self.at

    wall = Wall()
    monkeypatch.setattr(limits.storage.memory, "time", wall)
    client = client_of(province)
    empty = [client.post("/phan-anh", data={}).status_code for _ in range(21)]
    statuses = [client.post("/phan-anh", data=GIVEN).status_code for _ in range(20)]
    stopped = client.post("/phan-anh", data=GIVEN)
    wall.at += timedelta(hours=1, seconds=1).total_seconds()

    again = client.post("/phan-anh", data=GIVEN)
    assert ([422] * 21, [303] * 20 + [429, 303]) == (
        empty,
        [*statuses, stopped.status_code, again.status_code],
    )
    assert ("3600", True) == (stopped.headers["retry-after"], "nhiều nhất là 60 phút" in stopped.text)


def test_public_results_tell_nothing_of_who_applied(province: Site) -> None:
    """Procedure, agency and day of what was granted; neither codes nor names."""
    page = client_of(province).get("/ket-qua-cong-khai").text
    house = province.house
    names = [
        value.value.strip('"')
        for stored in house.store.iterate()
        for value in house.store.personal(stored.id)
        if value.field == "applicant.full_name"
    ]
    codes = [stored.dossier.code for stored in house.store.iterate()]

    assert ([], True) == ([said for said in (*names, *codes) if said in page], "Giấy phép xây dựng" in page)
    assert "chưa xác minh" in page


def test_the_open_pages_are_clean_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site
) -> None:
    """The form, what is shown after sending, the answers, the results."""
    code = sent(client_of(province))
    check = check_code(province.house, province.house.store.load(code).id)
    answered(province, code)
    paths = ("/phan-anh", f"/phan-anh/da-gui?ma={code}&kt={check}", "/phan-anh/tra-loi")

    assert [CLEAN] * 4 == [look_at(browser, address + path) for path in (*paths, "/ket-qua-cong-khai")]
