"""Write changes on PostgreSQL: one statement, prepared once, in autocommit, for one change or for many."""

from collections.abc import Sequence
from typing import Any

from motcua.services.ports import Change
from motcua.store.postgres_statement import SCALARS, json_parts, statement
from motcua.store.postgres_wire import PreparedStatements
from motcua.store.rows import dossier_row, dump, lists
from states.wire import instant_text


def write_postgres(prepared: PreparedStatements, changes: Sequence[Change]) -> set[str]:
    """Write changes, sorted by id and each of another dossier; return the ids of the accepted ones."""
    if len(changes) == 1:
        query, parameters = _one(changes[0])
    else:
        query, parameters = _many(changes)
    return {str(row[0]) for row in prepared.run(query, parameters)}


def _one(change: Change) -> tuple[str, list[Any]]:
    found: dict[str, Any] = lists(change)
    parts = _parts(change, found)
    values = _scalars(change)
    parameters: list[Any] = [values[name] for name in SCALARS]
    found["delivered"], found["mandates"] = change.delivered, change.mandates
    parameters += [dump(found[name]) for name in json_parts(parts)]
    return statement(parts, False), parameters


def _many(changes: Sequence[Change]) -> tuple[str, list[Any]]:
    parts: frozenset[str] = frozenset()
    rows = []
    for change in changes:
        found: dict[str, Any] = lists(change)
        parts |= _parts(change, found)
        rows.append({**_scalars(change), **found, "delivered": change.delivered, "mandates": change.mandates})
    return statement(parts, True), [dump(rows)]


def _scalars(change: Change) -> dict[str, Any]:
    values = dossier_row(change)
    values["expected_seq"] = change.expected_seq
    values["wake_at"] = None if change.wake_at is None else instant_text(change.wake_at)
    return values


def _parts(change: Change, found: dict[str, Any]) -> frozenset[str]:
    parts = {"create" if change.expected_seq == 0 else "move", "sleep" if change.wake_at is None else "wake"}
    parts.update(found)
    if change.delivered:
        parts.add("delivered")
    if change.mandates:
        parts.add("mandates")
    return frozenset(parts)
