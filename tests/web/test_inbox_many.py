"""Many tasks at once, each with its own result; filters with names; by forms, by keys, and in a browser."""

import re
from collections.abc import Callable
from html import unescape

from browsing import CLEAN, look_at
from on_the_way import on_the_way, somebody
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.filters import MOST, filters_of
from motcua.services.inbox import inbox
from motcua.services.tasks import claim, release
from motcua.web.site import Site
from states.commands import Actor

ENTER = Callable[[str], SignedIn]
PERMIT = "1.009994"


def pool(site: Site, count: int) -> tuple[str, list[str]]:
    """An officer with as many tasks in the pool as wanted, as the inbox marks them."""
    stored = [on_the_way(site, PERMIT, "accept") for _ in range(count)]
    person = somebody(site, stored[0].dossier, "manager").person or ""
    codes = {one.dossier.code for one in stored}
    for one in stored:
        for task in one.dossier.tasks:
            if task.assignee is not None:
                release(site.house, one.dossier.code, task.id, Actor("officer", task.assignee))
    rows = [row for row in inbox(site.house, person, limit=500)["rows"] if row["code"] in codes]
    return person, [f"{row['code']}|{row['version']}|{row['task']}" for row in rows]


def states_of(page: str) -> list[bool]:
    """Whether each row of an answer says that it was done."""
    return ["good" in kind for kind in re.findall(r'<span class="light (good|late)">', page)]


def test_tasks_are_taken_together_each_with_its_own_result(province: Site, signed_in: ENTER) -> None:
    """One was taken by somebody else, one comes from an old page: both are refused with why, the rest is done once."""
    person, marked = pool(province, 3)
    who = signed_in(person)
    client, house = client_of(province, who), province.house
    code, _, task = marked[1].split("|")
    claim(house, code, task, Actor("officer", person))
    form = {"csrf": who.csrf, "key": "k", "do": "claim", "task": marked}
    first, again = (client.post("/viec/nhieu", data=form) for _ in range(2))
    mine = [house.store.load(one.split("|")[0]).dossier.tasks[0].assignee for one in marked]

    assert [[True, False, True]] * 2 == [states_of(first.text), states_of(again.text)]
    assert [person] * 3 == mine
    assert "phiên bản" in first.text
    empty = client.post("/viec/nhieu", data={"csrf": who.csrf, "key": "k2", "do": "claim"})
    assert 422 == empty.status_code


def test_dossiers_move_along_what_all_of_them_share(province: Site, signed_in: ENTER) -> None:
    """The page offers that alone; sent twice each moves once; a code that is not for them is refused alone."""
    person, marked = pool(province, 2)
    who = signed_in(person)
    client, house = client_of(province, who), province.house
    form = {"csrf": who.csrf, "key": "m", "do": "move", "task": marked}
    offered = client.post("/viec/nhieu", data=form).text
    moves = re.findall(r'name="transition" value="([^"]+)"', offered)
    assert "assign" in moves
    sent = {**form, "task": [*marked, "H99.01-260101-9999|1|x"], "transition": "assign"}
    results = [states_of(client.post("/viec/nhieu", data=sent).text) for _ in range(2)]

    assert [[True, True, False]] * 2 == results
    assert [True] * 2 == [
        "assigning" not in house.store.load(one.split("|")[0]).dossier.states for one in marked
    ]


def test_a_filter_is_kept_renamed_and_forgotten(province: Site, signed_in: ENTER) -> None:
    """It is a link above the inbox of whoever kept it; names are escaped, bad ones refused, twenty are enough."""
    one, other = signed_in("officer"), signed_in("head")
    client, house = client_of(province, one), province.house
    name = "Đất <b>đai"
    kept = client.post(
        "/viec/loc", data={"csrf": one.csrf, "name": f"  {name}", "hang": "late", "thu_tuc": PERMIT}
    )
    page = client.get("/viec").text

    assert (303, f"/viec?hang=late&thu_tuc={PERMIT}") == (kept.status_code, kept.headers["location"])
    assert (True, True) == (
        f'<a href="/viec?hang=late&amp;thu_tuc={PERMIT}">' in page,
        name in unescape(page),
    )
    assert "<b>đai" not in page and name not in unescape(client_of(province, other).get("/viec").text)
    renamed = {"csrf": one.csrf, "name": name, "new": "Đất"}
    answers = [client.post("/viec/loc/doi-ten", data=renamed).status_code for _ in range(2)]
    bad = client.post("/viec/loc", data={"csrf": one.csrf, "name": "a\u202eb"}).status_code
    assert ([303, 409], 422, ["Đất"]) == (answers, bad, [f.name for f in filters_of(house, one.person)])
    many = [
        client.post("/viec/loc", data={"csrf": one.csrf, "name": str(n)}).status_code for n in range(MOST)
    ]
    assert [303] * (MOST - 1) + [409] == many
    client.post("/viec/loc/xoa", data={"csrf": one.csrf, "name": "Đất"})
    assert "Đất" not in [f.name for f in filters_of(house, one.person)]


def test_in_a_browser_rows_are_marked_by_keys_and_done_with_one_press(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """j and x mark two rows, one button takes both, the answer has a line for each; the pages are sound."""
    person, _ = pool(province, 2)
    who = signed_in(person)
    with window(browser, address, who) as page:
        page.goto(f"{address}/viec?thu_tuc={PERMIT}")
        page.locator("summary", has_text="Lưu và sửa bộ lọc").click()
        page.get_by_label("Tên cho bộ lọc đang xem").fill("Giấy phép xây dựng")
        page.get_by_role("button", name="Lưu").click()
        page.get_by_role("link", name="Giấy phép xây dựng", exact=True).wait_for()
        page.wait_for_load_state()  # or the load of this page would be taken for that of the next
        with page.expect_event("load"):
            page.get_by_role("link", name="Giấy phép xây dựng", exact=True).click()
        for key in ("j", "x", "j", "x"):
            page.keyboard.press(key)
        page.get_by_role("button", name="Nhận các việc đã đánh dấu").click()
        page.get_by_role("heading", name="Kết quả từng việc").wait_for()
        lines = page.locator("tbody tr").count()

    assert 2 == lines
    assert CLEAN == look_at(browser, f"{address}/viec?thu_tuc={PERMIT}", who.storage_state)
