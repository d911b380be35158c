"""What the store keeps of what waits for an answer."""

from collections.abc import Iterator
from typing import Protocol

from motcua.services.ports.waits import Cursor, Wait, WaitRow, WaitsWanted


class KeepsWaits(Protocol):
    """Rows of open handoffs and questions."""

    def waits(self, wanted: WaitsWanted, limit: int, after: Cursor | None = None) -> list[WaitRow]:
        """List what waits, the nearest due instant first, those without one last, then by code."""
        ...

    def all_waits(self) -> Iterator[Wait]:
        """Walk every row, ordered by dossier and id, for who checks them against the snapshots."""
        ...
