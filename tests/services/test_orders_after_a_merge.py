"""A mass order that names an agency by its former code reaches the dossiers that came from it, wherever they are."""

from dataclasses import replace
from typing import Any

import pytest
from fakes import MemoryStore
from merging import MERGED, OTHER, Communes, merger
from ordered_house import BACK, STORM, all_times, sound, told
from test_mandates_after_a_merge import NORTH, SOUTH, parted
from world import LEAD, RESTARTING

from motcua.services.ordering import carry_out
from motcua.services.reorganising import take_effect
from states.order import OrderFilter
from states.reorganisation import ChangeKind, RegistryChange, Share


def after(change: RegistryChange) -> Communes:
    """Dossiers of both communes, after a change took effect."""
    communes = Communes(MemoryStore(), 16)
    communes.review(change)
    communes.until_the_day()
    [effected] = take_effect(communes.house)
    assert {} == effected.failed
    return communes


def reached(communes: Communes, *agencies: str, **changes: Any) -> set[str]:
    """The agencies of the codes of the dossiers that a storm over some agencies reaches, and who leads them."""
    storm = replace(STORM, since=communes.office.clock.at, filter=OrderFilter(agencies=agencies), **changes)
    done = told(communes.office, storm)
    assert done.applied == done.matched
    dossiers = [communes.store.load(code).dossier for code in done.codes]
    return {f"{one.code.partition('-')[0]} {one.agency} {one.procedure}"[:13] for one in dossiers}


def test_an_order_on_a_merged_commune_reaches_what_came_from_it_and_not_its_neighbours() -> None:
    """Sent again it reaches nothing more; taken back, every due instant is as before; the trail is legal."""
    communes = after(merger())
    before = all_times(communes.office)
    assert {f"{LEAD} {MERGED}"} == reached(communes, LEAD)
    assert 0 == carry_out(communes.house, "storm").applied
    told(communes.office, replace(BACK, since=communes.office.clock.at))

    assert before == all_times(communes.office)
    sound(communes.office)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param((MERGED,), {LEAD, OTHER}, id="the-heir-is-all-of-them"),
        pytest.param((OTHER,), {OTHER}, id="the-other-one"),
        pytest.param(("H99",), {LEAD, OTHER}, id="those-above"),
        pytest.param(("H99.77",), set(), id="nobody-knows-it"),
    ],
)
def test_each_code_means_who_it_was_or_is(named: tuple[str, ...], expected: set[str]) -> None:
    """An heir's code means all that it leads now."""
    assert {f"{code} {MERGED}" for code in expected} == reached(after(merger()), *named)


def test_of_a_split_agency_both_heirs_are_reached() -> None:
    """What came from it is at two agencies now."""
    communes = after(parted())
    assert {f"{LEAD} {NORTH}", f"{LEAD} {SOUTH}"} == reached(communes, LEAD)


def test_an_agency_that_only_handed_competence_on_stands_for_what_it_still_has() -> None:
    """It is open: a storm there does not stop the clocks of what another one works on now."""
    moved = RegistryChange(
        ChangeKind.TRANSFER, merger().effective, "4/NQ", (LEAD,), (Share(OTHER, (RESTARTING,)),)
    )
    assert {f"{LEAD} {LEAD}"} == reached(after(moved), LEAD)
