"""A demonstration that goes on: the stage is set at a desk, then the clock runs fast through office hours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from motcua.adapters.clock import OfficeHoursClock, SystemClock, VirtualClock
from motcua.bootstrap.house import open_house
from motcua.services.access import cast
from motcua.services.demonstrating import set_the_stage
from motcua.services.installation import Installation
from motcua.settings import Settings
from states.calendar import BusinessCalendar

PACE = 60
"""So many seconds pass in one: an hour of the office is a minute."""

_DESK = "one_stop_officer"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a visitor comes in; an aware instant, and the calendar of the agency."""

    agency: str
    begins: datetime
    calendar: BusinessCalendar


def staged(url: str, settings: Settings, seed: int) -> Scene:
    """Let a morning pass at the desk of the one-stop officer of the role picker."""
    with open_house(url, settings=settings) as house:
        last, person = house.now(), cast(house)[_DESK]
    clock = VirtualClock(last)
    with open_house(url, settings=settings, virtual=clock) as house:
        worlds = house.worlds
        agency = next(post.agency for post in worlds.directory.posts if post.officer == person)
        calendar = worlds.calendars[worlds.directory.get(agency).calendar]
        begins = set_the_stage(house, clock.move, calendar, agency, seed)
    return Scene(agency, begins, calendar)


@contextmanager
def living_house(url: str, settings: Settings, scene: Scene) -> Iterator[Installation]:
    """Lend the installation whose time runs from the scene on, only while offices are open."""
    clock = OfficeHoursClock(scene.begins, SystemClock().now(), PACE, scene.calendar)
    with open_house(url, settings=settings, virtual=clock) as house:
        yield house
