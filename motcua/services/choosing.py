"""Choices that need a look at the world before a decision: the least loaded officer of a position."""

from collections.abc import Iterable, Mapping
from datetime import date

from motcua.services.installation import Installation
from states.procedure import APPLICANT, SYSTEM, Assign
from states.world import World

CHOSEN = (Assign.LEAST_LOADED, Assign.SAME_OFFICER)


def choose_officers(
    house: Installation, world: World, parties: Mapping[str, str], entered: Iterable[str], day: date
) -> dict[str, str]:
    """Return, by entered state, the officer with the fewest open tasks where the role's rule wants one.

    Ties go to the first in the registry's order, so the same world gives the same choice.
    """
    chosen: dict[str, str] = {}
    for state_id in entered:
        holder = world.procedure.state[state_id].holder
        if holder is None or holder in (APPLICANT, SYSTEM):
            continue
        role = world.procedure.role[holder]
        people = (
            world.directory.holders(parties[role.party], role.position, day) if role.assign in CHOSEN else ()
        )
        if people:
            load = house.store.load_of(parties[role.party], role.position)
            chosen[state_id] = min(people, key=lambda officer: load.get(officer, 0))
    return chosen
