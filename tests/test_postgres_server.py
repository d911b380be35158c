"""The tests' own PostgreSQL: it takes connections, needs no service, and never outlives the test run."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import postgres_server as tested
import psycopg
import pytest
from postgres_server import GIVEN, PostgresServer

from flows.cluster.errors import NotStarted
from flows.cluster.postgres import OLDEST, bundled


def without_given_server() -> dict[str, str]:
    """The environment without a server that somebody else runs."""
    return {name: value for name, value in os.environ.items() if name != GIVEN}


def test_a_database_is_a_copy_of_its_template(postgres_server: PostgresServer) -> None:
    """What the template holds, the copy holds; dropping it cuts open connections."""
    template, copy = f"template_{os.getpid()}", f"copy_{os.getpid()}"
    template_url = postgres_server.create(template).replace("+psycopg", "")
    with psycopg.connect(template_url) as connection:
        connection.execute("CREATE TABLE chao AS SELECT 'một cửa' AS xin")

    connection = psycopg.connect(postgres_server.create(copy, template).replace("+psycopg", ""))
    assert ("một cửa",) == connection.execute("SELECT xin FROM chao").fetchone()

    postgres_server.drop(copy)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()
    postgres_server.drop(template)


def test_an_emptied_database_is_as_good_as_new(
    postgres_server: PostgresServer, postgres_template: str
) -> None:
    """Rows are gone, and who still looked at them; what got another index is not lent again."""
    name, shape = f"emptied_{os.getpid()}", postgres_server.shape(postgres_template)
    url = postgres_server.create(name, postgres_template).replace("+psycopg", "")
    added = "INSERT INTO clock_beats VALUES ('boot', 'host', 'wall', 1)"
    with psycopg.connect(url, autocommit=True) as left_open:
        left_open.execute(added)
        assert postgres_server.emptied(name, shape)
        with pytest.raises(psycopg.OperationalError):
            left_open.execute(added)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(added)
        connection.execute("CREATE INDEX more ON clock_beats (wall)")
    assert not postgres_server.emptied(name, shape)
    postgres_server.drop(name)


def test_the_server_dies_with_a_test_run_that_was_killed() -> None:
    """After SIGKILL of the process that asked for it, neither the server nor its folder is left."""
    run = subprocess.Popen(
        [sys.executable, tested.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=without_given_server(),
    )
    assert run.stdout is not None
    [folder] = map(Path, parse_qs(urlsplit(run.stdout.readline().strip()).query)["host"])
    postmaster = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    run.kill()
    run.communicate(timeout=60)  # the supervisor inherited stderr: it ends when the supervisor does

    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)


def test_the_bundled_server_starts_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no suitable system binaries the wheel's own are used, copied out of a closed folder if need be."""
    wheel = bundled()
    assert wheel is not None
    monkeypatch.delenv(GIVEN, raising=False)
    monkeypatch.setattr(tested, "binaries", lambda: wheel / "bin")

    with tested.running_server() as server, psycopg.connect(server.url) as connection:
        assert connection.info.server_version >= OLDEST * 10_000


def test_a_server_that_does_not_start_is_a_failure_that_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A broken installation stops the tests with its own words; it skips nothing."""
    binaries = tmp_path / "broken" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "initdb").write_text("#!/bin/sh\necho no such luck; exit 1\n", encoding="utf-8")
    (binaries / "initdb").chmod(0o755)
    monkeypatch.delenv(GIVEN, raising=False)
    monkeypatch.setattr(tested, "binaries", lambda: binaries)

    with pytest.raises(NotStarted, match="no such luck"), tested.running_server():
        pass
