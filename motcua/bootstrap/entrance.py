"""Reads by which rules the pages let people in: positions and their rooms, and how long a session lasts."""

from datetime import timedelta

from motcua.bootstrap.house import config_folder
from motcua.services.access import Doors, Position
from motcua.settings import Settings


def doors(settings: Settings) -> Doors:
    """Return the rules of an installation. Raises: InvalidFile."""
    rooms = config_folder(settings).rooms
    return Doors(
        positions={id: Position(label, enters) for id, (label, enters) in rooms.items()},
        idle=timedelta(minutes=settings.session_idle_minutes),
        longest=timedelta(minutes=settings.session_minutes),
    )
