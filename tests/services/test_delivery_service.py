"""How the applicant gets the result: chosen until it is given out, the address behind a commitment."""

import json
from dataclasses import replace

import pytest
from world import Office

from audit.verify import Level
from motcua.services.auditing import verify_store
from motcua.services.delivering import ADDRESS, AddressMissing, Delivery, WayNotChosen, choose, chosen
from motcua.services.ports import CitizensDesk, PostedResult
from states.commands import APPLICANT_ACTOR, Actor, ChooseDelivery
from states.delivering import DeliveryRefused
from states.errors import NotAuthorised
from states.machine import decide

HOME = Delivery("post", " Nguyễn Thị  Lan ", "12 Lê Lợi, phường An Hòa", "0900000000")


def desk_of(office: Office, code: str) -> CitizensDesk:
    """A desk at which results of a dossier's procedure go by post."""
    procedure = office.store.load(code).dossier.procedure
    return CitizensDesk(by_post=(PostedResult(procedure, "invented", False),))


def test_the_last_choice_counts_and_the_address_is_a_commitment() -> None:
    """Chosen again with the same key it is done once; the trail holds no address and is legal."""
    office = Office()
    code = office.accepted()
    for key in ("first-choice-1", "first-choice-1"):
        choose(office.house, desk_of(office, code), office.store.load(code), HOME, key)
    there = chosen(office.house, office.store.load(code))
    choose(office.house, desk_of(office, code), office.store.load(code), replace(HOME, address="5 Trần Phú"))
    moved = chosen(office.house, office.store.load(code))
    choose(office.house, desk_of(office, code), office.store.load(code), Delivery("counter"))
    back = chosen(office.house, office.store.load(code))
    raws = [json.loads(raw) for raw in office.raws(code)]
    made = [raw for raw in raws if raw["events"][0]["kind"] == "delivery_chosen"]

    told = {"receiver": "Nguyễn Thị Lan", "address": "12 Lê Lợi, phường An Hòa", "phone": "0900000000"}
    assert ("post", told, True) == (there["way"], there["to"], there["open"])
    assert ("5 Trần Phú", "counter", None) == (moved["to"]["address"], back["way"], back["to"])
    assert [[ADDRESS], [ADDRESS], []] == [list(raw["command"].get("commitments", {})) for raw in made]
    assert all("Lê Lợi" not in raw and "0900000000" not in raw for raw in office.raws(code))
    assert [] == list(verify_store(office.house, Level.LEGAL).findings)


def test_the_post_is_refused_where_no_law_is_named_for_it() -> None:
    """The counter is always possible."""
    office = Office()
    code = office.accepted()
    with pytest.raises(DeliveryRefused):
        choose(office.house, CitizensDesk(), office.store.load(code), HOME)
    choose(office.house, CitizensDesk(), office.store.load(code), Delivery("counter"))
    assert "counter" == office.store.load(code).dossier.delivery


def test_after_the_end_nothing_is_chosen() -> None:
    """The result was given out, or there is none."""
    office = Office()
    code = office.accepted()
    office.send(code, "withdraw", None)
    with pytest.raises(DeliveryRefused):
        choose(office.house, desk_of(office, code), office.store.load(code), HOME)
    assert chosen(office.house, office.store.load(code))["open"] is False


@pytest.mark.parametrize("field", ["receiver", "address", "phone"])
@pytest.mark.parametrize("text", [" ", "x" * 301, "a\x00b"], ids=["empty", "long", "unprintable"])
def test_the_post_needs_all_of_the_address(field: str, text: str) -> None:
    """Nothing is recorded without it."""
    office = Office()
    code = office.accepted()
    with pytest.raises(AddressMissing):
        choose(office.house, desk_of(office, code), office.store.load(code), replace(HOME, **{field: text}))
    assert office.store.load(code).dossier.delivery is None


def test_a_way_that_is_none_is_refused() -> None:
    """By the service, and by the decision itself."""
    office = Office()
    stored = office.store.load(office.accepted())
    with pytest.raises(WayNotChosen):
        choose(office.house, CitizensDesk(), stored, Delivery("pigeon"))
    world = office.house.worlds.of(stored.dossier.cfg)
    with pytest.raises(DeliveryRefused):
        decide(world, stored.dossier, ChooseDelivery("pigeon", APPLICANT_ACTOR), office.clock.at)
    with pytest.raises(NotAuthorised):
        decide(world, stored.dossier, ChooseDelivery("post", Actor("officer", "counter")), office.clock.at)
