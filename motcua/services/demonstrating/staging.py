"""What a visitor of a demonstration finds: a busy desk on a working day, with something about to be late."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from motcua.services.deadlines import pass_deadlines
from motcua.services.demonstrating.plan import draw_submission, seats_of
from motcua.services.demonstrating.temper import draw_temper
from motcua.services.installation import Installation
from motcua.services.intake import submit
from motcua.services.ports import Stored
from states.calendar import BusinessCalendar
from states.errors import DomainError
from states.procedure import Procedure

WAVES, EACH = (450, 400, 300, 150), 4
"""So many working minutes before the visitor so many dossiers arrive; intake may take eight hours.

The first are amber then, red half an hour later and escalated four hours after that; the second turn amber soon.
"""


def arrive(house: Installation, agency: str, dice: Random) -> Stored | None:
    """Have one dossier handed in at an agency; None where nothing that it does can be handed in so."""
    for procedure in dice.sample(found := offered(house, agency), len(found)):
        try:
            return submit(house, draw_submission(dice, procedure, agency, "counter", draw_temper(dice)))
        except DomainError:  # chance drew facts that do not go together: another procedure then
            continue
    return None


def offered(house: Installation, agency: str) -> list[Procedure]:
    """Return the procedures in force that are handed in at an agency."""
    published = sorted(house.store.versions(), key=lambda version: version.code)
    known = [house.worlds.procedure(version.digest) for version in published]
    return [item for item in known if agency in seats_of(item, known, house.worlds.directory)]


def set_the_stage(
    house: Installation, move: Callable[[datetime], None], calendar: BusinessCalendar, agency: str, seed: int
) -> datetime:
    """Let a morning pass at an agency's desk: dossiers arrive in waves and nobody takes them.

    Args:
        house: An installation of virtual time, in which a period was played.
        move: Sets its clock.
        calendar: Of the agency.
        agency: Where they arrive.
        seed: What they are drawn from.

    Returns:
        The instant at which the visitor comes in; nothing at the desk is late yet.
    """
    dice = Random(seed)
    opening = calendar.opening(calendar.working_day_after(calendar.local_date(house.now()), 1))
    for before in WAVES:
        move(opening if before == WAVES[0] else calendar.add(opening, WAVES[0] - before))
        pass_deadlines(house)
        for _ in range(EACH):
            arrive(house, agency, dice)
    return calendar.add(opening, WAVES[0])
