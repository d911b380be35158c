"""A storm stops clocks, not people: what they hand over meanwhile goes over."""

from handing_over import Play
from ordered import ordering
from world import FIRE, LEAD


def test_an_order_does_not_keep_custody_from_going_over() -> None:
    """People may work on while it holds: the dossier's clocks follow acceptance, and who accepted hands over."""
    play = Play()
    play.offered()
    play.do(ordering(since=play.now))
    play.accept("fire_check", "firefighter")
    taken = {name: clock.holder for name, clock in play.dossier.clocks.items()} if play.dossier else {}
    after = play.fire("fire_ok", "firefighter")

    assert {"legal": FIRE, "committed": FIRE, "step:fire_check": FIRE} == taken
    assert (FIRE, LEAD) == (after.handoffs["back"].sender, after.handoffs["back"].receiver)
