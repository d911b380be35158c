"""What lists that stay open cost: processor time of a site in its own process with 200 streams, at rest and at work."""

import argparse
import asyncio
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Awaitable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from socket import create_server
from typing import NamedTuple

from benchmarks.house import build_house, officer, open_one
from motcua.bootstrap import paper_press, read_settings
from motcua.bootstrap.house import build, close
from motcua.services.access import add_account, begin
from motcua.services.installation import Installation
from motcua.services.tasks import claim, release
from motcua.services.transitions import Particulars, send
from motcua.web.serving import server
from motcua.web.site import Site, site
from motcua.web.visitors import COOKIE, STREAM
from states.commands import Actor

STREAMS, DOSSIERS, SECONDS = 200, 50, 20.0
_PROCEDURE = "1.009994"
_EACH = 2
"""Streams of one officer, as of somebody with two windows."""

_PAUSE = 0.2
"""Seconds between two changes while the lists are at work."""


class Desk(NamedTuple):
    """A task that somebody may take and give back."""

    code: str
    task: str
    person: str


def run(
    url: str | None = None, streams: int = STREAMS, dossiers: int = DOSSIERS, seconds: float = SECONDS
) -> Iterator[str]:
    """Yield the lines of the report, for SQLite in a folder of its own, or for the database named."""
    with tempfile.TemporaryDirectory() as folder:
        database = url or f"sqlite:///{Path(folder) / 'sse.db'}"
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, database, folder, streams, dossiers))
        process.start()
        port, tokens, desks = ours.recv()
        house = build(database, settings=read_settings({"MOTCUA_HOME": folder}))
        try:
            yield from asyncio.run(_measured(ours, port, tokens, (house, desks), seconds))
        finally:
            ours.send("stop")
            process.join(60)
            close(house)


async def _measured(
    pipe: Connection, port: int, tokens: list[str], work: tuple[Installation, list[Desk]], seconds: float
) -> list[str]:
    counts = [0]
    readers = [asyncio.create_task(_listen(port, token, counts)) for token in tokens]
    while counts[0] < len(tokens):
        await asyncio.sleep(0.1)
    lines = [f"sse         {len(tokens)} streams open"]
    lines.append(f"at rest     {await _share(pipe, asyncio.sleep(seconds))}")
    counts[0] = 0
    changes = asyncio.to_thread(_take_and_give_back, *work, seconds)
    lines.append(f"at work     {await _share(pipe, changes)}; {counts[0]} events sent")
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    return lines


async def _share(pipe: Connection, meanwhile: Awaitable[int | None]) -> str:
    """Say how much of a core the site took while something else went on."""
    before, began = _used(pipe), time.perf_counter()
    done = await meanwhile
    used, passed = _used(pipe) - before, time.perf_counter() - began
    return f"{100 * used / passed:5.2f} % of a core in {passed:.0f} s, {done or 0} changes"


def _used(pipe: Connection) -> float:
    pipe.send("time")
    return float(pipe.recv())


async def _listen(port: int, token: str, counts: list[int]) -> None:
    """Open a stream as a browser does, and count the pieces that come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {STREAM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {COOKIE}={token}\r\n\r\n"
    writer.write(head.encode())
    while piece := await reader.read(65536):
        counts[0] += b"retry" in piece or piece.count(b"event: ")
    writer.close()


def _take_and_give_back(house: Installation, desks: list[Desk], seconds: float) -> int:
    """Change one row after the other, from a process that is not measured."""
    ends, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
        code, task, person = desks[done // 2 % len(desks)]
        (release if done % 2 else claim)(house, code, task, Actor("officer", person))
        done += 1
        time.sleep(_PAUSE)  # the pace of an office, which is what is measured
    return done


def _serve(pipe: Connection, url: str, folder: str, streams: int, dossiers: int) -> None:
    """Serve officers of an installation with open dossiers, and tell the processor time of this process when asked."""
    house = build_house(url)
    desks = _desks(house, dossiers)
    settings = read_settings({"MOTCUA_HOME": folder})
    here = site(house, settings, paper_press(settings))
    with create_server(("127.0.0.1", 0)) as door:
        running = server(here, "127.0.0.1", 0)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]})
        thread.start()
        pipe.send((door.getsockname()[1], _tokens(here, desks, streams), desks))
        while pipe.recv() != "stop":
            pipe.send(time.process_time())
        running.should_exit = True
        thread.join(30)


def _desks(house: Installation, dossiers: int) -> list[Desk]:
    [version] = house.store.versions(_PROCEDURE)
    procedure, day, found = house.worlds.procedure(version.digest), house.now().date(), list[Desk]()
    for place in range(dossiers):
        stored = open_one(house, procedure, place)
        facts = dict.fromkeys(procedure.transition["accept"].inputs, True)
        by = officer(house, stored, "counter", day)
        stored = send(house, stored.dossier.code, "accept", by, None, Particulars(facts))
        person = officer(house, stored, "manager", day).person or ""
        for task in stored.dossier.tasks:
            if task.assignee is not None:
                release(house, stored.dossier.code, task.id, Actor("officer", task.assignee))
            found.append(Desk(stored.dossier.code, task.id, person))
    return found


def _tokens(here: Site, desks: list[Desk], streams: int) -> list[str]:
    """Sign in whom the tasks are for, and as many others as it takes."""
    house = here.house
    others = (post.officer for post in house.worlds.directory.posts if post.position == "officer")
    people = list(dict.fromkeys((*(desk.person for desk in desks), *others)))[: -(-streams // _EACH)]
    found: list[str] = []
    for number, person in enumerate(people):
        account = add_account(house, f"bench.{number}", person, person)
        found += [begin(house, here.doors, account, here.wall.now()).token] * _EACH
    return found[:streams]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", help="a fresh database; else SQLite in a temporary folder")
    parser.add_argument("--streams", type=int, default=STREAMS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    for line in run(given.db, given.streams, seconds=given.seconds):
        print(line, flush=True)
