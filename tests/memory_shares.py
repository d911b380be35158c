"""The part of `MemoryStore` that keeps what ended dossiers add to the report of responsibility."""

from collections.abc import Iterator, Sequence

from memory_state import State

from motcua.services.ports import KeptShares


class MemoryShares:
    """Figures by dossier."""

    _state: State

    def walk_shares(self) -> Iterator[tuple[str, str, KeptShares | None]]:
        for id, change in sorted(self._state.heads.items()):
            yield id, change.head, self._state.shares.get(id)

    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        self._state.shares |= {one.dossier_id: one for one in kept}
