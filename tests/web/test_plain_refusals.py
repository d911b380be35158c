"""Refusals are told to people in their own words, and no page offers what would be refused."""

import re
from collections.abc import Callable

import pytest
from on_the_way import on_the_way, somebody
from test_choosing_delivery import CHOOSE, HOME, codes, some
from test_giving_mandates import OWN, form, pair
from test_liaison_pages import open_wait
from web_province import SignedIn, client_of

from motcua.services.access import add_account, begin
from motcua.services.ports import QUESTION
from motcua.services.tasks import claim
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, csrf_of
from states.commands import Actor
from states.dossier import CONSULT

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"


def main_of(page: str) -> str:
    """The text of a page below its menu, without tags."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2])


def test_a_question_that_a_colleague_holds_asks_nobody_else_for_words(
    province: Site, signed_in: ENTER
) -> None:
    """Whoever could not send an answer gets no field for one, but hears who holds the question."""
    row, person = open_wait(province, QUESTION)
    house, name = province.house, row.wait.id.removeprefix(CONSULT)
    stored = house.store.load(row.code)
    [task] = [one for one in stored.dossier.tasks if one.clock == row.wait.id]
    if task.assignee is None:
        claim(house, row.code, task.id, Actor("officer", person))
    holder = task.assignee or person
    beside = next(
        post.officer
        for post in house.worlds.directory.posts
        if post.agency == row.wait.answerer and post.officer != holder
    )
    address = f"/lien-thong/{row.code}/hoi/{name}"
    theirs, others = (client_of(province, signed_in(who)).get(address).text for who in (holder, beside))

    assert (True, False) == ('name="reason"' in theirs, 'name="reason"' in others)
    assert holder in main_of(others)


def test_a_mandate_that_is_sent_twice_is_given_once_and_gone_when_taken_back(
    province: Site, signed_in: ENTER
) -> None:
    """Two presses make one mandate, no twin stays in force; two presses to take it back are one, and it is told."""
    who = signed_in(pair(province)[0].officer)
    client = client_of(province, who)
    answers = [client.post(OWN, data=form(province, who)) for _ in range(2)]
    [made] = province.house.store.delegations()
    told = client.get(answers[0].headers["location"]).text
    back = [client.post(f"{OWN}/thu-hoi", data={"csrf": who.csrf, "mandate": made.id}) for _ in range(2)]
    after = client.get(back[1].headers["location"]).text

    assert ([303] * 2, [303] * 2) == ([one.status_code for one in answers], [one.status_code for one in back])
    assert (True, True) == ("Đã lập ủy quyền 15/UQ-UBND" in told, "Đã thu hồi ủy quyền 15/UQ-UBND" in after)
    assert [True] == [one.revoked_at is not None for one in province.house.store.delegations()]
    again = client.post(OWN, data=form(province, who))
    assert (303, 2) == (again.status_code, len(province.house.store.delegations()))


def test_a_closed_account_is_told_as_closed_and_no_other(province: Site, signed_in: ENTER) -> None:
    """After the form, and not because an address says so."""
    admin, other = signed_in("admin"), signed_in("auditor")
    client = client_of(province, admin)
    login = next(
        account.login for account in province.house.store.accounts() if account.person == other.person
    )
    before = client.get(f"/quan-tri/tai-khoan?khoa={login}").text
    closed = client.post("/quan-tri/tai-khoan/khoa", data={"csrf": admin.csrf, "login": login})
    after = client.get(closed.headers["location"]).text

    assert (False, True) == ("Đã khóa tài khoản" in before, f"Đã khóa tài khoản {login}" in after)


@pytest.mark.parametrize(
    ("who", "address", "said", "unsaid"),
    [
        ("officer", "/quan-tri/tai-khoan", "dành cho: quản trị viên", "admin"),
        ("auditor", "/kiem-toan?tre=abc", "Số ngày trễ không đúng dạng", "String"),
        ("auditor", "/khong-phu-hop?loc=" + "x" * 500, "không", "String"),
        ("admin", "/quan-tri/co-quan?ngay=abc", "Ngày không đúng dạng", "/query/"),
    ],
)
def test_a_refusal_is_told_in_vietnamese(
    province: Site, signed_in: ENTER, who: str, address: str, said: str, unsaid: str
) -> None:
    """Whom a room is for and what is wrong with a field have names; nothing of the framework's English is shown."""
    page = main_of(client_of(province, signed_in(who)).get(address).text)

    assert (True, False) == (said in page, unsaid in page)


def test_an_acceptance_without_its_fee_is_refused_in_words(province: Site, signed_in: ENTER) -> None:
    """The officer reads what is missing and what may be done by the names on the page, in both languages."""
    stored = on_the_way(province, HOUSEHOLD)
    who = signed_in(somebody(province, stored.dossier, "counter").person or "")
    client, page = client_of(province, who), f"/ho-so/{stored.dossier.code}/accept"
    sent = {"csrf": who.csrf, "version": str(stored.dossier.version), "key": "k", "fact.fee_paid": ""}
    vi, en = (main_of(client.post(f"{page}?lang={lang}", data=sent).text) for lang in ("vi", "en"))
    wrong = main_of(client.post(page, data={**sent, "fact.fee_paid": "maybe"}).text)

    assert "chưa thể thực hiện «Tiếp nhận hồ sơ»: thiếu Đã thu phí, lệ phí" in vi
    assert [False] * 3 == ["fee_paid is missing" in en, "reject_intake," in vi, "Ô fee_paid" in wrong]


def test_nobody_is_a_second_person_by_capital_letters(province: Site, signed_in: ENTER) -> None:
    """An id that differs from a known one in the size of letters alone gets no account."""
    admin = signed_in("admin")
    person = province.house.worlds.directory.posts[0].officer.upper()
    sent = {"csrf": admin.csrf, "login": "khac", "person": person, "name": "An", "duties": "admin"}
    page = client_of(province, admin).post("/quan-tri/tai-khoan", data=sent)

    assert (422, True) == (page.status_code, "chữ hoa, chữ thường" in page.text)


def test_the_number_of_a_mandate_can_be_read(province: Site, signed_in: ENTER) -> None:
    """Marks that turn a text around are no number of a paper."""
    who = signed_in(pair(province)[0].officer)
    sent = {**form(province, who), "document": "\u202e15/UQ\u202c"}

    assert 422 == client_of(province, who).post(OWN, data=sent).status_code
    assert [] == province.house.store.delegations()


def test_an_account_that_cannot_be_is_refused_by_the_names_of_its_fields(
    province: Site, signed_in: ENTER
) -> None:
    """What stands before the field on the page, not what programs call it."""
    admin = signed_in("admin")
    sent = {"csrf": admin.csrf, "login": "a b", "person": "x", "name": "An"}
    page = main_of(client_of(province, admin).post("/quan-tri/tai-khoan", data=sent).text)

    assert (True, False) == ("mã cán bộ là" in page, "person là" in page)


def test_who_was_signed_out_is_shown_what_they_typed_by_names_and_no_ids(province: Site) -> None:
    """Typed texts have the names of their fields; what was only chosen is left out."""
    sent = {"applicant.phone": "0900000123", "channel": "counter", "fact.fee_paid": "yes", "fact.area": "120"}
    answer = client_of(province).post("/tiep-nhan/1.001612", data=sent)
    page = main_of(answer.text)

    assert (401, True, True) == (answer.status_code, "0900000123" in page, "Thông tin của hồ sơ" in page)
    assert [] == [raw for raw in ("channel", "counter", "fact.", "fee_paid") if raw in page]


def test_a_form_that_went_before_with_other_words_says_what_to_do(province: Site, signed_in: ENTER) -> None:
    """Back, another text, sent again: no talk of keys of programs alone."""
    row, person = open_wait(province, QUESTION)
    who = signed_in(person)
    address = f"/lien-thong/{row.code}/hoi/{row.wait.id.removeprefix(CONSULT)}"
    client, sent = client_of(province, who), {"csrf": who.csrf, "key": "k", "reason": "Phù hợp"}
    client.post(address, data={**sent, "answer": "agree"})
    again = client.post(address, data={**sent, "answer": "object"})

    assert (409, True) == (again.status_code, "Hãy mở lại trang" in main_of(again.text))


def test_who_goes_back_and_sends_something_else_can(province: Site, signed_in: ENTER) -> None:
    """What was sent before stays; the page says so with another key, and the second press counts as well."""
    citizen, clerk = client_of(province), signed_in("one_stop_officer")
    agency = clerk_agency(province, clerk)
    said = {"loai": "phan_anh", "viec": "lateness", "co_quan": "H99.41.01", "dien_thoai": "0912345678"}
    taken = {
        "csrf": clerk.csrf,
        "then": "keep",
        "agency": agency,
        "channel": "counter",
        "fact.has_members": "no",
    }
    known = some(province, posted=True)
    forms = [
        (citizen, "/phan-anh", said, ("noi_dung", "Chậm hai ngày", "Chậm ba ngày")),
        (client_of(province, clerk), "/tiep-nhan/1.001612", taken, ("applicant.name", "An", "Bình")),
        (citizen, CHOOSE, {**codes(province, known), **HOME}, ("dia_chi", "12 Lê Lợi", "14 Lê Lợi")),
    ]
    for client, address, filled, (field, first, second) in forms:
        sent = client.post(address, data={**filled, field: first, "key": f"back{address}"})
        refused = client.post(address, data={**filled, field: second, "key": f"back{address}"})
        keys = re.findall(r'name="key" value="([^"]+)"', refused.text)
        again = client.post(address, data={**filled, field: second, "key": keys[0]})

        assert (303, 409, 303) == (sent.status_code, refused.status_code, again.status_code), address
        assert (True, True) == ("hãy bấm gửi lần nữa" in refused.text, second in refused.text)


def clerk_agency(site: Site, clerk: SignedIn) -> str:
    """The agency at whose counter an officer sits."""
    posts = site.house.worlds.directory.posts_of(clerk.person, site.house.now().date())
    return next(iter(posts)).agency


def test_the_account_of_an_auditor_takes_no_step_on_what_was_found(province: Site, signed_in: ENTER) -> None:
    """Even where the person leads the agency that answers: who found it does not work it off as somebody else."""
    house, now = province.house, province.wall.now()
    entry = next(iter(house.store.nonconformities()))
    head = next(p.officer for p in house.worlds.directory.posts if p.position == "chairman")
    account = add_account(house, "kiem-toan", head, "Kiểm toán viên", duties=("auditor",))
    token = begin(house, province.doors, account, now).token
    auditor = client_of(province, SignedIn(head, {COOKIE: token}, None, csrf_of(token)))
    address = f"/khong-phu-hop/{entry.id}"
    sent = {"csrf": csrf_of(token), "steps": "0", "text": "đã làm"}
    leader = client_of(province, signed_in(head))

    assert [True, False] == ["<textarea" in client.get(address).text for client in (leader, auditor)]
    assert 403 == auditor.post(f"{address}/khac-phuc", data=sent).status_code


def test_a_text_for_a_step_that_somebody_else_took_is_shown_again(province: Site, signed_in: ENTER) -> None:
    """The step is not offered any more, the words are there to be copied; a note of a closing stays as well."""
    house = province.house
    entry = next(iter(house.store.nonconformities()))
    head = signed_in(next(p.officer for p in house.worlds.directory.posts if p.position == "chairman"))
    client, address = client_of(province, head), f"/khong-phu-hop/{entry.id}"
    sent = {"csrf": head.csrf, "steps": "0", "text": "đã gọi điện"}
    statuses = [client.post(f"{address}/khac-phuc", data=sent) for _ in range(2)]
    early = client.post(f"{address}/dong", data={**sent, "steps": "1", "text": "ghi chú khi đóng"})

    assert [303, 409, 409] == [answer.status_code for answer in (*statuses, early)]
    assert (True, True) == (
        "chưa gửi" in main_of(statuses[1].text) and "đã gọi điện" in statuses[1].text,
        "ghi chú khi đóng" in early.text,
    )
