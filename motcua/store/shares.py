"""What ended dossiers add to the report of responsibility."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from motcua.services.ports import KeptShares
from motcua.store.engine import Shelf, chunks, persistent
from motcua.store.tables import dossiers, kept_shares

_IT = kept_shares.c
_WALK = (
    select(dossiers.c.id, dossiers.c.head, _IT.head, _IT.rules, _IT.body)
    .outerjoin(kept_shares, _IT.dossier_id == dossiers.c.id)
    .order_by(dossiers.c.id)
)


class Shares(Shelf):
    """Figures that a report would else count from all records again."""

    def walk_shares(self) -> Iterator[tuple[str, str, KeptShares | None]]:
        """Walk all dossiers by id: the id, the leaf hash of the last record, and what is kept of it, if anything is."""
        with self.database.walking() as connection:
            for id, head, *kept in connection.execute(_WALK):
                yield id, head, None if kept[0] is None else KeptShares(id, *kept)

    @persistent
    def keep_shares(self, kept: Sequence[KeptShares]) -> None:
        """Keep figures in the place of what was kept of these dossiers before."""
        ids = [one.dossier_id for one in kept]
        with self.database.writing() as connection:
            for some in chunks(ids):
                connection.execute(delete(kept_shares).where(_IT.dossier_id.in_(some)))
            if kept:
                connection.execute(insert(kept_shares), [asdict(one) for one in kept])
