"""Databases for tests: a fresh SQLite file, a fresh PostgreSQL database, or each in turn."""

import gc
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from postgres_server import PostgresServer, running_server

settings.register_profile(
    "motcua",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("motcua")

IN_MEMORY, ROOM = Path("/dev/shm"), 4 << 30
"""A run writes thousands of databases for minutes: what waits for the disk in them is nobody's claim."""


def may_hold_a_run(folder: Path) -> bool:
    """Tell whether a folder takes files of ours, has room, and lets programs run: tests install some."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize > ROOM and not told.f_flag & getattr(os, "ST_NOEXEC", 0)


if may_hold_a_run(IN_MEMORY):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

pytest_plugins = ("web_province",)
_numbers = count(1)
LONG = ("flows", "stories", "web")
"""Folders of tests that start processes, and of those that look at pages: the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is alone with it at the end."""
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: min((order[part] for part in item.path.parts if part in order), default=9))


def pytest_collection_finish() -> None:
    """Leave out of the search for garbage what lives to the end anyway: a tenth of the processor time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _fresh_name() -> str:
    """Name a database so that neither another test nor another run uses the name."""
    return f"motcua_test_{os.getpid()}_{next(_numbers)}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this worker; its absence is a failure, never a skip."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database with our schema, which every test gets a copy of."""
    from motcua.store.migrate import upgrade

    name = _fresh_name()
    upgrade(postgres_server.create(name))
    yield name
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def postgres_shape(postgres_server: PostgresServer, postgres_template: str) -> str:
    """What a database looks like of which tests have changed rows alone."""
    return postgres_server.shape(postgres_template)


@pytest.fixture(scope="session")
def postgres_desk(postgres_server: PostgresServer) -> Iterator[list[tuple[str, str]]]:
    """Databases that are free, name and URL: at most one, since a worker runs one test at a time."""
    free: list[tuple[str, str]] = []
    yield free
    for name, _ in free:
        postgres_server.drop(name)


@pytest.fixture
def postgres_url(
    postgres_server: PostgresServer,
    postgres_template: str,
    postgres_shape: str,
    postgres_desk: list[tuple[str, str]],
) -> Iterator[str]:
    """URL of a PostgreSQL database of this test alone, with our schema and no rows.

    The one of the test before is emptied, unless that test changed more than rows: a new one costs ten times as much.
    """
    if not postgres_desk:
        name = _fresh_name()
        postgres_desk.append((name, postgres_server.create(name, postgres_template)))
    name, url = postgres_desk.pop()
    yield url
    if postgres_server.emptied(name, postgres_shape):
        postgres_desk.append((name, url))
    else:
        postgres_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our schema, which every test gets a copy of."""
    from motcua.store.migrate import upgrade

    path = tmp_path_factory.mktemp("template") / "motcua.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """URL of an SQLite file of this test alone, with our schema and no rows."""
    path = tmp_path / "motcua.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on SQLite and on PostgreSQL."""
    return cast(str, request.getfixturevalue(f"{request.param}_url"))
