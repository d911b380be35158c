"""What ended dossiers add to the report of responsibility."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from motcua.services.ports import KeptShares
from motcua.store.engine import Shelf, persistent
from motcua.store.tables import kept_shares

_CHUNK = 500
_IT = kept_shares.c


class Shares(Shelf):
    """Figures that a report would else count from all records again."""

    def kept_shares(self, ids: Sequence[str]) -> dict[str, KeptShares]:
        """Return what is kept of some dossiers, by their ids; nothing of the others."""
        found: dict[str, KeptShares] = {}
        with self.database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                chunk = select(kept_shares).where(_IT.dossier_id.in_(ids[start : start + _CHUNK]))
                found |= {row.dossier_id: KeptShares(*row) for row in connection.execute(chunk)}
        return found

    @persistent
    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        """Keep figures in the place of what was kept of these dossiers before."""
        ids = [one.dossier_id for one in kept]
        with self.database.writing() as connection:
            for start in range(0, len(ids), _CHUNK):
                connection.execute(delete(kept_shares).where(_IT.dossier_id.in_(ids[start : start + _CHUNK])))
            if kept:
                connection.execute(insert(kept_shares), [asdict(one) for one in kept])
