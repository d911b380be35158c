"""The sender of another installation's handoff is merged away while the receiver has it in hand."""

from collections.abc import Iterator
from datetime import date

import pytest
from merging import MERGED
from two_houses import SENDS, TAKES, Houses, Side, knows, two_houses
from world import FIRE, LEAD, PROVINCE, actor_of

from motcua.services import handoffs
from motcua.services.registry import approve, propose
from motcua.services.reorganising import take_effect
from motcua.services.transitions import Particulars, send
from states.agency import Agency
from states.commands import Actor
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share


@pytest.fixture
def houses() -> Iterator[Houses]:
    """Both installations, which know each other's agencies before and after; their doors open."""
    found = two_houses()
    knows(found.fire, found.commune, "commune", (LEAD, MERGED), {SENDS: TAKES})
    found.start()
    yield found
    found.stop()


RESCUE = "H99.05"


def merge(side: Side) -> None:
    """The commune becomes another one, by the registry of one side; officers go along."""
    new = Agency(MERGED, "Xã Mới", "committee", "commune", PROVINCE, "vn-gov")
    follow = ("one_stop_officer", "officer", "unit_head", "head")
    _change(side, LEAD, new, follow, Seat("head", MERGED, "head"))


def take_over(side: Side) -> None:
    """The fire police becomes another agency."""
    new = Agency(RESCUE, "Cứu nạn", "fire_police", "province", PROVINCE, "vn-gov")
    _change(side, FIRE, new, ("officer",), Seat("chief", RESCUE, "head"))


def _change(side: Side, former: str, new: Agency, follow: tuple[str, ...], head: Seat) -> None:
    change = RegistryChange(
        ChangeKind.MERGE, date(2026, 3, 2), "1/NQ", (former,), (Share(new.code),), new=(new,), follow=follow,
        seats=(head,),
    )  # fmt: skip
    approve(side.office.house, propose(side.office.house, change, "an").digest, "binh")
    [effected] = take_effect(side.office.house)
    assert {} == effected.failed


@pytest.mark.parametrize("first", ["sender", "receiver"])
def test_what_a_merged_sender_offered_is_returned_to_its_heir(houses: Houses, first: str) -> None:
    """Whichever registry knows of the merge first; the way back is open, and the reason arrives at the heir."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    houses.exchange()
    theirs = there.only(TAKES)
    for side in (here, there) if first == "sender" else (there, here):
        merge(side)
    handoffs.give_back(there.office.house, there.asked(theirs, "offered"), "thiếu bản vẽ")
    houses.exchange()
    dossier = here.dossier(code)

    assert ("appraising",) == dossier.states
    assert (MERGED, MERGED, "returned") == (
        dossier.agency, dossier.parties["lead"], there.dossier(theirs).outcome
    )  # fmt: skip
    assert [] == here.sound() == there.sound()


def test_what_was_offered_before_the_merge_and_arrives_after_it_is_the_heirs(houses: Houses) -> None:
    """The message names the former agency: over there it is known who answers for it, and the work goes on."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    merge(there)
    houses.exchange()
    theirs = there.only(TAKES)
    handoffs.accept(there.office.house, there.asked(theirs, "offered"))
    merge(here)
    fireman = actor_of("firefighter")
    send(there.office.house, theirs, "begin", fireman, None, Particulars())
    send(there.office.house, theirs, "conclude", fireman, None, Particulars({"objects": False}))
    houses.exchange()

    assert (MERGED, FIRE) == (there.dossier(theirs).handoffs["offered"].sender, there.dossier(theirs).agency)
    assert ("back",) == here.dossier(code).states
    assert [] == here.sound() == there.sound()


def test_who_took_a_dossier_over_and_was_merged_away_since_ends_it_all_the_same(houses: Houses) -> None:
    """Its heir speaks for what it accepted; whichever side knows of the merge."""
    here, there = houses.commune, houses.fire
    knows(here, there, "fire", (FIRE, RESCUE), {})
    code = houses.offered()
    houses.exchange()
    theirs = there.only(TAKES)
    handoffs.accept(there.office.house, there.asked(theirs, "offered"))
    houses.exchange()
    for side in (here, there):
        take_over(side)
    fireman = Actor("officer", "firefighter", RESCUE, "officer")
    send(there.office.house, theirs, "begin", fireman, None, Particulars())
    send(there.office.house, theirs, "conclude", fireman, None, Particulars({"objects": False}))
    houses.exchange()

    assert [] == [str(message.error) for message in there.office.store.dead(9)]
    assert ("back",) == here.dossier(code).states
    assert [] == here.sound() == there.sound()
