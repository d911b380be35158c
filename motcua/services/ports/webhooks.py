"""Webhooks: who is told of what by HTTP, what is on its way to them, and the way there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.services.ports.clients import FeedPlace
from motcua.services.ports.values import NewRecord

PENDING, SENT, DEAD = "pending", "sent", "dead"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A subscription: an address that is told what happens to dossiers of an agency.

    Attributes:
        types: Types of events that it is told of; none: all.
        secrets: Keys that messages are signed with, the newest first; each receiver knows one of them.
        place: How far the log was read for it.
    """

    id: str
    agency: str
    types: tuple[str, ...]
    url: str
    secrets: tuple[str, ...]
    place: FeedPlace
    created_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one subscription; `id` is how the receiver knows it again, however often it comes.

    Attributes:
        event: Id of the event.
        type: Its type.
        seq: Its number among those of its dossier.
        body: What is sent, byte for byte the same each time.
        created_at: When it was put on its way; of a replay, when it was first.
        next_at: When it may be tried; until then it is left alone.
        status: `pending`, `sent` or `dead`.
        error: Why the last try failed.
        settled_at: When it was taken, or given up.
    """

    id: str
    webhook: str
    event: str
    type: str
    seq: int
    body: str
    created_at: datetime
    next_at: datetime
    status: str = PENDING
    attempts: int = 0
    error: str | None = None
    settled_at: datetime | None = None


class HookWire(Protocol):
    """The way to the addresses of subscriptions; several threads use it at once."""

    def check(self, url: str) -> None:
        """Check that an address may be subscribed. Raises: UnfitAddress."""
        ...

    def post(self, webhook: Webhook, message: str, body: bytes) -> None:
        """Carry a signed message.

        Raises:
            OSError: The address is not to be had.
            Deferred: It does not take the message now.
            Undeliverable: It never will, or must not be asked.
        """
        ...


class KeepsWebhooks(Protocol):
    """The part of the store that knows subscriptions and what is on its way to them."""

    def add_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        """Store a subscription with its record. Raises: Busy."""
        ...

    def change_webhook(self, webhook: Webhook, record: NewRecord) -> None:
        """Change its keys or whether it is disabled, with a record; its place stays what it is. Raises: Busy."""
        ...

    def webhooks(self) -> list[Webhook]:
        """Return all subscriptions, the oldest first."""
        ...

    def enqueue(
        self, webhook: str, known: FeedPlace, place: FeedPlace, deliveries: Sequence[Delivery]
    ) -> bool:
        """Put events on their way and remember how far the log was read; False when somebody else read on."""
        ...

    def claim_delivery(self, webhook: str, now: datetime, until: datetime) -> Delivery | None:
        """Take the oldest delivery that may be tried at *now*; nobody else is given it before *until*."""
        ...

    def settle_delivery(
        self, id: str, at: datetime, error: str | None = None, retry_at: datetime | None = None
    ) -> None:
        """Note that a delivery was taken; or with *error* that it was not, and is tried again or given up."""
        ...

    def deliveries(self, webhook: str, limit: int) -> list[Delivery]:
        """Return deliveries of a subscription, the newest first."""
        ...

    def replay_delivery(self, id: str, at: datetime, record: NewRecord) -> bool:
        """Let a delivery be sent anew from *at* on, with a record; False when there is none or it is on its way."""
        ...

    def forget_deliveries(self, before: datetime) -> int:
        """Delete what was taken before an instant; what was given up stays."""
        ...
