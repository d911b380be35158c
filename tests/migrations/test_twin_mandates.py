"""A database in which one mandate was given twice is upgraded like any other."""

from dataclasses import replace

import sqlalchemy as sa
from changes import after, record

from motcua.services.ports import Delegation
from motcua.store.engine import build_engine
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from motcua.store.urls import parse_url

GIVEN = Delegation("m1", "p1", "p2", "15/UQ", "H01.02", (), (), after(2), after(5), after(1))
STREAM = "access:p1"


def test_twins_from_before_stay_and_no_third_one_is_given(database_url: str) -> None:
    """Neither had a key; both can be taken back, and as long as one stands the same is not given anew."""
    with open_store(database_url) as store:
        store.grant(GIVEN, record(STREAM, 1, "access"))
    engine = build_engine(parse_url(database_url))
    with engine.begin() as connection:
        copied = ", ".join(c["name"] for c in sa.inspect(connection).get_columns("delegations"))
        connection.execute(sa.text("DROP INDEX ix_delegations_terms"))
        chosen = copied.replace("id", "'m2'", 1)
        connection.execute(sa.text(f"INSERT INTO delegations ({copied}) SELECT {chosen} FROM delegations"))
        connection.execute(sa.text("ALTER TABLE delegations DROP COLUMN terms"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0045'"))
    engine.dispose()
    upgrade(database_url)
    with open_store(database_url) as store:
        third = replace(GIVEN, id="m3")
        known = [store.grant(third, record(STREAM, 2, "access")).id]
        for seq, name in enumerate(("m1", "m2"), 2):
            store.revoke(name, after(3), record(STREAM, seq, "access"))
        known.append(store.grant(third, record(STREAM, 4, "access")).id)

        assert (["m1", "m3"], 3) == (known, len(store.delegations()))
