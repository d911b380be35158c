"""The part of the store that knows mandates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.delegations import Delegation
from motcua.services.ports.values import NewRecord


class KeepsDelegations(Protocol):
    """Who may act for whom."""

    def grant(self, delegation: Delegation, record: NewRecord) -> Delegation:
        """Store a mandate with its record, and return it; or the one that says the same and stands, with no record.

        Raises: Busy, also when somebody else stores the same at this moment.
        """
        ...

    def revoke(self, id: str, at: datetime, record: NewRecord, heirs: Sequence[Delegation] = ()) -> bool:
        """End a mandate, with its record and those that go on from it, all or nothing.

        False when there is none that still could be ended. Raises: Busy.
        """
        ...

    def delegation(self, id: str) -> Delegation | None:
        """Return a mandate."""
        ...

    def delegations(self, *, grantor: str | None = None, holder: str | None = None) -> list[Delegation]:
        """Return mandates, revoked and expired ones too, in the order in which they were granted."""
        ...
