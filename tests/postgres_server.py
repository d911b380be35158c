"""A PostgreSQL for one test run: found or brought along, needs no service, gone however pytest ends."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from flows.cluster.errors import NotStarted
from flows.cluster.postgres import ENVIRONMENT, account, binaries, enterable

GIVEN = "MOTCUA_TEST_DATABASE_URL"

# It reads a pipe that only the test run holds: the read ends when the run does, even by SIGKILL.
SUPERVISOR = """
bin=$1 folder=$2 options=$3
fail() { echo "$1"; cat "$folder"/*.log; exec >&-; read -r _; rm -rf "$folder"; exit 1; }
"$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale --no-sync \\
  >"$folder/initdb.log" 2>&1 </dev/null || fail "initdb failed"
"$bin/postgres" -D "$folder/data" $options >"$folder/server.log" 2>&1 </dev/null &
server=$!
tries=600
until grep -q "^ready" "$folder/data/postmaster.pid"; do
  tries=$((tries - 1))
  { kill -0 $server && [ $tries -gt 0 ]; } || fail "postgres failed"
  sleep 0.05
done 2>"$folder/wait.log"
echo ready
exec >&-
read -r _
kill -INT $server
wait $server
rm -rf "$folder"
"""
OPTIONS = "-c listen_addresses= -c max_connections=60 -k {folder}"
HASTY = " -c fsync=off -c full_page_writes=off"


# What a test left open is cut, as dropping the database would; triggers and foreign keys are passed by.
EMPTIED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$ DECLARE held regclass; BEGIN
  FOR held IN SELECT oid FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' AND relkind = 'r'
  LOOP EXECUTE format('DELETE FROM %s', held);
  END LOOP;
END $$
"""
SHAPE = """
SELECT string_agg(found, ' ' ORDER BY found) FROM (
  SELECT oid || ':' || xmin AS found FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT oid || ':' || xmin FROM pg_policy
  UNION ALL SELECT oid || ':' || xmin FROM pg_trigger
  UNION ALL SELECT oid || ':' || xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT setdatabase || ':' || setrole || ':' || setconfig::text FROM pg_db_role_setting
) AS everything
"""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, by the URL of its maintenance database."""

    url: str

    def create(self, name: str, template: str = "template0") -> str:
        """Create the database *name* as a copy of *template* and return its SQLAlchemy URL."""
        # Copying files costs less than half of writing every page to the log, and leaves less to be flushed.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return re.sub(r"^\w+", "postgresql+psycopg", self._at(name))

    def drop(self, name: str) -> None:
        """Drop the database *name*, cutting connections that a test left open."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def emptied(self, name: str, shape: str) -> bool:
        """Delete every row of the database *name* but its revision; False where it has not that *shape* any more."""
        with psycopg.connect(self._at(name), autocommit=True) as connection:
            same = _shape(connection) == shape
            if same:
                connection.execute(EMPTIED)
            return same

    def shape(self, name: str) -> str:
        """Return what changes when anything but rows does: tables, indexes, policies, triggers, functions, settings."""
        with psycopg.connect(self._at(name)) as connection:
            return _shape(connection)

    def _at(self, name: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _shape(connection: "psycopg.Connection[tuple[str, ...]]") -> str:
    [found] = connection.execute(SHAPE)
    return found[0]


@contextmanager
def running_server(durable: bool = False) -> Iterator[PostgresServer]:
    """Yield the server named by the environment, or one of our own that ends with this process.

    A server of our own waits for the disk only when it is to be *durable*, as benchmarks need it.

    Raises:
        NoPostgres: No binaries were found.
        NotStarted: The server did not start; says what it said.
    """
    if given := os.environ.get(GIVEN):
        yield PostgresServer(given.replace("+psycopg", "", 1))
        return
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    supervisor = _start(folder, OPTIONS if durable else OPTIONS + HASTY)
    try:
        yield PostgresServer(f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}")
    finally:
        supervisor.communicate(timeout=60)


def _start(folder: Path, options: str) -> "subprocess.Popen[str]":
    """Start the supervisor of a server in *folder* and return once connections are taken."""
    bin_folder = enterable(binaries(), folder)
    identity = account(folder)
    supervisor = subprocess.Popen(
        ["/bin/sh", "-c", SUPERVISOR, "supervisor", bin_folder, folder, options.format(folder=folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,
        **identity,
    )
    assert supervisor.stdout is not None
    if (said := supervisor.stdout.read()) != "ready\n":
        supervisor.communicate(timeout=60)
        raise NotStarted(part=f"PostgreSQL in {bin_folder}", reason=said)
    return supervisor


if __name__ == "__main__":
    with running_server() as server:
        print(server.url, flush=True)
        sys.stdin.read()
