"""The part of the store that keeps what ended dossiers add to the report of responsibility."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from motcua.services.ports.shares import KeptShares


class KeepsShares(Protocol):
    """Figures that follow from records, so that a report need not replay them all."""

    def walk_shares(self) -> Iterator[tuple[str, str, KeptShares | None]]:
        """Walk all dossiers by id: the id, the leaf hash of the last record, and what is kept of it, if anything is."""
        ...

    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        """Keep figures in the place of what was kept of these dossiers before."""
        ...
