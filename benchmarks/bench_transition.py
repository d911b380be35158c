"""A durable transition through the service function, on one connection, against pgbench in the same run.

pgbench runs what a transition cannot do without: select by key, then one prepared CTE that updates the dossier and
inserts record, timer and outbox row; fsync on. Rounds of both alternate, so that they share the machine's moods.
"""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from postgres_server import running_server

from benchmarks.house import build_house, officer, open_one, shipped
from flows.cluster.postgres import binaries
from motcua.services.installation import Installation
from motcua.services.transitions import Particulars, send

PROCEDURE = "1.001612"
ROUNDS, SECONDS, DOSSIERS = 5, 2, 150
WAY: tuple[tuple[str, str, dict[str, bool | int | str]], ...] = (
    ("accept", "counter", {"fee_paid": True}),
    ("propose", "officer", {"proposal": "grant"}),
    ("return_tax_code", "tax_officer", {}),
    ("sign", "leader", {}),
    ("issue", "clerk", {}),
    ("hand_over", "counter", {}),
)
SCHEMA = """
CREATE TABLE d (id int PRIMARY KEY, version int NOT NULL, snapshot text NOT NULL) WITH (fillfactor = 80);
CREATE TABLE r (stream int, seq int, raw text NOT NULL, leaf text NOT NULL, PRIMARY KEY (stream, seq));
CREATE TABLE t (id int PRIMARY KEY, wake_at text NOT NULL);
CREATE TABLE o (id text PRIMARY KEY, payload text NOT NULL);
INSERT INTO d SELECT n, 0, repeat('s', 2500) FROM generate_series(1, 20000) n;
"""
SCRIPT = """
\\set id random(1, 20000)
\\set key random(1, 2000000000)
SELECT id, version, snapshot FROM d WHERE id = :id;
WITH moved AS (UPDATE d SET version = version + 1, snapshot = repeat('t', 2500) WHERE id = :id RETURNING id, version),
 rec AS (INSERT INTO r SELECT id, :key, repeat('r', 1800), repeat('h', 64) FROM moved ON CONFLICT DO NOTHING),
 tim AS (INSERT INTO t SELECT id, '2026-11-23T10:00:00.000000Z' FROM moved
         ON CONFLICT (id) DO UPDATE SET wake_at = excluded.wake_at),
 box AS (INSERT INTO o SELECT id || ':' || :key, repeat('p', 400) FROM moved ON CONFLICT DO NOTHING)
SELECT count(*) FROM moved;
"""


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    sqlite = list(_sqlite())
    yield f"transition  SQLite      median {median(sqlite):8,.0f}/s   (bar 500/s)"
    with running_server(durable=True) as server:
        ours_url, theirs_url = server.create("ours"), server.create("theirs")
        house = build_house(ours_url)
        pgbench = _Pgbench(theirs_url)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(pgbench.rate())
            ours.append(_rate(house))
        share = median(o / t for o, t in zip(ours, theirs, strict=True))
        yield f"transition  PostgreSQL  median {median(ours):8,.0f}/s   pgbench {median(theirs):8,.0f}/s"
        yield f"            share of pgbench  {share:.2f}   (bar 0.30)"


def _sqlite() -> Iterator[float]:
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(f"sqlite:///{folder}/bench.db")
        for _ in range(ROUNDS):
            yield _rate(house)


def _rate(house: Installation) -> float:
    """Take dossiers the happy way from intake to the desk and return transitions per second.

    Submitting is not timed. The way holds the dearest transition, acceptance, which arms three clocks and owes a
    notice, and cheap ones.
    """
    procedure = next(p for p, _ in shipped() if p.code == PROCEDURE)
    opened = [open_one(house, procedure, place) for place in range(DOSSIERS)]
    people = {
        role: [officer(house, stored, role, stored.at.date()) for stored in opened] for _, role, _ in WAY
    }
    began = time.perf_counter()
    for place, stored in enumerate(opened):
        code, version = stored.dossier.code, stored.dossier.version
        for transition, role, facts in WAY:
            actor, given = people[role][place], Particulars(facts=facts)
            version = send(house, code, transition, actor, version, given).dossier.version
    return DOSSIERS * len(WAY) / (time.perf_counter() - began)


def _program(name: str) -> Path:
    """Find a program that comes with PostgreSQL, beside the server or behind its link."""
    folders = (
        binaries(),
        (binaries() / "postgres").resolve().parent,
        *Path("/usr/lib/postgresql").glob("*/bin"),
    )
    return next(folder / name for folder in folders if (folder / name).exists())


class _Pgbench:
    """The program that comes with PostgreSQL, on a database of its own."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("+psycopg", "", 1)
        self._script = Path(tempfile.mkstemp(suffix=".sql")[1])
        self._script.write_text(SCRIPT, encoding="utf-8")
        subprocess.run([str(_program("psql")), "-q", "-d", self._url, "-c", SCHEMA], check=True)

    def rate(self) -> float:
        """Return its transactions per second over one round."""
        command = [_program("pgbench"), "-n", "-M", "prepared", "-c", "1", "-T", str(SECONDS)]
        done = subprocess.run(
            [*map(str, command), "-f", str(self._script), self._url],
            capture_output=True,
            text=True,
            check=True,
        )
        found = re.search(r"tps = ([0-9.]+)", done.stdout)
        if found is None:
            raise RuntimeError(done.stdout + done.stderr)
        return float(found[1])
