"""The one statement that writes changes on PostgreSQL: a common table expression, of one change or of many."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Boolean, Integer

from motcua.store.rows import CHILDREN, DOSSIER, HEAD
from motcua.store.tables import dossiers, metadata
from motcua.store.tables.columns import written

REPLACED = ("tasks", "waits")
"""Tables whose rows of a dossier are those of its last change."""

_TYPES = {
    column.name: "int"
    if isinstance(column.type, Integer)
    else "bool"
    if isinstance(column.type, Boolean)
    else "text"
    for column in dossiers.columns
}
_INPUT = {"expected_seq": "int", **{name: _TYPES[name] for name in DOSSIER}, "wake_at": "text"}
SCALARS = tuple(_INPUT)


@cache
def statement(parts: frozenset[str], many: bool) -> str:
    """Return the statement for changes that use these *parts*; its rows are the ids that were accepted.

    Args:
        parts: `create` and `move` (new and known dossiers), `wake` and `sleep` (a timer set or cleared),
            `delivered`, `mandates`, and the names in `CHILDREN` with rows to write.
        many: Whether `$1` is a JSON list of changes; else the parameters are the `SCALARS` of one change,
            then a JSON list for each part that has one, in the order of `json_parts`.
    """
    steps = [f"input AS MATERIALIZED ({_input(parts, many)})", *_heads(parts, many)]
    accepted = " UNION ALL ".join(
        f"SELECT id FROM {name}" for part, name in (("move", "moved"), ("create", "created")) if part in parts
    )
    steps.append(f"accepted AS MATERIALIZED (SELECT c.* FROM input c JOIN ({accepted}) a ON a.id = c.id)")
    steps += _dependents(parts)
    return "WITH " + ",\n ".join(steps) + "\nSELECT id FROM accepted"


def json_parts(parts: frozenset[str]) -> tuple[str, ...]:
    """Return the parts that carry a JSON list, in the order of their parameters."""
    return tuple(name for name in (*CHILDREN, "delivered", "mandates") if name in parts)


def _input(parts: frozenset[str], many: bool) -> str:
    columns = {**_INPUT, **dict.fromkeys(json_parts(parts), "json")}
    if many:
        kinds = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        return f"SELECT * FROM json_to_recordset($1::json) AS c({kinds})"
    numbered = enumerate(columns.items(), start=1)
    return "SELECT " + ", ".join(f"${number}::{kind} AS {name}" for number, (name, kind) in numbered)


def _heads(parts: frozenset[str], many: bool) -> Iterator[str]:
    """Known dossiers are compared and set, new ones inserted; many are locked in one order first."""
    if "move" in parts:
        source = "input c"
        if many:
            yield (
                "locked AS MATERIALIZED (SELECT d.id FROM dossiers d JOIN input c ON c.id = d.id"
                " ORDER BY d.id FOR UPDATE OF d)"
            )
            source = "locked l JOIN input c ON c.id = l.id"
        setting = ", ".join(f"{name} = c.{name}" for name in HEAD)
        undelivered = _UNDELIVERED if "delivered" in parts else ""
        if "mandates" in parts:
            yield _MANDATES
            undelivered += _UNMANDATED
        yield (
            f"moved AS (UPDATE dossiers d SET {setting} FROM {source}"
            f" WHERE d.id = c.id AND d.seq = c.expected_seq{undelivered} RETURNING d.id)"
        )
    if "create" in parts:
        columns = ", ".join(DOSSIER)
        values = ", ".join(f"c.{name}" for name in DOSSIER)
        yield (
            f"created AS (INSERT INTO dossiers ({columns}) SELECT {values} FROM input c"
            " WHERE c.expected_seq = 0 ON CONFLICT DO NOTHING RETURNING id)"
        )


# Whoever delivered it first moved the dossier as well, so the comparison of `seq` decides a race.
_UNDELIVERED = (
    " AND NOT EXISTS (SELECT FROM json_array_elements_text(c.delivered) AS m(id)"
    " LEFT JOIN outbox o ON o.id = m.id AND o.status = 'pending' WHERE o.id IS NULL)"
)

# Locked, so that a mandate which is being taken back at this moment is waited for and looked at again.
_MANDATES = (
    "mandated AS MATERIALIZED (SELECT g.id, g.since, g.until FROM delegations g"
    " WHERE g.revoked_at IS NULL AND g.id IN"
    " (SELECT json_array_elements_text(i.mandates) FROM input i) FOR SHARE OF g)"
)
_UNMANDATED = (
    " AND NOT EXISTS (SELECT FROM json_array_elements_text(c.mandates) AS m(id)"
    " LEFT JOIN mandated g ON g.id = m.id AND g.since <= c.at AND c.at < g.until WHERE g.id IS NULL)"
)


def _dependents(parts: frozenset[str]) -> Iterator[str]:
    if "wake" in parts:
        yield (
            "wake AS (INSERT INTO timers (dossier_id, wake_at)"
            " SELECT id, wake_at FROM accepted WHERE wake_at IS NOT NULL"
            " ON CONFLICT (dossier_id) DO UPDATE SET wake_at = excluded.wake_at)"
        )
    if "sleep" in parts:
        yield (
            "sleep AS (DELETE FROM timers t USING accepted a WHERE t.dossier_id = a.id AND a.wake_at IS NULL)"
        )
    for table in CHILDREN:
        if table in parts:
            yield _insert(table)
    for table in REPLACED:
        if table in parts:
            yield (
                f"gone_{table} AS (DELETE FROM {table} t USING accepted a"
                f" WHERE t.dossier_id = a.id AND a.{table} IS NOT NULL"
                f" AND t.id NOT IN (SELECT r.id FROM json_to_recordset(a.{table}) AS r(id text)))"
            )
    if "delivered" in parts:
        yield (
            "sent AS (UPDATE outbox o SET status = 'sent' FROM accepted a,"
            " json_array_elements_text(a.delivered) AS m(id) WHERE o.id = m.id AND o.status = 'pending')"
        )


def _insert(table: str) -> str:
    columns = written(metadata.tables[table])
    names = ", ".join(column.name for column in columns)
    values = ", ".join(f"r.{column.name}" for column in columns)
    kinds = ", ".join(
        f"{column.name} {'int' if isinstance(column.type, Integer) else 'text'}" for column in columns
    )
    text = (
        f"new_{table} AS (INSERT INTO {table} ({names}) SELECT {values}"
        f" FROM accepted a, json_to_recordset(a.{table}) AS r({kinds})"
    )
    if table in REPLACED:
        changed = ", ".join(f"{c.name} = excluded.{c.name}" for c in columns if not c.primary_key)
        text += f" ON CONFLICT (dossier_id, id) DO UPDATE SET {changed}"
    return text + ")"
