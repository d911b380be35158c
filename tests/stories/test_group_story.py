"""A child is born, handed in at one commune and registered at another: one submission, four dossiers, one trail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shipped_province import (
    BIRTH,
    HERE,
    THERE,
    Province,
    birth,
    shipped_province,
)

from motcua.services.families import tree
from motcua.services.reports import standing
from states.errors import TransitionRefused


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    """Everything that ships, in force."""
    with shipped_province(tmp_path) as lent:
        yield lent


def test_birth_then_residence_and_card_in_parallel(province: Province) -> None:
    """Each component has the code of its agency, its own clock, and takes the result of the one before."""
    code = birth(province)
    [first] = province.children(code).values()
    assert (HERE, THERE) == (code.rpartition("-")[0][:9], first[:9])
    province.after(minutes=30)
    assert "legal" not in province.house.store.load(first).dossier.clocks
    province.act(first, "accept")
    assert "legal" in province.house.store.load(first).dossier.clocks
    province.act(first, "register_birth", facts={"born_known": True})
    opened = province.children(code)
    assert {"birth", "residence", "health"} == set(opened)
    home = province.house.store.load(opened["residence"]).dossier
    assert ("H99.06.05", ("giay_khai_sinh",)) == (home.agency, home.documents)
    assert home.parent is not None and {"giay_khai_sinh": first} == home.parent.results
    assert home.places is not None and HERE == home.places.received
    for component in ("health", "residence"):
        province.act(opened[component], "accept")
        province.after(hours=3)
        province.act(opened[component], "grant")
    assert ("result_ready",) == province.house.store.load(code).dossier.states
    with pytest.raises(TransitionRefused, match=first):
        province.act(code, "hand_over")
    province.act(first, "hand_over")
    assert province.act(code, "hand_over").dossier.ended
    province.sound()


def test_a_withdrawn_group_takes_along_a_component_that_is_being_verified(province: Province) -> None:
    """Wherever an undecided component stands, it ends with its group, and the group after it."""
    code = birth(province)
    [first] = province.children(code).values()
    province.act(first, "accept")
    province.act(first, "register_birth", facts={"born_known": True})
    province.act(first, "hand_over")
    home = province.children(code)["residence"]
    province.act(home, "accept")
    province.act(home, "verify_residence", reason="to be seen")
    province.act(code, "withdraw_all")
    ended = {
        name: province.house.store.load(child).dossier for name, child in province.children(code).items()
    }
    assert {"birth": "granted", "residence": "withdrawn", "health": "withdrawn"} == {
        name: dossier.outcome for name, dossier in ended.items()
    }
    assert {True} == {dossier.ended for dossier in (*ended.values(), province.house.store.load(code).dossier)}
    province.sound()


def test_a_submission_is_counted_once(province: Province) -> None:
    """Whatever it became: the components are counted apart, each at its own agency."""
    code = birth(province)
    province.act(province.children(code)["birth"], "accept")
    sums = standing(province.house)
    assert sums.components is not None
    assert (1, 1) == (sums.dossiers, sums.components.dossiers)
    assert ({HERE}, {THERE}) == (set(sums.agencies), set(sums.components.agencies))


def test_the_tree_shows_the_whole_from_any_part(province: Province) -> None:
    """What is open, and what has not been its turn yet."""
    code = birth(province)
    found = tree(province.house, province.children(code)["birth"])
    shown = [(child["component"], child["status"]) for child in found["children"]]
    assert [("birth", "open"), ("residence", "later"), ("health", "later"), ("card", "later")] == shown
    assert (code, BIRTH) == (found["code"], found["procedure"])
