"""A client system as an actor: a position in its own name, kept apart like a person, judged again by the auditor."""

import json

import pytest
from desk import Desk, accepted, signing
from world import FIRE, LEAD, Office

from audit.canonical import canonical
from audit.legality import check
from audit.record import Cause, from_raw
from motcua.services.clients import (
    ACT,
    CALENDAR,
    READ,
    ClientNotFound,
    Terms,
    UnfitClient,
    add_client,
    disable_client,
    listed_clients,
    recognise_client,
)
from motcua.services.connected import move
from motcua.services.transitions import Particulars
from states.commands import CLIENT, Actor
from states.directory import AgencyNotFound
from states.errors import DomainError, NotAuthorised

NAME = "client:his"


def system(position: str | None, agency: str = LEAD) -> Actor:
    """The system in a position of an agency."""
    return Actor(CLIENT, NAME, agency, position)


def test_a_system_acts_in_its_position_and_agency_only() -> None:
    """Any other position, none, or the same one elsewhere is refused, though no directory knows any of them."""
    for actor in (system("officer"), system(None), system("one_stop_officer", FIRE)):
        with pytest.raises(NotAuthorised):
            Desk().open().fire("accept", actor)

    assert ("appraising",) == Desk().open().fire("accept", system("one_stop_officer")).dossier.states


def test_a_system_that_acted_in_one_role_does_not_act_in_another_that_is_kept_apart() -> None:
    """Four eyes: who appraised does not decide, also where the same system has both positions."""
    desk = (
        accepted().fire("appraise", system("officer")).fire("visit", "officer").fire("answer", "firefighter")
    )
    with pytest.raises(NotAuthorised) as refused:
        desk.fire("decide", system("head"))

    assert ("decide", NAME) == (refused.value.facts["action"], refused.value.facts["actor"])
    assert signing().fire("decide", system("head")).dossier.outcome is not None


def test_the_auditor_judges_what_a_system_did_by_its_recorded_position() -> None:
    """A true record is legal; one in which the position, or the kind of actor, was changed afterwards is not."""
    office = Office()
    code = office.open()
    caller = recognise_client(
        office.house,
        add_client(office.house, Terms("his", "BV", (LEAD,), ("one_stop_officer",), (READ, ACT)))[1],
    )
    assert caller is not None
    stored = move(office.house, caller, code, "accept", None, Particulars({"fee_paid": True}), "key")
    records = [json.loads(raw) for raw in office.raws(code)]
    other = [{**records[1], **change} for change in ({"position": "officer"}, {"cause": "officer"})]
    found = [
        [
            finding.code
            for finding in check([from_raw(canonical(each)) for each in (records[0], last)], office.rules)
        ]
        for last in (records[1], *other)
    ]

    assert (Cause.CLIENT, NAME, 2) == (records[1]["cause"], records[1]["actor"], stored.dossier.version)
    assert [[], ["role"], ["role"]] == found


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        (Terms("H", "x", (LEAD,)), UnfitClient),
        (Terms("his", " ", (LEAD,)), UnfitClient),
        (Terms("his", "x", ()), UnfitClient),
        (Terms("his", "x", ("H00",)), AgencyNotFound),
        (Terms("his", "x", (LEAD,), ("king",)), UnfitClient),
        (Terms("his", "x", (LEAD,), (), ("all",)), UnfitClient),
        (Terms("his", "x", (LEAD,), (), ()), UnfitClient),
        (Terms("his", "x", (LEAD,), (), (READ, CALENDAR)), UnfitClient),
    ],
)
def test_a_client_system_that_makes_no_sense_is_not_made(terms: Terms, error: type[DomainError]) -> None:
    """No record of it, and none in the list."""
    office = Office()
    with pytest.raises(error):
        add_client(office.house, terms)
    assert [] == listed_clients(office.house)


def test_a_token_is_stored_nowhere_and_opens_nothing_once_its_system_is_closed() -> None:
    """What is kept is a hash of it; a second closing finds none."""
    office = Office()
    _, token = add_client(office.house, Terms("his", "BV", (LEAD,)), by="admin")
    assert recognise_client(office.house, token) is not None
    assert token not in str(office.store.clients()) + str(list(office.store.all_records()))
    disable_client(office.house, "his")
    assert None is recognise_client(office.house, token)
    with pytest.raises(ClientNotFound):
        disable_client(office.house, "his")
