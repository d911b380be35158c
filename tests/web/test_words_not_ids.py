"""Mandates, the register, the trail and the designer's pages call things by their words; ids stand beside them."""

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from html import unescape
from typing import Any

from on_the_way import on_the_way
from web_province import SignedIn, client_of

from motcua.services.access.accounts import AccountNotFound
from motcua.services.clients import ClientNotFound
from motcua.services.delegating import Terms, grant
from motcua.services.dispatching import NotWaiting
from motcua.services.naming import clock_name
from motcua.services.nonconformities import CauseMissing
from motcua.services.ports import NonconformityNotFound
from motcua.services.webhooks.keeping import WebhookNotFound
from motcua.web.auditor.register import ROWS
from motcua.web.site import Site
from motcua.web.wording import term
from states import events

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"
KINDS = {str(getattr(one, "kind", "")) for one in vars(events).values() if is_dataclass(one)} - {""}


def said(page: str) -> str:
    """What a page says, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.partition("<main")[2])).split())


def both(client: Any, path: str) -> list[str]:
    """A page in Vietnamese and in English."""
    mark = "&" if "?" in path else "?"
    return [said(client.get(f"{path}{mark}lang={lang}").text) for lang in ("vi", "en")]


def test_a_mandate_names_its_procedures_and_acts(province: Site, signed_in: ENTER) -> None:
    """What the giver reads of it are the words of the versions in force, not ids."""
    house = province.house
    head = next(post for post in house.worlds.directory.posts if post.position == "unit_head")
    other = next(
        post
        for post in house.worlds.directory.posts
        if post.agency == head.agency and post.officer != head.officer
    )
    now = house.now()
    period = (now, now.replace(year=now.year + 1))
    grant(
        house,
        Terms(head.officer, other.officer, "9/UQ", head.agency, *period, (HOUSEHOLD,), ("sign", "refuse")),
    )
    vi, en = both(client_of(province, signed_in(head.officer)), "/toi/uy-quyen")

    assert f"Đăng ký thành lập hộ kinh doanh ({HOUSEHOLD}); Ký giấy chứng nhận, Từ chối giải quyết" in vi
    assert "Sign the certificate, Refuse" in en


def test_the_register_calls_a_procedure_by_its_name(province: Site, signed_in: ENTER) -> None:
    """The name that the pinned version has, with the code behind it."""
    house, entry = province.house, province.house.store.nonconformities()[0]
    [stored] = house.store.load_ids([entry.dossier_id])
    name = house.worlds.procedure(stored.dossier.cfg).name
    vi, en = both(client_of(province, signed_in("auditor")), f"/khong-phu-hop/{entry.id}")

    assert [True, True] == [f"{name.vi} ({stored.dossier.procedure})" in vi, name.en in en]


def test_the_register_calls_agencies_and_clocks_by_their_names(province: Site, signed_in: ENTER) -> None:
    """In the list and on the page of an entry, which leads back to the list."""
    house, entry = province.house, province.house.store.nonconformities()[-1]
    [stored] = house.store.load_ids([entry.dossier_id])
    clock = clock_name(house.worlds.procedure(stored.dossier.cfg), str(entry.clock))["vi"]
    agency = house.worlds.directory.get(entry.agency).name
    auditor = client_of(province, signed_in("auditor"))
    for page in (both(auditor, "/khong-phu-hop")[0], both(auditor, f"/khong-phu-hop/{entry.id}")[0]):
        assert [True, True] == [agency in page, clock in page]
    assert 'href="/khong-phu-hop"' in auditor.get(f"/khong-phu-hop/{entry.id}").text


def test_the_register_is_shown_in_pages(province: Site, signed_in: ENTER) -> None:
    """Fifty entries, the newest first; a page behind the last is the last, and what is no page is refused."""
    auditor = client_of(province, signed_in("auditor"))
    every = len(province.house.store.nonconformities())
    shown = [
        auditor.get(f"/khong-phu-hop?loc=tat-ca&trang={one}").text.count("data-row>") for one in (1, 999)
    ]

    assert [min(ROWS, every), every % ROWS or min(ROWS, every)] == shown
    assert 422 == auditor.get("/khong-phu-hop?trang=0").status_code


def test_a_term_is_written_with_the_comma_of_the_language() -> None:
    """A quarter of a working day has a comma in Vietnamese and a point in English."""
    assert ["0,25 ngày làm việc", "0.25 working days"] == [
        term("0.25 working_days", it) for it in ("vi", "en")
    ]


def test_every_kind_of_event_has_words_and_keeps_its_id_for_the_auditor(
    province: Site, signed_in: ENTER
) -> None:
    """In the replay of a dossier the event reads in words, the id beside it."""
    named = province.pages.words.named["event"]
    stored = next(found for found in province.house.store.iterate() if found.seq > 3)
    vi, en = both(client_of(province, signed_in("auditor")), f"/kiem-toan/{stored.dossier.code}?so=1")

    assert set() == KINDS - set(named)
    assert [True, True] == ["Nộp hồ sơ opened" in vi, "Handed in opened" in en]


def test_a_rehearsal_tells_in_which_state_each_scenario_ends(province: Site, signed_in: ENTER) -> None:
    """By the label of the version, the id beside it for whoever writes the file."""
    client = client_of(province, signed_in("designer"))
    vi, en = both(client, f"/thiet-ke/{HOUSEHOLD}?kich_ban=1")

    assert [True, True] == ["Đã trả kết quả closed" in vi, "Result returned closed" in en]


def test_a_refusal_on_a_page_says_acts_and_roles_in_words(province: Site, signed_in: ENTER) -> None:
    """Somebody of the agency who may not accept: 403 with the act and the role by their names, no id of either."""
    house = province.house
    stored = on_the_way(province, HOUSEHOLD)
    procedure = house.worlds.procedure(stored.dossier.cfg)
    move = procedure.transition["accept"]
    allowed = {procedure.role[role].position for role in move.by}
    person = next(
        post.officer
        for post in house.worlds.directory.posts
        if post.agency == stored.dossier.agency and post.position not in allowed
    )
    who = signed_in(person)
    sent = {"csrf": who.csrf, "key": "k", "version": stored.dossier.version, "fact.fee_paid": "yes"}
    answer = client_of(province, who).post(f"/ho-so/{stored.dossier.code}/accept", data=sent)
    page = said(answer.text)
    alert = page.partition("không được thực hiện")[2].partition("Người nộp")[0]

    assert 403 == answer.status_code
    assert (True, True) == (
        f"«{move.label.vi}»" in alert,
        procedure.role[move.by[0]].label.vi in alert,
    )
    assert [] == [id for id in ("accept", *move.by, *allowed) if re.search(rf"\b{id}\b", alert)]


def test_no_page_sends_people_to_the_command_line() -> None:
    """What is not there is looked for in the list that the page has, whatever face says so."""
    missing = (
        AccountNotFound(login="x"),
        ClientNotFound(id="x"),
        WebhookNotFound(id="x"),
        NonconformityNotFound(id="x"),
        NotWaiting(code="x"),
        CauseMissing(id="x"),
    )

    assert [] == [one.code for one in missing for lang in ("vi", "en") if "motcua" in one.message(lang)]
