"""The part of the store that knows whom identity providers vouch for."""

from datetime import datetime
from typing import Protocol

from motcua.services.ports.accounts import Account
from motcua.services.ports.identity import Pending
from motcua.services.ports.values import NewRecord


class KeepsIdentities(Protocol):
    """Which account a provider's subject opens, and sign-ins that have left for a provider."""

    def link(self, issuer: str, subject: str, login: str, record: NewRecord) -> None:
        """Let a subject of a provider open an account, and no other any more, with its record. Raises: Busy."""
        ...

    def linked(self, issuer: str, subject: str) -> Account | None:
        """Return the account that a subject of a provider opens."""
        ...

    def begin_sign_in(self, pending: Pending, stale: datetime) -> None:
        """Remember a sign-in that leaves; forget those that left at *stale* or before."""
        ...

    def take_sign_in(self, id: str) -> Pending | None:
        """Return a sign-in and forget it: it comes back once."""
        ...
