"""A bad day at the store, for tests: others are faster, the disk fails, numbers are stale."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from fakes import MemoryStore

from motcua.services.ports import WHOLE, Change, Shard


class TroubledStore(MemoryStore):
    """The store in memory, which a test may burden; without trouble it is the plain one.

    Attributes:
        outrun: So many writes to come lose against somebody else.
        broken: What the writes to come raise, after so many `sound` ones.
        stale: Numbers told instead of the next free one, in their order.
        alarm: Tells the next wake-up instead of the timers.
        looks: So many looks at what is due go well before `blind` is raised.
    """

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.outrun = 0
        self.broken: Exception | None = None
        self.sound = 0
        self.stale: list[int] = []
        self.alarm: Callable[[], datetime] | None = None
        self.looks = 0
        self.blind: Exception | None = None

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        self.writes += 1
        if self.broken is not None:
            self.sound -= 1
            if self.sound < 0:
                raise self.broken
        if self.outrun > 0:
            self.outrun -= 1
            return (False,) * len(changes)
        return super().write(changes)

    def next_number(self, agency: str, day: date) -> int:
        return self.stale.pop(0) if self.stale else super().next_number(agency, day)

    def next_wake(self) -> datetime | None:
        return super().next_wake() if self.alarm is None else self.alarm()

    def due_ids(self, now: datetime, limit: int, shard: Shard = WHOLE) -> list[str]:
        if self.blind is not None:
            self.looks -= 1
            if self.looks < 0:
                raise self.blind
        return super().due_ids(now, limit, shard)


class Crash(Exception):
    """The process dies."""


class CrashingStore:
    """A store of any kind, in front of which the process dies: just before, or just after, some write to come.

    Attributes:
        before, after: So many writes go well before the process dies; None: it lives.
    """

    def __init__(self, store: Any) -> None:
        self._store = store
        self.before: int | None = None
        self.after: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        """Write, unless or until the process dies."""
        self.before = self._counted(self.before)
        accepted: tuple[bool, ...] = self._store.write(changes)
        self.after = self._counted(self.after)
        return accepted

    def _counted(self, left: int | None) -> int | None:
        if left == 0:
            raise Crash
        return None if left is None else left - 1
