"""Timers: one wake-up for each dossier in which something can fall due."""

from datetime import datetime

from sqlalchemy import func, select

from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none
from motcua.store.tables import timers
from states.wire import instant_text


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
