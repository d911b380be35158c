"""First byte of every page, over HTTP, on the data of the demonstration: the median of each, and the slowest."""

import argparse
import http.client
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.screens import Screen, cookie, screens, token_of
from motcua.bootstrap import paper_press, read_settings
from motcua.bootstrap.house import build, close
from motcua.web.serving import server
from motcua.web.site import Site, site

BAR_MS = 100.0
TIMES = 7
_SHOWN = 5


def run(folder: str | None = None, times: int = TIMES, shown: int = _SHOWN) -> Iterator[str]:
    """Yield the lines of the report; *folder* is one that `motcua demo --keep` filled, else a fresh one is."""
    with tempfile.TemporaryDirectory() as fresh:
        if folder is None:
            command = [sys.executable, "-m", "motcua", "demo", "--quiet", "--keep", fresh]
            subprocess.run(command, capture_output=True, check=True)
        kept = Path(folder or fresh)
        settings = read_settings({"MOTCUA_HOME": str(kept)})
        [database] = [file for file in kept.glob("*.db") if "forged" not in file.name]
        house = build(f"sqlite:///{database}", settings=settings)
        try:
            yield from _report(_measured(site(house, settings, paper_press(settings)), times), shown)
        finally:
            close(house)


def _report(found: list[tuple[float, str]], shown: int) -> Iterator[str]:
    slow = [path for took, path in found if took > BAR_MS]
    yield (
        f"pages       first byte {median(took for took, _ in found):5.1f} ms at the median of {len(found)} pages;"
        f" slowest {found[0][0]:.0f} ms, {found[0][1]}   (bar {BAR_MS:.0f} ms; {len(slow)} over it)"
    )
    for took, path in found[:shown]:
        yield f"            {took:6.1f} ms  {path}"


def _measured(here: Site, times: int) -> list[tuple[float, str]]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        running = server(here, "127.0.0.1", 0)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            tokens: dict[str, str] = {}
            found = [
                (_first_byte(door.getsockname()[1], here, one, tokens, times), one.path)
                for one in screens(here)
            ]
        finally:
            running.should_exit = True
            thread.join(30)
    return sorted(found, reverse=True)


def _first_byte(port: int, here: Site, screen: Screen, tokens: dict[str, str], times: int) -> float:
    """Return the median in milliseconds from the request to the first byte, after one that warms up."""
    if screen.who and screen.who not in tokens:
        tokens[screen.who] = token_of(here, screen.who)
    headers = {"accept-encoding": "gzip", "sec-fetch-site": "none"}
    if screen.who:
        headers["cookie"] = cookie(tokens[screen.who])
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    for _ in range(times + 1):
        began = time.perf_counter()
        door.request("GET", screen.path, headers=headers)
        answer = door.getresponse()
        took.append(1000 * (time.perf_counter() - began))
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{screen.path}: {answer.status}")
    door.close()
    return median(took[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", help="a folder that `motcua demo --keep` filled; else a fresh one is made")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--shown", type=int, default=_SHOWN, help="so many of the slowest")
    given = parser.parse_args()
    for line in run(given.demo, given.times, given.shown):
        print(line, flush=True)
