"""What waits for an answer, as the store in memory lists it."""

from collections.abc import Iterator
from typing import Any

from memory_shares import MemoryShares

from motcua.services.ports import Cursor, Wait, WaitRow, WaitsWanted


class MemoryWaits(MemoryShares):
    """Open handoffs and questions, from what the last change of each dossier said."""

    def waits(self, wanted: WaitsWanted, limit: int, after: Cursor | None = None) -> list[WaitRow]:
        found = sorted(
            (
                WaitRow(wait, change.dossier.code, change.dossier.procedure)
                for change in self._state.heads.values()
                for wait in change.waits or ()
                if _chosen(wait, wanted)
            ),
            key=lambda row: _place(row.cursor),
        )
        return [row for row in found if after is None or _place(row.cursor) > _place(after)][:limit]

    def all_waits(self) -> Iterator[Wait]:
        rows = [wait for change in self._state.heads.values() for wait in change.waits or ()]
        yield from sorted(rows, key=lambda wait: (wait.dossier_id, wait.id))


def _chosen(wait: Wait, wanted: WaitsWanted) -> bool:
    return (
        wanted.kind in (None, wait.kind)
        and wanted.answerer in (None, wait.answerer)
        and (wanted.either is None or wanted.either in (wait.asker, wait.answerer))
        and wanted.without != wait.status
    )


def _place(cursor: Cursor) -> Any:
    return (cursor.due is None, *cursor) if cursor.due else (True, cursor.code, cursor.id)
