"""Who acts: an officer's id becomes an actor with the post that they hold today."""

from datetime import date

from motcua.services.installation import Installation
from states.calendar import BusinessCalendar
from states.commands import Actor
from states.errors import DomainError, Kind


class UnknownOfficer(DomainError):
    """Nobody with the id {officer} holds a post on {day}. Take the id from the registry of officers."""

    kind = Kind.NOT_AUTHORISED
    vi = "Không có ai mang mã {officer} đang giữ vị trí vào ngày {day}. Hãy lấy mã cán bộ trong danh bạ."


def officer(house: Installation, person: str) -> Actor:
    """Return the actor for an officer; their agency and position only where they hold exactly one post.

    With several posts the decision picks the role, so none of them is claimed beforehand.

    Raises:
        UnknownOfficer: They hold no post on the local day of now.
    """
    day = today(house)
    posts = house.worlds.directory.posts_of(person, day)
    if not posts:
        raise UnknownOfficer(officer=person, day=day)
    if len(posts) > 1:
        return Actor("officer", person)
    return Actor("officer", person, posts[0].agency, posts[0].position)


def today(house: Installation) -> date:
    """Return the local day of now."""
    return calendar_of_province(house).local_date(house.now())


def calendar_of_province(house: Installation) -> BusinessCalendar:
    """Return the calendar that the province itself works by, whose days and zone are those of the installation."""
    directory = house.worlds.directory
    return house.worlds.calendars[directory.get(directory.province).calendar]
