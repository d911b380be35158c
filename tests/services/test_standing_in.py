"""Standing in for another: what mandates open on a dossier, what they do not, and what is recorded of a refusal."""

from datetime import timedelta
from json import loads
from typing import Any

import pytest
from paper_office import PRESS, opened, owing, rows
from world import LEAD, Office, actor_of

from audit.verify import Level
from motcua.services import papers
from motcua.services.auditing import verify_store
from motcua.services.delegating import DelegationRefused, Terms, acting, grant, revoke
from motcua.services.ports import Delegation
from motcua.services.presenting import actions_of
from motcua.services.standing_in import acting_as, openings, signable_for
from motcua.services.timeline import timeline
from motcua.services.transitions import Particulars, send
from states.errors import NotAuthorised
from states.term import parse_term

EXTEND = Particulars(reason="because", by=parse_term("working_days", "2"))


def given(office: Office, holder: str = "officer", **changes: Any) -> Delegation:
    """The head lets somebody act for them, from now on for a week."""
    terms: dict[str, Any] = {
        "document": "13/UQ",
        "agency": LEAD,
        "since": office.clock.at,
        "until": office.clock.at + timedelta(days=7),
    }
    return grant(office.house, Terms("head", holder, **{**terms, **changes}))


def opens(office: Office, code: str, person: str = "officer") -> dict[str, list[str]]:
    """By act, the papers by which somebody may do it for another."""
    stored = office.store.load(code)
    found = openings(office.house, stored, actor_of(person), actions_of(office.house, stored))
    return {act: [way["document"] for way in ways] for act, ways in found.items()}


def refusals(office: Office, person: str) -> list[str]:
    """What somebody was refused, by the record."""
    events = [loads(row.raw)["events"][0] for row in office.store.records(f"access:{person}")]
    return [event["action"] for event in events if event["kind"] == "access_denied"]


def test_a_mandate_opens_what_its_giver_may_do_while_it_counts() -> None:
    """Nothing before it is given, nothing to others, nothing after it is taken back."""
    office = Office()
    code = office.accepted()
    before = opens(office, code)
    made = given(office)
    during = opens(office, code)
    revoke(office.house, made.id, "head")

    assert ({}, {}) == (before, opens(office, code, "colleague"))
    assert ["13/UQ"] == during["extend"]
    assert {} == opens(office, code)


@pytest.mark.parametrize("scope", [{"actions": ("decide",)}, {"procedures": ("9.000002",)}], ids=str)
def test_a_mandate_opens_nothing_outside_its_scope(scope: dict[str, Any]) -> None:
    """Neither another act nor a dossier of another procedure."""
    office = Office()
    code = office.accepted()
    given(office, **scope)

    assert {} == opens(office, code)


def test_who_acted_before_is_not_offered_what_must_be_kept_apart() -> None:
    """The officer who appraised does not get the signature of the head by a mandate; somebody else does."""
    office = Office()
    code = office.accepted()
    for person in ("officer", "unit_head"):
        given(office, person)
    office.send(code, "appraise", "officer")
    office.send(code, "visit", "colleague")
    office.send(code, "answer", "firefighter")

    assert [False, True] == ["decide" in opens(office, code, person) for person in ("officer", "unit_head")]


def test_who_acts_by_the_number_of_a_mandate_is_told_in_the_life_of_the_dossier() -> None:
    """Both names and the number stand there; the trail is legal."""
    office = Office()
    code = office.accepted()
    given(office)
    with acting_as(office.house, actor_of("officer"), None, "13/UQ", "extend", code) as who:
        send(office.house, code, "extend", who, None, EXTEND)
    last = timeline(office.house, office.store.load(code))[0]

    assert ("officer", "head", "13/UQ") == (last["who"], last["on_behalf"], last["mandate"])
    assert () == verify_store(office.house, Level.LEGAL).findings


@pytest.mark.parametrize("mandate", ["13/UQ", "no such paper", "id"])
def test_what_a_mandate_does_not_allow_is_refused_and_recorded(mandate: str) -> None:
    """Taken back, or never given: the refusal stands in the stream of whoever tried."""
    office = Office()
    code = office.accepted()
    made = given(office)
    revoke(office.house, made.id, "head")
    named = made.id if mandate == "id" else mandate
    with (
        pytest.raises(DelegationRefused),
        acting_as(office.house, actor_of("officer"), None, named, "extend", code) as who,
    ):
        send(office.house, code, "extend", who, None, EXTEND)

    assert ["extend"] == refusals(office, "officer")


def test_a_number_that_two_mandates_in_force_bear_names_neither() -> None:
    """The refusal gives the ids to choose from."""
    office = Office()
    both = [given(office, until=office.clock.at + timedelta(days=days)).id for days in (6, 7)]
    with pytest.raises(DelegationRefused) as refused:
        acting(office.house, "officer", "13/UQ")

    assert [True, True] == [one in refused.value.message("en") for one in both]


def test_a_letter_is_signed_for_the_head_and_says_so() -> None:
    """Only the head signs it; whoever has their mandate may too, and the paper names both and the number."""
    office = owing()
    code = opened(office)
    office.extend(code)
    number = papers.draft(office.house, PRESS, code, "apology", actor_of("officer"))
    with pytest.raises(NotAuthorised):
        papers.sign(office.house, PRESS, code, number, actor_of("officer"))
    made = given(office)
    stored = office.store.load(code)
    offered = signable_for(office.house, PRESS, stored, actor_of("officer"))
    papers.sign(office.house, PRESS, code, number, acting(office.house, "officer", made.id))
    html = papers.show(office.house, PRESS, code, number).html.decode()
    [signature] = [row.signature for row in rows(office, code) if row.draft.form == "apology"]

    assert ["13/UQ"] == [way["document"] for way in offered[number]]
    assert "Người ký: officer<br>Thay head, theo ủy quyền số 13/UQ" in html
    assert signature is not None and "officer" == signature.officer
    assert () == verify_store(office.house, Level.LEGAL).findings


def test_a_mandate_that_names_its_acts_signs_no_papers() -> None:
    """It is for those acts alone."""
    office = owing()
    code = opened(office)
    office.extend(code)
    number = papers.draft(office.house, PRESS, code, "apology", actor_of("officer"))
    made = given(office, actions=("extend",))
    with pytest.raises(DelegationRefused):
        papers.sign(office.house, PRESS, code, number, acting(office.house, "officer", made.id))

    assert {} == signable_for(office.house, PRESS, office.store.load(code), actor_of("officer"))
