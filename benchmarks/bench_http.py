"""A transition over HTTP against the service function itself, each over 16 connections to one PostgreSQL.

The site is `motcua serve`, a process of its own; so is the load, which `benchmarks.load` makes. Every request carries a
token, an idempotency key and the version that was seen, and is one durable record. Rounds of both alternate.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from statistics import median
from tempfile import TemporaryDirectory
from urllib.error import URLError

from postgres_server import running_server

from benchmarks.house import ROOT, build_house, officer, open_one, shipped
from motcua.services.clients import ACT, READ, Terms, add_client
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.transitions import Particulars, send
from motcua.web.api.conditions import etag
from states.commands import Actor

PROCEDURE, TRANSITION, ROLE = "1.001612", "accept", "counter"
ROUNDS, DOSSIERS, CONNECTIONS = 3, 320, 16
BAR = 0.25
PATIENCE = 120


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    with running_server(durable=True) as server, TemporaryDirectory() as home:
        url = server.create("served")
        house = build_house(url)
        agency, actor = _desk(house)
        terms = Terms("load", "Load", (agency,), (str(actor.position),), (READ, ACT))
        _, token = add_client(house, terms, None, None)
        ours, theirs = [], []
        with _site(url, Path(home)) as port:
            for _ in range(ROUNDS):
                theirs.append(_by_service(house, _opened(house), actor))
                ours.append(_by_http(port, token, _opened(house)))
        share = median(o / t for o, t in zip(ours, theirs, strict=True))
        yield f"service     {CONNECTIONS} threads      median {median(theirs):8,.0f}/s"
        yield f"http        {CONNECTIONS} connections  median {median(ours):8,.0f}/s   {share:.2f} of it (bar {BAR})"


def _desk(house: Installation) -> tuple[str, Actor]:
    """Return the first agency that takes the procedure in, and somebody at its counter."""
    [stored] = _opened(house, 1)
    actor = officer(house, stored, ROLE, stored.at.date())
    return str(actor.agency), actor


def _opened(house: Installation, count: int = DOSSIERS) -> list[Stored]:
    procedure = next(p for p, _ in shipped() if p.code == PROCEDURE)
    return [open_one(house, procedure) for _ in range(count)]


def _by_service(house: Installation, work: Sequence[Stored], actor: Actor) -> float:
    given = Particulars(facts={"fee_paid": True})
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        done = threads.map(
            lambda one: send(house, one.dossier.code, TRANSITION, actor, one.dossier.version, given), work
        )
        moved = sum(one.dossier.accepted_at is not None for one in done)
    if moved != len(work):
        raise RuntimeError(f"{len(work) - moved} dossiers were not accepted")
    return len(work) / (time.perf_counter() - began)


def _by_http(port: int, token: str, work: Sequence[Stored]) -> float:
    asked = {
        "host": "127.0.0.1", "port": port, "token": token, "connections": CONNECTIONS,
        "work": [[f"/api/v1/dossiers/{one.dossier.code}/transitions", etag(one)] for one in work],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], input=json.dumps(asked), cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    if told["statuses"] != {"200": len(work)}:
        raise RuntimeError(f"not every request was answered by 200: {told['statuses']}")
    return len(work) / float(told["seconds"])


@contextmanager
def _site(url: str, home: Path) -> Iterator[int]:
    """Run `motcua serve` on a free port until the end of the block."""
    with create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
    command = [sys.executable, "-m", "motcua", "serve", "--port", str(port), "--db", url, "--quiet"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MOTCUA_HOME": str(home)})
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)  # nothing tells when a process of its own begins to listen
    raise RuntimeError("the site did not answer")


if __name__ == "__main__":
    for line in run():
        print(line, flush=True)
