"""Every address of a dossier as an agency that is only asked about it, or only offered it: its share and no more."""

from collections.abc import Callable
from dataclasses import replace

from browsing import CLEAN, look_at
from on_the_way import WHO, on_the_way, somebody
from playwright.sync_api import Browser
from test_who_gets_what import DENIED_A_MINUTE, ENDLESS, OPEN, OWN, UNREAD, Asked, addresses, below
from web_province import SignedIn, client_of

from motcua.services.handoffs import Asked as Offer
from motcua.services.handoffs import accept
from motcua.services.papers import draft_owed, listed
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from motcua.web.limits import Limits
from motcua.web.site import Site

ENTER = Callable[[str], SignedIn]
PERMIT, LAND = "1.009994", "1.012756"
SHARED = {"/ho-so/{code}", "/ho-so/{code}/tep"}
"""What answers with the share; everything else below the code of a dossier is not there."""


def consulted(site: Site) -> tuple[Stored, str]:
    """A building permit about which the fire police is asked, and its officer."""
    stored = on_the_way(site, PERMIT, "accept", "assign")
    return with_papers(site, stored), somebody(site, stored.dossier, "fire_officer").person or ""


def offered(site: Site) -> tuple[Stored, str]:
    """A change of land that is offered to the tax office, and its officer."""
    stored = on_the_way(site, LAND, "accept")
    code = stored.dossier.code
    actor = somebody(site, stored.dossier, "manager")
    stored = accept(site.house, Offer(code, "assigning", actor, stored.dossier.version, None, "k"))
    for move, role in (("assign", "manager"), ("send_to_tax", "officer")):
        actor = somebody(site, site.house.store.load(code).dossier, role)
        stored = send(site.house, code, move, actor, None, Particulars())
    return with_papers(site, stored), somebody(site, stored.dossier, "tax_officer").person or ""


def with_papers(site: Site, stored: Stored) -> Stored:
    """The dossier with the papers that it owes drafted."""
    draft_owed(site.house, site.press, 1000)
    return site.house.store.load(stored.dossier.code)


def secrets(site: Site, stored: Stored) -> set[str]:
    """What nobody but those who see the whole dossier may read anywhere."""
    numbers = {paper["number"] for paper in listed(site.house, site.press, stored.dossier.code)}
    assert numbers, "the dossier has no paper that could leak"
    return {*WHO.values(), *numbers}


def leaks(site: Site, stored: Stored, one: SignedIn, under: str = "") -> list[tuple[str, str, int]]:
    """Ask for every address of the site, or those *under* a pattern; return those that give more than the share."""
    code, hidden = stored.dossier.code, secrets(site, stored)
    asked: list[Asked] = [
        each
        for each in addresses(site, code)
        if under in each.pattern and not below(each.pattern, (*OPEN, *OWN, *ENDLESS))
    ]
    wrong = []
    for number, each in enumerate(asked):
        if number % (DENIED_A_MINUTE // 2) == 0:
            client = client_of(replace(site, limits=Limits()), one)
        answer = each.send(client, one.csrf)
        allowed = {401, 403, 404} if each.method == "GET" else {401, 403, *UNREAD}
        if each.pattern in SHARED and each.method == "GET":
            allowed = {200}
        outside = "{code" in each.pattern and answer.status_code not in allowed
        if outside or any(secret in answer.text for secret in hidden):
            wrong.append((each.method, each.pattern, answer.status_code))
    return wrong


def everybody_of(site: Site, person: str) -> list[str]:
    """One officer of each post of the agency in which somebody works: who leads it sees no more of others' dossiers."""
    posts = site.house.worlds.directory.posts
    [agency, *_] = [post.agency for post in posts if post.officer == person]
    return list({post.position: post.officer for post in posts if post.agency == agency}.values())


def test_a_consulted_body_gets_the_question_and_nothing_else_at_any_address(
    province: Site, signed_in: ENTER
) -> None:
    """No applicant, no signed paper, no timeline; its page names the question and the paper that it shares.

    Whoever leads the body is asked for the addresses of the dossier too, the officer for every one of the site.
    """
    stored, person = consulted(province)
    others = [each for each in everybody_of(province, person) if each != person]
    wrong = {person: leaks(province, stored, signed_in(person))}
    wrong |= {each: leaks(province, stored, signed_in(each), "{code") for each in others}
    page = client_of(province, signed_in(person)).get(f"/ho-so/{stored.dossier.code}").text
    procedure = province.house.worlds.procedure(stored.dossier.cfg)
    named = {paper.id for paper in procedure.documents if f"<li>{paper.label.vi}" in page}

    assert len(wrong) > 1
    assert ([[]] * len(wrong), stored.seq) == (
        list(wrong.values()),
        province.house.store.load(stored.dossier.code).seq,
    )
    assert (set(procedure.question["opinions/fire"][1].documents), False) == (
        named,
        procedure.question["opinions/planning"][1].label.vi in page,
    )


def test_an_agency_that_is_offered_a_dossier_sees_what_it_accepts_and_after_that_all_of_it(
    province: Site, signed_in: ENTER
) -> None:
    """The papers that come along and until when; no facts, no applicant, no signed paper before it has custody."""
    stored, person = offered(province)
    one, code = signed_in(person), stored.dossier.code
    before = client_of(province, one).get(f"/ho-so/{code}").text
    wrong = leaks(province, stored, one)
    seq = province.house.store.load(code).seq
    actor = somebody(province, stored.dossier, "tax_officer")
    accept(province.house, Offer(code, "determining_tax", actor, stored.dossier.version, None, "t"))
    after = client_of(province, one).get(f"/ho-so/{code}").text

    assert ([], stored.seq) == (wrong, seq)
    assert ("Giấy tờ kèm theo" in before, WHO["name"] in before, WHO["name"] in after) == (True, False, True)


def test_the_page_of_a_share_is_sound(
    browser: Browser, address: str, province: Site, signed_in: ENTER
) -> None:
    """axe-core finds nothing, nothing is wider than the window."""
    stored, person = offered(province)
    question, fire = consulted(province)

    assert CLEAN == look_at(
        browser, f"{address}/ho-so/{stored.dossier.code}", signed_in(person).storage_state
    )
    assert CLEAN == look_at(
        browser, f"{address}/ho-so/{question.dossier.code}", signed_in(fire).storage_state
    )
