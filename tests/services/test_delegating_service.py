"""Acting by a mandate: within its time and scope, seen on the record, and not to get around separation of duties."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from threading import Barrier
from typing import Any, cast

import pytest
from world import FIRE, LEAD, START, Office, actor_of, pausing

from audit.verify import Level
from motcua.services.access import Doors, add_account, begin, recognise
from motcua.services.auditing import verify_store
from motcua.services.delegating import (
    DelegationRefused,
    Terms,
    UnfitDelegation,
    acting,
    grant,
    revoke,
    stand_ins,
)
from motcua.services.ports import Delegation
from motcua.services.publishing import SamePerson, approve, propose
from motcua.services.transitions import Particulars, send
from motcua.store.store import open_store
from states.commands import Actor, Mandate
from states.errors import NotAuthorised
from states.term import parse_term

EXTEND = Particulars(reason="because", by=parse_term("working_days", "2"))


def given(office: Office, holder: str = "officer", **changes: Any) -> Delegation:
    """The head lets somebody act for them, from now on for a week."""
    terms: dict[str, Any] = {
        "document": "15/UQ-UBND",
        "agency": LEAD,
        "since": office.clock.at,
        "until": office.clock.at + timedelta(days=7),
    }
    return grant(office.house, Terms("head", holder, **{**terms, **changes}))


def extend(office: Office, code: str, actor: Actor) -> None:
    """Promise a later day, which only the head may."""
    send(office.house, code, "extend", actor, None, EXTEND)


def test_an_act_by_a_mandate_says_who_acted_for_whom_and_by_which_paper() -> None:
    """It counts as the head's; without the mandate the same officer is refused; the trail is legal."""
    office = Office()
    code = office.accepted()
    with pytest.raises(NotAuthorised):
        extend(office, code, Actor("officer", "officer"))
    made = given(office)
    extend(office, code, acting(office.house, "officer", made.id))
    last = office.records(code)[-1]
    mandate = {"id": made.id, "document": "15/UQ-UBND"}

    assert ("officer", "head") == (last.actor, last.on_behalf)
    assert last.command is not None and mandate == last.command["mandate"]
    assert ["authority_used"] == [e["kind"] for e in last.events if e["kind"] == "authority_used"]
    assert [made] == stand_ins(office.house, "officer")
    assert () == verify_store(office.house, Level.LEGAL).findings


def test_two_at_the_same_moment_give_a_mandate_once(database_url: str) -> None:
    """Side by side, each on a connection of its own: both get the one that stands, with one record."""
    with open_store(database_url) as store:
        office = Office(cast(Any, store))
        terms = Terms("head", "officer", "15/UQ", LEAD, START, START + timedelta(days=7))
        together = Barrier(2)

        def give(_: int) -> str:
            with open_store(database_url) as own:
                house = replace(office.house, store=own)
                together.wait(30)
                return grant(house, terms).id

        with ThreadPoolExecutor(2) as pool:
            made = set(pool.map(give, range(2)))

        assert [list(made), [1]] == [
            [one.id for one in store.delegations()],
            [row.seq for row in store.records("access:head")],
        ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"since": START + timedelta(hours=1)}, "not in force", id="not-yet"),
        pytest.param({"until": START + timedelta(minutes=30)}, "not in force", id="over-since-this-second"),
        pytest.param({"procedures": ("9.000002",)}, "not for this procedure", id="another-procedure"),
        pytest.param({"actions": ("sign",)}, "not for this act", id="another-act"),
    ],
)
def test_a_mandate_counts_within_its_time_and_scope_only(changes: dict[str, Any], reason: str) -> None:
    """S90: at the instant of its end it is over."""
    office = Office()
    code = office.accepted()
    actor = acting(office.house, "officer", given(office, **changes).id)
    office.pass_time(minutes=30)
    with pytest.raises(DelegationRefused) as refused:
        extend(office, code, actor)

    assert reason in refused.value.message("en")


def test_a_mandate_that_was_taken_back_counts_no_more_and_a_forged_one_never() -> None:
    """Neither for who had it, nor for somebody else; and it cannot be taken back twice."""
    office = Office()
    code = office.accepted()
    made = given(office)
    actor = acting(office.house, "officer", made.id)
    forged = [
        replace(actor, person="counter"),
        replace(actor, on_behalf="chairman"),
        replace(actor, mandate=Mandate(made.id, "16/UQ")),
        replace(actor, mandate=Mandate("none", "15/UQ-UBND")),
    ]
    revoke(office.house, made.id, "head")
    for one in (actor, *forged):
        with pytest.raises(DelegationRefused):
            extend(office, code, one)
    with pytest.raises(DelegationRefused):
        revoke(office.house, made.id)
    with pytest.raises(NotAuthorised):
        extend(office, code, Actor("officer", "officer", on_behalf="head"))


def test_authority_is_not_given_to_oneself_nor_passed_on_nor_without_a_paper() -> None:
    """S90: who got it cannot give it; nobody without a post can; a period has a length and is not over."""
    office = Office()
    made = given(office)
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        ("head", "head", {}),
        ("officer", "colleague", {"agency": FIRE}),
        ("head", "stranger", {}),
        ("stranger", "officer", {}),
        ("head", "officer", {"document": "  "}),
        ("head", "officer", {"until": office.clock.at}),
        ("head", "officer", {"since": START - timedelta(days=9), "until": START - timedelta(days=1)}),
    ]
    terms: dict[str, Any] = {"document": "1", "agency": LEAD, "since": made.since, "until": made.until}
    for grantor, holder, changes in wrong:
        with pytest.raises(UnfitDelegation):
            grant(office.house, Terms(grantor, holder, **{**terms, **changes}))
    own = grant(office.house, Terms("officer", "counter", **terms))
    code = office.accepted()

    with pytest.raises(DelegationRefused):
        acting(office.house, "counter", made.id)
    with pytest.raises(NotAuthorised):
        extend(office, code, acting(office.house, "counter", own.id))


def checked(office: Office, code: str) -> None:
    """Let both checks be done, so that the head may sign."""
    office.send(code, "visit", "colleague")
    office.send(code, "answer", "firefighter")


def decide(office: Office, code: str, actor: Actor) -> Mapping[str, tuple[str, ...]]:
    """Sign; return who acted in which role."""
    return send(office.house, code, "decide", actor, None, Particulars()).dossier.acted


def test_who_appraised_cannot_sign_by_a_mandate() -> None:
    """Their own hand lies on the dossier already; somebody else may, and then both count as having signed."""
    office = Office()
    code = office.accepted()
    office.send(code, "appraise", "officer")
    checked(office, code)
    barred = [acting(office.house, who, given(office, who).id) for who in ("officer", "colleague")]
    for actor in barred:
        with pytest.raises(NotAuthorised) as refused:
            decide(office, code, actor)
        assert "acted as officer" in refused.value.message("en")
    acted = decide(office, code, acting(office.house, "unit_head", given(office, "unit_head").id))

    assert ("unit_head", "head") == acted["leader"]
    assert () == verify_store(office.house, Level.LEGAL).findings


def test_who_let_another_appraise_cannot_sign_what_was_appraised() -> None:
    """Nor can who appraised by a mandate: the paper does not make two people of one, nor one of two."""
    office = Office()
    terms: dict[str, Any] = {
        "document": "2/UQ",
        "agency": LEAD,
        "since": START,
        "until": START + timedelta(9),
    }
    mandate = grant(office.house, Terms("officer", "head", **terms))
    code = office.accepted()
    send(office.house, code, "appraise", acting(office.house, "head", mandate.id), None, Particulars())
    checked(office, code)
    with pytest.raises(NotAuthorised):
        decide(office, code, actor_of("head"))

    assert {"officer", "head", "colleague"} == set(office.store.load(code).dossier.acted["officer"])


def test_one_person_with_two_accounts_is_one_person() -> None:
    """S91: accounts name the person, so who proposed by one of them cannot approve by the other."""
    office = Office()
    numbers = count(1)
    house = replace(office.house, new_salt=lambda: next(numbers).to_bytes(32, "big"))
    doors = Doors({}, timedelta(minutes=15), timedelta(hours=8))
    visitors = []
    for login in ("an", "an.2"):
        account = add_account(house, login, "p1", "An", duties=("designer",))
        visitors.append(recognise(house, doors, begin(house, doors, account, START).token, START))
    first, second = (one.person for one in visitors if one is not None)
    changed = replace(pausing(), version="2.0.0")
    proposal = propose(house, changed, b"", first)

    assert ("an", "an.2") == tuple(one.login for one in visitors if one is not None)
    with pytest.raises(SamePerson):
        approve(house, proposal.digest, second)
