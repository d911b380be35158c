"""The whole demonstration in two acts: the procedures are published, then the province works for sixty days."""

from collections.abc import Callable, Iterable
from datetime import datetime

from motcua.services.demonstrating.informing import Informing, Line, MovableClock, spells_of
from motcua.services.demonstrating.plan import Period, plan_arrivals
from motcua.services.demonstrating.playing import Played, Stage
from motcua.services.installation import Installation
from motcua.services.ports import Channel
from motcua.services.publishing import approve, propose
from states.procedure import Procedure

AUTHOR = "canbo.soan-thao"
APPROVER = "canbo.phe-duyet"


def publish_all(house: Installation, sources: Iterable[tuple[Procedure, bytes]]) -> None:
    """Have one fictional person propose each procedure, and a second one approve it."""
    for procedure, source in sources:
        published = propose(house, procedure, source, AUTHOR)
        approve(house, published.digest, APPROVER)


def perform(
    house: Installation,
    clock: MovableClock,
    channel: Channel,
    period: Period,
    *,
    dossiers: int,
    seed: int,
    told: Callable[[datetime], None],
    line: Line | None = None,
) -> Played:
    """Plan and play the whole period with the procedures that were published.

    The same seed, files and number of dossiers give the same states, instants and figures.

    Args:
        house: An installation of virtual time with calendars, directory and procedures in force.
        clock: Its clock, standing at the beginning of the period.
        channel: Where notices go.
        period: The virtual days.
        dossiers: How many arrive.
        seed: What everything is drawn from.
        told: Called with the instant that the clock has come to.
        line: The way to a portal that stands in, to which the province is connected in its last days.
    """
    published = sorted(house.store.versions(), key=lambda version: version.code)
    procedures = [house.worlds.procedure(version.digest) for version in published]
    worlds = house.worlds
    arrivals = plan_arrivals(procedures, worlds.directory, worlds.calendars, dossiers, seed)
    calendar = worlds.calendars[worlds.directory.get(worlds.directory.province).calendar]
    informing = None if line is None else Informing(clock, line, spells_of(period, calendar))
    return Stage(house, clock, channel, seed, informing).play(arrivals, period, told)
