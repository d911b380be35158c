"""The part of the store that serves pages: saved filters, tries, and what lists that stay open look at."""

from collections.abc import Sequence
from typing import Protocol

from motcua.services.ports.accounts import Account, Session
from motcua.services.ports.pages import OpenTask, SavedFilter
from motcua.services.ports.values import PersonalValue


class ServesPages(Protocol):
    """None of it is a record: it may be lost without anything having happened."""

    def saved_filters(self, person: str) -> list[SavedFilter]:
        """Return the filters of a person, by name."""
        ...

    def save_filter(self, saved: SavedFilter) -> None:
        """Store a filter; one of the same person and name is replaced."""
        ...

    def rename_filter(self, person: str, name: str, new: str) -> bool:
        """Give a filter another name; False where there is none, or the new name is taken."""
        ...

    def drop_filter(self, person: str, name: str) -> None:
        """Forget a filter."""
        ...

    def count_try(self, key: str, window: int, windows: int, most: int) -> bool:
        """Count one try under a key, unless there were too many.

        Args:
            key: What is tried and by whom; opaque.
            window: Number of the present short window of time.
            windows: So many count together, the present one included.
            most: So many are allowed in all of these.

        Returns:
            False when it is one too many, which then does not count.
        """
        ...

    def open_tasks_of(self, ids: Sequence[str]) -> list[OpenTask]:
        """Return the open tasks of some dossiers."""
        ...

    def personal_among(self, ids: Sequence[str], fields: Sequence[str]) -> list[tuple[str, PersonalValue]]:
        """Return some personal values of some dossiers, each with the id of its dossier."""
        ...

    def sessions_among(self, ids: Sequence[str]) -> list[tuple[Session, Account]]:
        """Return those of some sessions that are there, each with its account."""
        ...
