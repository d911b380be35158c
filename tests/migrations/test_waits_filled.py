"""A database from before the table of what waits gets its rows from the open dossiers."""

from dataclasses import replace
from typing import Any, cast

from handing_over import handing
from opinions import consulting
from sqlalchemy import text
from world import Office

from motcua.services.auditing import verify_store
from motcua.store.engine import build_engine
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from motcua.store.urls import parse_url


def test_an_upgrade_fills_the_table(database_url: str) -> None:
    """Offers and questions of open dossiers are in it, as if they had been written by their records."""
    with open_store(database_url) as store:
        office = Office(cast(Any, store))
        office.publish(replace(handing(), code="9.000005"))
        office.publish(replace(consulting(), code="9.000006"))
        office.send(office.accepted("9.000005"), "to_fire", "officer")
        office.send(office.accepted("9.000006"), "appraise", "officer")
        before = list(store.all_waits())
    engine = build_engine(parse_url(database_url))
    with engine.begin() as connection:
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("DROP TABLE waits"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0012'"))
    engine.dispose()
    upgrade(database_url, "0013")
    with engine.begin() as connection:  # what came later was never taken away
        connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": current})
    engine.dispose()
    with open_store(database_url) as store:
        assert 3 == len(before)
        assert before == list(store.all_waits())
        assert verify_store(Office(cast(Any, store)).house).ok
