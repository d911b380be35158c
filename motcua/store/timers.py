"""Timers: one wake-up for each dossier in which something can fall due."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, text

from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none
from motcua.store.tables import timers
from states.wire import instant_text

_REARM = text(
    "INSERT INTO timers (dossier_id, wake_at) SELECT id, :wake_at FROM dossiers WHERE id = :id"
    " ON CONFLICT (dossier_id) DO UPDATE SET wake_at = excluded.wake_at"
)


class Timers(Shelf):
    """When the sweep must look again, and at which dossiers."""

    def due_ids(self, now: datetime, limit: int) -> list[str]:
        """Return the ids of dossiers whose wake-up is at or before *now*, earliest first."""
        query = (
            select(timers.c.dossier_id)
            .where(timers.c.wake_at <= instant_text(now))
            .order_by(timers.c.wake_at, timers.c.dossier_id)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return list(connection.scalars(query))

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        with self.database.reading() as connection:
            return instant_or_none(connection.scalar(select(func.min(timers.c.wake_at))))

    def rearm(self, wakes: Mapping[str, datetime | None]) -> None:
        """Correct wake-ups by dossier id, None to take one away; unknown ids are passed over."""
        ordered = sorted(wakes)
        armed = [
            {"id": key, "wake_at": instant_text(at)} for key in ordered if (at := wakes[key]) is not None
        ]
        silent = [{"owner": key} for key in ordered if wakes[key] is None]
        with self.database.writing() as connection:
            if armed:
                connection.execute(_REARM, armed)
            if silent:
                connection.execute(delete(timers).where(timers.c.dossier_id == bindparam("owner")), silent)
