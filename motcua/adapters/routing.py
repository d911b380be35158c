"""Which way a message takes: for each recipient the first channel that has an address of theirs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from motcua.services.ports import Channel, Deferred, Undeliverable
from states.errors import DomainError

REST = timedelta(seconds=30)


@dataclass
class Way:
    """A channel, and how it finds the address of a recipient of a message.

    A way that turned out to be closed rests for a while: its messages fail at once instead of each waiting for
    an answer that does not come, so that the messages of other ways do not wait behind them.
    """

    channel: Channel
    find: Callable[[str, str], str | None]
    rest: timedelta = REST
    elapsed: Callable[[], float] = time.monotonic
    _closed_at: float | None = field(default=None, init=False)

    def send(self, message: str, addresses: Sequence[str], text: str) -> None:
        """Send, unless the way rests. Raises: OSError, Deferred, Undeliverable."""
        if self._closed_at is not None and self.elapsed() - self._closed_at < self.rest.total_seconds():
            raise ConnectionError(f"{self.channel.name} failed a moment ago")
        try:
            self.channel.send(message, addresses, text)
        except OSError:
            self._closed_at = self.elapsed()
            raise
        self._closed_at = None


class Routing:
    """Several channels as one."""

    name = "routing"

    def __init__(self, ways: Sequence[Way]) -> None:
        """Take the ways, the preferred one first."""
        self._ways = tuple(ways)

    def send(self, message: str, recipients: Sequence[str], text: str) -> str:
        """Send by every way that is needed, all of them even if one fails; return their names.

        After a failure the whole message is sent again, with its id, also to those who have it already.

        Raises:
            OSError, Deferred: A way failed that may work later.
            Undeliverable: Otherwise, when a way failed for good or somebody has no address.
        """
        found = [(way, self._addresses(message, recipients, way)) for way in self._ways]
        taken = [(way, list(addresses)) for way, addresses in found if addresses]
        failures = [error for way, to in taken if (error := _failure(way, message, to, text)) is not None]
        missing = [name for name in recipients if self._way_to(message, name) is None]
        if missing:
            failures.append(_nowhere(self._ways, message, missing))
        for error in sorted(failures, key=lambda error: isinstance(error, Undeliverable)):
            raise error
        return "+".join(way.channel.name for way, _ in taken)

    def _addresses(self, message: str, recipients: Sequence[str], way: Way) -> dict[str, None]:
        """Return the addresses that this way serves, each once."""
        ours = [name for name in recipients if self._way_to(message, name) is way]
        return dict.fromkeys(address for name in ours if (address := way.find(message, name)) is not None)

    def _way_to(self, message: str, recipient: str) -> Way | None:
        return next((way for way in self._ways if way.find(message, recipient) is not None), None)


def _failure(way: Way, message: str, addresses: Sequence[str], text: str) -> OSError | DomainError | None:
    try:
        way.send(message, addresses, text)
    except (OSError, Deferred, Undeliverable) as error:
        return error
    return None


def _nowhere(ways: Sequence[Way], message: str, missing: Sequence[str]) -> Undeliverable:
    names = ", ".join(missing)
    return Undeliverable(
        channel=", ".join(way.channel.name for way in ways),
        message=message,
        reason=f"there is no address of {names}",
        reason_vi=f"không có địa chỉ của {names}",
    )
