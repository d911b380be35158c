"""What open tasks tell of their dossiers, filled by a migration, is what every change writes."""

from typing import Any, cast

import sqlalchemy as sa
from world import Office

from motcua.store.engine import build_engine
from motcua.store.migrations.versions import m0042_tasks_told
from motcua.store.store import open_store
from motcua.store.urls import parse_url

TOLD = sa.text("SELECT dossier_id, id, public, procedure FROM tasks ORDER BY dossier_id, id")


def test_tasks_tell_the_same_whoever_filled_them(database_url: str) -> None:
    """Emptied and filled again, public status and procedure are the same, on both engines."""
    with open_store(database_url) as store:
        office = Office(cast(Any, store))
        office.send(office.accepted(), "appraise", "officer")
        office.accepted()
        office.open()
    engine = build_engine(parse_url(database_url))
    with engine.connect() as connection:
        written = connection.execute(TOLD).fetchall()
        connection.execute(sa.text("UPDATE tasks SET public = NULL, procedure = NULL"))
        connection.execute(sa.text(m0042_tasks_told.FILL))
        filled = connection.execute(TOLD).fetchall()
    engine.dispose()

    assert written == filled
    assert (2, False) == (len({row.public for row in written}), None in {row.procedure for row in written})
