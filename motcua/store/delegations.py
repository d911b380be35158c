"""Mandates between officers: insert-only, apart from being taken back once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from motcua.services.ports import Delegation, NewRecord
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import instant_or_none, text_or_none
from motcua.store.tables import delegations
from states.wire import instant, instant_text


class Delegations(Shelf):
    """Every mandate ever given, each with its record."""

    @persistent
    def grant(self, delegation: Delegation, record: NewRecord) -> None:
        """Store a mandate with its record. Raises: Busy."""
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(insert(delegations), _row(delegation))

    @persistent
    def revoke(self, id: str, at: datetime, record: NewRecord, heirs: Sequence[Delegation] = ()) -> bool:
        """End a mandate, with its record and those that go on from it, all or nothing.

        False when there is none that still could be ended. Raises: Busy.
        """
        standing = (delegations.c.id == id, delegations.c.revoked_at.is_(None))
        with self.database.writing() as connection:
            if connection.scalar(select(delegations.c.id).where(*standing)) is None:
                return False
            append_records(connection, [record])
            connection.execute(update(delegations).where(*standing).values(revoked_at=instant_text(at)))
            if heirs:
                connection.execute(insert(delegations), [_row(heir) for heir in heirs])
        return True

    def delegation(self, id: str) -> Delegation | None:
        """Return a mandate."""
        with self.database.reading() as connection:
            row = connection.execute(select(delegations).where(delegations.c.id == id)).first()
        return None if row is None else _delegation(row)

    def delegations(self, *, grantor: str | None = None, holder: str | None = None) -> list[Delegation]:
        """Return mandates, revoked and expired ones too, in the order in which they were granted."""
        query = select(delegations).order_by(delegations.c.granted_at, delegations.c.id)
        if grantor is not None:
            query = query.where(delegations.c.grantor == grantor)
        if holder is not None:
            query = query.where(delegations.c.holder == holder)
        with self.database.reading() as connection:
            return [_delegation(row) for row in connection.execute(query)]


def _row(given: Delegation) -> dict[str, Any]:
    return {
        "id": given.id,
        "grantor": given.grantor,
        "holder": given.holder,
        "document": given.document,
        "agency": given.agency,
        "procedures": " ".join(given.procedures),
        "actions": " ".join(given.actions),
        "since": instant_text(given.since),
        "until": instant_text(given.until),
        "granted_at": instant_text(given.granted_at),
        "revoked_at": text_or_none(given.revoked_at),
        "follows": given.follows,
        "change": given.change,
    }


def _delegation(row: Any) -> Delegation:
    return Delegation(
        id=row.id,
        grantor=row.grantor,
        holder=row.holder,
        document=row.document,
        agency=row.agency,
        procedures=tuple(row.procedures.split()),
        actions=tuple(row.actions.split()),
        since=instant(row.since),
        until=instant(row.until),
        granted_at=instant(row.granted_at),
        revoked_at=instant_or_none(row.revoked_at),
        follows=row.follows,
        change=row.change,
    )
