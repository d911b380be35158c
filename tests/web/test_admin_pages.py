"""The administrator's room: agencies, calendars, accounts, mandates, and how the installation is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from browsing import CLEAN, look_at
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.delegating import Terms, grant
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
PAGES = (
    "/suc-khoe",
    "/co-quan",
    "/co-quan/H99.01",
    "/lich",
    "/lich/vn-gov/2026",
    "/tai-khoan?nguoi=cb.h99.01-1",
    "/uy-quyen",
)


def mandate(site: Site) -> str:
    """Let an officer act for the head of their agency; returns the number of its paper."""
    posts, now = site.house.worlds.directory.posts, site.house.now()
    head = next(post for post in posts if post.position == "head")
    holder = next(
        post.officer for post in posts if post.agency == head.agency and post.officer != head.officer
    )
    grant(
        site.house,
        Terms(head.officer, holder, "12/UQ", head.agency, now, now + timedelta(days=9)),
        head.officer,
    )
    return "12/UQ"


def test_the_tree_of_agencies_is_that_of_a_day(province: Site, signed_in: ENTER) -> None:
    """One agency tells its posts; nonsense for a day is refused."""
    client = client_of(province, signed_in("admin"))
    assert "H99.01" in client.get("/quan-tri/co-quan").text
    assert "cb.h99.01" in client.get("/quan-tri/co-quan/H99.01").text
    answers = [
        client.get(f"/quan-tri/{it}").status_code
        for it in ("co-quan?ngay=x", "co-quan/H98", "lich/vn-gov/1999")
    ]
    assert [422, 404, 404] == answers


def test_an_account_is_closed_by_an_administrator_and_its_sessions_end(
    province: Site, signed_in: ENTER
) -> None:
    """Whoever is signed in by it is signed out; pressed twice it is done once; one's own is refused."""
    admin, officer = signed_in("admin"), signed_in("officer")
    client, theirs = client_of(province, admin), client_of(province, officer)
    [login] = [one.login for one in province.house.store.accounts() if one.person == officer.person]
    [own] = [one.login for one in province.house.store.accounts() if one.person == admin.person]

    before = theirs.get("/viec").status_code
    form = {"csrf": admin.csrf, "login": login}
    closed = [client.post("/quan-tri/tai-khoan/khoa", data=form).status_code for _ in range(2)]
    assert (200, [303, 303], 303) == (before, closed, theirs.get("/viec").status_code)
    refused = client.post("/quan-tri/tai-khoan/khoa", data={"csrf": admin.csrf, "login": own})
    assert (422, "Đã khóa" in client.get("/quan-tri/tai-khoan").text) == (refused.status_code, True)


def test_a_mandate_is_taken_back(province: Site, signed_in: ENTER) -> None:
    """It stands in the list with its paper, and afterwards as taken back."""
    paper = mandate(province)
    admin = signed_in("admin")
    client = client_of(province, admin)
    page = client.get("/quan-tri/uy-quyen").text
    name = page.split('name="mandate" value="')[1].split('"')[0]
    client.post("/quan-tri/uy-quyen/thu-hoi", data={"csrf": admin.csrf, "mandate": name})

    after = client.get("/quan-tri/uy-quyen").text
    assert (True, True, False) == (paper in page, "Đã thu hồi" in after, 'name="mandate"' in after)


def test_only_what_was_given_up_is_sent_again(province: Site, signed_in: ENTER) -> None:
    """Another message is none of that: 404, and the refusal is recorded; all of nothing is nothing."""
    admin = signed_in("admin")
    client = client_of(province, admin)
    form = {"csrf": admin.csrf, "message": "x:1:1"}
    one = client.post("/quan-tri/suc-khoe/gui-lai", data=form)
    everything = client.post("/quan-tri/suc-khoe/gui-lai", data={**form, "message": ""})
    raws = [row.raw for row in province.house.store.records(f"access:{admin.person}")]

    assert (404, 303) == (one.status_code, everything.status_code)
    assert ("access_denied" in raws[-2], "messages_retried" in raws[-1]) == (True, True)


@pytest.mark.parametrize("part", ["officer", "auditor", "designer", "leader"])
def test_only_administrators_enter(province: Site, signed_in: ENTER, part: str) -> None:
    """Everybody else gets 403 on each page."""
    client = client_of(province, signed_in(part))
    assert {403} == {client.get(f"/quan-tri{page}").status_code for page in PAGES}


def test_the_administrators_pages_are_sound_in_both_themes_and_widths(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    mandate(province)
    signed_in("officer")
    state = signed_in("admin").storage_state
    for page in PAGES:
        assert CLEAN == look_at(browser, f"{address}/quan-tri{page}", state)
