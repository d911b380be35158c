"""The designer's room: versions, a draft checked at its lines, a publication by two people."""

from collections.abc import Callable

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser, Page, expect
from web_province import SignedIn, client_of

from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
CODE = "2.000815"


def draft(site: Site, version: str = "9.0.0") -> str:
    """The text in force, under another version number, with a shorter name for people to see."""
    text = site.house.store.versions(CODE)[-1].source.decode()
    number = site.house.store.versions(CODE)[-1].version
    return text.replace(f'version: "{number}"', f'version: "{version}"').replace(
        'vi: "Chứng thực bản sao từ bản chính giấy tờ, văn bản"', 'vi: "Chứng thực bản sao"'
    )


def propose(page: Page, text: str) -> None:
    """Send a draft with an error, mend it, compare, propose it, and be refused as the second person."""
    editor = page.get_by_label("Văn bản YAML của thủ tục")
    editor.fill(text.replace("until: null}", "until: null, forever: yes}", 1))
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.locator("tr.wrong .problem").first).to_contain_text("E-SCHEMA")
    expect(page.get_by_role("button", name="Đề xuất phiên bản")).to_have_count(0)

    page.get_by_label("Văn bản YAML của thủ tục").fill(text)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("Đều đạt")).to_be_visible()
    expect(page.get_by_role("region", name="Thay đổi với mọi người")).to_contain_text("Chứng thực bản sao")
    page.get_by_role("button", name="Đề xuất phiên bản 9.0.0").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đề xuất")
    page.get_by_role("button", name="Duyệt phiên bản").click()
    expect(page.get_by_role("alert")).to_contain_text("Cần người thứ hai phê duyệt")


def test_a_version_is_published_by_two_designers(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """In a browser: an error at its line, mended, compared, proposed; the proposer cannot approve, another can."""
    text, house = draft(province), province.house
    with window(browser, address, signed_in("designer")) as page:
        page.goto("/thiet-ke/ban-nhap")
        propose(page, text)
        assert house.store.versions(CODE)[-1].approved_by is None
        there = page.url.replace("/duyet", "")
    with window(browser, address, signed_in("approver")) as second:
        second.goto(there)
        second.get_by_role("link", name="9.0.0").click()
        second.get_by_role("button", name="Duyệt phiên bản 9.0.0").click()
        expect(second.get_by_role("status")).to_contain_text("Đã duyệt")

    published = house.store.versions(CODE)[-1]
    assert ("9.0.0", "demo.designer", "demo.approver") == (
        published.version,
        published.proposed_by,
        published.approved_by,
    )
    assert text.encode().rstrip() == published.source.rstrip()


def test_only_what_was_checked_is_proposed(province: Site, signed_in: ENTER) -> None:
    """Another text than the checked one, a broken one, one that is too large, and a taken number change nothing."""
    who = signed_in("designer")
    client = client_of(province, who)
    before = len(province.house.store.versions())
    taken = draft(province, province.house.store.versions(CODE)[-1].version)

    def send(text: str, **more: str) -> tuple[int, str]:
        form = {"csrf": who.csrf, "yaml": text, "viec": "de-xuat", **more}
        answer = client.post("/thiet-ke/ban-nhap", data=form)
        return answer.status_code, answer.text

    status, page = send(draft(province))
    assert (422, True) == (status, "chưa được kiểm tra" in page)
    checked = page.split('name="checked" value="')[1].split('"')[0]
    assert 64 == len(checked)
    assert [422, 422, 422] == [
        send(draft(province, "9.0.1"), checked=checked)[0],
        send("procedure: [", checked=checked)[0],
        send("#" * (256 * 1024 + 1))[0],
    ]
    status, page = send(taken)
    checked = page.split('name="checked" value="')[1].split('"')[0]
    assert 409 == send(taken, checked=checked)[0]
    assert before == len(province.house.store.versions())


def test_a_draft_may_come_as_a_file(province: Site, signed_in: ENTER) -> None:
    """An uploaded file counts before the text; bytes that are no text are a problem like any other."""
    who = signed_in("designer")
    client = client_of(province, who)
    files = [draft(province).encode(), b"\xff\xfe\x00", b"a: &a [*a]\n"]
    pages = [
        client.post("/thiet-ke/ban-nhap", data={"csrf": who.csrf}, files={"file": ("p.yaml", data)})
        for data in files
    ]

    assert [200, 200, 200] == [page.status_code for page in pages]
    assert ["0 lỗi" in page.text for page in pages] == [True, False, False]


def test_a_version_is_shown_with_what_it_changes_and_only_to_designers(
    province: Site, signed_in: ENTER
) -> None:
    """Scenarios and open dossiers are counted when asked for; others than designers get 403, an unknown code 404."""
    client = client_of(province, signed_in("designer"))
    page = client.get(f"/thiet-ke/{CODE}?kich_ban=1&dem=1").text
    assert ("Đều đạt" in page, "hồ sơ" in page.split('id="open"')[1]) == (True, True)
    assert CODE in client.get("/thiet-ke").text
    assert [404, 404] == [
        client.get(f"/thiet-ke/{it}").status_code for it in ("9.999999", "ban-nhap?tu=9.999999")
    ]
    who = signed_in("auditor")
    other = client_of(province, who)
    answers = [
        other.get(path).status_code for path in ("/thiet-ke", f"/thiet-ke/{CODE}", "/thiet-ke/ban-nhap")
    ]
    refused = other.post(f"/thiet-ke/{CODE}/duyet", data={"csrf": who.csrf, "digest": "0" * 64})
    assert ([403, 403, 403], 403) == (answers, refused.status_code)


def test_the_designers_pages_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    who = signed_in("designer")
    client_of(province, who).post(
        "/thiet-ke/ban-nhap", data={"csrf": who.csrf, "yaml": draft(province), "viec": "kiem-tra"}
    )

    assert CLEAN == look_at(browser, f"{address}/thiet-ke", who.storage_state)
    assert CLEAN == look_at(browser, f"{address}/thiet-ke/{CODE}?kich_ban=1", who.storage_state)
    assert CLEAN == look_at(browser, f"{address}/thiet-ke/ban-nhap?tu={CODE}", who.storage_state)
