"""A commune hands a dossier to the fire police of another installation, over real HTTP, and gets it back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from two_houses import FIRE, LEAD, SENDS, TAKES, Houses, Side, events, hashes, two_houses
from world import actor_of

from audit.legality import check
from audit.record import Cause
from motcua.services import handoffs
from motcua.services.outbox import retry_all
from motcua.services.transitions import Particulars, send
from states.custody import Custodian, Custody, custodian
from states.events import HandoffAccepted, HandoffDelivered, HandoffFinished
from states.procedure import APPLICANT
from states.speaking import HeldElsewhere


@pytest.fixture
def houses() -> Iterator[Houses]:
    """Both installations, their doors open."""
    found = two_houses()
    found.start()
    yield found
    found.stop()


def holder(side: Side, code: str) -> Custodian:
    """Who has custody."""
    dossier = side.dossier(code)
    return custodian(side.office.house.worlds.procedure(dossier.cfg), dossier)


def test_handed_over_and_finished(houses: Houses) -> None:
    """A dossier is offered, accepted and finished over there, and each trail names the other's records."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    houses.exchange()
    theirs = there.only(TAKES)
    assert Custodian(Custody.AGENCY, LEAD) == holder(here, code) == holder(there, theirs)
    [delivered] = events(here, code, HandoffDelivered)
    assert delivered.receipt is not None
    assert delivered.receipt.hash in hashes(there, theirs)
    origin = there.dossier(theirs).origin
    assert origin is not None
    assert (code, "fire_check", 1, LEAD) == (origin.dossier, origin.state, origin.number, origin.agency)
    assert origin.receipt.hash in hashes(here, code)

    handoffs.acknowledge(there.office.house, there.asked(theirs, "offered"))
    handoffs.accept(there.office.house, there.asked(theirs, "offered"))
    houses.exchange()
    assert Custodian(Custody.AGENCY, FIRE) == holder(here, code) == holder(there, theirs)
    [accepted] = events(here, code, HandoffAccepted)
    assert accepted.receipt is not None
    assert accepted.receipt.hash in hashes(there, theirs)
    assert events(there, theirs, HandoffAccepted)[0].at == accepted.receipt.at

    fireman = actor_of("firefighter")
    send(there.office.house, theirs, "begin", fireman, None, Particulars())
    send(there.office.house, theirs, "conclude", fireman, None, Particulars({"objects": False}))
    houses.exchange()
    assert ("back",) == here.dossier(code).states
    [finished] = events(here, code, HandoffFinished)
    assert finished.receipt.hash in hashes(there, theirs)
    assert [] == here.sound() == there.sound()


def test_the_auditor_decides_acts_of_a_partner_again(houses: Houses) -> None:
    """An act that a trail ascribes to an installation for an agency that the handoff is not for is found."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    houses.exchange()
    handoffs.accept(there.office.house, there.asked(there.only(TAKES), "offered"))
    houses.exchange()
    records = here.office.records(code)
    forged = [replace(r, agency=LEAD) if r.cause is Cause.HANDOFF else r for r in records]
    assert Cause.HANDOFF in [record.cause for record in records]
    assert [] == list(check(records, here.office.rules))
    assert ["refused"] == [found.code for found in check(forged, here.office.rules)]


def test_returned_with_its_reason(houses: Houses) -> None:
    """What the receiver gives back goes back by the declared way, with the reason, and custody never moved."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    houses.exchange()
    theirs = there.only(TAKES)
    handoffs.give_back(there.office.house, there.asked(theirs, "offered"), "thiếu bản vẽ")
    houses.exchange()
    assert ("appraising",) == here.dossier(code).states
    values = here.office.store.personal(here.office.store.load(code).id)
    assert '"thiếu bản vẽ"' in [value.value for value in values if value.field == "reason"]
    assert [] == here.sound() == there.sound()


def test_an_acknowledgement_that_was_given_up_may_come_last(houses: Houses) -> None:
    """Overtaken by the acceptance, it is answered with what stands, changes nothing, and leaves no dead letter."""
    here, there = houses.commune, houses.fire
    code = houses.offered()
    houses.exchange()
    theirs = there.only(TAKES)
    handoffs.acknowledge(there.office.house, there.asked(theirs, "offered"))
    [given_up] = [m for m in there.office.store.waiting(9) if m.notice.template == "peer:acknowledged"]
    there.office.store.failed(given_up.notice.id, None, "the commune was down for long")
    handoffs.accept(there.office.house, there.asked(theirs, "offered"))
    houses.exchange()
    before = here.dossier(code)
    retry_all(there.office.house)
    relayed = there.relay()

    assert (1, 0) == (relayed.sent, relayed.dead)
    assert before == here.dossier(code)
    assert [] == here.sound() == there.sound()


def test_nothing_personal_waits_in_the_outbox(houses: Houses) -> None:
    """The applicant's values leave with the offer, and stand in neither outbox nor record of either side."""
    here, there = houses.commune, houses.fire
    code = here.office.open(SENDS, applicant={"full_name": "Nguyễn Văn A"})
    here.office.send(code, "accept", "counter")
    here.office.send(code, "to_fire", "officer")
    assert not any("Nguyễn" in str(message) for message in here.office.store.waiting(100))
    houses.exchange()
    theirs = there.only(TAKES)
    values = there.office.store.personal(there.office.store.load(theirs).id)
    assert ['"Nguyễn Văn A"'] == [value.value for value in values if value.field == "applicant.full_name"]
    assert not any("Nguyễn" in raw for raw in [*here.office.raws(code), *there.office.raws(theirs)])


def test_nobody_here_acts_for_there(houses: Houses) -> None:
    """While another installation was offered a dossier, neither its officers here nor the applicant move it."""
    here = houses.commune
    code = houses.offered()
    with pytest.raises(HeldElsewhere):
        handoffs.accept(here.office.house, here.asked(code, "fire_check"))
    with pytest.raises(HeldElsewhere):
        here.office.send(code, "withdraw", None)
    assert APPLICANT not in here.dossier(code).acted
