"""The part of `MemoryStore` that serves pages."""

from collections.abc import Sequence

from memory_ratings import MemoryRatings
from memory_tasks import mark_of

from motcua.services.ports import Account, OpenTask, PersonalValue, SavedFilter, Session


class MemoryPages(MemoryRatings):
    """Besides ratings: filters by person and name, tries by key and window; the rest from what is there."""

    def saved_filters(self, person: str) -> list[SavedFilter]:
        found = self._state.filters
        return [found[place] for place in sorted(found) if place[0] == person]

    def save_filter(self, saved: SavedFilter) -> None:
        self._state.filters[saved.person, saved.name] = saved

    def rename_filter(self, person: str, name: str, new: str) -> bool:
        with self._lock:
            known = self._state.filters
            if (person, name) not in known or (person, new) in known:
                return False
            known[person, new] = SavedFilter(person, new, known.pop((person, name)).query)
            return True

    def drop_filter(self, person: str, name: str) -> None:
        self._state.filters.pop((person, name), None)

    def count_try(self, key: str, window: int, windows: int, most: int) -> bool:
        with self._lock:
            counts = self._state.tries
            if sum(counts.get((key, window - n), 0) for n in range(windows)) >= most:
                return False
            counts[key, window] = counts.get((key, window), 0) + 1
            return True

    def open_tasks_of(self, ids: Sequence[str]) -> list[OpenTask]:
        wanted = [self._state.heads[id] for id in sorted(set(ids)) if id in self._state.heads]
        return [
            OpenTask(
                change.id,
                change.dossier.code,
                change.dossier.procedure,
                change.dossier.public,
                task.id,
                task.agency,
                task.position,
                task.assignee,
                mark_of(change, task).urgency,
                change.dossier.version,
            )
            for change in wanted
            for task in sorted(change.tasks or (), key=lambda one: one.id)
        ]

    def personal_among(self, ids: Sequence[str], fields: Sequence[str]) -> list[tuple[str, PersonalValue]]:
        places = sorted(self._state.values)
        return [
            (id, self._state.values[id, seq, field])
            for id, seq, field in places
            if id in ids and field in fields
        ]

    def sessions_among(self, ids: Sequence[str]) -> list[tuple[Session, Account]]:
        known = self._state.sessions
        found = [known[id] for id in sorted(set(ids)) if id in known]
        return [(session, self._state.accounts[session.login]) for session in found]
