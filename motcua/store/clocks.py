"""The database's clock, what it said at which uptime of a machine, and the hold after a step."""

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from motcua.services.ports import Beat, Busy, ClockHold, NewRecord, Reading
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf
from motcua.store.rows import beat, beat_row, reading
from motcua.store.tables import clock_beats, clock_holds
from states.wire import instant_text

NOW = """to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_POSTGRES = f"SELECT h.trusted_at, h.seen_at, {NOW} FROM (SELECT 1) one LEFT JOIN clock_holds h ON true"
_SQLITE = "SELECT h.trusted_at, h.seen_at, NULL FROM (SELECT 1) one LEFT JOIN clock_holds h ON true"


class Clocks(Shelf):
    """What is known of time."""

    def reading(self) -> Reading:
        """Return the database's clock, where it has one of its own, and the hold that stands."""
        [row] = self.database.rows(_POSTGRES if self.database.is_postgres else _SQLITE, ())
        return reading(row)

    def beat(self, boot: str) -> Beat | None:
        """Return what the clock said when a machine looked last since it was started."""
        with self.database.reading() as connection:
            row = connection.execute(select(clock_beats).where(clock_beats.c.boot == boot)).first()
        return None if row is None else beat(row)

    def set_beat(self, known: Beat | None, new: Beat) -> None:
        """Remember a look, if *known* is still the last one. Raises: Busy."""
        with self.database.writing() as connection:
            _set_beat(connection, known, new)

    def step_clock(self, known: Beat | None, new: Beat, hold: ClockHold | None, record: NewRecord) -> None:
        """Store a step with its record; the looks of other machines are forgotten, as they saw it too. Raises: Busy."""
        with self.database.writing() as connection:
            _set_beat(connection, known, new)
            append_records(connection, [record])
            connection.execute(delete(clock_beats).where(clock_beats.c.boot != new.boot))
            connection.execute(delete(clock_holds))
            if hold is not None:
                told = {"trusted_at": instant_text(hold.trusted_at), "seen_at": instant_text(hold.seen_at)}
                connection.execute(insert(clock_holds), {"number": 1, **told})

    def release_clock(self, record: NewRecord) -> None:
        """End the hold and forget every look: a person vouches for the clock. Raises: Busy."""
        with self.database.writing() as connection:
            append_records(connection, [record])
            connection.execute(delete(clock_beats))
            if connection.execute(delete(clock_holds)).rowcount == 0:
                raise Busy(what=record.stream)


def _set_beat(connection: Any, known: Beat | None, new: Beat) -> None:
    if known is None:
        try:
            connection.execute(insert(clock_beats), beat_row(new))
        except IntegrityError as error:
            raise Busy(what=new.host) from error
        return
    same = (clock_beats.c.boot == known.boot, clock_beats.c.wall == instant_text(known.wall))
    if connection.execute(update(clock_beats).where(*same).values(beat_row(new))).rowcount == 0:
        raise Busy(what=new.host)
