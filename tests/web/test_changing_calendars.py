"""Calendars by page: proposed on the grid of a year, looked at, and put in force by a second person only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from browsing import CLEAN, look_at
from people import window
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.calendar_proposals import definition_in_force, proposals
from motcua.services.identity import today
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
SECOND = "demo.second_admin"


def form(site: Site, who: SignedIn, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Where and what somebody proposes: the next weekday but the nearest ones off."""
    known = definition_in_force(site.house, "vn-gov")
    assert known is not None
    day = today(site.house) + timedelta(days=3)
    taken = {one.day for each in known[0].years for one in each.exceptions}
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    row = {"day": day.isoformat(), "becomes": "off", "reason": "Nghỉ phòng chống bão", "reason_en": ""}
    row |= {"document": "12/QĐ-UBND", "source": "Quyết định của Chủ tịch tỉnh", "for_day": ""}
    page = f"/quan-tri/lich/vn-gov/{day.year}/sua"
    return page, {"csrf": who.csrf, "base": known[1], "status": "signed", **row, **changes}


def proposed(site: Site, who: SignedIn) -> str:
    """The address of a change that somebody proposes."""
    page, typed = form(site, who, act="de-xuat")
    return str(client_of(site, who).post(page, data=typed).headers["location"])


def test_a_proposal_says_what_would_follow_and_counts_when_another_administrator_approves(
    province: Site, signed_in: ENTER
) -> None:
    """Its proposer is refused, which is recorded; as many deadlines move as were foreseen."""
    admin, second = signed_in("admin"), signed_in("second_admin")
    mine, theirs = client_of(province, admin), client_of(province, second)
    page, typed = form(province, admin)
    preview = mine.post(page, data={**typed, "act": "xem"})
    nothing_yet = proposals(province.house)
    there = proposed(province, admin)
    refused = mine.post(f"{there}/duyet", data={"csrf": admin.csrf})
    approved = theirs.post(f"{there}/duyet", data={"csrf": second.csrf})
    foreseen = preview.text.partition("<p><strong>")[2].split()[0]
    moved = approved.headers["location"].rpartition("doi=")[2]

    assert (200, [], 403) == (preview.status_code, nothing_yet, refused.status_code)
    assert (303, foreseen) == (approved.status_code, moved)
    assert moved != "0"
    assert [("demo.admin", SECOND)] == [(one.by, one.decided_by) for one in proposals(province.house)]
    assert '"kind":"access_denied"' in province.house.store.records(f"access:{admin.person}")[-1].raw
    assert "Đã phê duyệt" in mine.get("/quan-tri/lich").text


def test_what_cannot_be_proposed_keeps_what_was_typed(province: Site, signed_in: ENTER) -> None:
    """Without a paper, for a day of no calendar, for a calendar that moved on: told, and nothing is proposed."""
    admin = signed_in("admin")
    client = client_of(province, admin)
    page, typed = form(province, admin, act="de-xuat")
    answers = [
        client.post(page, data={**typed, **wrong})
        for wrong in ({"document": ""}, {"day": "x"}, {"base": "0" * 64}, {"becomes": "dance"})
    ]

    assert [422, 422, 409, 422] == [answer.status_code for answer in answers]
    assert all("Nghỉ phòng chống bão" in answer.text for answer in answers)
    assert [] == proposals(province.house)


def test_a_proposal_is_put_away_and_not_approved_afterwards(province: Site, signed_in: ENTER) -> None:
    """A second decision gets 409."""
    admin, second = signed_in("admin"), signed_in("second_admin")
    there = proposed(province, admin)
    away = client_of(province, admin).post(f"{there}/bo", data={"csrf": admin.csrf})
    late = client_of(province, second).post(f"{there}/duyet", data={"csrf": second.csrf})
    assert (303, 409) == (away.status_code, late.status_code)


def test_a_day_is_taken_from_the_grid_without_scripts(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """Pressed in the grid it stands in the form with what was typed before; then it is proposed, and soundly shown."""
    admin = signed_in("admin")
    page, typed = form(province, admin)
    with window(browser, address, admin, scripts=False) as desk:
        desk.goto(f"{address}{page}")
        desk.locator(f'button[value="{typed["day"]}"]').click()
        desk.locator("#reason-1").fill("Nghỉ phòng chống bão")
        desk.locator("#document-1").fill("12/QĐ-UBND")
        desk.get_by_role("button", name="Xem hồ sơ bị ảnh hưởng").click()
        told = desk.locator("section[role=status] strong").inner_text()
        desk.get_by_role("button", name="Đề xuất", exact=True).click()
        there = desk.url
    state = signed_in("second_admin").storage_state

    assert "hồ sơ đang mở sẽ được tính lại hạn" in told
    for path in (f"{page}?ngay={typed['day']}", there.removeprefix(address), "/quan-tri/lich"):
        assert CLEAN == look_at(browser, f"{address}{path}", state)
