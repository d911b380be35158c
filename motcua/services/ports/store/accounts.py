"""The part of the store that knows accounts and sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from motcua.services.ports.accounts import Account, Session
from motcua.services.ports.values import NewRecord


class KeepsAccounts(Protocol):
    """Who may come in by the pages, and who is in."""

    def add_account(self, account: Account, record: NewRecord) -> None:
        """Store an account with its record. Raises: LoginTaken; Busy."""
        ...

    def change_account(self, account: Account, record: NewRecord) -> None:
        """Change name, password, duties or whether it is disabled, and end every session of it. Raises: Busy."""
        ...

    def account(self, login: str) -> Account | None:
        """Return an account by its login."""
        ...

    def accounts(self) -> list[Account]:
        """Return all accounts, by login."""
        ...

    def begin_session(self, session: Session, ends: Sequence[str] = ()) -> None:
        """Store a session, and end those with the ids *ends* in the same transaction."""
        ...

    def session(self, id: str) -> tuple[Session, Account] | None:
        """Return a session with its account."""
        ...

    def sessions(self, login: str) -> list[Session]:
        """Return the sessions of an account, the latest seen first."""
        ...

    def see_session(self, id: str, at: datetime) -> None:
        """Note that a session was used; one that ended meanwhile stays ended."""
        ...

    def end_sessions(self, ids: Sequence[str]) -> None:
        """End sessions for good."""
        ...
