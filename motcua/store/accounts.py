"""Accounts and sessions: who may come in, and who is in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from motcua.services.ports import Account, LoginTaken, NewRecord, Session
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import instant_or_none, text_or_none
from motcua.store.tables import accounts, sessions
from states.wire import instant, instant_text

_BOTH = select(accounts, sessions).join(accounts, accounts.c.login == sessions.c.login)


class Accounts(Shelf):
    """Every account with its record; sessions come and go without one."""

    @persistent
    def add_account(self, account: Account, record: NewRecord) -> None:
        """Store an account with its record. Raises: LoginTaken; Busy."""
        known = select(accounts.c.login).where(accounts.c.login == account.login)
        with self.database.writing() as connection:
            if connection.scalar(known) is not None:
                raise LoginTaken(login=account.login)
            append_records(connection, [record])
            connection.execute(insert(accounts), _row(account))

    @persistent
    def change_account(self, account: Account, record: NewRecord) -> None:
        """Change name, password, duties or whether it is disabled, and end every session of it. Raises: Busy."""
        same = accounts.c.login == account.login
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(update(accounts).where(same).values(_row(account)))
            connection.execute(delete(sessions).where(sessions.c.login == account.login))

    def account(self, login: str) -> Account | None:
        """Return an account by its login."""
        with self.database.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.login == login)).first()
        return None if row is None else account_of(row)

    def accounts(self) -> list[Account]:
        """Return all accounts, by login."""
        with self.database.reading() as connection:
            return [
                account_of(row) for row in connection.execute(select(accounts).order_by(accounts.c.login))
            ]

    @persistent
    def begin_session(self, session: Session, ends: Sequence[str] = ()) -> None:
        """Store a session, and end those with the ids *ends* in the same transaction."""
        row = {
            "id": session.id,
            "login": session.login,
            "idp": session.idp,
            "acr": session.acr,
            "began_at": instant_text(session.began_at),
            "seen_at": instant_text(session.seen_at),
        }
        with self.database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id.in_(ends)))
            connection.execute(insert(sessions), row)

    def session(self, id: str) -> tuple[Session, Account] | None:
        """Return a session with its account."""
        with self.database.reading() as connection:
            row = connection.execute(_BOTH.where(sessions.c.id == id)).first()
        return None if row is None else (session_of(row), account_of(row))

    def sessions(self, login: str) -> list[Session]:
        """Return the sessions of an account, the latest seen first."""
        query = (
            select(sessions)
            .where(sessions.c.login == login)
            .order_by(sessions.c.seen_at.desc(), sessions.c.id)
        )
        with self.database.reading() as connection:
            return [session_of(row) for row in connection.execute(query)]

    @persistent
    def see_session(self, id: str, at: datetime) -> None:
        """Note that a session was used; one that ended meanwhile stays ended."""
        with self.database.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.id == id).values(seen_at=instant_text(at)))

    @persistent
    def end_sessions(self, ids: Sequence[str]) -> None:
        """End sessions for good."""
        with self.database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id.in_(ids)))


def _row(account: Account) -> dict[str, Any]:
    return {
        "login": account.login,
        "person": account.person,
        "name": account.name,
        "password": account.password,
        "duties": " ".join(account.duties),
        "disabled": account.disabled,
        "created_at": instant_text(account.created_at),
        "once_until": text_or_none(account.once_until),
    }


def account_of(row: Any) -> Account:
    """Read an account."""
    return Account(
        login=row.login,
        person=row.person,
        name=row.name,
        password=row.password,
        duties=tuple(row.duties.split()),
        disabled=bool(row.disabled),
        created_at=instant(row.created_at),
        once_until=instant_or_none(row.once_until),
    )


def session_of(row: Any) -> Session:
    """Read a session."""
    return Session(row.id, row.login, row.idp, row.acr, instant(row.began_at), instant(row.seen_at))
