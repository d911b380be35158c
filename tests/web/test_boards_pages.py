"""Pages for those who lead: boards, lists, maps and files, in a browser and by their answers."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from starlette.testclient import TestClient
from test_sheets import read_xlsx
from web_province import SignedIn, client_of

from motcua.services.identity import today
from motcua.services.ports import DossierFilter, TaskFilter
from motcua.web.boards.heat import heat_page
from motcua.web.site import Site
from states.dossier import Task

ENTER = Callable[[str], SignedIn]
PROCEDURE = "1.001612"


def handed(site: Site) -> tuple[str, Task, str, str]:
    """A dossier with a task, who may hand it out, and who may get it."""
    directory, day = site.house.worlds.directory, today(site.house)
    for row in site.house.store.tasks(limit=500):
        heads = directory.holders(row.task.agency, "unit_head", day)
        able = directory.holders(row.task.agency, row.task.position, day)
        others = [officer for officer in able if officer != row.task.assignee]
        if heads and others:
            return row.code, row.task, heads[0], others[0]
    raise AssertionError("the province has no task that could be given to somebody else")


def numbers(html: str) -> list[str]:
    """Codes of dossiers to which a page leads."""
    return sorted(set(re.findall(r'href="/ho-so/([^"]+)"', html)))


def leading(province: Site, signed_in: ENTER) -> TestClient:
    """A client of whoever leads the whole province."""
    return client_of(province, signed_in("chairman"))


def test_a_supervisor_gives_one_task_to_a_colleague(province: Site, signed_in: ENTER) -> None:
    """The page offers who else holds the post; pressed, it is theirs; pressed twice, it was done once."""
    code, task, head, other = handed(province)
    who = signed_in(head)
    client = client_of(province, who)
    page = client.get(f"/dieu-hanh/viec?{urlencode({'buoc': task.state, 'co_quan': task.agency})}").text
    version = province.house.store.load(code).dossier.version
    one = f"{code}|{version}|{task.id}"

    assert f'value="{one}"' in page
    form = {"csrf": who.csrf, "key": "k", "one": one, f"officer:{one}": other}
    answers = [client.post("/dieu-hanh/viec", data=form) for _ in range(2)]
    assert [200, 200] == [answer.status_code for answer in answers]
    stored = province.house.store.load(code)
    assert ([other], version + 1) == (
        [one.assignee for one in stored.dossier.tasks if one.id == task.id],
        stored.dossier.version,
    )


def test_many_are_given_at_once_and_each_is_answered_by_itself(province: Site, signed_in: ENTER) -> None:
    """What is not there says so and leaves the others; one without an officer comes again with reason and marks."""
    code, task, head, other = handed(province)
    who = signed_in(head)
    client = client_of(province, who)
    version = province.house.store.load(code).dossier.version
    marked = [f"{code}|{version}|{task.id}", f"{code}|{version}|nothing#99"]

    form = {"csrf": who.csrf, "key": "k", "task": marked, "officer": other}
    told = client.post("/dieu-hanh/viec", data=form)
    assert (200, 1, 1) == (told.status_code, told.text.count("● Đã giao"), told.text.count("■ Chưa giao"))
    version += 1
    marked = [f"{code}|{version}|{task.id}"]
    list_of_it = f"/dieu-hanh/viec?{urlencode({'buoc': task.state, 'co_quan': task.agency})}"
    missing = client.post(list_of_it, data={"csrf": who.csrf, "key": "l", "task": marked})
    assert 422 == missing.status_code and "Chưa chọn việc hoặc cán bộ" in missing.text
    assert f'value="{marked[0]}" checked' in missing.text
    for nonsense in ("", "a", "a|b|c", f"{code}|1|", f"{code}|{'9' * 40}|x"):
        sent = {"csrf": who.csrf, "key": "m", "task": nonsense, "officer": other}
        assert 422 == client.post("/dieu-hanh/viec", data=sent).status_code


def test_an_escalation_is_confirmed_by_its_recipient_alone(province: Site, signed_in: ENTER) -> None:
    """Somebody whom it did not reach gets the board with the reason, and nothing changes; a stranger gets 404."""
    code, _, head, _ = handed(province)
    who = signed_in(head)
    client = client_of(province, who)
    before = province.house.store.load(code)
    form = {"csrf": who.csrf, "key": "k", "clock": "legal", "rung": "x", "version": before.dossier.version}

    refused = client.post(f"/dieu-hanh/{code}/xac-nhan", data=form)
    assert (403, before.seq) == (refused.status_code, province.house.store.load(code).seq)
    assert 404 == client.post("/dieu-hanh/H99.01-260101-9999/xac-nhan", data=form).status_code


def test_every_count_of_the_board_leads_to_as_many_tasks(province: Site, signed_in: ENTER) -> None:
    """Each link in a row of counts is followed, and its page has that many rows."""
    _, _, head, _ = handed(province)
    client = client_of(province, signed_in(head))
    page = client.get("/dieu-hanh").text
    links = re.findall(r'<a href="(/dieu-hanh/viec\?[^"]+)">([\d.]+)</a>', page)

    assert len(links) > 3
    for link, count in links:
        shown = client.get(link.replace("&amp;", "&")).text
        assert count == str(shown.count("data-row>")), link


def test_the_overview_leads_to_the_dossiers_that_it_counted(province: Site, signed_in: ENTER) -> None:
    """Finished, late and open ones are as many in the lists as in the tiles."""
    client = leading(province, signed_in)
    months = {"tu": "2026-08", "den": "2026-11"}
    page = client.get(f"/tong-quan?{urlencode(months)}").text
    links = re.findall(r'<a href="(/tong-quan/ho-so\?[^"]+)">([\d.]+)</a>', page)

    assert len(links) > 5
    for link, count in links:
        shown = client.get(link.replace("&amp;", "&")).text
        assert count == str(shown.count("data-row>")), link
    whole = DossierFilter(whole=True, dispatch=province.house.dispatch)
    open_ = len(province.house.store.figure_rows(whole, province.house.now(), 999))
    assert open_ == client.get("/tong-quan/ho-so?mo=1").text.count("data-row>")


def test_a_table_of_many_agencies_and_procedures_is_shown_in_pages() -> None:
    """Each agency stands on one page, 40 on each; columns are the 12 procedures with most; no page lies behind."""
    rows = [{"code": str(number)} for number in range(85)]
    procedures = [{"code": f"P{number:02}", "rate": {"finished": number}} for number in range(15)]
    pages = [heat_page({"rows": rows, "procedures": procedures}, number) for number in (1, 2, 3, 9)]

    assert [40, 40, 5, 5] == [len(page["rows"]) for page in pages]
    assert rows == [row for page in pages[:3] for row in page["rows"]]
    assert [(1, 3), (2, 3), (3, 3), (3, 3)] == [(page["number"], page["last"]) for page in pages]
    assert [f"P{number:02}" for number in range(3, 15)] == [one["code"] for one in pages[0]["procedures"]]
    assert 3 == pages[0]["hidden"]


def test_a_page_of_the_overview_that_is_no_number_is_refused(province: Site, signed_in: ENTER) -> None:
    """422 by the name of the field; a page behind the last shows the last."""
    client = leading(province, signed_in)

    assert [422, 422, 200] == [
        client.get(f"/tong-quan?trang={page}").status_code for page in ("0", "x", "999")
    ]


def test_a_month_that_is_none_is_said_and_the_present_one_shown(province: Site, signed_in: ENTER) -> None:
    """422 with the reason at the field; an agency that is not there is 404, as one that is not for them."""
    client = leading(province, signed_in)
    wrong = client.get("/tong-quan?tu=2026-13")

    assert 422 == wrong.status_code and "2026-13 không phải tháng" in wrong.text
    paths = ("/tong-quan?co_quan=H00", "/tong-quan/ho-so?co_quan=H00", "/quy-trinh/9.9/ban-do")
    assert [404] * 3 == [client.get(path).status_code for path in paths]
    _, _, head, _ = handed(province)
    assert 422 == client_of(province, signed_in(head)).get("/dieu-hanh/viec?sau=%25%25").status_code


def test_files_hold_what_the_pages_show(province: Site, signed_in: ENTER) -> None:
    """Bytes read back: a byte order mark, the codes of the list, and no formula in any sheet of any workbook."""
    _, _, head, _ = handed(province)
    boss, chief = leading(province, signed_in), client_of(province, signed_in(head))
    page = boss.get("/tong-quan/ho-so?mo=1").text
    table = boss.get("/tong-quan/ho-so.csv?mo=1")
    rows = table.content.decode("utf-8-sig").splitlines()[1:]

    assert table.content.startswith(b"\xef\xbb\xbf")
    assert numbers(page) == sorted(row.partition(",")[0] for row in rows)
    for client, path, sheets in (
        (boss, "/tong-quan.xlsx?tu=2026-08&den=2026-11", 4),
        (boss, "/tong-quan/ho-so.xlsx?mo=1", 1),
        (boss, f"/quy-trinh/{PROCEDURE}/ban-do.xlsx", 1),
        (chief, "/dieu-hanh.xlsx", 4),
    ):
        content = client.get(path).content
        assert all(read_xlsx(content, number) for number in range(1, sheets + 1)), path
    for number in range(4):
        assert boss.get(f"/tong-quan.csv?bang={number}").content.startswith(b"\xef\xbb\xbf")
        assert chief.get(f"/dieu-hanh.csv?bang={number}").content.startswith(b"\xef\xbb\xbf")


def test_boxes_of_the_map_lead_to_the_dossiers_in_them(province: Site, signed_in: ENTER) -> None:
    """Every box with dossiers is a link, and the number in it is the number of rows there."""
    client = leading(province, signed_in)
    sums = province.house.store.open_sums(DossierFilter(), province.house.now())
    code = max(sums, key=lambda one: one.open).procedure
    page = client.get(f"/quy-trinh/{code}/ban-do").text
    boxes = re.findall(r'<a href="(/quy-trinh/[^"]+/ho-so\?buoc=[^"]+)"><g', page)

    assert boxes
    for link in boxes:
        assert client.get(link.replace("&amp;", "&")).text.count("data-row>") > 0


@pytest.mark.parametrize(
    "path",
    ["/dieu-hanh", "/dieu-hanh/viec", "/dieu-hanh.csv", "/tong-quan", f"/quy-trinh/{PROCEDURE}/ban-do"],
)
def test_boards_are_for_those_who_lead(province: Site, signed_in: ENTER, path: str) -> None:
    """An officer without a post that leads gets 403, nobody at all the sign-in."""
    tasks = province.house.store.task_rows(TaskFilter(position="officer"), province.house.now(), None, 1)
    officers = province.house.worlds.directory.posts
    person = next(post.officer for post in officers if post.position == "officer")

    assert tasks and 403 == client_of(province, signed_in(person)).get(path).status_code
    assert 303 == client_of(province).get(path).status_code


def test_boards_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    _, task, head, _ = handed(province)
    chief, boss = signed_in(head).storage_state, signed_in("chairman").storage_state
    months = "tu=2026-08&den=2026-11"

    for state, path in (
        (chief, "/dieu-hanh"),
        (chief, f"/dieu-hanh/viec?buoc={quote(task.state)}"),
        (boss, f"/tong-quan?{months}"),
        (boss, f"/tong-quan/ho-so?{months}"),
        (boss, f"/quy-trinh/{PROCEDURE}/ban-do"),
    ):
        assert CLEAN == look_at(browser, address + path, state), path


def test_the_page_of_results_is_reached_by_keyboard(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """In a browser: mark a task, choose a colleague, send; the result names the dossier."""
    code, task, head, other = handed(province)
    with window(browser, address, signed_in(head)) as page:
        page.goto(f"{address}/dieu-hanh/viec?buoc={quote(task.state)}&co_quan={task.agency}")
        page.locator(f'input[name=task][value^="{code}|"]').first.focus()
        page.keyboard.press("Space")
        page.select_option("#officer", other)
        page.get_by_role("button", name="Giao tất cả đã chọn").press("Enter")
        page.get_by_role("heading", name="Kết quả giao việc").wait_for()
        told = page.get_by_role("row").filter(has_text=code).inner_text()

    assert "Đã giao" in told
