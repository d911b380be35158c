"""The part of `MemoryStore` that keeps the register of nonconformities, and appends records."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import RLock

from memory_state import State

from motcua.services.ports import Busy, NewRecord, Nonconformity, NonconformityStep, Recurrences


class MemoryRegister:
    """Entries, their steps, and the streams that steps are recorded in."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._state = State()

    def append(self, records: Sequence[NewRecord]) -> None:
        with self._lock:
            state = self._state.copy()
            for record in records:
                if any(known.seq == record.seq for known in state.streams.get(record.stream, ())):
                    raise Busy(what=record.stream)
                state.streams.setdefault(record.stream, []).append(record)
                state.log.append(record)
            self._state = state

    def records_between(self, since: datetime, until: datetime) -> Iterator[NewRecord]:
        for _, rows in sorted(self._state.streams.items()):
            yield from [row for row in rows if since <= row.at < until]

    def nonconformities(self) -> list[Nonconformity]:
        return sorted(self._state.nonconformities.values(), key=lambda row: (row.opened_at, row.id))

    def nonconformity_steps(self, nonconformity: str | None = None) -> list[NonconformityStep]:
        steps = self._state.steps.values()
        found = [step for step in steps if nonconformity in (None, step.nonconformity)]
        return sorted(found, key=lambda step: (step.nonconformity, step.number))

    def add_nonconformity_step(self, step: NonconformityStep, record: NewRecord) -> None:
        with self._lock:
            if (step.nonconformity, step.number) in self._state.steps:
                raise Busy(what=step.nonconformity)
            self.append([record])
            self._state.steps[step.nonconformity, step.number] = step

    def add_nonconformity(self, row: Nonconformity, step: NonconformityStep, record: NewRecord) -> None:
        with self._lock:
            if row.id in self._state.nonconformities:
                raise Busy(what=row.id)
            self.add_nonconformity_step(step, record)
            self._state.nonconformities[row.id] = row

    def recurrences(
        self, cause: str, procedure: str, agencies: Sequence[str], since: datetime, until: datetime
    ) -> Recurrences:
        heads = self._state.heads
        of = {id for id, change in heads.items() if change.dossier.procedure == procedure}
        found = [
            row.id
            for row in self.nonconformities()
            if row.cause == cause and row.dossier_id in of and row.agency in agencies
            if since < row.opened_at <= until
        ]
        rows = [row for row in self.nonconformities() if row.cause == cause and row.opened_at <= since]
        fresh = {id for id in of if heads[id].dossier.agency in agencies} - {row.dossier_id for row in rows}
        return Recurrences(tuple(found), sum(heads[id].at > since for id in fresh))
