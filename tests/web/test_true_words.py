"""Pages say what is so: nothing is done because an address says it, and no field takes what it is not for."""

from collections.abc import Callable

import pytest
from browsing import served
from on_the_way import WHO, on_the_way, somebody
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.citizens import check_code
from motcua.services.ratings import device_code
from motcua.services.telephones import is_telephone
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"


def test_an_address_alone_does_nothing(province: Site, signed_in: ENTER) -> None:
    """Nothing is told as done that the visitor never did; at the counter only a code is shown."""
    stored = on_the_way(province, HOUSEHOLD)
    client = client_of(province, signed_in(somebody(province, stored.dossier, "counter").person or ""))
    page = f"/ho-so/{stored.dossier.code}?xong="
    told = ["Đã thực hiện" in client.get(f"{page}{said}").text for said in ("accept", "", "zzz")]

    assert [False, False, False] == told
    assert "gọi 0900" not in client.get("/tra-ket-qua?xong=gọi 0900").text


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("head", "/dieu-hanh?xong=1"),
        ("admin", "/quan-tri/suc-khoe?xong=7"),
        ("one_stop_officer", "/lien-thong?xong=accept"),
        ("one_stop_officer", "/danh-gia/phieu?xong={code}"),
        ("one_stop_officer", "/tra-ket-qua?xong={code}"),
        ("designer", "/thiet-ke/1.001612?xong=duyet"),
    ],
)
def test_an_address_that_says_done_is_not_believed(
    province: Site, signed_in: ENTER, who: str, address: str
) -> None:
    """Somebody's link, a bookmark or a page that is loaded again tells of nothing."""
    code = next(iter(province.house.store.iterate())).dossier.code
    page = client_of(province, signed_in(who)).get(address.format(code=code))

    assert (200, False) == (page.status_code, 'class="said"' in page.text)


def test_what_a_form_did_is_told_once(province: Site, signed_in: ENTER) -> None:
    """By the page that its answer leads to; the same page, loaded again, says nothing."""
    desks = {
        post.agency: post.officer
        for post in province.house.worlds.directory.posts
        if post.position == "one_stop_officer"
    }
    ended = (one for one in province.house.store.iterate() if one.dossier.ended)
    stored = next(one for one in ended if one.dossier.agency in desks)
    who = signed_in(desks[stored.dossier.agency])
    client = client_of(province, who)
    ballot = {"csrf": who.csrf, "ma": stored.dossier.code, "diem": "4"}
    there = client.post("/danh-gia/phieu", data=ballot).headers["location"]

    assert [True, False] == ["Đã ghi phiếu" in client.get(there).text for _ in range(2)]


def test_codes_are_shown_where_they_are_codes(province: Site) -> None:
    """Both of a dossier, or none: 404."""
    stored = next(iter(province.house.store.iterate()))
    right = {"ma": stored.dossier.code, "kt": check_code(province.house, stored.id)}
    client = client_of(province)
    wrong: tuple[dict[str, str], ...] = ({**right, "kt": "gọi 0900"}, {"ma": "x", "kt": "y"}, {})
    statuses = [client.get("/phan-anh/da-gui", params=each).status_code for each in (right, *wrong)]

    assert [200, 404, 404, 404] == statuses


def test_who_goes_back_at_the_device_counts_once(province: Site) -> None:
    """The turn stands in the address: the page of before sends its key again; the next person gets another."""
    house, client = province.house, client_of(province)
    agency = next(iter(house.store.iterate())).dossier.agency
    start = f"/danh-gia/quay/{agency}-2?may={device_code(house, agency, 2)}"
    turns = [client.get(start).headers["location"] for _ in range(2)]
    keys = [client.get(turn).text.partition('name="key" value="')[2].partition('"')[0] for turn in turns]
    again = client.get(turns[0]).text.partition('name="key" value="')[2].partition('"')[0]
    for key in (keys[0], again, keys[1]):
        client.post(start, data={"diem": "4", "key": key})
    rows = house.store.rating_counts(house.now().replace(year=2020), house.now().replace(year=2030))

    assert [2] == [row.count for row in rows if row.way == "device"]
    assert (True, keys[0]) == (keys[0] != keys[1], again)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0900000123", True),
        ("+84 912 345 678", True),
        ("(024) 3.825-1234", True),
        ("abc", False),
        ("0900", False),
        ("0" * 16, False),
        ("٠٩٠٠٠٠٠٠٠١", False),
    ],
)
def test_a_telephone_is_told_by_its_shape(text: str, right: bool) -> None:
    """Digits with signs between, as many as can be called."""
    assert right == is_telephone(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"applicant.phone": "abc"}, "8 đến 15 chữ số"),
        ({"fact.has_members": "maybe"}, "maybe"),
        ({"then": "zzz"}, "Hãy chọn tiếp nhận ngay hoặc chỉ lưu"),
        ({"agency": "H99.99"}, "Hãy chọn cơ quan giải quyết"),
        ({"channel": "zzz"}, "Hãy chọn hình thức nộp"),
        ({"paper": "zzz"}, "Thành phần hồ sơ đã thay đổi"),
    ],
)
def test_the_counter_takes_no_guess_for_an_answer(
    province: Site, signed_in: ENTER, change: dict[str, str], said: str
) -> None:
    """What a field is not for is refused beside it, and nothing is opened."""
    who = signed_in("one_stop_officer")
    agency = next(
        iter(province.house.worlds.directory.posts_of(who.person, province.house.now().date()))
    ).agency
    form = {"csrf": who.csrf, "key": "k", "then": "keep", "applicant.name": "An", "agency": agency, **change}
    before = len(list(province.house.store.iterate()))
    answer = client_of(province, who).post(f"/tiep-nhan/{HOUSEHOLD}", data=form)

    assert (422, True) == (answer.status_code, said in answer.text)
    assert before == len(list(province.house.store.iterate()))


def test_a_draft_that_is_too_large_is_kept(province: Site, signed_in: ENTER) -> None:
    """The bench refuses it, and shows it to its end."""
    who = signed_in("designer")
    form = {"csrf": who.csrf, "yaml": "a: b\n" * 60_000 + "# cuối cùng"}
    answer = client_of(province, who).post("/thiet-ke/ban-nhap", data=form)

    assert (422, True) == (answer.status_code, "# cuối cùng" in answer.text)


def test_a_dossier_that_is_not_found_is_not_called_unsent(province: Site) -> None:
    """Nothing was sent: it was not found."""
    page = client_of(province).get("/tra-cuu?ma=x&kt=y").text

    assert (True, False) == ("Không tìm thấy" in page, "Chưa gửi được" in page)


def test_a_long_name_does_not_widen_the_page(
    browser: Browser, province: Site, signed_in: ENTER, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred letters without a blank, at 360 px."""
    monkeypatch.setitem(WHO, "name", "M" * 200)
    stored = on_the_way(province, HOUSEHOLD)
    who = signed_in(somebody(province, stored.dossier, "counter").person or "")
    with served(province) as address, window(browser, address, who, size=(360, 800)) as page:
        page.goto(f"{address}/ho-so/{stored.dossier.code}")
        assert page.get_by_text("M" * 200).first.is_visible()
        wide = page.evaluate("document.documentElement.scrollWidth")

    assert wide <= 360
