"""Papers signed on the page of a dossier: once, on the version that was seen, by whoever may, never a second time."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from browsing import CLEAN, look_at
from on_the_way import on_the_way
from people import holder
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services import papers
from motcua.services.access import add_account, begin
from motcua.services.identity import officer
from motcua.services.papers.finding import series
from motcua.services.transitions import Particulars, send
from motcua.web.site import Site
from motcua.web.visitors import COOKIE, csrf_of
from states.term import parse_term

ENTER = Callable[[str], SignedIn]
HOUSEHOLD = "1.001612"


@dataclass(frozen=True)
class Letter:
    """A letter of apology that waits for a signature.

    Attributes:
        version: Of its dossier, as a page shows it.
        head: Who may sign it.
        others: An officer and a leader of the same agency, who may not.
    """

    site: Site
    code: str
    number: str
    version: int
    seq: int
    head: str
    others: tuple[str, str]

    def press(self, who: SignedIn, **changed: object) -> tuple[int, str]:
        """Send the form of the page; returns the status, and the answer in words."""
        given = {"csrf": who.csrf, "so": self.number, "version": self.version, **changed}
        answer = client_of(self.site, who).post(f"/ho-so/{self.code}/giay-to/ky", data=given)
        return answer.status_code, answer.text

    @property
    def now(self) -> tuple[str | None, int]:
        """Who signed it, and how many records came since it was drafted."""
        stored = self.site.house.store.load(self.code)
        [row] = [
            row
            for row in self.site.house.store.papers(stored.id)
            if series(self.site.press, row.draft) == self.number
        ]
        signed = row.signature
        return None if signed is None else signed.officer, stored.seq - self.seq


@pytest.fixture
def letter(province: Site) -> Letter:
    """A dossier whose term was extended, with the draft of the letter that says so."""
    house = province.house
    code = on_the_way(province, HOUSEHOLD, "accept", fee_paid=True).dossier.code
    leader, worker, head = (holder(province, code, post) for post in ("unit_head", "officer", "head"))
    by = parse_term("working_days", "2")
    send(house, code, "extend", officer(house, leader), None, Particulars({}, (), "Thiếu nhân lực", by))
    number = papers.draft(house, province.press, code, "apology", officer(house, leader))
    stored = house.store.load(code)
    return Letter(province, code, number, stored.dossier.version, stored.seq, head, (worker, leader))


def test_a_form_that_is_sent_twice_signs_once(letter: Letter, signed_in: ENTER) -> None:
    """The second press is answered like the first, and writes nothing."""
    who = signed_in(letter.head)
    before = letter.now
    pressed = [letter.press(who)[0] for _ in range(2)]
    page = client_of(letter.site, who).get(f"/ho-so/{letter.code}").text

    assert ((None, 0), [303, 303], (letter.head, 1)) == (before, pressed, letter.now)
    assert "/giay-to/ky" not in page


def test_a_page_with_a_draft_to_sign_is_sound(
    browser: Browser, address: str, letter: Letter, signed_in: ENTER
) -> None:
    """In both themes and widths, for whoever may sign."""
    assert CLEAN == look_at(browser, f"{address}/ho-so/{letter.code}", signed_in(letter.head).storage_state)


def test_a_page_that_was_overtaken_signs_nothing(letter: Letter, signed_in: ENTER) -> None:
    """The answer is 409, says why, and offers the form anew, of the version that is there now."""
    who = signed_in(letter.head)
    status, said = letter.press(who, version=letter.version - 1)
    offered = re.findall(r'giay-to/ky">.*?name="version" value="(\d+)"', said)

    assert (409, (None, 0)) == (status, letter.now)
    assert ("phiên bản" in said, [str(letter.version)]) == (True, offered)
    assert (303, (letter.head, 1)) == (letter.press(who, version=offered[0])[0], letter.now)


def test_whoever_may_not_sign_signs_nothing(letter: Letter, signed_in: ENTER) -> None:
    """An officer and a leader of the agency hold another position: 403, and why; for a stranger it is not there."""
    posts = letter.site.house.worlds.directory.posts
    agency = letter.site.house.store.load(letter.code).dossier.agency
    stranger = next(
        post.officer
        for post in posts
        if post.position == "head" and post.agency != agency and post.agency.startswith("H99.4")
    )
    answers = [letter.press(signed_in(who)) for who in (*letter.others, stranger)]
    offered = ["/giay-to/ky" in said for _, said in answers]

    assert ([403, 403, 404], (None, 0)) == ([status for status, _ in answers], letter.now)
    assert [False] * 3 == offered
    assert [letter.number in said for _, said in answers] == [True, True, False]


def audits(site: Site, person: str) -> SignedIn:
    """An account with the duty of an auditor, of somebody who holds a post as well."""
    made = add_account(site.house, f"kiem.{person}", person, "Kiểm toán", duties=("auditor",))
    token = begin(site.house, site.doors, made, site.wall.now()).token
    return SignedIn(person, {COOKIE: token}, None, csrf_of(token))


def test_the_account_of_an_auditor_signs_and_moves_nothing(letter: Letter) -> None:
    """Even where the person holds the post that may: such an account reads, is offered nothing, and does nothing."""
    head, leader = (audits(letter.site, person) for person in (letter.head, letter.others[1]))
    pages = [client_of(letter.site, who).get(f"/ho-so/{letter.code}") for who in (head, leader)]
    stop = {"csrf": leader.csrf, "key": "k", "version": letter.version, "reason": "Thủ tục bị bãi bỏ"}
    moved = client_of(letter.site, leader).post(f"/ho-so/{letter.code}/stop", data=stop)

    assert [(200, False)] * 2 == [
        (page.status_code, f'action="/ho-so/{letter.code}' in page.text) for page in pages
    ]
    assert (403, 403, (None, 0)) == (letter.press(head)[0], moved.status_code, letter.now)


def test_what_somebody_else_has_signed_stays_theirs(letter: Letter, signed_in: ENTER) -> None:
    """Another press, of a page that is not old, is a conflict that names who signed; the paper stays as it was."""
    letter.press(signed_in(letter.head))
    signed, version = letter.now, letter.site.house.store.load(letter.code).dossier.version
    status, said = letter.press(signed_in(letter.others[1]), version=version)

    assert (409, True, signed) == (status, letter.head in said, letter.now)


def test_what_is_no_paper_of_the_dossier_is_not_signed(letter: Letter, signed_in: ENTER) -> None:
    """An unknown number is not there; a version that is none is a fault of the form."""
    who = signed_in(letter.head)

    assert [404, 422, 422] == [
        letter.press(who, **changed)[0]
        for changed in ({"so": "999/XL-2026"}, {"version": "new"}, {"version": "9" * 5000})
    ]
    assert (None, 0) == letter.now


def test_a_paper_is_kept_nowhere_on_the_way(letter: Letter, signed_in: ENTER) -> None:
    """As PDF and as HTML: it is personal, for no cache between."""
    client, there = client_of(letter.site, signed_in(letter.head)), f"/ho-so/{letter.code}/giay-to"
    answers = [client.get(there, params={"so": letter.number, "dang": kind}) for kind in ("pdf", "html")]

    assert [(200, "private, no-store")] * 2 == [
        (each.status_code, each.headers["cache-control"]) for each in answers
    ]
