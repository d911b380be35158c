"""The auditor's room: search, replay, a tampered record found, a nonconformity raised and worked off."""

from collections.abc import Callable
from pathlib import Path

from browsing import CLEAN, NARROW, look_at
from people import window
from playwright.sync_api import Browser, expect
from web_province import SignedIn, client_of

from motcua.services.ports import Stored
from motcua.store.forging import forge
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]


def one_that_moved(site: Site) -> Stored:
    """A dossier of a dozen records or more."""
    return next(stored for stored in site.house.store.iterate() if stored.seq >= 12)


def tampered(site: Site, file: Path) -> Stored:
    """A dossier one of whose records was changed behind the back of the triggers."""
    stored = one_that_moved(site)
    forge(file, site.house.store.records(f"dossier:{stored.id}")[4])
    return stored


def test_a_query_is_an_address(province: Site, signed_in: ENTER) -> None:
    """Fields narrow the list, the next page goes on where it ended, and nonsense in the address is told."""
    client = client_of(province, signed_in("auditor"))
    code = one_that_moved(province).dossier.code

    assert code in client.get("/kiem-toan", params={"ma": code.lower()}).text
    assert "Không có hồ sơ nào khớp" in client.get("/kiem-toan?ma=%25").text
    pages = client.get("/kiem-toan").text
    mark = pages.split("sau=")[1].split('"')[0]
    assert f"/kiem-toan/{mark}" in pages
    assert f"/kiem-toan/{mark}" not in client.get(f"/kiem-toan?sau={mark}").text
    late = client.get("/kiem-toan?tre=2&xin_loi=khong").text
    assert late.count("light late") == late.count("data-row>")
    assert [422, 422, 200] == [
        client.get(f"/kiem-toan?{it}").status_code for it in ("tre=x", "tu=1", "tu=2026-02-31")
    ]


def test_only_auditors_search_and_replay(province: Site, signed_in: ENTER) -> None:
    """An officer, a designer and a leader get 403; a code that never was 404."""
    code = one_that_moved(province).dossier.code
    for who in ("officer", "designer", "leader"):
        client = client_of(province, signed_in(who))
        assert [403, 403] == [client.get(path).status_code for path in ("/kiem-toan", f"/kiem-toan/{code}")]
    auditor = client_of(province, signed_in("auditor"))
    assert 404 == auditor.get("/kiem-toan/H99.01-260101-9999").status_code


def test_the_picture_of_lanes_opens_where_the_dossier_stands(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """In a narrow window the box that is lit is in sight, without anybody scrolling."""
    stored = next(one for one in province.house.store.iterate() if one.dossier.public == 10)
    with window(browser, address, signed_in("auditor"), size=NARROW) as page:
        page.goto(f"{address}/kiem-toan/{stored.dossier.code}")
        lit, frame = (
            page.locator(".lanes .lit").first.bounding_box(),
            page.locator(".scroll:has(.lanes)").bounding_box(),
        )

    assert lit is not None and frame is not None
    assert (True, True) == (lit["x"] >= frame["x"], lit["x"] + lit["width"] <= frame["x"] + frame["width"])


def test_an_auditor_replays_a_dossier_and_finds_the_record_that_was_tampered_with(
    browser: Browser, address: str, province: Site, signed_in: ENTER, tmp_path: Path
) -> None:
    """In a browser: the verdict names stream and record; its link leads there; arrow keys walk on from it."""
    stored = tampered(province, tmp_path / "motcua.db")
    with window(browser, address, signed_in("auditor")) as page:
        page.goto(f"{address}/kiem-toan?ma={stored.dossier.code}")
        page.get_by_role("link", name=stored.dossier.code).click()

        verdict = page.get_by_role("heading", name="Nhật ký KHÔNG toàn vẹn")
        expect(verdict).to_contain_text(f"dossier:{stored.id}")
        expect(verdict).to_contain_text("bản ghi số 5")
        page.locator(".verdict li a").first.click()
        moment = page.locator("#moment")
        expect(moment.get_by_role("alert")).to_contain_text("không khớp mã băm")
        slider = page.get_by_role("slider")
        slider.focus()
        page.keyboard.press("ArrowLeft")
        expect(moment.get_by_role("status")).to_contain_text(f"4/{stored.seq}")
        expect(moment.get_by_role("alert")).to_have_count(0)
        page.keyboard.press("End")
        expect(moment.get_by_role("status")).to_contain_text(f"{stored.seq}/{stored.seq}")
        assert "so" == page.evaluate("document.activeElement.id")


def test_the_replay_works_without_a_script(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """Links lead from the last record to the one before and to the first, which has nothing before it."""
    stored = one_that_moved(province)
    with window(browser, address, signed_in("auditor"), scripts=False) as page:
        page.goto(f"{address}/kiem-toan/{stored.dossier.code}")
        expect(page.get_by_role("heading", name="Nhật ký toàn vẹn")).to_be_visible()
        page.get_by_role("button", name="Trước").click()
        expect(page.locator("#moment [role=status]")).to_contain_text(f"{stored.seq - 1}/{stored.seq}")
        page.get_by_role("button", name="Đầu").click()
        expect(page.locator("#moment [role=status]")).to_contain_text(f"1/{stored.seq}")
        expect(page.get_by_role("button", name="Trước")).to_have_count(0)


def test_an_auditor_raises_a_nonconformity_and_the_agency_works_it_off(
    province: Site, signed_in: ENTER
) -> None:
    """Raised at a record; a leader of the agency contains it and finds the cause; a stranger does not see it."""
    stored = one_that_moved(province)
    who = signed_in("auditor")
    auditor = client_of(province, who)
    path = f"/kiem-toan/{stored.dossier.code}/khong-phu-hop"
    wrong = auditor.post(
        path, data={"csrf": who.csrf, "so": 3, "key": "k", "clause": "99", "text": "thiếu căn cứ"}
    )
    assert (422, True) == (wrong.status_code, "thiếu căn cứ" in wrong.text)
    raised = auditor.post(
        path, data={"csrf": who.csrf, "so": 3, "key": "k", "clause": "8.5.1", "text": "thiếu căn cứ"}
    )
    entry = raised.headers["location"]
    assert "thiếu căn cứ" in auditor.get(entry).text
    assert entry in auditor.get("/khong-phu-hop").text

    posts = province.house.worlds.directory.posts
    [head, *_] = [p.officer for p in posts if (p.agency, p.position) == (stored.dossier.agency, "head")]
    leader = signed_in(head)
    client = client_of(province, leader)

    def step(name: str, steps: int, **given: str) -> int:
        return client.post(f"{entry}/{name}", data={"csrf": leader.csrf, "steps": steps, **given}).status_code

    assert 409 == step("nguyen-nhan", 1, cause="people")
    assert 303 == step("khac-phuc", 1, text="đã bổ sung căn cứ")
    assert [303, 409] == [step("nguyen-nhan", 2, cause="people") for _ in range(2)]
    assert "đã bổ sung căn cứ" in client.get(entry).text
    assert 403 == client_of(province, signed_in("officer")).get(entry).status_code
    refused = auditor.post(f"{entry}/nguyen-nhan", data={"csrf": who.csrf, "steps": 3, "cause": "people"})
    assert 403 == refused.status_code


def test_the_auditors_pages_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER, tmp_path: Path
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    state = signed_in("auditor").storage_state
    entry = province.house.store.nonconformities()[0].id
    stored = tampered(province, tmp_path / "motcua.db")

    assert CLEAN == look_at(browser, f"{address}/kiem-toan?tre=0", state)
    assert CLEAN == look_at(browser, f"{address}/kiem-toan/{stored.dossier.code}?so=5", state)
    assert CLEAN == look_at(browser, f"{address}/khong-phu-hop", state)
    assert CLEAN == look_at(browser, f"{address}/khong-phu-hop/{entry}", state)
