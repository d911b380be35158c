"""The intake counter: what a procedure asks, the date it promises, and a dossier with its receipt, once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"
PERSON = {
    "applicant.name": "Trần Thị Bưởi",
    "applicant.id_number": "001099000123",
    "applicant.phone": "0900000123",
}
WHOLE = {
    **PERSON,
    "fact.has_members": "no",
    "paper": "giay_de_nghi",
    "accept.fee_paid": "yes",
    "then": "accept",
}


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the intake form."""
    found = re.findall(r'<input type="hidden" name="(key|csrf)" value="([^"]*)"', page)
    return dict(found)


def counter(site: Site) -> str:
    """A one-stop officer of a commune."""
    posts, agency = site.house.worlds.directory.posts, site.house.worlds.directory.agency
    return next(
        post.officer
        for post in posts
        if post.position == "one_stop_officer" and agency[post.agency].kind == "commune_committee"
    )


def test_a_procedure_is_found_without_its_marks(province: Site, signed_in: ENTER) -> None:
    """Words without tones find it, in any order; what nobody offers finds nothing."""
    client = client_of(province, signed_in(counter(province)))

    assert HOUSEHOLD in client.get("/tiep-nhan", params={"tim": "kinh doanh HO"}).text
    assert "Không có thủ tục nào khớp" in client.get("/tiep-nhan", params={"tim": "ho kinh doanh xyz"}).text


def test_the_promised_date_and_the_papers_follow_what_is_typed(province: Site, signed_in: ENTER) -> None:
    """The page tells the due instant of the term before anything is written, and which papers the facts ask for."""
    who = signed_in(counter(province))
    client = client_of(province, who)
    seqs = sum(1 for _ in province.house.store.all_records())
    page = client.post(
        f"/tiep-nhan/{HOUSEHOLD}/xem", data={**PERSON, "csrf": who.csrf, "fact.has_members": "yes"}
    )

    assert (200, seqs) == (page.status_code, sum(1 for _ in province.house.store.all_records()))
    assert 3 == page.text.count(">bắt buộc<")
    assert "Cách tính từng ngày" in page.text
    assert "Chưa tiếp nhận được" in page.text


def test_a_second_press_gives_the_same_dossier_and_one_receipt(province: Site, signed_in: ENTER) -> None:
    """Two presses at the same moment: one dossier, one acceptance, one signed receipt, both led to it."""
    who = signed_in(counter(province))
    client = client_of(province, who)
    hidden = form_of(client.get(f"/tiep-nhan/{HOUSEHOLD}").text)

    clients = [client_of(province, who) for _ in range(2)]
    for (
        each
    ) in clients:  # a site builds its routes at its first request, and warnings are not for several threads
        assert 200 == each.get(f"/tiep-nhan/{HOUSEHOLD}").status_code

    def press(number: int) -> str:
        answer = clients[number].post(f"/tiep-nhan/{HOUSEHOLD}", data={**WHOLE, **hidden})
        assert 303 == answer.status_code, answer.text
        return answer.headers["location"]

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(press, range(2))
    assert first == press(0)
    code = first.removeprefix("/ho-so/").partition("?")[0]
    stored = province.house.store.load(code)
    papers = province.house.store.papers(stored.id)

    assert (first, ("appraising",)) == (second, stored.dossier.states)
    assert [("receipt", True)] == [(row.draft.form, row.signature is not None) for row in papers]
    page = client.get(first).text
    [link] = re.findall(r'<a href="([^"]+)">In giấy tiếp nhận', page)
    pdf = client.get(unescape(link))
    assert (b"%PDF", "application/pdf") == (pdf.content[:4], pdf.headers["content-type"])


def test_a_second_dossier_of_the_same_person_is_warned_of_and_may_go_on(
    province: Site, signed_in: ENTER
) -> None:
    """The first press names the open dossier and opens nothing; confirmed, it is taken in."""
    who = signed_in(counter(province))
    client = client_of(province, who)
    key = {"csrf": who.csrf}
    first = client.post(f"/tiep-nhan/{HOUSEHOLD}", data={**WHOLE, **key, "key": "first"}).headers["location"]
    code = first.removeprefix("/ho-so/").partition("?")[0]

    warned = client.post(f"/tiep-nhan/{HOUSEHOLD}", data={**WHOLE, **key, "key": "second"})
    sure = client.post(f"/tiep-nhan/{HOUSEHOLD}", data={**WHOLE, **key, "key": "second", "anyway": "yes"})

    assert (422, True) == (warned.status_code, f'href="/ho-so/{code}"' in warned.text)
    assert (303, False) == (sure.status_code, code in sure.headers["location"])


def test_what_is_missing_is_said_and_what_was_typed_is_kept(province: Site, signed_in: ENTER) -> None:
    """Without name, fact and required paper the page comes back with every fault; nothing is opened."""
    who = signed_in(counter(province))
    client = client_of(province, who)
    seqs = sum(1 for _ in province.house.store.all_records())

    bare = {"csrf": who.csrf, "key": "k", "then": "accept", "applicant.phone": "0900000123"}
    empty = client.post(f"/tiep-nhan/{HOUSEHOLD}", data=bare)
    paperless = client.post(
        f"/tiep-nhan/{HOUSEHOLD}", data={**WHOLE, "csrf": who.csrf, "key": "k", "paper": "no_such_paper"}
    )

    assert [422, 422] == [empty.status_code, paperless.status_code]
    assert ["applicant-name", "fact-has_members"] == sorted(re.findall(r'<li><a href="#([^"]+)"', empty.text))
    assert 'value="0900000123"' in empty.text
    assert seqs == sum(1 for _ in province.house.store.all_records())


def test_the_intake_pages_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    state = signed_in(counter(province)).storage_state

    assert CLEAN == look_at(browser, f"{address}/tiep-nhan?tim=dang%20ky", state)
    assert CLEAN == look_at(browser, f"{address}/tiep-nhan/{HOUSEHOLD}", state)


def test_in_a_browser_the_date_appears_while_one_types(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """A choice brings the papers it needs without leaving the page; the main button leads to the dossier."""
    with window(browser, address, signed_in(counter(province))) as page:
        page.goto(f"{address}/tiep-nhan")
        page.get_by_label("Thủ tục: mã").fill("ho kinh doanh")
        page.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh").click()
        page.get_by_label("Họ và tên").fill("Lê Văn Ổi")
        page.get_by_label("Có thành viên").select_option("no")
        page.get_by_text("Cách tính từng ngày").wait_for()
        page.get_by_label("Giấy đề nghị").check()
        page.get_by_label("Đã thu phí").select_option("yes")
        page.get_by_text("Chưa tiếp nhận được").wait_for(state="detached")
        assert page.get_by_label("Giấy đề nghị").is_checked()
        page.get_by_role("button", name="Lưu và in giấy tiếp nhận").click()
        page.wait_for_url("**/ho-so/*")
        receipt = page.get_by_role("link", name="In giấy tiếp nhận").get_attribute("href")

    assert receipt is not None and receipt.startswith("/ho-so/")
