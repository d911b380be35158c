"""Ratings as people give them: at home, on the device of a counter, and on paper that an officer types in."""

from collections.abc import Callable

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.citizens import check_code
from motcua.services.ports import Stored
from motcua.services.ratings import device_code, ratings_of
from motcua.web.site import Site


def finished(province: Site) -> tuple[Stored, dict[str, str]]:
    """A dossier of a commune whose result was returned, and what its applicant types in."""
    ended = (stored for stored in province.house.store.iterate() if stored.dossier.public == 10)
    found = next(stored for stored in ended if stored.dossier.procedure == "1.001612")
    return found, {"ma": found.dossier.code, "kt": check_code(province.house, found.id)}


def scores(province: Site, stored: Stored) -> list[tuple[str, int]]:
    """How a dossier was rated, by way."""
    return [(rating.way, rating.score) for rating in ratings_of(province.house, stored)]


def test_a_citizen_rates_once_by_keyboard_and_without_scripts(
    browser: Browser, address: str, province: Site
) -> None:
    """Nothing chosen is told kindly and keeps the comment; what was sent stays, and is thanked for."""
    stored, codes = finished(province)
    with window(browser, address, scripts=False) as page:
        page.goto(f"{address}/tra-cuu?ma={codes['ma']}&kt={codes['kt']}")
        page.get_by_label("Ý kiến của bạn").fill("Nhanh, gọn")
        page.get_by_role("button", name="Gửi đánh giá").click()
        asked, kept = (
            page.get_by_role("alert").inner_text(),
            page.get_by_label("Ý kiến của bạn").input_value(),
        )
        page.get_by_label("Rất hài lòng", exact=True).press("Space")
        page.get_by_role("button", name="Gửi đánh giá").press("Enter")
        page.get_by_text("Bạn đã đánh giá").wait_for()
        thanked = page.locator("main").inner_text()
        offered = page.get_by_role("button", name="Gửi đánh giá").count()

    assert (True, "Nhanh, gọn") == ("Hãy chọn một trong năm mức" in asked, kept)
    assert (True, 0) == ("Bạn đã đánh giá: Rất hài lòng" in thanked, offered)
    [rating] = ratings_of(province.house, stored)
    assert ("online", 5, "Nhanh, gọn") == (rating.way, rating.score, rating.comment and rating.comment.value)


def test_sending_again_or_with_a_wrong_check_changes_nothing(province: Site) -> None:
    """The second rating is answered as the first was, the stranger's like any wrong look-up."""
    stored, codes = finished(province)
    client = client_of(province)

    first, second = (client.post("/tra-cuu/danh-gia", data={**codes, "diem": score}) for score in "41")
    strange = client.post("/tra-cuu/danh-gia", data={**codes, "kt": "AAAA-AAAA", "diem": "1"})

    assert (303, 303, 404) == (first.status_code, second.status_code, strange.status_code)
    assert (first.headers["location"], [("online", 4)]) == (
        second.headers["location"],
        scores(province, stored),
    )


def test_one_touch_on_the_device_of_a_counter_is_enough(
    browser: Browser, address: str, province: Site
) -> None:
    """It thanks, and shows its faces again by itself; clean in both themes and widths."""
    house = province.house
    agency = next(iter(house.store.iterate())).dossier.agency
    path = f"/danh-gia/quay/{agency}-2?may={device_code(house, agency, 2)}"
    with window(browser, address) as page:
        page.goto(path)
        page.get_by_role("button", name="Hài lòng", exact=True).click()
        thanked = page.get_by_role("heading", name="Xin cảm ơn!").inner_text()
    again = client_of(province).get(f"{path}&xong=1").headers["refresh"]

    assert ("Xin cảm ơn!", True) == (thanked, again.startswith("5; url=/danh-gia/quay/"))
    counts = house.store.rating_counts(house.now().replace(year=2020), house.now().replace(year=2030))
    assert [(agency, None, "device", 4, 1)] == [
        (row.agency, row.procedure, row.way, row.score, row.count) for row in counts
    ]
    assert [CLEAN] * 2 == [look_at(browser, f"{address}{path}{more}") for more in ("", "&xong=1")]


def test_a_device_without_its_code_is_none(province: Site) -> None:
    """Who does not have the address of a device cannot fill the figures; a page that is sent twice counts once."""
    house, client = province.house, client_of(province)
    agency = next(iter(house.store.iterate())).dossier.agency
    path = f"/danh-gia/quay/{agency}-2"
    right = {"may": device_code(house, agency, 2)}
    wrong = [(path, {}), (path, {"may": "AAAA-AAAA"}), (f"/danh-gia/quay/{agency}-3", right)]
    wrong += [("/danh-gia/quay/x", right), ("/danh-gia/quay/H99.77.77-1", right)]

    refused = {client.post(where, params=code, data={"diem": "5"}).status_code for where, code in wrong}
    touched = [client.post(path, params=right, data={"diem": "5", "key": "k"}).status_code for _ in range(2)]

    assert ({404}, [303, 303]) == (refused, touched)
    counts = house.store.rating_counts(house.now().replace(year=2020), house.now().replace(year=2030))
    assert [1] == [row.count for row in counts]


def test_an_officer_of_the_counter_types_a_paper_ballot_in(
    browser: Browser, address: str, province: Site, signed_in: Callable[[str], SignedIn]
) -> None:
    """The record names them; a dossier that is not for them is none, and other rooms are kept out."""
    stored, _ = finished(province)
    agency = stored.dossier.agency
    day = province.house.now().date()
    posts = province.house.worlds.directory.posts
    desk = [post for post in posts if post.position == "one_stop_officer" and post.since <= day]
    theirs = next(post.officer for post in desk if post.agency == agency)
    stranger = next(post.officer for post in desk if post.agency not in stored.dossier.parties.values())
    given = {"ma": stored.dossier.code, "diem": "3", "y_kien": "Chờ lâu"}

    answers = []
    for person in (stranger, theirs, theirs, "auditor"):
        who = signed_in(person)
        answers.append(client_of(province, who).post("/danh-gia/phieu", data={**given, "csrf": who.csrf}))

    assert [422, 303, 422, 403] == [answer.status_code for answer in answers]
    assert 303 == client_of(province).get("/danh-gia/phieu").status_code
    [rating] = ratings_of(province.house, stored)
    assert ("ballot", 3, theirs) == (rating.way, rating.score, rating.officer)
    looked = look_at(browser, f"{address}/danh-gia/phieu?xong=X", signed_in(theirs).storage_state)
    assert CLEAN == looked
