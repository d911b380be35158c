"""Dossiers: load, list and write; every write is a compare-and-set on the number of the last record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import func, or_, select

from motcua.services.ports import (
    AlreadyWritten,
    Answer,
    Busy,
    Change,
    DossierNotFound,
    DossierQuery,
    DossierRow,
    KeyTaken,
    NumberTaken,
    Row,
    RungDoubled,
    Stored,
)
from motcua.store.clocks import NOW
from motcua.store.engine import ATTEMPTS, Shelf, at_most, chunks
from motcua.store.failures import CONTENTION, FAILURES, doubled, unknown
from motcua.store.postgres_write import write_postgres
from motcua.store.rows import FIGURES, instant_or_none, stored
from motcua.store.sqlite_write import write_sqlite
from motcua.store.tables import dossiers

_COLUMNS = "d.id, d.snapshot, d.seq, d.head, d.at, h.trusted_at, h.seen_at"
_FROM = "FROM dossiers d LEFT JOIN clock_holds h ON true WHERE d.code = $1"
_LOAD_POSTGRES = f"SELECT {_COLUMNS}, {NOW} {_FROM}"
_LOAD_SQLITE = f"SELECT {_COLUMNS}, NULL {_FROM}"
_LAST_NUMBER = "SELECT max(number) FROM dossiers WHERE agency = $1 AND day = $2"
_ANSWER = "SELECT idem, fingerprint, dossier_id, seq FROM answers WHERE idem = $1"
_STORED = (dossiers.c.id, dossiers.c.snapshot, dossiers.c.seq, dossiers.c.head, dossiers.c.at)
_COLUMNS_OF = (
    "id",
    "code",
    "procedure",
    "agency",
    "day",
    "number",
    "version",
    "states",
    "public",
    "ended",
    "lead",
)
_LEADS = func.coalesce(dossiers.c.lead, dossiers.c.agency)
_ROWS = select(*(dossiers.c[name] for name in (*_COLUMNS_OF, *FIGURES))).order_by(dossiers.c.id)


class Dossiers(Shelf):
    """The snapshots, and the one door through which they change."""

    def load(self, code: str) -> Stored:
        """Return the dossier with this code. Raises: DossierNotFound."""
        row = self._row(code)
        if row is None:
            raise DossierNotFound(code=code)
        return stored(row)

    def load_ids(self, ids: Sequence[str]) -> list[Stored]:
        """Return the dossiers with these ids, in the same order, without those that do not exist."""
        found: dict[str, Stored] = {}
        with self.database.reading() as connection:
            for some in chunks(ids):
                chunk = select(*_STORED).where(dossiers.c.id.in_(some))
                found |= {row.id: stored(row) for row in connection.execute(chunk)}
        return [found[dossier_id] for dossier_id in ids if dossier_id in found]

    def write(self, changes: Sequence[Change]) -> tuple[bool, ...]:
        """Commit all changes in one transaction; a change whose compare-and-set fails is rejected alone.

        Each change is of another dossier.

        Raises:
            RungDoubled, AlreadyWritten, NumberTaken, KeyTaken: Nothing at all was written.
            OutcomeUnknown: The connection broke meanwhile; all of it was written, or nothing.
            Busy: Other writers stood in the way again and again.
        """
        if not changes:
            return ()
        ordered = sorted(changes, key=lambda change: change.id)
        if any(one.id == other.id for one, other in pairwise(ordered)):
            raise ValueError("two changes of one dossier in one write")
        accepted = self._write(ordered)
        return tuple(change.id in accepted for change in changes)

    def answer(self, idem: str) -> Answer | None:
        """Return where the answer to a command with this key stands; None when it was never stored."""
        found = self.database.rows(_ANSWER, (idem,))
        return next((Answer(key, print_, owner, int(seq)) for key, print_, owner, seq in found), None)

    def next_number(self, agency: str, day: date) -> int:
        """Return the next free daily number of an agency (1 for the first of the day)."""
        [[last]] = self.database.rows(_LAST_NUMBER, (agency, day.isoformat()))
        return int(last or 0) + 1

    def find_dossiers(
        self,
        *,
        procedure: str | None = None,
        agency: str | None = None,
        open_only: bool = False,
        limit: int = 100,
    ) -> list[DossierRow]:
        """List dossiers, the nearest due instant first, those without one last."""
        query = (
            select(dossiers)
            .order_by(dossiers.c.due.asc().nulls_last(), dossiers.c.code)
            .limit(at_most(limit))
        )
        if procedure is not None:
            query = query.where(dossiers.c.procedure == procedure)
        if agency is not None:
            query = query.where(_LEADS == agency)
        if open_only:
            query = query.where(dossiers.c.ended.is_(False))
        with self.database.reading() as connection:
            return [_listed(row) for row in connection.execute(query)]

    def latest(self, procedures: Sequence[str], publics: Sequence[int], limit: int) -> list[Stored]:
        """Return the dossiers of some procedures in some national statuses, the last recorded first."""
        wanted = (dossiers.c.procedure.in_(procedures), dossiers.c.public.in_(publics))
        query = (
            select(*_STORED)
            .where(*wanted)
            .order_by(dossiers.c.at.desc(), dossiers.c.code)
            .limit(at_most(limit))
        )
        with self.database.reading() as connection:
            return [stored(row) for row in connection.execute(query)]

    def page(self, query: DossierQuery, after: str, limit: int) -> list[Stored]:
        """Return wanted dossiers in the order of their codes, those behind the code *after* ("" for all)."""
        found = (
            select(*_STORED).where(dossiers.c.code > after).order_by(dossiers.c.code).limit(at_most(limit))
        )
        if query.agency is not None:
            below = _LEADS.startswith(f"{query.agency}.", autoescape=True)
            found = found.where(or_(_LEADS == query.agency, below))
        if query.procedure is not None:
            found = found.where(dossiers.c.procedure == query.procedure)
        if query.text:
            found = found.where(dossiers.c.code.contains(query.text, autoescape=True))
        if query.ended is not None:
            found = found.where(dossiers.c.ended.is_(query.ended))
        with self.database.reading() as connection:
            return [stored(row) for row in connection.execute(found)]

    def iterate(self, *, open_only: bool = False) -> Iterator[Stored]:
        """Walk all dossiers in the order of their codes, with constant memory."""
        query = select(*_STORED).order_by(dossiers.c.code)
        if open_only:
            query = query.where(dossiers.c.ended.is_(False))
        with self.database.walking() as connection:
            for row in connection.execute(query):
                yield stored(row)

    def last_at(self) -> datetime | None:
        """Return the instant of the last record of any dossier; None where there is none."""
        with self.database.reading() as connection:
            return instant_or_none(connection.scalar(select(func.max(dossiers.c.at))))

    def rows(self) -> Iterator[Row]:
        """Walk what the columns say of every dossier, ordered by id."""
        with self.database.walking() as connection:
            for row in connection.execute(_ROWS):
                told: dict[str, Any] = dict(row._mapping)
                told["day"], told["configuration"] = date.fromisoformat(row.day), told.pop("states")
                told["figures"] = {name: told.pop(name) for name in FIGURES}
                yield Row(**told)

    def _row(self, code: str) -> Sequence[Any] | None:
        query = _LOAD_POSTGRES if self.database.is_postgres else _LOAD_SQLITE
        found = self.database.rows(query, (code,))
        return found[0] if found else None

    def _write(self, ordered: Sequence[Change]) -> set[str]:
        for _ in range(ATTEMPTS):
            seat = self.database.seat()
            try:
                if seat.prepared is None:
                    return write_sqlite(seat.driver, ordered)
                return write_postgres(seat.prepared, ordered)
            except CONTENTION:
                continue
            except FAILURES as error:
                _refuse_doubles(error, ordered)
                if self.database.lost():
                    raise unknown(self.database.url, ordered[0].dossier.code) from error
                self.database.fail(error)
                raise
        raise Busy(what=ordered[0].dossier.code)


def _refuse_doubles(error: Exception, changes: Sequence[Change]) -> None:
    table = doubled(error)
    codes = ", ".join(change.dossier.code for change in changes[:5])
    if table == "fired_rungs":
        raise RungDoubled(what=codes) from error
    if table == "answers":
        raise KeyTaken(what=codes) from error
    if table == "papers":
        raise NumberTaken(what=codes) from error
    if table is not None:
        raise AlreadyWritten(table=table, what=codes) from error


def _listed(row: Any) -> DossierRow:
    return DossierRow(
        code=row.code,
        procedure=row.procedure,
        agency=row.lead or row.agency,
        states=tuple(row.states.split("|")) if row.states else (),
        public=row.public,
        version=row.version,
        due=instant_or_none(row.due),
        ended=row.ended,
    )
