"""What `MemoryStore` knows of time: a database's clock where a test sets one, looks of machines, and a hold."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from memory_register import MemoryRegister

from motcua.services.ports import Beat, Busy, ClockHold, FiredRung, NewRecord, Reading


class MemoryClocks(MemoryRegister):
    """The part of the store that a step of the clock is seen with.

    Attributes:
        clock: What the database's clock says; None, as on SQLite, unless a test sets it.
    """

    def __init__(self) -> None:
        self.clock: datetime | None = None
        super().__init__()

    def reading(self) -> Reading:
        return Reading(self.clock, self._state.holds.get(1))

    def beat(self, boot: str) -> Beat | None:
        return self._state.beats.get(boot)

    def set_beat(self, known: Beat | None, new: Beat) -> None:
        with self._lock:
            if self._state.beats.get(new.boot) != known:
                raise Busy(what=new.host)
            self._state.beats[new.boot] = new

    def step_clock(self, known: Beat | None, new: Beat, hold: ClockHold | None, record: NewRecord) -> None:
        with self._lock:
            if self._state.beats.get(new.boot) != known:
                raise Busy(what=new.host)
            self.append([record])
            self._state.beats = {new.boot: new}
            self._state.holds = {} if hold is None else {1: hold}

    def release_clock(self, record: NewRecord) -> None:
        with self._lock:
            if not self._state.holds:
                raise Busy(what=record.stream)
            self.append([record])
            self._state.beats, self._state.holds = {}, {}

    def rungs_since(self, ids: Sequence[str], since: datetime) -> Mapping[str, tuple[FiredRung, ...]]:
        found: dict[str, tuple[FiredRung, ...]] = {}
        fired = sorted(self._state.rungs.items(), key=lambda item: (item[1].at, item[0]))
        for (id, *_), rung in fired:
            if id in ids and rung.at >= since:
                found[id] = (*found.get(id, ()), rung)
        return found
