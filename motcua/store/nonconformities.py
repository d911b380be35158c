"""The register of nonconformities: entries, the steps of each, and the query that looks for the same again."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, insert, select

from motcua.services.ports import (
    Busy,
    NewRecord,
    Nonconformity,
    NonconformityStep,
    NonconformityText,
    Recurrences,
)
from motcua.store.audit_log import append_records
from motcua.store.engine import Shelf, persistent
from motcua.store.failures import FAILURES, doubled
from motcua.store.rows import dump, read_json
from motcua.store.tables import dossiers, nonconformities, nonconformity_steps, nonconformity_texts
from states.wire import instant, instant_text

_KEY = ("nonconformity", "number")


class Nonconformities(Shelf):
    """Entries come with the changes of dossiers or are raised; steps are insert-only, each with its record."""

    def nonconformities(self) -> list[Nonconformity]:
        """Return the register, oldest first."""
        query = select(nonconformities).order_by(nonconformities.c.opened_at, nonconformities.c.id)
        with self.database.reading() as connection:
            return [
                Nonconformity(
                    id=row.id,
                    dossier_id=row.dossier_id,
                    code=row.code,
                    agency=row.agency,
                    cause=row.cause,
                    clock=row.clock,
                    epoch=row.epoch,
                    opened_at=instant(row.opened_at),
                )
                for row in connection.execute(query)
            ]

    def nonconformity_steps(self, nonconformity: str | None = None) -> list[NonconformityStep]:
        """Return the steps of one entry, or of all, by entry and number."""
        steps, texts = nonconformity_steps.c, nonconformity_texts.c
        same = (steps.nonconformity == texts.nonconformity) & (steps.number == texts.number)
        query = (
            select(nonconformity_steps, texts.salt, texts.value)
            .outerjoin(nonconformity_texts, same)
            .order_by(*(steps[name] for name in _KEY))
        )
        if nonconformity is not None:
            query = query.where(steps.nonconformity == nonconformity)
        with self.database.reading() as connection:
            return [_step(row) for row in connection.execute(query)]

    @persistent
    def add_nonconformity_step(self, step: NonconformityStep, record: NewRecord) -> None:
        """Store a step with its record. Raises: Busy, when the number of either is taken."""
        with self.database.writing() as connection:
            _add(connection, step, record)

    @persistent
    def add_nonconformity(self, row: Nonconformity, step: NonconformityStep, record: NewRecord) -> None:
        """Store an entry that a person raised, its first step, and the record. Raises: Busy."""
        entry = {**asdict(row), "opened_at": instant_text(row.opened_at)}
        with self.database.writing() as connection:
            try:
                connection.execute(insert(nonconformities), entry)
            except FAILURES as error:
                if doubled(error) == "nonconformities":
                    raise Busy(what=row.id) from error
                raise
            _add(connection, step, record)

    def recurrences(
        self, cause: str, procedure: str, agencies: Sequence[str], since: datetime, until: datetime
    ) -> Recurrences:
        """Find what was opened after *since* up to *until* where one of *agencies* led, and what they handled."""
        opened = nonconformities.c.opened_at
        within = (opened > instant_text(since), opened <= instant_text(until))
        again = (
            select(nonconformities.c.id)
            .join(dossiers, dossiers.c.id == nonconformities.c.dossier_id)
            .where(nonconformities.c.cause == cause, nonconformities.c.agency.in_(agencies), *within)
            .where(dossiers.c.procedure == procedure)
            .order_by(opened, nonconformities.c.id)
        )
        before = exists().where(
            nonconformities.c.dossier_id == dossiers.c.id,
            nonconformities.c.cause == cause,
            opened <= instant_text(since),
        )
        led = func.coalesce(dossiers.c.lead, dossiers.c.agency).in_(agencies)
        moved = select(func.count(dossiers.c.id)).where(
            dossiers.c.procedure == procedure, led, dossiers.c.at > instant_text(since), ~before
        )
        with self.database.reading() as connection:
            return Recurrences(tuple(connection.scalars(again)), connection.scalar(moved) or 0)


def _add(connection: Connection, step: NonconformityStep, record: NewRecord) -> None:
    append_records(connection, [record])
    try:
        connection.execute(insert(nonconformity_steps), _row(step))
    except FAILURES as error:
        if doubled(error) == "nonconformity_steps":
            raise Busy(what=step.nonconformity) from error
        raise
    if step.text is not None:
        text = {"salt": step.text.salt, "value": step.text.value}
        place = {"nonconformity": step.nonconformity, "number": step.number}
        connection.execute(insert(nonconformity_texts), {**place, **text})


def _step(row: Any) -> NonconformityStep:
    return NonconformityStep(
        nonconformity=row.nonconformity,
        number=row.number,
        kind=row.kind,
        status=row.status,
        officer=row.officer,
        facts=read_json(row.facts),
        stream=row.stream,
        seq=row.seq,
        at=instant(row.at),
        text=None if row.salt is None else NonconformityText(row.salt, row.value),
    )


def _row(step: NonconformityStep) -> dict[str, Any]:
    return {
        "nonconformity": step.nonconformity,
        "number": step.number,
        "kind": step.kind,
        "status": step.status,
        "officer": step.officer,
        "facts": dump(dict(step.facts)),
        "stream": step.stream,
        "seq": step.seq,
        "at": instant_text(step.at),
    }
