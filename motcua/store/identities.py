"""Whom identity providers vouch for: the account that a subject opens, and sign-ins on their way."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from motcua.services.ports import Account, NewRecord, Pending
from motcua.store.accounts import account_of
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.tables import accounts, identities, sign_ins
from states.wire import instant, instant_text


class Identities(Shelf):
    """Subjects by provider; sign-ins come and go without a record."""

    @persistent
    def link(self, issuer: str, subject: str, login: str, record: NewRecord) -> None:
        """Let a subject of a provider open an account, and no other any more, with its record. Raises: Busy."""
        same = (identities.c.issuer == issuer, identities.c.subject == subject)
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(delete(identities).where(*same))
            row = {"issuer": issuer, "subject": subject, "login": login}
            connection.execute(insert(identities), row)

    def linked(self, issuer: str, subject: str) -> Account | None:
        """Return the account that a subject of a provider opens."""
        query = (
            select(accounts)
            .join(identities, identities.c.login == accounts.c.login)
            .where(identities.c.issuer == issuer, identities.c.subject == subject)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else account_of(row)

    @persistent
    def begin_sign_in(self, pending: Pending, stale: datetime) -> None:
        """Remember a sign-in that leaves; forget those that left at *stale* or before."""
        row = {
            "id": pending.id,
            "state": pending.state,
            "nonce": pending.nonce,
            "verifier": pending.verifier,
            "wanted": pending.wanted,
            "at": instant_text(pending.at),
        }
        with self.database.writing() as connection:
            connection.execute(delete(sign_ins).where(sign_ins.c.at <= instant_text(stale)))
            connection.execute(insert(sign_ins), row)

    @persistent
    def take_sign_in(self, id: str) -> Pending | None:
        """Return a sign-in and forget it: it comes back once."""
        with self.database.writing() as connection:
            row = connection.execute(
                delete(sign_ins).where(sign_ins.c.id == id).returning(*sign_ins.columns)
            ).first()
        return (
            None
            if row is None
            else Pending(row.id, row.state, row.nonce, row.verifier, row.wanted, instant(row.at))
        )
