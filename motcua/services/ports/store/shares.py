"""The part of the store that keeps what ended dossiers add to the report of responsibility."""

from collections.abc import Sequence
from typing import Protocol

from motcua.services.ports.shares import KeptShares


class KeepsShares(Protocol):
    """Figures that follow from records, so that a report need not replay them all."""

    def kept_shares(self, ids: Sequence[str]) -> dict[str, KeptShares]:
        """Return what is kept of some dossiers, by their ids; nothing of the others."""
        ...

    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        """Keep figures in the place of what was kept of these dossiers before."""
        ...
