"""The world outside: clock, renderer, channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol


class Clock(Protocol):
    """The writing clock: the system's, or the virtual one of a database created for it."""

    def now(self) -> datetime:
        """Return the instant, aware UTC."""
        ...


class Renderer(Protocol):
    """Turns a template and plain data into text."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return the text. Raises: DomainError when the template or a variable is missing."""
        ...


class Channel(Protocol):
    """A way out of the house."""

    name: str

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Deliver *text*; the same *message* id twice must be recognisable. Raises: OSError on failure."""
        ...
