"""The world outside: clock, renderer, channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from states.errors import DomainError


class Undeliverable(DomainError):
    """Message {message} cannot be delivered by {channel}: {reason}. Correct that, then have it sent again."""

    vi = "Không chuyển được thông báo {message} qua {channel}: {reason_vi}. Hãy khắc phục rồi cho gửi lại."


class Deferred(DomainError):
    """{channel} does not take message {message} now: {reason}. It is tried again by itself."""

    vi = "Kênh {channel} chưa nhận thông báo {message}: {reason_vi}. Hệ thống sẽ tự gửi lại."


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

    def send(self, message: str, recipients: Sequence[str], text: str) -> str | None:
        """Deliver *text*; the same *message* id twice must be recognisable.

        Returns:
            The name of the way that was taken, where a channel has several; None: the channel's own name.

        Raises:
            OSError: The way is closed for every message.
            Deferred: It does not take this message now.
            Undeliverable: It never will; trying again is of no use.
        """
        ...
