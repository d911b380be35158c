"""The migrations lead to the one schema, and the history can only grow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from changes import after, draft, key, nonconformity, opening, rating, record, rung, signature, value
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from motcua.services.ports import NonconformityStep, NonconformityText, OrderRow, PublishedVersion
from motcua.store import migrations
from motcua.store.engine import build_engine
from motcua.store.migrate import current, upgrade
from motcua.store.revision import newest
from motcua.store.store import open_store
from motcua.store.tables import APPEND_ONLY, metadata
from motcua.store.urls import parse_url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty database."""
    made = build_engine(parse_url(database_url))
    yield made
    made.dispose()


def _index(found: Any) -> str:
    """Describe an index, with the text of its predicate."""
    options = {name: str(option) for name, option in found["dialect_options"].items()}
    return str((found["name"], found["column_names"], found["unique"], options))


def shape(connection: Connection, tables: MetaData) -> dict[str, object]:
    """Return columns, keys, indexes and named constraints as the database describes them."""
    seen = inspect(connection)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)],
            seen.get_pk_constraint(name),
            sorted(map(str, seen.get_foreign_keys(name))),
            sorted(map(str, seen.get_unique_constraints(name))),
            sorted(map(str, seen.get_check_constraints(name))),
            sorted(map(_index, seen.get_indexes(name))),
        )
        for name in tables.tables
    }


def test_migrations_lead_to_the_one_schema(engine: Engine) -> None:
    """Alembic finds nothing to change, and every constraint is named and equal to the tables' own."""
    with engine.connect() as connection:
        assert [] == compare_metadata(MigrationContext.configure(connection), metadata)
        migrated = shape(connection, metadata)
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("CREATE SCHEMA fresh")
            connection.exec_driver_sql("SET search_path TO fresh")
            metadata.create_all(connection, checkfirst=False)
            created = shape(connection, metadata)
            connection.exec_driver_sql("SET search_path TO public")
        else:
            other = create_engine("sqlite://")
            with other.connect() as empty:
                metadata.create_all(empty)
                created = shape(empty, metadata)
            other.dispose()
    assert created == migrated


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    """A database at the newest revision stays there."""
    assert newest() == upgrade(database_url) == current(database_url)


def test_the_newest_revision_is_the_one_that_no_other_follows() -> None:
    """The name of a migration's file says its revision, and they form one line."""
    scripts = Path(migrations.__file__).parent
    configuration = Config()
    configuration.set_main_option("script_location", str(scripts).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")

    assert [newest()] == ScriptDirectory.from_config(configuration).get_heads()


def fill(url: str) -> None:
    """Put at least one row into every append-only table."""
    version = PublishedVersion(
        "d" * 64, "9.000001", "1.0.0", "{}", b"", opening(1).day, None, "an", opening(1).at
    )
    with open_store(url) as store:
        papers = {"papers": (draft(1),), "signatures": (signature(1),)}
        breach = {"nonconformities": (nonconformity("nc", 1),)}
        store.write([opening(1, rungs=(rung(),), values=(value(1, "name"),), **papers, **breach)])
        place = ("registry:H01.02", 1, after(1), NonconformityText("ab" * 32, "người trực"))
        store.add_nonconformity_step(
            NonconformityStep("nc", 1, "nonconformity_contained", "contained", "an", {}, *place),
            record("registry:H01.02", 1, "registry"),
        )
        store.propose(version, record("procedure:9.000001", 1))
        store.approve(version.digest, "binh", opening(1).at, record("procedure:9.000001", 2))
        row = OrderRow("storm", "e" * 64, "{}", "an", after(1))
        store.propose_order(row, record("order:storm", 1, "order"))
        store.approve_order(row.digest, "binh", after(2), record("order:storm", 2, "order"))
        store.set_note("log", "example.vn/audit")
        store.add_rating(rating(), record("registry:H01.02", 2, "registry"))


def refused(engine: Engine, statement: str) -> bool:
    """Tell whether the database itself refuses a statement."""
    with engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError:
            return True
        return False


def test_history_cannot_be_changed_or_deleted(database_url: str, engine: Engine) -> None:
    """The database refuses UPDATE and DELETE of history, and TRUNCATE or REPLACE where it knows them."""
    fill(database_url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "INSERT INTO adoptions VALUES ('calendar', 'vn', 1, 'd', '{}', 'an', '2026-03-02T01:00:00.000000Z')"
            )
        )
        columns = {name: inspect(connection).get_columns(name)[0]["name"] for name in APPEND_ONLY}
    on_postgres = engine.dialect.name == "postgresql"
    for table, column in columns.items():
        last = f"TRUNCATE {table} CASCADE" if on_postgres else f"REPLACE INTO {table} SELECT * FROM {table}"
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", last):
            assert refused(engine, statement), statement


def test_personal_values_can_be_erased_but_not_changed(database_url: str, engine: Engine) -> None:
    """Erasure deletes rows; nobody rewrites them."""
    fill(database_url)
    for table in ("personal_data", "nonconformity_texts", "rating_comments"):
        assert refused(engine, f"UPDATE {table} SET value = 'another'")
        assert not refused(engine, f"DELETE FROM {table}")
    with open_store(database_url) as store:
        assert [] == store.personal(key(1))
