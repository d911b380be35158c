"""A citizen chooses the post on the look-up page; the counter sees where to, and hands it to the post."""

import re
from collections.abc import Callable
from json import loads
from typing import Any

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.bootstrap import citizens_desk
from motcua.services import papers
from motcua.services.citizens import check_code
from motcua.services.identity import officer
from motcua.services.ports import Stored
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
CHOOSE = "/tra-cuu/nhan-ket-qua"
HOME = {"cach": "post", "nguoi_nhan": "Nguyễn Thị Lan", "dia_chi": "12 Lê Lợi", "so_may": "0900000000"}


def some(site: Site, *, posted: bool, public: int | None = None) -> Stored:
    """An open dossier of a procedure whose results go by post, or of another one."""
    codes = {one.procedure for one in citizens_desk(site.settings.config_dir).by_post}
    return next(
        stored
        for stored in site.house.store.iterate()
        if (stored.dossier.procedure in codes) is posted
        and not stored.dossier.ended
        and stored.dossier.public < 10
        and public in (None, stored.dossier.public)
    )


def codes(site: Site, stored: Stored) -> dict[str, Any]:
    """Both codes of a dossier, as forms send them."""
    return {"ma": stored.dossier.code, "kt": check_code(site.house, stored.id)}


def test_the_post_is_offered_where_the_law_allows_it(province: Site) -> None:
    """Elsewhere the page has no such form, and what is sent nevertheless is refused."""
    client = client_of(province)
    posted, other = (codes(province, some(province, posted=it)) for it in (True, False))
    pages = [client.get("/tra-cuu", params=both).text for both in (posted, other)]
    refused = client.post(CHOOSE, data={**other, **HOME})
    wrong = client.post(CHOOSE, data={**posted, **HOME, "kt": "AAAA-AAAA"})

    assert [True, False] == [f'action="{CHOOSE}"' in page for page in pages]
    assert [409, 404] == [refused.status_code, wrong.status_code]


def test_what_is_missing_is_told_and_what_was_typed_stays(province: Site) -> None:
    """Nothing is recorded."""
    stored = some(province, posted=True)
    answer = client_of(province).post(CHOOSE, data={**codes(province, stored), **HOME, "dia_chi": ""})

    assert (422, True) == (answer.status_code, 'value="Nguyễn Thị Lan"' in answer.text)
    assert province.house.store.load(stored.dossier.code).dossier.delivery is None


def test_a_citizen_chooses_the_post_without_scripts(province: Site, address: str, browser: Browser) -> None:
    """The page says where to, as far as a finder of the receipt may know, and is sound in both themes and widths."""
    stored = some(province, posted=True)
    both = codes(province, stored)
    there = f"{address}/tra-cuu?ma={both['ma']}&kt={both['kt']}"
    with window(browser, address, scripts=False) as page:
        page.goto(there)
        page.get_by_label("qua bưu chính công ích").check()
        page.get_by_label("Họ tên người nhận").fill("Nguyễn Thị Lan")
        page.get_by_label("Địa chỉ nhận").fill("12 Lê Lợi, phường An Hòa")
        page.get_by_label("Số điện thoại").fill("0900000000")
        page.get_by_role("button", name="Lưu cách nhận").click()
        told = page.locator("section[aria-labelledby=delivery] .said").inner_text()
        whole = page.content()

    assert "Bạn đã chọn nhận qua bưu chính: N. T. L., …, phường An Hòa, số máy tận cùng 000." == told
    own = [loads(v.value) for v in province.house.store.personal(stored.id) if "applicant." in v.field]
    assert [] == [said for said in ("Lan", "Lê Lợi", "0900000", *own) if str(said) in whole]
    assert CLEAN == look_at(browser, there)


def test_the_counter_hands_a_result_to_the_post_only_where_that_was_chosen(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """The page shows the address; the number of the consignment is noted instead of a paper; the look-up closes."""
    stored = some(province, posted=True, public=9)
    code = stored.dossier.code
    task = next(task for task in stored.dossier.tasks)
    posts = province.house.worlds.directory.posts
    person = task.assignee or next(
        post.officer for post in posts if (post.agency, post.position) == (task.agency, task.position)
    )
    clerk = signed_in(person)
    counter, citizen = client_of(province, clerk), client_of(province)
    before = hand_over(counter, clerk, code)
    chosen = citizen.post(CHOOSE, data={**codes(province, stored), **HOME})
    page = counter.get(f"/tra-ket-qua/{code}").text
    seen = look_at(browser, f"{address}/tra-ket-qua/{code}", clerk.storage_state)
    after = hand_over(counter, clerk, code)
    late = citizen.post(CHOOSE, data={**codes(province, stored), **HOME})

    assert (422, 303, True, 303) == (before, chosen.status_code, "12 Lê Lợi" in page, after)
    assert CLEAN == seen
    assert 409 == late.status_code


def hand_over(counter: Any, clerk: SignedIn, code: str) -> int:
    """Hand a result to the post, on the version that its page shows."""
    page = counter.get(f"/tra-ket-qua/{code}").text
    hidden = dict(re.findall(r'name="(way|version|key)" value="([^"]*)"', page))
    facts = dict.fromkeys(re.findall(r'name="(fact\.[a-z_]+)"', page), "yes")
    form = {"csrf": clerk.csrf, **hidden, **facts, "shown": "post", "receiver": "EB123456789VN"}
    return int(counter.post(f"/tra-ket-qua/{code}", data=form).status_code)


def test_a_receipt_of_the_province_names_its_applicant(province: Site) -> None:
    """As it was taken in: papers print what intake stored."""
    house = province.house
    stored = next(found for found in house.store.iterate() if found.dossier.accepted_at is not None)
    actor = officer(house, next(iter(stored.dossier.officers.values())))
    number = papers.draft(house, province.press, stored.dossier.code, "receipt", actor)
    [name] = [loads(v.value) for v in house.store.personal(stored.id) if v.field == "applicant.name"]
    assert name in papers.show(house, province.press, stored.dossier.code, number).html.decode()
