"""Parent and child on every store: opened once, heard once, lost never, wherever the process dies."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from families import Household
from group_examples import FIRST, SECOND
from stores import KINDS, each_store
from troubled import Crash, CrashingStore
from world import FIRE, LEAD

from audit.record import from_raw
from motcua.services.auditing import replay_all, verify_store
from motcua.services.kinship import serve, serves
from motcua.services.notices import notices_of
from motcua.services.ports import Notice, Store
from states.dossier import Dossier
from states.errors import TransitionRefused
from states.events import Event, event_from_wire
from states.kin import Kin

store = pytest.fixture(params=KINDS, name="store")(each_store)
STEPS = 8
"""Hearing of a result, opening two components, taking note of both, and a confirmation of each message."""


@pytest.fixture(name="house")
def household(store: Store) -> Iterator[Household]:
    """A group that was submitted, in an office that may crash."""
    yield Household(CrashingStore(store))


def family_of(house: Household) -> list[Dossier]:
    """Every dossier that names the group as its parent."""
    dossiers = (stored.dossier for stored in house.office.store.iterate())
    return [dossier for dossier in dossiers if dossier.parent and dossier.parent.dossier == house.code]


@dataclass(frozen=True)
class Done:
    """What a record says happened."""

    events: tuple[Event, ...]


def effects(house: Household) -> list[Notice]:
    """Every effect between dossiers that the records of all dossiers ever owed."""
    found: list[Notice] = []
    for stored in house.office.store.iterate():
        rows = house.office.store.records(f"dossier:{stored.id}")
        steps = [Done(tuple(map(event_from_wire, from_raw(row.raw).events))) for row in rows]
        world = house.office.house.worlds.of(stored.dossier.cfg)
        found += notices_of(world, stored.id, stored.dossier, rows, steps)
    return [notice for notice in found if serves(notice.template)]


def sound(house: Household) -> None:
    """The trail verifies, parent and child agree, and every dossier replays."""
    assert () == verify_store(house.office.house).findings
    assert {} == replay_all(house.office.house).different


def test_a_component_is_a_dossier_of_its_own(house: Household) -> None:
    """With its own code, agency and papers, the values of the applicant under new salts, and its parent's name."""
    house.accept()
    house.relay()
    birth = house.child("birth")
    told = (birth.dossier.procedure, birth.dossier.agency, birth.dossier.documents, birth.dossier.parent)
    assert (FIRST, LEAD, ("form",), Kin(house.code, "birth")) == told
    values = house.office.store.personal(birth.id)
    assert [("applicant.full_name", "Nguyễn Văn A")] == [(v.field, json.loads(v.value)) for v in values]
    assert not any("Nguyễn" in raw for raw in house.office.raws(birth.dossier.code))


def test_a_family_lives_and_ends_together(house: Household) -> None:
    """A result opens the next two with it, each ends by itself, the group last; everything verifies."""
    house.finish()
    home = house.child("home").dossier
    assert (SECOND, FIRE, ("form", "certificate")) == (home.procedure, home.agency, home.documents)
    assert home.parent is not None
    assert {"certificate": house.child("birth").dossier.code} == home.parent.results
    assert house.parent.dossier.ended
    assert {"birth", "home", "card"} == set(house.parent.dossier.children)
    assert all(child.ended for child in family_of(house))
    sound(house)


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_crash_anywhere_opens_each_child_once(house: Household, where: str) -> None:
    """The process dies before or after each write on the way of an order and of a result; it heals by itself."""
    for number in range(STEPS):
        house.submit()
        house.accept()
        house.relay()
        house.office.send(house.child("birth").dossier.code, "accept", "head", facts={})
        house.office.send(house.child("birth").dossier.code, "grant", "head", facts={})
        setattr(house.office.store, where, number)
        with pytest.raises(Crash):
            house.relay()
        setattr(house.office.store, where, None)
        house.office.pass_time(hours=1)
        house.relay()
        assert ["birth", "card", "home"] == sorted(c.parent.component for c in family_of(house) if c.parent)
        assert {"open"} == {child.status for child in house.parent.dossier.children.values()}
        assert "granted" == house.parent.dossier.facts["birth_outcome"]
    sound(house)


def test_a_message_that_comes_twice_is_heard_once(house: Household) -> None:
    """Everything is delivered again from the start, and nothing changes."""
    house.finish()
    before = [stored.seq for stored in house.office.store.iterate()]
    for notice in effects(house):
        serve(house.office.house, notice)
    assert before == [stored.seq for stored in house.office.store.iterate()]


def test_a_withdrawn_group_ends_after_its_components(house: Household) -> None:
    """The open one is recalled by a message and ends, then the group does."""
    house.accept()
    house.relay()
    house.office.send(house.code, "withdraw", None)
    assert not house.parent.dossier.ended
    house.relay()
    assert ("withdrawn", True) == (house.child("birth").dossier.outcome, house.child("birth").dossier.ended)
    assert ("withdrawn", True) == (house.parent.dossier.outcome, house.parent.dossier.ended)
    sound(house)


def test_what_was_decided_is_not_recalled(house: Household) -> None:
    """A component past its decision goes its way, and the group waits for it."""
    house.accept()
    house.relay()
    house.office.send(house.child("birth").dossier.code, "accept", "head", facts={})
    house.office.send(house.child("birth").dossier.code, "grant", "head", facts={})
    house.office.send(house.code, "withdraw", None)
    house.relay()
    assert ("recalling",) == house.parent.dossier.states
    house.decide("birth", "hand_over")
    assert house.parent.dossier.ended
    sound(house)


def test_a_parent_does_not_forget_an_open_child(house: Household) -> None:
    """It is refused by the name and the code of the child."""
    house.accept()
    house.relay()
    with pytest.raises(TransitionRefused, match=house.child("birth").dossier.code):
        house.office.send(house.code, "refuse", "head")
