"""Mandates by page: of one's own authority, or entered by an administrator from a paper; refused and taken back."""

from collections.abc import Callable
from json import loads
from typing import Any

import pytest
from browsing import CLEAN, look_at
from playwright.sync_api import Browser
from web_province import SignedIn, client_of

from motcua.services.identity import calendar_of_province
from motcua.web.site import Site
from states.agency import Post

ENTER = Callable[[str], SignedIn]
PAPERS, OWN = "/quan-tri/uy-quyen", "/toi/uy-quyen"


def pair(site: Site) -> tuple[Post, Post]:
    """The head of an agency and somebody else who holds a post there."""
    posts = site.house.worlds.directory.posts
    head = next(post for post in posts if post.position == "head")
    other = next(post for post in posts if post.agency == head.agency and post.officer != head.officer)
    return head, other


def form(site: Site, who: SignedIn, **changes: Any) -> dict[str, Any]:
    """What somebody types: the head lets the other act for them in August of the next year."""
    head, other = pair(site)
    year = calendar_of_province(site.house).local_date(site.house.now()).year + 1
    return {
        "csrf": who.csrf,
        "grantor": head.officer,
        "holder": other.officer,
        "document": "15/UQ-UBND",
        "agency": head.agency,
        "since": f"{year}-08-03T07:00",
        "until": f"{year}-08-10T17:00",
        **changes,
    }


def denied(site: Site, person: str) -> int:
    """How often a person was refused, by the record."""
    return sum(
        loads(entry.raw)["events"][0]["kind"] == "access_denied"
        for entry in site.house.store.records(f"access:{person}")
    )


def test_an_administrator_enters_what_a_signed_paper_gives(province: Site, signed_in: ENTER) -> None:
    """With its scope; who gave it, who entered it and by which paper is a record of the giver's."""
    admin = signed_in("admin")
    client = client_of(province, admin)
    code = next(one.code for one in province.house.store.versions() if one.approved_at is not None)
    answer = client.post(PAPERS, data=form(province, admin, procedures=code))
    [made] = province.house.store.delegations()
    last = loads(province.house.store.records(f"access:{made.grantor}")[-1].raw)

    assert (303, (code,)) == (answer.status_code, made.procedures)
    assert ("delegation_granted", "15/UQ-UBND", admin.person) == (
        last["events"][0]["kind"],
        last["events"][0]["document"],
        last["actor"],
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"document": " "},
        {"until": "2020-01-01T00:00"},
        {"since": "x"},
        {"holder": "nobody"},
        {"grantor": "nobody"},
        {"procedures": "9.999999"},
        {"actions": "dance"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_mandate_that_cannot_be_is_refused_with_what_was_typed(
    province: Site, signed_in: ENTER, wrong: dict[str, str]
) -> None:
    """Nothing is given, the page says why, and the refusal is recorded."""
    admin = signed_in("admin")
    typed = form(province, admin, **wrong)
    answer = client_of(province, admin).post(PAPERS, data=typed)

    assert (422, 1, True) == (
        answer.status_code,
        denied(province, admin.person),
        f'value="{typed["holder"]}"' in answer.text,
    )
    assert [] == province.house.store.delegations()


def test_whoever_holds_a_post_gives_their_own_authority_and_no_other(
    province: Site, signed_in: ENTER
) -> None:
    """A name of another giver in the form counts for nothing; in an agency of others it is refused."""
    head, other = pair(province)
    theirs = signed_in(other.officer)
    client = client_of(province, theirs)
    given = client.post(OWN, data=form(province, theirs, holder=head.officer))
    strange = next(
        post.agency for post in province.house.worlds.directory.posts if post.agency != head.agency
    )
    refused = client.post(OWN, data=form(province, theirs, holder=head.officer, agency=strange))

    assert [303, 422] == [given.status_code, refused.status_code]
    assert [other.officer] == [made.grantor for made in province.house.store.delegations()]


def test_a_mandate_is_taken_back_by_its_giver_and_not_by_its_holder(province: Site, signed_in: ENTER) -> None:
    """The holder gets 403, which is recorded; the giver takes it back."""
    head, other = pair(province)
    giver, holder = signed_in(head.officer), signed_in(other.officer)
    client_of(province, giver).post(OWN, data=form(province, giver))
    [made] = province.house.store.delegations()
    answers = [
        client_of(province, who)
        .post(f"{OWN}/thu-hoi", data={"csrf": who.csrf, "mandate": made.id})
        .status_code
        for who in (holder, giver)
    ]

    assert ([403, 303], 1) == (answers, denied(province, other.officer))
    [after] = province.house.store.delegations()
    assert after.revoked_at is not None


def test_an_auditor_gives_no_mandate(province: Site, signed_in: ENTER) -> None:
    """An auditor only reads, whatever posts they hold."""
    auditor = signed_in("auditor")
    answer = client_of(province, auditor).post(OWN, data=form(province, auditor))
    assert (403, []) == (answer.status_code, province.house.store.delegations())


def test_ones_own_mandates_are_sound_in_both_themes_and_widths(
    province: Site, address: str, browser: Browser, signed_in: ENTER
) -> None:
    """With a mandate given and the form for another."""
    head, _ = pair(province)
    giver = signed_in(head.officer)
    client_of(province, giver).post(OWN, data=form(province, giver))
    assert CLEAN == look_at(browser, f"{address}{OWN}", giver.storage_state)
