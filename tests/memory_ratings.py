"""The part of `MemoryStore` that keeps ratings."""

from collections import Counter
from datetime import datetime

from memory_orders import MemoryOrders

from motcua.services.ports import NewRecord, RatedAlready, Rating, RatingCount


class MemoryRatings(MemoryOrders):
    """Ratings by id."""

    def add_rating(self, rating: Rating, record: NewRecord) -> None:
        with self._lock:
            known = self._state.ratings.values()
            same = [(row.dossier_id, row.way) for row in known if row.dossier_id is not None]
            if rating.id in self._state.ratings or (rating.dossier_id, rating.way) in same:
                raise RatedAlready
            self.append([record])
            self._state.ratings[rating.id] = rating

    def ratings_of(self, dossier_id: str) -> list[Rating]:
        found = [row for row in self._state.ratings.values() if row.dossier_id == dossier_id]
        return sorted(found, key=lambda row: (row.at, row.id))

    def rating_counts(self, since: datetime, until: datetime) -> list[RatingCount]:
        rows = [row for row in self._state.ratings.values() if since <= row.at < until]
        sums = Counter((row.agency, row.procedure, row.way, row.score) for row in rows)
        keys = sorted(sums, key=lambda key: (key[0], key[1] or "", *key[2:]))
        return [RatingCount(*key, sums[key]) for key in keys]
