"""Between agencies: what is offered is taken or given back once, and a question shares what it needs and no more."""

from collections.abc import Callable

from browsing import CLEAN, look_at
from on_the_way import on_the_way, somebody
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.access import concerned
from motcua.services.handoffs import Asked
from motcua.services.ports import OFFER, QUESTION, WaitRow, WaitsWanted
from motcua.services.trying import theirs
from motcua.web.site import Site
from states.commands import AcceptHandoff, Actor
from states.dossier import CONSULT, HANDOFF

ENTER = Callable[[str], SignedIn]
LAND, PERMIT = "1.012756", "1.009994"


def open_wait(site: Site, kind: str) -> tuple[WaitRow, str]:
    """Something that waits, made now, and an officer who may answer it."""
    moves = (LAND, "accept") if kind == OFFER else (PERMIT, "accept", "assign")
    stored = on_the_way(site, *moves)
    rows = site.house.store.waits(WaitsWanted(kind), 500)
    row = next(row for row in rows if row.wait.dossier_id == stored.id)
    procedure = site.house.worlds.procedure(stored.dossier.cfg)
    if kind == OFFER:
        role = stored.dossier.handoffs[row.wait.id.removeprefix(HANDOFF)].role
    else:
        role = procedure.question[row.wait.id.removeprefix(CONSULT)][1].role
    person = somebody(site, stored.dossier, role).person
    assert person is not None
    return row, person


def test_an_offer_is_acknowledged_once_and_accepted(province: Site, signed_in: ENTER) -> None:
    """A second press of the same button changes nothing; a page of before is told so, 409; then it is taken over."""
    row, person = open_wait(province, OFFER)
    who = signed_in(person)
    client, house, state = client_of(province, who), province.house, row.wait.id.removeprefix(HANDOFF)
    before = house.store.load(row.code)
    form = {"csrf": who.csrf, "version": str(before.dossier.version), "agency": row.wait.answerer}
    assert row.code in client.get("/lien-thong").text

    target = f"/lien-thong/{row.code}/ban-giao/{state}"
    statuses = [client.post(target, data={**form, "do": "accept", "key": "k"}).status_code for _ in range(2)]
    after = house.store.load(row.code)
    stale = client.post(target, data={**form, "do": "return", "reason": "không đúng", "key": "other"})

    assert ([303, 303], 409) == (statuses, stale.status_code)
    assert "accepted" == after.dossier.handoffs[state].status
    assert after.seq == house.store.load(row.code).seq
    assert f'action="{target}"' not in client.get("/lien-thong").text


def test_an_offer_is_for_whoever_may_answer_it(province: Site, signed_in: ENTER) -> None:
    """A head of the same agency, whose post does not take over, sees it without a button that ends in a refusal."""
    row, _ = open_wait(province, OFFER)
    stored, state = province.house.store.load(row.code), row.wait.id.removeprefix(HANDOFF)
    target = f'action="/lien-thong/{row.code}/ban-giao/{state}"'
    able = []
    for post in province.house.worlds.directory.posts:
        if post.agency == row.wait.answerer:
            asked = Asked(row.code, state, Actor("officer", post.officer), stored.dossier.version)
            text = client_of(province, signed_in(post.officer)).get("/lien-thong").text
            if row.code in text:
                able.append((target in text, theirs_to_accept(province, asked)))

    assert {(True, True), (False, False)} == set(able)


def theirs_to_accept(site: Site, asked: Asked) -> bool:
    """What the decision says, asked by the very command."""
    command = AcceptHandoff(asked.state, asked.actor, asked.expected_version or 0)
    return theirs(site.house, site.house.store.load(asked.code), asked.actor, command)


def test_an_offer_to_somebody_else_is_not_there(province: Site, signed_in: ENTER) -> None:
    """An officer of an agency that has no part in it sees nothing of it, and may not take it."""
    row, _ = open_wait(province, OFFER)
    posts = province.house.worlds.directory.posts
    near = concerned(province.house, province.house.store.load(row.code))
    stranger = next(p.officer for p in posts if p.position == "officer" and p.agency not in near)
    who = signed_in(stranger)
    client, seq = client_of(province, who), province.house.store.load(row.code).seq

    assert row.code not in client.get("/lien-thong").text
    taken = client.post(
        f"/lien-thong/{row.code}/ban-giao/{row.wait.id.removeprefix(HANDOFF)}",
        data={"csrf": who.csrf, "do": "accept", "version": "1", "key": "k"},
    )
    assert (404, seq) == (taken.status_code, province.house.store.load(row.code).seq)


def test_a_question_shares_what_it_needs_and_is_answered_once(province: Site, signed_in: ENTER) -> None:
    """The page names its papers and facts alone; an answer without a choice is a fault; two presses are one answer."""
    row, person = open_wait(province, QUESTION)
    who = signed_in(person)
    client, house = client_of(province, who), province.house
    name = row.wait.id.removeprefix(CONSULT)
    consultation, question = name.split("/")
    stored = house.store.load(row.code)
    procedure = house.worlds.procedure(stored.dossier.cfg)
    target = f"/lien-thong/{row.code}/hoi/{consultation}/{question}"
    page = client.get(target).text
    shared = procedure.question[name][1].documents

    shown = {paper.id for paper in procedure.documents if f"<li>{paper.label.vi}" in page}
    assert (set(shared), True) == (shown, target in client.get("/lien-thong").text)
    empty = client.post(target, data={"csrf": who.csrf, "key": "k"})
    assert (422, stored.seq) == (empty.status_code, house.store.load(row.code).seq)
    form = {"csrf": who.csrf, "key": "k2", "answer": "agree", "reason": "Phù hợp quy hoạch"}
    statuses = [client.post(target, data=form).status_code for _ in range(2)]
    records = [r for r in house.store.records(f"dossier:{stored.id}") if r.seq > stored.seq]

    assert [303, 303] == statuses
    assert ["consultation"] == [r.type for r in records]
    assert target not in client.get("/lien-thong").text


def test_the_pages_between_agencies_are_sound(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window, nothing foreign is loaded."""
    _, taker = open_wait(province, OFFER)
    row, person = open_wait(province, QUESTION)

    assert CLEAN == look_at(browser, f"{address}/lien-thong", signed_in(taker).storage_state)
    name = row.wait.id.removeprefix(CONSULT)
    there = f"{address}/lien-thong/{row.code}/hoi/{name}"
    assert CLEAN == look_at(browser, there, signed_in(person).storage_state)
