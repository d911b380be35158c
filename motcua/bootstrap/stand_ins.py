"""Starts servers that stand in for systems of others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.adapters.stand_in.portal import StandInPortal


def stand_in_portal(port: int, misbehave: str, seed: int) -> "StandInPortal":
    """Return a stand-in of the national portal that serves. Raises: UnknownMischief; OSError, a port in use."""
    from motcua.adapters.stand_in.portal import StandInPortal, known_mischief

    return StandInPortal(port, known_mischief(misbehave), seed).start()
