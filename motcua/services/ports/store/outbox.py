"""What a store knows of notices on their way out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.values import OutboxMessage, OutboxState


class KeepsOutbox(Protocol):
    """Messages, from owed to sent or given up."""

    def claim_messages(
        self,
        now: datetime,
        limit: int,
        until: datetime,
        without: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
    ) -> list[OutboxMessage]:
        """Take messages that may be tried at *now*, oldest first, at most one for each dossier.

        Nobody else is given them before *until* (exclusive), by when they are confirmed, failed, or tried again. Those
        of the templates *without* stay, and hold up nothing; where *only* names some, so do all others.
        """
        ...

    def failed(self, message: str, retry_at: datetime | None, error: str) -> None:
        """Count a failed attempt; `retry_at` None makes the message a dead letter."""
        ...

    def waiting(self, limit: int) -> list[OutboxMessage]:
        """Return messages that are still to be sent, the oldest first, also while they wait for another try."""
        ...

    def dead(self, limit: int) -> list[OutboxMessage]:
        """Return dead letters, the oldest first."""
        ...

    def retry(self, message: str, at: datetime) -> bool:
        """Let a dead letter be tried anew from *at* on, as if never tried; False when there is no such one."""
        ...

    def readdress(self, recipients: Mapping[str, Sequence[str]]) -> int:
        """Give messages that were not sent other recipients, by message id; return how many there were."""
        ...

    def outbox_state(self) -> OutboxState:
        """Count what the outbox holds."""
        ...
