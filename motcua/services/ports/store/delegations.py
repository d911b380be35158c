"""The part of the store that knows mandates."""

from datetime import datetime
from typing import Protocol

from motcua.services.ports.delegations import Delegation
from motcua.services.ports.values import NewRecord


class KeepsDelegations(Protocol):
    """Who may act for whom."""

    def grant(self, delegation: Delegation, record: NewRecord) -> None:
        """Store a mandate with its record. Raises: Busy."""
        ...

    def revoke(self, id: str, at: datetime, record: NewRecord) -> bool:
        """Take a mandate back, with its record; False when there is none that still could be. Raises: Busy."""
        ...

    def delegation(self, id: str) -> Delegation | None:
        """Return a mandate."""
        ...

    def delegations(self, *, grantor: str | None = None, holder: str | None = None) -> list[Delegation]:
        """Return mandates, revoked and expired ones too, in the order in which they were granted."""
        ...
