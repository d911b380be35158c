"""The door: signing in and out, whose form it is, and the parts of a demonstration."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from browsing import CLEAN, look_at
from fastapi.testclient import TestClient
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of
from world import SetClock

from motcua.services.access import add_account, cast, disable
from motcua.services.inbox import inbox
from motcua.web.places import PLACES, ROOMS
from motcua.web.site import Site
from motcua.web.visitors import COOKIE

WORD = "trời xanh mây trắng"


@pytest.fixture
def client(province: Site) -> TestClient:
    """A client of the province, in which `an` may sign in."""
    add_account(province.house, "an", "cb.h99.01-6", "Lê Thị An", password=WORD)
    return client_of(province)


def test_the_cookie_of_a_session_is_bound_to_the_host_and_out_of_reach_of_scripts(client: TestClient) -> None:
    """S88: `__Host-`, Secure, HttpOnly, Lax, of the whole path, and another token than the one that came."""
    client.cookies.set(COOKIE, "planted", domain="testserver")
    answer = client.post("/dang-nhap", data={"login": "an", "password": WORD, "di": "/toi"})
    name, *attributes = answer.headers["set-cookie"].split("; ")

    assert (303, "/toi") == (answer.status_code, answer.headers["location"])
    assert ["HttpOnly", "Path=/", "SameSite=lax", "Secure"] == sorted(attributes)
    assert (COOKIE, 64) == (name.partition("=")[0], len(name.partition("=")[2]))


def test_whoever_is_not_let_in_stays_on_the_page_with_what_they_typed(client: TestClient) -> None:
    """The login stays, the password does not; the answer does not tell which of them was wrong."""
    pages = [
        client.post("/dang-nhap", data={"login": login, "password": "sai mật khẩu rồi"})
        for login in ("an", "binh")
    ]

    assert [422, 422] == [page.status_code for page in pages]
    assert pages[0].text.replace('value="an"', 'value="binh"') == pages[1].text
    assert "sai mật khẩu" not in pages[0].text


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/\\evil.example", "viec", "/a\r\nb: c"]
)
def test_signing_in_leads_nowhere_else(client: TestClient, there: str) -> None:
    """An address of another host, or one that would break a header, counts as none."""
    answer = client.post("/dang-nhap", data={"login": "an", "password": WORD, "di": there})

    assert (303, "/") == (answer.status_code, answer.headers["location"])


def test_guessing_a_password_is_slowed_down_by_account_and_the_right_one_does_not_help(
    client: TestClient,
) -> None:
    """After five tries within a minute the answer is 429, whatever is typed; another account is not held up."""
    tries = [
        client.post("/dang-nhap", data={"login": "An ", "password": f"sai {n}"}).status_code for n in range(5)
    ]
    last = client.post("/dang-nhap", data={"login": "an", "password": WORD})
    other = client.post("/dang-nhap", data={"login": "binh", "password": WORD})

    assert ([422] * 5, 429, "60", 422) == (
        tries,
        last.status_code,
        last.headers["retry-after"],
        other.status_code,
    )


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, 303, id="own-form"),
        pytest.param({"sec-fetch-site": "same-origin", "origin": "https://testserver"}, 303, id="browser"),
        pytest.param({"sec-fetch-site": "cross-site"}, 403, id="another-site"),
        pytest.param({"sec-fetch-site": "same-site"}, 403, id="another-host-of-the-site"),
        pytest.param({"origin": "https://evil.example"}, 403, id="another-origin"),
        pytest.param({"origin": "null"}, 403, id="no-origin-to-speak-of"),
        pytest.param({"origin": "https://testserver.evil.example"}, 403, id="a-longer-name"),
    ],
)
def test_what_another_site_sends_in_a_visitors_name_is_refused(
    province: Site, signed_in: Callable[[str], SignedIn], headers: dict[str, str], expected: int
) -> None:
    """Even with the right token; the session goes on."""
    who = signed_in("officer")
    client = client_of(province, who)
    answer = client.post("/dang-xuat", data={"csrf": who.csrf}, headers=headers)

    assert expected == answer.status_code
    assert {303: 303, 403: 200}[expected] == client.get("/toi").status_code


@pytest.mark.parametrize("token", ["", "0" * 64, "ị"])
def test_a_form_without_the_token_of_this_session_is_refused(
    province: Site, signed_in: Callable[[str], SignedIn], token: str
) -> None:
    """Missing, wrong, or of another session; by the header as by the field."""
    who = signed_in("officer")
    client = client_of(province, who)
    given = [token, signed_in("auditor").csrf]
    answers = [client.post("/dang-xuat", data={"csrf": one}).status_code for one in given]
    header = client.post("/dang-xuat", headers={"x-csrf": who.csrf}).status_code

    assert ([403, 403], 303) == (answers, header)


def test_nobody_is_led_to_the_sign_in_and_back_to_where_they_wanted_to_go(client: TestClient) -> None:
    """With the question of the address; signing out closes the page again."""
    first = client.get("/toi?lang=en")
    client.post("/dang-nhap", data={"login": "an", "password": WORD})
    page = client.get("/toi?lang=en")
    csrf = page.text.partition('name="csrf" value="')[2][:64]
    left = client.post("/dang-xuat", data={"csrf": csrf})

    assert (303, "/dang-nhap?di=/toi%3Flang%3Den") == (first.status_code, first.headers["location"])
    assert (200, "no-store") == (page.status_code, page.headers["cache-control"])
    assert (303, 303) == (left.status_code, client.get("/toi").status_code)


def test_a_disabled_account_is_out_with_the_next_click(
    province: Site, signed_in: Callable[[str], SignedIn]
) -> None:
    """S89: the cookie is still there and opens nothing."""
    who = signed_in("officer")
    client = client_of(province, who)
    before = client.get("/toi").status_code
    disable(province.house, next(a.login for a in province.house.store.accounts() if a.person == who.person))

    assert (200, 303) == (before, client.get("/toi").status_code)


def test_sessions_are_kept_by_real_time_also_where_time_is_virtual(
    province: Site, signed_in: Callable[[str], SignedIn]
) -> None:
    """Fifteen minutes without a click end one, however fast or slow the clock of the demonstration runs."""
    wall = SetClock(datetime(2026, 11, 26, 9, tzinfo=UTC))
    site = replace(province, wall=wall)
    add_account(site.house, "an", "cb.h99.01-6", "An", password=WORD)
    client = client_of(site)
    client.post("/dang-nhap", data={"login": "an", "password": WORD})
    seen = []
    for minutes in (14, 14, 15):
        wall.at += timedelta(minutes=minutes)
        seen.append(client.get("/toi").status_code)

    assert [200, 200, 303] == seen


def test_one_changes_ones_own_password_and_every_other_session_ends(
    client: TestClient, province: Site
) -> None:
    """Only with the old one, typed twice the same, and not a short one."""
    client.post("/dang-nhap", data={"login": "an", "password": WORD})
    other = client_of(province)
    other.post("/dang-nhap", data={"login": "an", "password": WORD})
    new = "hoa phượng đỏ tháng năm"

    def change(**given: str) -> int:
        csrf = client.get("/toi").text.partition('name="csrf" value="')[2][:64]
        data = {"csrf": csrf, "old": WORD, "new": new, "again": new}
        return client.post("/toi/mat-khau", data={**data, **given}).status_code

    assert [422, 422, 422, 303] == [change(old="x"), change(again="y"), change(new="a", again="a"), change()]
    assert [200, 303] == [one.get("/toi").status_code for one in (client, other)]


def test_one_ends_a_session_that_was_left_open_elsewhere(client: TestClient, province: Site) -> None:
    """By its row on one's own page; of somebody else's it ends none."""
    other = client_of(province)
    for one in (client, other):
        one.post("/dang-nhap", data={"login": "an", "password": WORD})
    page = client.get("/toi").text
    csrf = page.partition('name="csrf" value="')[2][:64]
    form = page.partition('action="/toi/phien/')[2].partition('"')[0]
    client.post(f"/toi/phien/{form}", data={"csrf": csrf})

    assert [200, 303] == [one.get("/toi").status_code for one in (client, other)]


def test_each_part_of_the_demonstration_opens_the_rooms_of_its_post(
    province: Site, signed_in: Callable[[str], SignedIn]
) -> None:
    """The parts together enter every room of the site, each the ones that its menu shows."""
    menus: dict[str, set[str]] = {}
    for part in ("officer", "one_stop_officer", "head", "leader", "designer", "auditor", "admin"):
        client = client_of(province)
        client.post("/demo", data={"part": part})
        text = client.get("/toi").text
        menus[part] = {place.room for place in PLACES if place.room and f'href="{place.path}"' in text}

    assert {"officer"} == menus["officer"]
    assert {"officer", "counter"} == menus["one_stop_officer"]
    assert {"officer", "supervisor"} == menus["head"]
    assert set(ROOMS) == set().union(*menus.values())
    assert 404 == client_of(province).post("/demo", data={"part": "king"}).status_code


def test_whoever_has_most_to_do_stands_first_among_the_parts(province: Site) -> None:
    """Each part that is chosen says how many tasks wait for it, and finds as many in its inbox."""
    page = client_of(province).get("/demo").text
    offers = re.findall(r'name="part" value="(\w+)"[^>]*>[^<·]*(?:· (\d+) việc chờ)?', page)
    waiting = [int(count or 0) for _, count in offers]
    people = cast(province.house)
    piles = [
        inbox(province.house, people[part], limit=500)["queues"] for part, count in offers if int(count or 0)
    ]

    assert (sorted(waiting, reverse=True), True) == (waiting, waiting[0] > 0)
    assert [one for one in waiting if one] == [
        next(queue["count"] for queue in pile if queue["id"] == "all") for pile in piles
    ]


def test_a_database_of_real_time_has_no_parts_to_choose(province: Site) -> None:
    """Neither the page nor the form is there, and the sign-in does not point to it."""
    real = client_of(replace(province, house=replace(province.house, virtual=False)))

    assert [404, 404] == [
        real.get("/demo").status_code,
        real.post("/demo", data={"part": "admin"}).status_code,
    ]
    assert "/demo" not in real.get("/dang-nhap").text


def test_the_browser_keeps_the_cookie_on_the_loopback_and_the_pages_of_the_door_are_clean(
    browser: Browser, address: str, signed_in: Callable[[str], SignedIn]
) -> None:
    """Chromium takes `__Host-` cookies from http://localhost; somebody chooses a part and is in, by keyboard alone."""
    with window(browser, address) as page:
        page.goto("/demo")
        page.get_by_role("button", name="Kiểm toán viên").press("Enter")
        page.goto("/toi")
        heading, [cookie] = page.get_by_role("heading", level=1).inner_text(), page.context.cookies()

    assert ("Kiểm toán viên", COOKIE, True, True) == (
        heading,
        cookie["name"],
        cookie["secure"],
        cookie["httpOnly"],
    )
    for path, state in (
        ("dang-nhap", None),
        ("demo", None),
        ("toi", signed_in("one_stop_officer").storage_state),
    ):
        assert CLEAN == look_at(browser, f"{address}/{path}", state)
