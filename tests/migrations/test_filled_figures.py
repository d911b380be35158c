"""Columns that a migration fills hold what every change writes."""

from typing import Any, cast

import sqlalchemy as sa
from world import PAUSING, Office

from motcua.store.engine import build_engine
from motcua.store.migrations.versions import m0030_figures
from motcua.store.store import open_store
from motcua.store.urls import parse_url

_COLUMNS = ("late_at", "finished", "promised", "first_promised", "parent", "unseen")
DOSSIERS = sa.text(f"SELECT id, {', '.join(_COLUMNS)} FROM dossiers ORDER BY id")
TASKS = sa.text("SELECT dossier_id, id, warned FROM tasks ORDER BY dossier_id, id")
FORGET = (
    f"UPDATE dossiers SET {', '.join(f'{name} = NULL' for name in _COLUMNS)}",
    "UPDATE tasks SET warned = NULL",
)


def live(office: Office) -> None:
    """Let dossiers be finished with and without an apology, wait, be withdrawn, be warned of, and be late."""
    finished = office.accepted()
    for transition, officer in (("appraise", "officer"), ("visit", "officer"), ("answer", "firefighter")):
        office.send(finished, transition, officer)
    office.extend(finished)
    office.send(office.accepted(), "withdraw", None)
    office.send(office.accepted(PAUSING), "ask_more", "officer")
    office.accepted()
    office.wait(days=8)
    office.send(finished, "decide", "unit_head")
    office.accepted()
    office.open()


def test_what_the_migration_fills_is_what_every_change_writes(database_url: str) -> None:
    """Emptied and filled again, every column is the same, on both engines."""
    with open_store(database_url) as store:
        live(Office(cast(Any, store)))
    engine = build_engine(parse_url(database_url))
    with engine.connect() as connection:
        written = [connection.execute(query).fetchall() for query in (DOSSIERS, TASKS)]
        for statement in FORGET:
            connection.execute(sa.text(statement))
        m0030_figures._fill(connection)
        filled = [connection.execute(query).fetchall() for query in (DOSSIERS, TASKS)]
    engine.dispose()

    assert written == filled
    dossiers, tasks = written
    assert {True} == {any(row[place] is not None for row in dossiers) for place in (1, 2, 3, 4)}
    assert (True, {0, 1}) == (any(row[6] for row in dossiers), {row[2] for row in tasks})
