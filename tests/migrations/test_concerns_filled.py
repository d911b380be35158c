"""A database from before dossiers said whom they concern is told so from the snapshots."""

from dataclasses import replace
from typing import Any, cast

from handing_over import handing
from opinions import consulting
from sqlalchemy import text
from world import Office

from motcua.store.engine import build_engine
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from motcua.store.urls import parse_url

WHOM = text("SELECT code, concerns FROM dossiers ORDER BY code")


def test_an_upgrade_tells_whom_dossiers_concern_as_their_records_do(sqlite_url: str) -> None:
    """Of submitted, accepted, offered and consulted ones; what the upgrade writes is what each change writes."""
    with open_store(sqlite_url) as store:
        office = Office(cast(Any, store))
        office.publish(replace(handing(), code="9.000005"))
        office.publish(replace(consulting(), code="9.000006"))
        office.open()
        office.send(office.accepted(), "appraise", "officer")
        office.send(office.accepted("9.000005"), "to_fire", "officer")
        office.send(office.accepted("9.000006"), "appraise", "officer")
    engine = build_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        before = list(map(tuple, connection.execute(WHOM)))
        connection.execute(text("ALTER TABLE dossiers DROP COLUMN concerns"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0016'"))
    upgrade(sqlite_url, "0017")
    with engine.begin() as connection:
        after = list(map(tuple, connection.execute(WHOM)))
    engine.dispose()

    assert 4 == len(before)
    assert before == after
