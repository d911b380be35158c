"""Papers of dossiers: drafted under a number, signed or not yet; insert-only, written by the one door."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, false, func, or_, select

from motcua.services.ports import OwedPaper, PaperDraft, PaperRow, PaperSignature, Stored
from motcua.store.engine import Shelf
from motcua.store.rows import read_json, stored
from motcua.store.tables import OWES_PAPER, SERIES, dossiers, outbox, paper_signatures, papers
from states.wire import from_wire, instant_text


class Papers(Shelf):
    """Every series of numbers, and the papers of each dossier."""

    def next_paper_number(self, agency: str, form: str, year: int) -> int:
        """Return the next free number of an agency's series of a form in a year (1 for the first)."""
        same = (papers.c.agency == agency, papers.c.form == form, papers.c.year == year)
        with self.database.reading() as connection:
            last = connection.scalar(select(func.max(papers.c.number)).where(*same))
        return (last or 0) + 1

    def papers(self, dossier_id: str) -> list[PaperRow]:
        """Return the papers of a dossier, in the order of their drafting."""
        drafted = select(papers).where(papers.c.dossier_id == dossier_id)
        signed = select(paper_signatures).where(paper_signatures.c.dossier_id == dossier_id)
        with self.database.reading() as connection:
            signatures = {_series(row): _signature(row) for row in connection.execute(signed)}
            rows = list(
                connection.execute(drafted.order_by(papers.c.seq, *(papers.c[name] for name in SERIES)))
            )
        return [PaperRow(_draft(row), signatures.get(_series(row))) for row in rows]

    def papers_owed(self, since: datetime, limit: int, skip: int, once: Mapping[str, str]) -> list[OwedPaper]:
        """Return messages from *since* on that owe a paper which nobody has drafted, oldest first."""
        own = papers.c.dossier_id == outbox.c.dossier_id
        settled = [
            and_(outbox.c.template == template, exists().where(own, papers.c.form == form))
            for template, form in once.items()
        ]
        query = (
            select(outbox.c.id, dossiers.c.code, outbox.c.template, outbox.c.created_at)
            .join(dossiers, dossiers.c.id == outbox.c.dossier_id)
            .where(OWES_PAPER, outbox.c.created_at >= instant_text(since))
            .where(~exists().where(papers.c.cause == outbox.c.id), ~or_(false(), *settled))
            .order_by(outbox.c.created_at, outbox.c.dossier_id, outbox.c.seq, outbox.c.place)
            .limit(limit)
            .offset(skip)
        )
        with self.database.reading() as connection:
            return [
                OwedPaper(row.id, row.code, row.template, datetime.fromisoformat(row.created_at))
                for row in connection.execute(query)
            ]

    def papers_owed_by(self, dossier_id: str, seq: int) -> list[OwedPaper]:
        """Return the messages of one record that owe a paper, whether somebody has drafted it or not."""
        query = (
            select(outbox.c.id, dossiers.c.code, outbox.c.template, outbox.c.created_at)
            .join(dossiers, dossiers.c.id == outbox.c.dossier_id)
            .where(OWES_PAPER, outbox.c.dossier_id == dossier_id, outbox.c.seq == seq)
            .order_by(outbox.c.place)
        )
        with self.database.reading() as connection:
            return [
                OwedPaper(row.id, row.code, row.template, datetime.fromisoformat(row.created_at))
                for row in connection.execute(query)
            ]

    def received_in(self, agency: str, year: int) -> Iterator[Stored]:
        """Walk the dossiers that an agency took in during a year, in the order of their numbers."""
        query = (
            select(dossiers.c.id, dossiers.c.snapshot, dossiers.c.seq, dossiers.c.head, dossiers.c.at)
            .where(dossiers.c.agency == agency)
            .where(dossiers.c.day >= f"{year:04d}-01-01", dossiers.c.day <= f"{year:04d}-12-31")
            .order_by(dossiers.c.day, dossiers.c.number)
        )
        with self.database.walking() as connection:
            for row in connection.execute(query):
                yield stored(row)


def _series(row: Any) -> tuple[object, ...]:
    return tuple(row._mapping[name] for name in SERIES)


def _draft(row: Any) -> PaperDraft:
    return from_wire(PaperDraft, {**row._mapping, "input": read_json(row.input)})


def _signature(row: Any) -> PaperSignature:
    return from_wire(PaperSignature, {**row._mapping, "input": read_json(row.input)})
