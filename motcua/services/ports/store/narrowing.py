"""The part of the store that shows a part of itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.services.ports.store import Store


class KeepsApart(Protocol):
    """Rows that are for some agencies."""

    def narrowed(self, agencies: Sequence[str]) -> "Store":
        """Return the same store, in which only dossiers that concern these agencies are seen and nothing is written."""
        ...
