"""Filters of the inbox that people gave names."""

from sqlalchemy import delete, insert, select, update

from motcua.services.ports import SavedFilter
from motcua.store.engine import Shelf, persistent
from motcua.store.tables import saved_filters

_OWN = saved_filters.c


class SavedFilters(Shelf):
    """Whoever they belong to asks for them by their own id."""

    def saved_filters(self, person: str) -> list[SavedFilter]:
        """Return the filters of a person, by name."""
        query = select(saved_filters).where(_OWN.person == person).order_by(_OWN.name)
        with self.database.reading() as connection:
            return [SavedFilter(row.person, row.name, row.query) for row in connection.execute(query)]

    @persistent
    def save_filter(self, saved: SavedFilter) -> None:
        """Store a filter; one of the same person and name is replaced."""
        same = (_OWN.person == saved.person, _OWN.name == saved.name)
        row = {"person": saved.person, "name": saved.name, "query": saved.query}
        with self.database.writing() as connection:
            connection.execute(delete(saved_filters).where(*same))
            connection.execute(insert(saved_filters), row)

    @persistent
    def rename_filter(self, person: str, name: str, new: str) -> bool:
        """Give a filter another name; False where there is none, or the new name is taken."""
        taken = select(_OWN.name).where(_OWN.person == person, _OWN.name == new)
        change = update(saved_filters).where(_OWN.person == person, _OWN.name == name).values(name=new)
        with self.database.writing() as connection:
            if connection.scalar(taken) is not None:
                return False
            return connection.execute(change).rowcount == 1

    @persistent
    def drop_filter(self, person: str, name: str) -> None:
        """Forget a filter."""
        with self.database.writing() as connection:
            connection.execute(delete(saved_filters).where(_OWN.person == person, _OWN.name == name))
