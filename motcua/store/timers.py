"""Timers: one wake-up for each dossier in which something can fall due."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from motcua.services.ports import WHOLE, FiredRung, Shard
from motcua.store.engine import Shelf, chunks
from motcua.store.rows import instant_or_none
from motcua.store.tables import fired_rungs, timers
from states.wire import instant, instant_text

_DUE = "SELECT dossier_id FROM timers WHERE wake_at <= $1 ORDER BY wake_at, dossier_id LIMIT $2"
_DUE_IN_SHARD = _DUE.replace("ORDER", "AND dossier_id >= $3 AND dossier_id < $4 ORDER")
_NEXT = "SELECT min(wake_at) FROM timers"
_RUNG = fired_rungs.c
_IN_TURN = (_RUNG.at, _RUNG.clock, _RUNG.epoch, _RUNG.rung)


class Timers(Shelf):
    """When the sweep must look again, and at which dossiers."""

    def due_ids(self, now: datetime, limit: int, shard: Shard = WHOLE) -> list[str]:
        """Return the ids of dossiers in *shard* whose wake-up is at or before *now*, earliest first."""
        if shard == WHOLE:
            return [row[0] for row in self.database.rows(_DUE, (instant_text(now), limit))]
        given = (instant_text(now), limit, shard.first, shard.past)
        return [row[0] for row in self.database.rows(_DUE_IN_SHARD, given)]

    def next_wake(self) -> datetime | None:
        """Return the earliest wake-up, None when nothing can fall due."""
        [row] = self.database.rows(_NEXT, ())
        return instant_or_none(row[0])

    def wakes(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        """Return the wake-ups of dossiers, without those that have none."""
        found: dict[str, datetime] = {}
        with self.database.reading() as connection:
            for some in chunks(ids):
                chunk = select(timers).where(timers.c.dossier_id.in_(some))
                found |= {row.dossier_id: instant(row.wake_at) for row in connection.execute(chunk)}
        return found

    def rungs_since(self, ids: Sequence[str], since: datetime) -> Mapping[str, tuple[FiredRung, ...]]:
        """Return the rungs of dossiers that fired at *since* or later, in that order, without those that have none."""
        found: dict[str, tuple[FiredRung, ...]] = {}
        wanted = select(fired_rungs).where(_RUNG.at >= instant_text(since)).order_by(*_IN_TURN)
        with self.database.reading() as connection:
            for some in chunks(ids):
                for row in connection.execute(wanted.where(_RUNG.dossier_id.in_(some))):
                    rung = FiredRung(row.clock, row.epoch, row.rung, instant(row.due_at), instant(row.at))
                    found[row.dossier_id] = (*found.get(row.dossier_id, ()), rung)
        return found
