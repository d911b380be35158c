"""How much time each clock of a dossier has to spare, and along which steps."""

from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from states.slack import Slack, slack
from states.world import World


def time_to_spare(house: Installation, stored: Stored) -> list[dict[str, Any]]:
    """Return for each clock of the whole dossier what is to spare now on the longest way that is still ahead.

    Raises:
        CalendarHorizonError: A calendar ends before the way does.
    """
    world = house.worlds.of(stored.dossier.cfg)
    return [_told(world, each) for each in slack(world, stored.dossier, house.now(stored))]


def _told(world: World, found: Slack) -> dict[str, Any]:
    label = next(clock.label for clock in world.procedure.clocks if clock.id == found.clock)
    steps = [(id, world.procedure.state[id].label) for id in found.path]
    return {
        "clock": found.clock,
        "label": {"vi": label.vi, "en": label.en},
        "due": local_text(world.calendar, found.due),
        "end": local_text(world.calendar, found.end),
        "minutes": found.minutes,
        "path": [{"state": id, "label": {"vi": label.vi, "en": label.en}} for id, label in steps],
    }
