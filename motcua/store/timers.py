"""Timers: one wake-up for each dossier in which something can fall due."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, text

from motcua.store.engine import Shelf
from motcua.store.rows import instant_or_none
from motcua.store.tables import timers
from states.wire import instant_text

_DUE = "SELECT dossier_id FROM timers WHERE wake_at <= $1 ORDER BY wake_at, dossier_id LIMIT $2"
_NEXT = "SELECT min(wake_at) FROM timers"
_REARM = text(
    "INSERT INTO timers (dossier_id, wake_at) SELECT id, :wake_at FROM dossiers WHERE id = :id"
    " ON CONFLICT (dossier_id) DO UPDATE SET wake_at = excluded.wake_at"
)


class Timers(Shelf):
    """When the sweep must look again, and at which dossiers."""

    def due_ids(self, now: datetime, limit: int) -> list[str]:
        """Return the ids of dossiers whose wake-up is at or before *now*, earliest first."""
        return [row[0] for row in self.database.rows(_DUE, (instant_text(now), limit))]

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        [row] = self.database.rows(_NEXT, ())
        return instant_or_none(row[0])

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
