"""Mandates between officers: insert-only, apart from being taken back once."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update

from motcua.services.ports import Busy, Delegation, NewRecord
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.failures import FAILURES, doubled
from motcua.store.rows import instant_or_none, text_or_none
from motcua.store.tables import delegations
from states.wire import instant, instant_text

_TERMS = ("grantor", "holder", "document", "agency", "procedures", "actions", "since", "until")


class Delegations(Shelf):
    """Every mandate ever given, each with its record."""

    @persistent
    def grant(self, delegation: Delegation, record: NewRecord) -> Delegation:
        """Store a mandate with its record, and return it; or the one that says the same and stands, with no record.

        Raises: Busy, also when somebody else stores the same at this moment.
        """
        row = _row(delegation)
        same = [delegations.c[name] == row[name] for name in _TERMS]
        with self.database.writing() as connection:
            twin = select(delegations).where(*same, delegations.c.revoked_at.is_(None)).limit(1)
            known = connection.execute(twin).first()
            if known is not None:
                return _delegation(known)
            append_records(connection, [record])
            try:
                connection.execute(insert(delegations), {**row, "terms": _key(row)})
            except FAILURES as error:
                if doubled(error) == "delegations":
                    raise Busy(what=delegation.document) from error
                raise
        return delegation

    @persistent
    def revoke(self, id: str, at: datetime, record: NewRecord, heirs: Sequence[Delegation] = ()) -> bool:
        """End a mandate, with its record and those that go on from it, all or nothing.

        False when there is none that still could be ended. Raises: Busy.
        """
        standing = (delegations.c.id == id, delegations.c.revoked_at.is_(None))
        ended = {"revoked_at": instant_text(at), "terms": None}
        with self.database.writing() as connection:
            if connection.scalar(select(delegations.c.id).where(*standing)) is None:
                return False
            append_records(connection, [record])
            connection.execute(update(delegations).where(*standing).values(ended))
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


def _key(row: Mapping[str, Any]) -> str:
    """Return what no other mandate that stands may have; those that go on from another have none."""
    return sha256(json.dumps([row[name] for name in _TERMS]).encode()).hexdigest()


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
        "terms": None,
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
