"""How often something was tried, counted by windows of time that all processes share."""

from sqlalchemy import delete, func, select, text, update

from motcua.store.engine import Shelf, persistent
from motcua.store.tables import tries

_COUNT = text(
    "INSERT INTO tries (id, number, count) VALUES (:id, :number, 1)"
    " ON CONFLICT (id, number) DO UPDATE SET count = tries.count + 1 RETURNING count"
)


class Tries(Shelf):
    """A counter for each key and short window of time; several together are the time in which tries count."""

    @persistent
    def count_try(self, key: str, window: int, windows: int, most: int) -> bool:
        """Count one try under a key, unless there were too many; False when it is one too many."""
        here = (tries.c.id == key, tries.c.number == window)
        with self.database.writing() as connection:
            # Counting first locks the row, so that two at once cannot both be the last one allowed.
            now = connection.execute(_COUNT, {"id": key, "number": window}).scalar_one()
            if now == 1:
                connection.execute(delete(tries).where(tries.c.number <= window - windows))
            mine = select(func.sum(tries.c.count)).where(tries.c.id == key, tries.c.number > window - windows)
            if int(connection.scalar(mine) or 0) <= most:
                return True
            connection.execute(update(tries).where(*here).values(count=tries.c.count - 1))
            return False
