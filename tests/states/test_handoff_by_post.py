"""By public post a carrier has custody on the way, by its own receipt."""

import pytest
from handing_over import posted
from world import LEAD, actor_of

from states.commands import DeliverHandoff, DispatchHandoff
from states.custody import Custodian, Custody, custodian
from states.handoff import NotSentByPost, NoWayBack
from states.speaking import WrongAgency


def test_without_a_way_back_there_is_no_return() -> None:
    """What the procedure does not declare cannot be done."""
    play = posted()
    with pytest.raises(NoWayBack):
        play.give_back("posted", None)


def test_a_carrier_has_custody_from_its_receipt_to_the_delivery() -> None:
    """By post to the applicant, a confirmed delivery is the acceptance."""
    play = posted()
    seen = [play.held]
    play.do(DispatchHandoff("posted", "vnpost", "R-1", actor_of("counter"), play.version))
    assert play.dossier is not None
    seen.append(play.held)
    kind = custodian(play.world.procedure, play.dossier)
    dossier = play.do(DeliverHandoff("posted", actor_of("counter"), play.version))
    assert ([LEAD, "vnpost"], Custodian(Custody.CARRIER, "vnpost"), "applicant") == (seen, kind, play.held)
    assert ("accepted", "R-1") == (dossier.handoffs["posted"].status, dossier.handoffs["posted"].receipt)


def test_a_receipt_is_recorded_once_and_by_the_sender() -> None:
    """Nothing is dispatched twice, delivered without a carrier, or sent by who receives it."""
    play = posted()
    with pytest.raises(NotSentByPost):
        play.do(DeliverHandoff("posted", actor_of("counter"), play.version))
    with pytest.raises(WrongAgency):
        play.do(DispatchHandoff("posted", "vnpost", "R-1", actor_of("firefighter"), play.version))
    play.do(DispatchHandoff("posted", "vnpost", "R-1", actor_of("counter"), play.version))
    with pytest.raises(NotSentByPost):
        play.do(DispatchHandoff("posted", "vnpost", "R-2", actor_of("counter"), play.version))
