"""The personal values behind commitments, and lasting notes."""

import json

from sqlalchemy import insert, select

from motcua.services.ports import NoteTaken, PersonalValue, Stored
from motcua.store.engine import Shelf, persistent
from motcua.store.rows import stored
from motcua.store.tables import OF_PERSON, dossiers, notes, personal_data


class Registers(Shelf):
    """What is kept beside the dossiers."""

    def personal(self, dossier_id: str) -> list[PersonalValue]:
        """Return the values behind a dossier's commitments, in the order of records and fields."""
        query = (
            select(personal_data)
            .where(personal_data.c.dossier_id == dossier_id)
            .order_by(personal_data.c.seq, personal_data.c.field)
        )
        with self.database.reading() as connection:
            return [
                PersonalValue(row.seq, row.field, row.salt, row.value) for row in connection.execute(query)
            ]

    def open_of_person(self, procedure: str, id_number: str, limit: int) -> list[Stored]:
        """Return the open dossiers of a procedure that somebody with this number handed in, the newest code first."""
        query = (
            select(dossiers.c.id, dossiers.c.snapshot, dossiers.c.seq, dossiers.c.head, dossiers.c.at)
            .join(personal_data, personal_data.c.dossier_id == dossiers.c.id)
            .where(OF_PERSON, personal_data.c.value == json.dumps(id_number, ensure_ascii=False))
            .where(dossiers.c.procedure == procedure, dossiers.c.ended.is_(False))
            .order_by(dossiers.c.code.desc())
            .limit(limit)
        )
        with self.database.reading() as connection:
            return [stored(row) for row in connection.execute(query)]

    def note(self, key: str) -> str | None:
        """Return a lasting note of this installation, such as `virtual_time` or `log`."""
        with self.database.reading() as connection:
            return connection.scalar(select(notes.c.value).where(notes.c.key == key))

    @persistent
    def set_note(self, key: str, value: str) -> None:
        """Leave a lasting note; the same one again changes nothing. Raises: NoteTaken."""
        with self.database.writing() as connection:
            known = connection.scalar(select(notes.c.value).where(notes.c.key == key))
            if known is None:
                connection.execute(insert(notes), {"key": key, "value": value})
            elif known != value:
                raise NoteTaken(key=key, value=known)
