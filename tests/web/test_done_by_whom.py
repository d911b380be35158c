"""What a page calls done stands in the record: whoever types the address is told nothing that they did not do."""

from collections.abc import Callable

from on_the_way import on_the_way, somebody
from web_province import SignedIn, client_of

from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]


def test_only_who_did_something_is_told_that_it_is_done_and_what_it_was(
    province: Site, signed_in: ENTER
) -> None:
    """The desk accepted, and reads so with the time; the officer who types the same address reads nothing."""
    handed_in = on_the_way(province, "1.001612").dossier
    who = signed_in(str(somebody(province, handed_in, "counter").person))
    desk = client_of(province, who)
    page = f"/ho-so/{handed_in.code}"
    before = desk.get(f"{page}?xong=accept").text
    said = {"csrf": who.csrf, "key": "k", "version": handed_in.version, "fact.fee_paid": "yes"}
    answer = desk.post(f"{page}/accept", data=said)
    stored = province.house.store.load(handed_in.code)
    officer = client_of(province, signed_in(str(somebody(province, stored.dossier, "officer").person)))
    typed = officer.get(f"{page}?xong=accept").text

    assert (303, f"{page}?xong=accept") == (answer.status_code, answer.headers["location"])
    after = desk.get(answer.headers["location"]).text
    assert "Việc sau cùng của bạn ở hồ sơ này: Tiếp nhận hồ sơ, " in after
    assert [False, False] == ["Đã thực hiện" in text for text in (before, typed)]
