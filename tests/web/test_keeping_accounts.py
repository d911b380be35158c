"""Accounts by page: a password for once, changed at the first sign-in; closed, opened again; nobody's own."""

from collections.abc import Callable
from datetime import timedelta
from json import loads
from typing import Any

import pytest
from browsing import CLEAN, look_as_it_stands, look_at
from fastapi.testclient import TestClient
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.access import SignInRefused, sign_in
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
PAGE = "/quan-tri/tai-khoan"


def officer_of(site: Site) -> str:
    """Somebody of the directory who holds a post today."""
    return next(post.officer for post in site.house.worlds.directory.posts if post.position == "officer")


def issued(client: TestClient, admin: SignedIn, person: str, **more: Any) -> Any:
    """Ask for an account; the answer with the password on it."""
    form = {"csrf": admin.csrf, "login": "moi.nhan", "person": person, "name": "Lê Thị Mới", **more}
    return client.post(PAGE, data=form)


def password_on(page: str) -> str:
    """The password that a page shows."""
    return page.partition("<code>")[2].partition("</code>")[0]


def events(site: Site, person: str) -> list[Any]:
    """What the records of a person's access say."""
    return [loads(entry.raw)["events"][0]["kind"] for entry in site.house.store.records(f"access:{person}")]


def test_a_password_that_was_issued_opens_nothing_but_the_choice_of_another(
    province: Site, signed_in: ENTER
) -> None:
    """It is shown once; until another was chosen each page leads there; then the posts open their rooms."""
    admin = signed_in("admin")
    client, person = client_of(province, admin), officer_of(province)
    page = issued(client, admin, person)
    password = password_on(page.text)
    theirs = client_of(province)
    entered = theirs.post("/dang-nhap", data={"login": "moi.nhan", "password": password})
    before = theirs.get("/viec")
    own = theirs.get("/toi").text
    csrf = own.partition('name="csrf" value="')[2].partition('"')[0]
    chosen = "một mật khẩu của riêng tôi"
    typed = {"csrf": csrf, "old": password, "new": password, "again": password}
    same = theirs.post("/toi/mat-khau", data=typed)
    changed = theirs.post("/toi/mat-khau", data={**typed, "new": chosen, "again": chosen})

    assert (200, 303, False) == (page.status_code, entered.status_code, password in client.get(PAGE).text)
    assert (303, "/toi", True) == (before.status_code, before.headers["location"], "chỉ dùng một lần" in own)
    assert (422, 303, 200) == (same.status_code, changed.status_code, theirs.get("/viec").status_code)


def test_a_password_that_was_issued_ends_after_three_days(province: Site, signed_in: ENTER) -> None:
    """It is refused like a wrong one."""
    admin = signed_in("admin")
    page = issued(client_of(province, admin), admin, officer_of(province)).text
    late = province.wall.now() + timedelta(hours=72)
    with pytest.raises(SignInRefused):
        sign_in(province.house, province.doors, "moi.nhan", password_on(page), late)


def test_who_stands_in_no_directory_needs_a_duty(province: Site, signed_in: ENTER) -> None:
    """What was typed stays; the refusal is recorded; with a duty the account is made."""
    admin = signed_in("admin")
    client = client_of(province, admin)
    refused = issued(client, admin, "nguoi-la")
    made = issued(client, admin, "nguoi-la", duties="auditor")

    assert (422, True) == (refused.status_code, 'value="Lê Thị Mới"' in refused.text)
    assert (200, ["signed_in", "access_denied"]) == (made.status_code, events(province, admin.person)[-2:])
    assert ["account_added"] == events(province, "nguoi-la")


def test_a_closed_account_opens_again_by_another_password(province: Site, signed_in: ENTER) -> None:
    """Closed it gets no password, open it is not opened; each is a record of the person's."""
    admin, person = signed_in("admin"), officer_of(province)
    client = client_of(province, admin)
    issued(client, admin, person)
    form = {"csrf": admin.csrf, "login": "moi.nhan", "sure": "yes"}
    acts = ("mo-lai", "mat-khau", "khoa", "mat-khau", "mo-lai")
    answers = [client.post(f"{PAGE}/{act}", data=form).status_code for act in acts]

    assert [409, 200, 303, 409, 200] == answers
    assert ["account_added", "password_issued", "account_disabled", "account_reopened"] == events(
        province, person
    )[-4:]


def test_another_password_is_issued_only_to_who_said_yes(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """Unasked, the page says that every session ends and nothing has changed; the step is in the list as well."""
    admin, person = signed_in("admin"), officer_of(province)
    client = client_of(province, admin)
    issued(client, admin, person)
    before = province.house.store.account("moi.nhan")
    asked = client.post(f"{PAGE}/mat-khau", data={"csrf": admin.csrf, "login": "moi.nhan"})
    page = " ".join(asked.text.split())

    assert (200, before) == (asked.status_code, province.house.store.account("moi.nhan"))
    assert "Mọi phiên của moi.nhan kết thúc ngay" in page
    with window(browser, address, admin) as desk:
        desk.goto(PAGE)
        desk.get_by_label("Cấp mật khẩu cho moi.nhan…").press("Enter")
        step = desk.get_by_role("button", name="Cấp mật khẩu cho moi.nhan", exact=True)
        step.wait_for()
        seen = look_as_it_stands(desk)
        step.press("Enter")
        desk.locator("section.said code").wait_for()
    assert CLEAN == seen
    assert before != province.house.store.account("moi.nhan")


def test_nobody_issues_anything_to_themselves(province: Site, signed_in: ENTER) -> None:
    """Neither a second account nor a password of their own; each refusal is recorded."""
    admin = signed_in("admin")
    client = client_of(province, admin)
    own = next(one.login for one in province.house.store.accounts() if one.person == admin.person)
    second = issued(client, admin, admin.person, duties="designer")
    password = client.post(f"{PAGE}/mat-khau", data={"csrf": admin.csrf, "login": own, "sure": "yes"})

    assert [422, 422] == [second.status_code, password.status_code]
    assert ["access_denied", "access_denied"] == events(province, admin.person)[-2:]


def test_an_account_is_issued_and_taken_over_in_a_browser(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """The form, the password on the page that answers, the sign-in by it, which leads to the account."""
    with window(browser, address, signed_in("admin")) as desk, window(browser, address) as theirs:
        desk.goto(f"{PAGE}?nguoi={officer_of(province)}")
        desk.get_by_label("Họ và tên").fill("Lê Thị Mới")
        desk.get_by_label("Tên đăng nhập (chữ thường").fill("moi.nhan")
        desk.get_by_role("button", name="Cấp tài khoản").click()
        password = desk.locator("section.said code").inner_text()
        theirs.goto("/dang-nhap")
        theirs.get_by_label("Tên đăng nhập").fill("moi.nhan")
        theirs.get_by_label("Mật khẩu").fill(password)
        theirs.get_by_role("button", name="Đăng nhập").click()
        theirs.wait_for_url("**/toi")

        assert CLEAN == look_at(browser, f"{address}/toi", theirs.context.storage_state())
