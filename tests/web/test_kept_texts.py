"""What people typed is never cut and never lost: too long, signed out, in another role, or overtaken."""

from collections.abc import Callable
from html import unescape

import pytest
from on_the_way import on_the_way, somebody
from test_liaison_pages import open_wait
from web_province import SignedIn, client_of

from motcua.services.ports import OFFER, QUESTION, Stored
from motcua.web.site import Site
from states.dossier import CONSULT, HANDOFF

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"
END = "đoạn cuối của lý do"
LONG = "Lý do. " * 300 + END


@pytest.fixture
def waiting(province: Site, signed_in: ENTER) -> tuple[Stored, SignedIn]:
    """A dossier that waits for its counter, and the counter's officer."""
    stored = on_the_way(province, HOUSEHOLD)
    return stored, signed_in(somebody(province, stored.dossier, "counter").person or "")


def form_of(who: SignedIn, stored: Stored, **more: str) -> dict[str, str]:
    """The fields of a button of the dossier's page."""
    return {"csrf": who.csrf, "version": str(stored.dossier.version), "key": "k", **more}


def test_a_reason_that_is_too_long_is_refused_whole_and_kept(
    province: Site, waiting: tuple[Stored, SignedIn]
) -> None:
    """The answer names field, count and limit; the page holds the text to its end; nothing is recorded."""
    stored, who = waiting
    form = form_of(who, stored, reason=LONG, _for="reject_intake")
    answer = client_of(province, who).post(f"/ho-so/{stored.dossier.code}/reject_intake", data=form)

    assert (422, 1) == (answer.status_code, province.house.store.load(stored.dossier.code).seq)
    assert f"«Lý do» dài {len(LONG)} ký tự, tối đa 2000" in unescape(answer.text)
    assert END in answer.text


def test_an_offer_is_not_given_back_with_half_a_reason(province: Site, signed_in: ENTER) -> None:
    """The text stays in its field, which is open; a reason that is refused for another cause stays as well."""
    row, person = open_wait(province, OFFER)
    who = signed_in(person)
    target = f"/lien-thong/{row.code}/ban-giao/{row.wait.id.removeprefix(HANDOFF)}"
    stored = province.house.store.load(row.code)
    form = form_of(who, stored, do="return", agency=row.wait.answerer)
    client = client_of(province, who)
    long = client.post(target, data={**form, "reason": LONG})
    stale = client.post(target, data={**form, "reason": END, "version": "0"})

    assert ([422, 409], stored.seq) == (
        [long.status_code, stale.status_code],
        province.house.store.load(row.code).seq,
    )
    assert [True, True] == [END in answer.text for answer in (long, stale)]


def test_an_answer_to_a_question_is_not_cut(province: Site, signed_in: ENTER) -> None:
    """Too long it is refused beside its field, whole."""
    row, person = open_wait(province, QUESTION)
    who = signed_in(person)
    target = f"/lien-thong/{row.code}/hoi/{row.wait.id.removeprefix(CONSULT)}"
    form = {"csrf": who.csrf, "key": "k", "answer": "agree", "reason": LONG}
    answer = client_of(province, who).post(target, data=form)

    assert (422, True, True) == (answer.status_code, END in answer.text, 'href="#reason"' in answer.text)


def test_a_reason_for_many_is_not_cut(province: Site, waiting: tuple[Stored, SignedIn]) -> None:
    """The page that asks for it shows it again, to its end."""
    stored, who = waiting
    [task] = stored.dossier.tasks
    form = {
        "csrf": who.csrf,
        "key": "k",
        "do": "move",
        "transition": "reject_intake",
        "task": f"{stored.dossier.code}|{stored.dossier.version}|{task.id}",
        "reason:reject_intake": LONG,
    }
    answer = client_of(province, who).post("/viec/nhieu", data=form)

    assert (422, True) == (answer.status_code, END in answer.text)


def test_an_end_of_a_line_counts_once(province: Site, waiting: tuple[Stored, SignedIn]) -> None:
    """2,000 characters as the browser counts them are taken, though it sends more; the record has plain line ends."""
    stored, who = waiting
    text = "a\r\n" * 999 + "ab"
    form = form_of(who, stored, reason=text)
    answer = client_of(province, who).post(f"/ho-so/{stored.dossier.code}/reject_intake", data=form)
    kept = [one.value for one in province.house.store.personal(stored.id) if one.field == "reason"]

    assert 303 == answer.status_code
    assert [len(text) - 999] == [len(one.encode().decode("unicode_escape").strip('"')) for one in kept]


def test_feedback_of_many_lines_is_counted_as_the_browser_does(province: Site) -> None:
    """8,000 characters of which every second ends a line are fewer than 10,000; 10,001 are refused and kept."""
    client = client_of(province)
    given = {"loai": "phan_anh", "viec": "lateness", "noi_dung": "a\r\n" * 4000}
    long = client.post("/phan-anh", data={**given, "noi_dung": "b" * 25_000 + END})

    assert [303, 422] == [client.post("/phan-anh", data=given).status_code, long.status_code]
    assert END in long.text


def test_who_was_signed_out_sees_what_they_typed_and_comes_back(
    province: Site, waiting: tuple[Stored, SignedIn]
) -> None:
    """401 with the text and the sign-in, which leads to the page of the form; nothing is done by itself."""
    stored, who = waiting
    page = f"/ho-so/{stored.dossier.code}"
    headers = {"referer": f"https://testserver{page}?xong=x"}
    form = form_of(who, stored, reason=END, password="bí mật")
    client = client_of(province)
    answer = client.post(f"{page}/reject_intake", data=form, headers=headers)
    bare = client.post(f"/viec/{stored.dossier.code}/x/nhan", data={"key": "k"}, headers=headers)

    assert (401, 1) == (answer.status_code, province.house.store.load(stored.dossier.code).seq)
    assert f'name="di" value="{page}?xong=x"' in answer.text
    assert [True, False] == [each in answer.text for each in (END, "bí mật")]
    assert (303, f"/dang-nhap?di={page}%3Fxong%3Dx") == (bare.status_code, bare.headers["location"])


@pytest.mark.parametrize(
    "referer", ["https://evil.example/ho-so/x", "https://[", "", "https://testserver//evil"]
)
def test_nobody_is_led_back_to_another_site(province: Site, referer: str) -> None:
    """What is no page of ours counts as none."""
    answer = client_of(province).post("/ho-so/x/y", data={"reason": END}, headers={"referer": referer})

    assert 'name="di" value="/"' in answer.text


def test_a_form_of_another_role_is_refused_with_what_was_typed(
    province: Site, waiting: tuple[Stored, SignedIn], signed_in: ENTER
) -> None:
    """In another tab somebody else signed in: 403, nothing is done, and the text can be copied."""
    stored, who = waiting
    form = form_of(who, stored, reason=END)
    other = client_of(province, signed_in("leader"))
    answer = other.post(f"/ho-so/{stored.dossier.code}/reject_intake", data=form)

    assert (403, True) == (answer.status_code, END in answer.text)
    assert 1 == province.house.store.load(stored.dossier.code).seq


def test_a_text_for_what_is_not_possible_any_more_is_shown(
    province: Site, waiting: tuple[Stored, SignedIn]
) -> None:
    """Another tab moved on: the form is gone, the text is there."""
    stored, who = waiting
    client, page = client_of(province, who), f"/ho-so/{stored.dossier.code}"
    moved = client.post(f"{page}/accept", data=form_of(who, stored, **{"fact.fee_paid": "yes"}))
    form = form_of(who, stored, reason=END, key="other", _for="reject_intake")
    answer = client.post(f"{page}/reject_intake", data=form)

    assert (303, 409) == (moved.status_code, answer.status_code)
    assert (False, True) == (f'action="{page}/reject_intake"' in answer.text, END in answer.text)


def test_the_language_is_not_offered_where_it_would_lose_something(
    province: Site, waiting: tuple[Stored, SignedIn]
) -> None:
    """The answer to a form has no address to be asked for again."""
    stored, who = waiting
    client, page = client_of(province, who), f"/ho-so/{stored.dossier.code}"
    shown, answered = client.get(page), client.post(f"{page}/reject_intake", data=form_of(who, stored))

    assert [True, False] == ["lang=en" in each.text for each in (shown, answered)]


def test_a_long_address_does_not_keep_anybody_out(province: Site) -> None:
    """One of ours is kept; one longer than any of ours is dropped, and the sign-in goes on."""
    client = client_of(province)
    kept, dropped = "/viec?thu_tuc=" + "x" * 1000, "/viec?thu_tuc=" + "x" * 9000
    form = {"login": "x", "password": "y"}
    pages = [client.post("/dang-nhap", data={**form, "di": di}).text for di in (kept, dropped)]

    assert [True, False] == [f'value="{di}"' in page for di, page in zip((kept, dropped), pages, strict=True)]
    assert all("String should" not in page for page in pages)
