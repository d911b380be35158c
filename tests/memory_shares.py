"""The part of `MemoryStore` that keeps what ended dossiers add to the report of responsibility."""

from collections.abc import Sequence

from memory_state import State

from motcua.services.ports import KeptShares


class MemoryShares:
    """Figures by dossier."""

    _state: State

    def kept_shares(self, ids: Sequence[str]) -> dict[str, KeptShares]:
        return {id: self._state.shares[id] for id in ids if id in self._state.shares}

    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        self._state.shares |= {one.dossier_id: one for one in kept}
