"""Write changes on SQLite: plain statements within one immediate transaction."""

from collections.abc import Sequence
from typing import Any

from motcua.services.ports import Change
from motcua.store.rows import CHILDREN, DOSSIER, HEAD, Row, dossier_row, lists
from motcua.store.tables import metadata
from motcua.store.tables.columns import written
from states.wire import instant_text


def _insert(table: str, names: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


_MOVE = (
    f"UPDATE dossiers SET {', '.join(f'{name} = :{name}' for name in HEAD)}"
    " WHERE id = :id AND seq = :expected_seq"
)
_CREATE = f"{_insert('dossiers', DOSSIER)} ON CONFLICT DO NOTHING"
_WAKE = (
    "INSERT INTO timers (dossier_id, wake_at) VALUES (?, ?)"
    " ON CONFLICT (dossier_id) DO UPDATE SET wake_at = excluded.wake_at"
)
_INSERTS = {
    table: _insert(table, [column.name for column in written(metadata.tables[table])]) for table in CHILDREN
}
_PENDING = "SELECT 1 FROM outbox WHERE id = ? AND status = 'pending'"
_IN_FORCE = "SELECT 1 FROM delegations WHERE id = ? AND revoked_at IS NULL AND since <= ? AND ? < until"
_SENT = "UPDATE outbox SET status = 'sent' WHERE id = ?"


def write_sqlite(driver: Any, changes: Sequence[Change]) -> set[str]:
    """Write changes, sorted by id and each of another dossier; return the ids of the accepted ones."""
    driver.execute("BEGIN IMMEDIATE")
    try:
        accepted = [change for change in changes if _head(driver, change)]
        _write_children(driver, accepted)
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise
    return {change.id for change in accepted}


def _head(driver: Any, change: Change) -> bool:
    """Compare and set the dossier, or insert a new one; False when the change is rejected."""
    if not all(driver.execute(_PENDING, (message,)).fetchone() for message in change.delivered):
        return False
    at = instant_text(change.at)
    if not all(driver.execute(_IN_FORCE, (id, at, at)).fetchone() for id in change.mandates):
        return False
    row = dossier_row(change)
    row["expected_seq"] = change.expected_seq
    moved: int = driver.execute(_MOVE if change.expected_seq else _CREATE, row).rowcount
    return moved == 1


def _write_children(driver: Any, accepted: Sequence[Change]) -> None:
    rows: dict[str, list[Row]] = {}
    for change in accepted:
        _set_timer(driver, change)
        if change.tasks is not None:
            driver.execute("DELETE FROM tasks WHERE dossier_id = ?", (change.id,))
        if change.waits is not None:
            driver.execute("DELETE FROM waits WHERE dossier_id = ?", (change.id,))
        for table, found in lists(change).items():
            rows.setdefault(table, []).extend(found)
        for message in change.delivered:
            driver.execute(_SENT, (message,))
    for table, found in rows.items():
        driver.executemany(_INSERTS[table], found)


def _set_timer(driver: Any, change: Change) -> None:
    if change.wake_at is None:
        driver.execute("DELETE FROM timers WHERE dossier_id = ?", (change.id,))
    else:
        driver.execute(_WAKE, (change.id, instant_text(change.wake_at)))
